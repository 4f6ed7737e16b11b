import { readFileSync } from 'node:fs'
import cors from '@fastify/cors'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { auditRoutes } from './access/audit-routes.ts'
import { trackUses } from './access/last-used.ts'
import { lookUp } from './access/lookup.ts'
import { tokenRoutes } from './access/token-routes.ts'
import type { Config } from './config.ts'
import { articleFeeds } from './content/article-feeds.ts'
import { formsOf } from './content/article-forms.ts'
import { sourceRoutes } from './content/article-sources.ts'
import { suggestionRoutes } from './content/article-suggestions.ts'
import { content } from './content/index.ts'
import { sitemapRoutes } from './content/sitemaps.ts'
import { tagRoutes } from './content/tags.ts'
import { batchRoutes } from './documents/batch-routes.ts'
import { collectionName } from './documents/content-type.ts'
import { tagOf } from './documents/names.ts'
import { documentRoutes } from './documents/routes.ts'
import { scheduleRoutes } from './documents/schedule-routes.ts'
import { searchRoutes } from './documents/search-routes.ts'
import { authenticate } from './http/auth.ts'
import { acceptBodies } from './http/body.ts'
import { limitTraffic } from './http/limits.ts'
import { describe } from './http/openapi.ts'
import { handleErrors } from './http/problems.ts'
import { referencePage } from './http/reference.ts'
import { createServer } from './http/server.ts'
import { healthRoutes, indexRoute, problemRoutes } from './http/service-routes.ts'
import { answerUnmatched } from './http/unmatched.ts'
import { validateWithZod } from './http/validation.ts'
import type { Storage } from './storage/open.ts'

export type AppConfig = Pick<
  Config,
  'ADMIN_TOKEN' | 'CORS_ORIGIN' | 'PUBLIC_URL' | 'TRUST_PROXY' | 'REQUIRE_IF_MATCH' | 'REQUIRE_CHANGE_NOTE'
>

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
  const app = createServer({
    trustProxy: config.TRUST_PROXY,
    logger,
    present: storage.present,
    dependsOn: dependenciesOf(config),
  })
  handleErrors(app)
  answerUnmatched(app)
  validateWithZod(app)
  acceptBodies(app)
  await app.register(cors, {
    origin: config.CORS_ORIGIN,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    strictPreflight: false,
    exposedHeaders: ['ETag', 'Link', 'Location'],
  })
  limitTraffic(app)
  const uses = trackUses(app, storage)
  authenticate(app, (hash) => lookUp(storage, uses, hash), config.ADMIN_TOKEN)
  describe(app, { version: version(), description, tags: tags() })

  const rules = { requireIfMatch: config.REQUIRE_IF_MATCH, requireChangeNote: config.REQUIRE_CHANGE_NOTE }
  for (const type of content)
    documentRoutes(app, storage, rules, type, content, formsOf(type, config.PUBLIC_URL))
  batchRoutes(app, storage, rules, content)
  tagRoutes(app, storage)
  sourceRoutes(app, storage)
  suggestionRoutes(app, storage)
  searchRoutes(app, storage, content)
  scheduleRoutes(app, storage, content)
  tokenRoutes(app, storage, uses)
  auditRoutes(app, storage)
  articleFeeds(app, storage, config.PUBLIC_URL)
  sitemapRoutes(app, storage, config.PUBLIC_URL)
  healthRoutes(app, storage.ping)
  problemRoutes(app)
  const collections = content.map((type) => [collectionName(type), `/v1/${type.path}`])
  indexRoute(app, {
    ...Object.fromEntries(collections),
    tags: '/v1/tags',
    search: '/v1/search',
    feed: '/feeds/articles.atom',
    sitemap: '/sitemap.xml',
  })
  await referencePage(app)
  return app
}

/** The headers of a request on which public answers depend, beside those of its encoding. */
function dependenciesOf({ CORS_ORIGIN, PUBLIC_URL, TRUST_PROXY }: AppConfig): string[] {
  const origin = CORS_ORIGIN === '*' ? [] : ['origin']
  const forwarded = TRUST_PROXY ? ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'] : []
  return ['accept', ...origin, ...(PUBLIC_URL === undefined ? ['host', ...forwarded] : [])]
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}

function tags() {
  const types = content.map((type) => ({ name: tagOf(type), description: type.description }))
  return [
    ...types,
    { name: 'Search', description: 'Words in everything that is published.' },
    { name: 'Editing', description: 'Many changes at once, and what will change by itself.' },
    { name: 'Access', description: 'Who may write: tokens, and the record of what they did.' },
    {
      name: 'Feeds',
      description: 'What other programs follow: the newest articles, and where all of them are.',
    },
    { name: 'Service', description: 'Where to start, what errors mean, and whether all is well.' },
  ]
}
