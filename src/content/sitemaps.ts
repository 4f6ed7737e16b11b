import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { formatInstant } from '../documents/instants.ts'
import { DatelineError } from '../errors.ts'
import { nameOf } from '../feeds/addresses.ts'
import { newsSitemap, sitemap, sitemapIndex } from '../feeds/sitemap.ts'
import { type Part, partsOf, periodOf } from '../feeds/sitemap-periods.ts'
import { witness } from '../http/finish.ts'
import { publicUrl } from '../http/public-url.ts'
import { sendToAll } from '../http/reply.ts'
import type { Storage } from '../storage/open.ts'
import { typeAt } from './index.ts'
import { readDays, readNews, readPages } from './sitemap-pages.ts'

const XML = 'application/xml'
const text = (type: string) => ({ description: '', content: { [type]: { schema: z.string() } } })
const common = { tags: ['Feeds'], querystring: z.strictObject({}) }

/** Where every article is, for search engines. Everybody sees what is live, with a token or without. */
export function sitemapRoutes(app: FastifyInstance, storage: Storage, configured: string | undefined): void {
  const articles = typeAt('articles')
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/sitemap.xml',
    {
      schema: {
        ...common,
        operationId: 'getSitemapIndex',
        summary: 'List the sitemaps',
        description: 'One for each month in which something was published; for each day, where that is much.',
        response: { 200: text(XML) },
      },
    },
    async (request, reply) => {
      const site = publicUrl(request, configured)
      const days = await storage.read((trx) => readDays(trx, articles), witness(request))
      return sendToAll(reply, XML, sitemapIndex(partsOf(days).map((part) => toListed(site, part))))
    },
  )
  const name = z
    .string()
    .max(100)
    .meta({ description: 'A month or a day.', examples: ['2020-10'] })
  routes.get(
    '/sitemaps/:period.xml',
    {
      schema: {
        ...common,
        operationId: 'getSitemap',
        summary: 'List what was published in a month',
        description: 'In the order of publication, with the last change of each. At most 5,000 pages.',
        params: z.strictObject({ period: name }),
        response: { 200: text(XML) },
      },
    },
    async (request, reply) => {
      const { period: asked } = request.params
      const period = periodOf(asked)
      const site = publicUrl(request, configured)
      const pages = period
        ? await storage.read((trx) => readPages(trx, articles, period, site), witness(request))
        : []
      if (pages.length === 0) throw noSitemap(asked)
      return sendToAll(reply, XML, sitemap(pages))
    },
  )
  routes.get(
    '/sitemap-news.xml',
    {
      schema: {
        ...common,
        operationId: 'getNewsSitemap',
        summary: 'List the news of the last two days',
        description: 'The newest 1,000 articles, as news sitemaps have them.',
        response: { 200: text(XML) },
      },
    },
    async (request, reply) => {
      const site = publicUrl(request, configured)
      // Without a witness: what is two days old leaves it, though no window closes.
      const news = await storage.read((trx) => readNews(trx, articles, site))
      return sendToAll(reply, XML, newsSitemap(nameOf(site), news))
    },
  )
  routes.get(
    '/robots.txt',
    {
      schema: {
        ...common,
        operationId: 'getRobots',
        summary: 'Tell crawlers where the sitemaps are',
        response: { 200: text('text/plain') },
      },
    },
    async (request, reply) => {
      const site = publicUrl(request, configured)
      const sitemaps = ['sitemap', 'sitemap-news'].map((name) => `Sitemap: ${site}/${name}.xml\n`)
      return sendToAll(reply, 'text/plain', `User-agent: *\nDisallow:\n\n${sitemaps.join('')}`)
    },
  )
}

function toListed(site: string, { name, changed }: Part) {
  return { address: `${site}/sitemaps/${name}.xml`, updatedAt: formatInstant(changed) }
}

function noSitemap(name: string): DatelineError {
  return new DatelineError(
    'unknown_address',
    `There is no sitemap "${name}". GET /sitemap.xml lists those that there are.`,
  )
}
