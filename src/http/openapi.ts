import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { finishDocument, type OpenApi, type OtherTypes } from './openapi-document.ts'

/** Collects the routes that are registered after it into an OpenAPI 3.1 document, and serves it. */
export async function describe(
  app: FastifyInstance,
  {
    version,
    description,
    tags,
  }: { version: string; description: string; tags: { name: string; description: string }[] },
): Promise<void> {
  const others = otherTypes(app)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: { title: 'Dateline', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/', description: 'This server.' }],
      tags,
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'A token of this server, made with `dateline token create`.',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => {
      const whole = jsonSchemaTransformObject(document as Parameters<typeof jsonSchemaTransformObject>[0]) // OpenAPI 3, set above
      return finishDocument(whole as unknown as OpenApi, others) as object
    },
  })
  let document: string | undefined // made once: it takes a quarter of a second
  app.get('/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    document ??= JSON.stringify(app.swagger())
    return reply.header('cache-control', 'public, max-age=5').type('application/json').send(document)
  })
}

/** What the routes take and answer besides JSON, of which their schemas know nothing. */
function otherTypes(app: FastifyInstance): OtherTypes {
  const others: OtherTypes = new Map()
  app.addHook('onRoute', ({ method, url, config = {} }) => {
    const { answers = [], texts = [] } = config
    const path = url.replace(/:(\w+)/g, '{$1}')
    others.set(`${method} ${path}`, { answers, bodies: texts.map(({ mediaType }) => mediaType) })
  })
  return others
}

/** The document of an app that is ready. */
export function openApiDocument(app: FastifyInstance): OpenApi {
  return app.swagger() as unknown as OpenApi // the same document, as this module describes it
}
