import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { slug } from '../documents/fields.ts'
import { askedOf } from '../documents/filter-parameters.ts'
import { type Found, find } from '../documents/find.ts'
import { expand, parseInclude } from '../documents/include.ts'
import { list } from '../documents/list.ts'
import type { Moment } from '../documents/moment.ts'
import { nameOf } from '../feeds/addresses.ts'
import type { Feed, Item } from '../feeds/feed.ts'
import { jsonFeedSchema } from '../feeds/json-feed-schema.ts'
import { witness } from '../http/finish.ts'
import { parameter } from '../http/parameter.ts'
import { publicUrl } from '../http/public-url.ts'
import { type Sent, sendToAll, sent, withParameters } from '../http/reply.ts'
import type { Storage } from '../storage/open.ts'
import type { Trx } from '../storage/transaction.ts'
import { typeAt } from './index.ts'

interface Form {
  readonly suffix: string
  readonly operationId: string
  readonly name: string
  readonly type: string
  readonly schema: z.ZodType
  readonly render: (feed: Feed) => Promise<string>
}

/** What makes them is loaded when one is asked for. */
const forms: readonly Form[] = [
  {
    suffix: 'rss',
    operationId: 'getArticlesRss',
    name: 'RSS 2.0',
    type: 'application/rss+xml',
    schema: z.string(),
    render: async (feed) => (await import('../feeds/rss.ts')).rss(feed),
  },
  {
    suffix: 'atom',
    operationId: 'getArticlesAtom',
    name: 'Atom',
    type: 'application/atom+xml',
    schema: z.string(),
    render: async (feed) => (await import('../feeds/atom.ts')).atom(feed),
  },
  {
    suffix: 'json',
    operationId: 'getArticlesJsonFeed',
    name: 'JSON Feed 1.1',
    type: 'application/feed+json',
    schema: jsonFeedSchema,
    render: async (feed) => (await import('../feeds/json-feed.ts')).jsonFeed(feed),
  },
]

const MOST_ITEMS = 30

const querystring = z.strictObject({
  tag: parameter(
    (text) => slug().safeParse(text).data,
    'must be lower-case letters a-z, digits and single hyphens, such as middle-east',
    { type: 'string', description: 'Only articles with this tag.', examples: ['middle-east'] },
  ),
  person: parameter((text) => text, '', {
    type: 'string',
    description: 'Only articles with this person among their `people`: the id or slug of a person.',
    examples: ['sergey-lavrov'],
  }),
})

type Query = z.output<typeof querystring>

/** The newest articles for feed readers. Everybody sees what is live, with a token or without. */
export function articleFeeds(app: FastifyInstance, storage: Storage, configured: string | undefined): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  for (const { suffix, operationId, name, type, schema, render } of forms)
    routes.get(
      `/feeds/articles.${suffix}`,
      {
        schema: {
          operationId,
          summary: `Follow the articles in ${name}`,
          description: `The newest ${MOST_ITEMS}, by their first publication. A correction moves an article’s date of change, and not its place.`,
          tags: ['Feeds'],
          querystring,
          response: { 200: { description: '', content: { [type]: { schema } } } },
        },
      },
      async (request, reply) => {
        const found = await storage.read((trx) => readItems(trx, request.query), witness(request))
        if ('movedTo' in found) return redirect(request, reply, found.movedTo)
        const site = publicUrl(request, configured)
        const self = `${site}/feeds/articles.${suffix}`
        return sendToAll(reply, type, await render(toFeed(site, self, request.query, found)))
      },
    )
}

interface FoundItems {
  readonly person: { readonly slug: string; readonly name: string } | undefined
  readonly items: Item[]
}

/** @throws DatelineError `not_found`, `gone` or `invalid_id` for the person */
async function readItems(trx: Trx, { tag, person }: Query): Promise<FoundItems | { movedTo: string }> {
  const articles = typeAt('articles')
  const moment: Moment = { at: trx.now, now: trx.now, drafts: false }
  const who: Found | undefined =
    person === undefined ? undefined : await find(trx, typeAt('people'), person, moment)
  if (who && 'movedTo' in who) return who
  const asked = askedOf(articles, { 'tags.has': tag, person: who?.document.id })
  const { documents } = await list(trx, articles, { moment, limit: MOST_ITEMS, asked })
  await expand(trx, documents, parseInclude(articles, 'people'), moment)
  return {
    person: who?.document as unknown as FoundItems['person'], // by the schemas of their types
    items: documents as unknown as Item[], // likewise
  }
}

function toFeed(site: string, path: string, { tag }: Query, { person, items }: FoundItems): Feed {
  const about = Object.entries({ tag, person: person?.slug }).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(about as [string, string][]) // undefined is filtered out
  return {
    site,
    self: about.length > 0 ? `${path}?${query}` : path,
    title: [nameOf(site), tag, person?.name].filter((part) => part !== undefined).join(' · '),
    items,
  }
}

/** A person's old slug leads to the feed by the new one. */
function redirect(request: FastifyRequest, reply: FastifyReply, slug: string): Sent {
  reply.header('cache-control', 'public, max-age=5')
  return sent(
    reply
      .code(308)
      .header('location', withParameters(request, { person: slug }))
      .send(),
  )
}
