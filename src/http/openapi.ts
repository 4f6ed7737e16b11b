import type { FastifyInstance, RouteOptions } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { appAside } from './aside.ts'
import { finishDocument, type OpenApi, type OtherTypes } from './openapi-document.ts'

/** What the document says of the whole. */
interface About {
  readonly version: string
  readonly description: string
  readonly tags: { name: string; description: string }[]
}

/** What gives the document of an app as JSON. */
const documents = new WeakMap<FastifyInstance, () => Promise<string>>()

/** Collects the routes that are registered after it for an OpenAPI 3.1 document, and serves it. */
export function describe(app: FastifyInstance, about: About): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  let document: Promise<string> | undefined // made once, when it is asked for: it takes a quarter of a second
  const ask = () => {
    document ??= makeDocument(routes, about).then((made) => JSON.stringify(made))
    return document
  }
  documents.set(app, ask)
  app.get('/openapi.json', { schema: { hide: true } }, async (_, reply) =>
    reply
      .header('cache-control', 'public, max-age=5')
      .type('application/json')
      .send(await ask()),
  )
}

/** The document of an app that is ready. */
export async function openApiDocument(app: FastifyInstance): Promise<OpenApi> {
  const ask = documents.get(app)
  if (!ask) throw new Error('The app is not described.')
  return JSON.parse(await ask())
}

async function makeDocument(routes: readonly RouteOptions[], about: About): Promise<OpenApi> {
  const { default: swagger } = await import('@fastify/swagger')
  const { version, description, tags } = about
  const app = appAside()
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
      return finishDocument(whole as unknown as OpenApi, otherTypes(routes)) as object
    },
  })
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => String)
  for (const route of routes) app.route({ ...route, handler: () => {} })
  await app.ready()
  return app.swagger() as unknown as OpenApi // the same document, as this module describes it
}

/** What the routes take and answer besides JSON, of which their schemas know nothing. */
function otherTypes(routes: readonly RouteOptions[]): OtherTypes {
  return new Map(
    routes.map(({ method, url, config = {} }) => {
      const { answers = [], texts = [] } = config
      const path = url.replace(/:(\w+)/g, '{$1}')
      return [`${method} ${path}`, { answers, bodies: texts.map(({ mediaType }) => mediaType) }]
    }),
  )
}
