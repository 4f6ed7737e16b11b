import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { witness } from '../http/finish.ts'
import { flagParameter, parameter } from '../http/parameter.ts'
import type { Sent } from '../http/reply.ts'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import type { ContentType } from './content-type.ts'
import { askedPage, pageOf, pageParameters, sendPage } from './list-reply.ts'
import { at, typeAmong } from './parameters.ts'
import { addressOf, markPast, momentOf } from './reading.ts'
import { instant } from './schemas.ts'
import { type Hit, RANKED, search } from './search.ts'
import { snippetsOf } from './snippet.ts'
import { type WordQuery, wordQuery } from './word-query.ts'

interface SearchQuery {
  readonly q: WordQuery
  readonly type?: string | undefined
  readonly 'type.in'?: readonly string[] | undefined
  readonly sort?: 'rank' | '-publishedAt' | undefined
  readonly at?: Instant | 'latest' | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly count?: boolean | undefined
}

/** `GET /v1/search`: words in documents of any type. */
export function searchRoutes(app: FastifyInstance, storage: Storage, types: readonly ContentType[]): void {
  const names = types.map(({ type }) => type)
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/search',
    {
      schema: {
        operationId: 'search',
        summary: 'Search everything',
        description: `Newest first, or the best first among the ${inThousands(RANKED)} newest that have the words. Without \`at\`, in what is live now.`,
        tags: ['Search'],
        querystring: z.strictObject({
          q: z.nonoptional(wordQuery),
          type: typeAmong(names),
          'type.in': typesIn(names),
          sort,
          at,
          ...pageParameters,
          count: flagParameter('Adds `page.total`.'),
        }),
        response: { 200: pageOf(hitOf(names)).meta({ id: 'SearchPage' }) },
      },
    },
    (request, reply) => answerSearch(storage, types, request as Asking, reply), // as the parameters have read it
  )
}

/** `1,000`. Node's own way to say so loads the formats of all languages. */
function inThousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

type Asking = FastifyRequest<{ Querystring: SearchQuery }>

async function answerSearch(
  storage: Storage,
  types: readonly ContentType[],
  request: Asking,
  reply: FastifyReply,
): Promise<Sent> {
  const { q: words, type, 'type.in': among, sort, at, count } = request.query
  const asked = askedPage(request)
  const by = sort === 'rank' ? 'rank' : 'date'
  const wanted = types.filter(
    (each) => (type ?? each.type) === each.type && (among?.includes(each.type) ?? true),
  )
  const page = await storage.read(
    (trx) => search(trx, wanted, { ...asked, moment: momentOf(trx, request), words, by, count }),
    witness(request),
  )
  markPast(at, reply, '/v1/search')
  return sendPage(request, reply, asked, page, (hit) => shown(hit, words))
}

function shown({ type, document }: Hit, words: WordQuery) {
  const { id, version, status, publishedAt, updatedAt, slug = null } = document
  const { parent, sortBy } = type
  return {
    type: type.type,
    id,
    slug,
    version,
    status,
    title: sortBy === undefined ? null : document[sortBy],
    partOf: parent ? { type: parent.type.type, id: document[parent.field] } : null,
    publishedAt,
    updatedAt,
    href: addressOf(type, document),
    snippets: snippetsOf(type, document, words),
  }
}

function hitOf(names: readonly string[]) {
  return z
    .object({
      type: z.enum(names),
      id: z.string(),
      slug: z.string().nullable(),
      version: z.int(),
      status: z.enum(['draft', 'scheduled', 'live', 'withdrawn']),
      title: z.string().nullable().meta({ description: 'Its name, where the type has one.' }),
      partOf: z
        .object({ type: z.enum(names), id: z.string() })
        .nullable()
        .meta({ description: 'The document that it is a part of.' }),
      publishedAt: instant.nullable(),
      updatedAt: instant,
      href: z.string().meta({ description: 'Where the document is, on this server.' }),
      snippets: z.array(
        z.object({
          field: z.string().meta({ description: 'The field in which something was found.' }),
          html: z.string().meta({
            description: 'A part of it, escaped for HTML, with `<mark>` around what was found.',
            examples: ['Russia never considered Turkey as a <mark>strategic ally</mark>, says Lavrov'],
          }),
        }),
      ),
    })
    .meta({ id: 'SearchHit' })
}

const sort = parameter(
  (text) => (text === 'rank' || text === '-publishedAt' ? text : undefined),
  'must be -publishedAt or rank',
  {
    type: 'string',
    enum: ['-publishedAt', 'rank'],
    default: '-publishedAt',
    description: 'The newest first, or the best.',
  },
  'not_allowed',
)

function typesIn(names: readonly string[]) {
  const read = (text: string) => {
    const given = text === '' ? [] : text.split(',')
    return given.every((name) => names.includes(name)) ? given : undefined
  }
  return parameter(
    read,
    `must be some of ${names.join(', ')}, separated by commas`,
    {
      type: 'array',
      items: { type: 'string', enum: [...names] },
      description: 'Only documents of these types, separated by commas.',
    },
    'not_allowed',
  )
}
