import { readFileSync } from 'node:fs'
import cors from '@fastify/cors'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import type { Config } from './config.ts'
import { content } from './content/index.ts'
import { collectionName } from './documents/content-type.ts'
import { documentRoutes, tagOf } from './documents/routes.ts'
import { authenticate, type Role } from './http/auth.ts'
import { acceptJson } from './http/body.ts'
import { limitTraffic } from './http/limits.ts'
import { describe } from './http/openapi.ts'
import { handleErrors } from './http/problems.ts'
import { referencePage } from './http/reference.ts'
import { createServer } from './http/server.ts'
import { healthRoutes, indexRoute, problemRoutes } from './http/service-routes.ts'
import { answerUnmatched } from './http/unmatched.ts'
import { validateWithZod } from './http/validation.ts'
import type { Storage } from './storage/open.ts'
import { findTokenByHash } from './storage/tokens.ts'

export type AppConfig = Pick<Config, 'ADMIN_TOKEN' | 'CORS_ORIGIN' | 'TRUST_PROXY'>

const description = `A headless CMS for newsrooms: articles, quotes, people and related links as JSON.

Everything that was ever published is still on the record: \`?at=<instant>\` on any read answers as of then.
Reading what is live needs no token. An error is always \`application/problem+json\` and says what to do.

Text is well-formed Unicode without NUL, is stored in the normal form NFC, and has its length counted in that
form, in code points. Where a field holds one line of text, blanks around it are trimmed, and what is left must
not be empty.`

/** The whole server, in the order in which a request meets it. */
export async function buildApp(
  storage: Storage,
  config: AppConfig,
  logger: FastifyServerOptions['logger'] = false,
): Promise<FastifyInstance> {
  const app = createServer({ trustProxy: config.TRUST_PROXY, logger })
  handleErrors(app)
  answerUnmatched(app)
  validateWithZod(app)
  acceptJson(app)
  await app.register(cors, {
    origin: config.CORS_ORIGIN,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    strictPreflight: false,
    exposedHeaders: ['ETag', 'Link', 'Location'],
  })
  limitTraffic(app)
  authenticate(app, (hash) => storage.read((trx) => findToken(trx, hash)), config.ADMIN_TOKEN)
  await describe(app, { version: version(), description, tags: tags() })

  for (const type of content) documentRoutes(app, storage, type, content)
  healthRoutes(app, storage.ping)
  problemRoutes(app)
  indexRoute(app, Object.fromEntries(content.map((type) => [collectionName(type), `/v1/${type.path}`])))
  await referencePage(app)
  return app
}

async function findToken(...parameters: Parameters<typeof findTokenByHash>) {
  const token = await findTokenByHash(...parameters)
  return token && { id: token.id, role: token.role as Role } // only roles are ever stored
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}

function tags() {
  const types = content.map((type) => ({ name: tagOf(type), description: type.description }))
  return [
    ...types,
    { name: 'Service', description: 'Where to start, what errors mean, and whether all is well.' },
  ]
}
