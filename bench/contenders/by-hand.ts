import SQLite from 'better-sqlite3'
import { type FastifyReply, fastify } from 'fastify'
import { anchorsOf } from '../../src/content/anchor.ts'
import { encodeCursor } from '../../src/http/cursor.ts'
import { itemOf, linkOf, personOf, quoteOf, type Row } from './by-hand-json.ts'

/**
 * What somebody would write by hand for three reads, and nothing else: Fastify, better-sqlite3 and prepared
 * statements on Dateline's own file. It gives the same bytes; it checks no parameters, makes no tags, knows
 * no drafts and no past, and has the anchors of all quotes ready. `by-hand.ts <file>`
 */
const database = new SQLite(process.argv[2] ?? '', { readonly: true })
const live = 'v.live_from <= @now and v.live_to > @now'
const article = database.prepare<object, Row>(
  `select v.* from slugs s join article_versions v on v.document_id = s.document_id
   where s.type = 'article' and s.slug = @slug and ${live}`,
)
const page = database.prepare<object, Row>(
  `select v.* from article_versions v where v.published_at <= @now and ${live}
   order by v.published_at desc, v.document_id desc limit 21`,
)
const parts = (table: string) =>
  database.prepare<object, Row>(
    `select v.* from ${table} v where v.article_id = @id and ${live} order by v.position, v.document_id`,
  )
const [quotes, links] = [parts('quote_versions'), parts('link_versions')]
const person = database.prepare<object, Row>(
  `select v.* from person_versions v where v.document_id = @id and ${live}`,
)

const anchors = new Map(
  database
    .prepare<[], { id: string; text: string; body: string }>(
      `select q.document_id as id, q.text, v.body from quote_versions q
       join article_versions v on v.document_id = q.article_id`,
    )
    .all()
    .map(({ id, text, body }) => [id, anchorsOf(body)(text)]),
)

const app = fastify()
app.get('/health/ready', async () => 'ok')
app.get<{ Params: { slug: string }; Querystring: { include?: string } }>(
  '/v1/articles/:slug',
  ({ params, query }, reply) => {
    const now = Date.now()
    const row = article.get({ now, slug: params.slug })
    if (!row) return void reply.code(404).send()
    send(reply, query.include === undefined ? itemOf(row) : expanded(row, now))
  },
)
app.get('/v1/articles', (_, reply) => {
  const rows = page.all({ now: Date.now() })
  const last = rows.length > 20 ? rows[19] : undefined
  const next = last
    ? encodeCursor(
        { key: [Number(last.published_at), String(last.document_id)], backwards: false, inclusive: false },
        '["/v1/articles",null,null,null,[]]',
      )
    : null
  send(reply, { data: rows.slice(0, 20).map(itemOf), page: { limit: 20, next, prev: null } })
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })

function expanded(row: Row, now: number): object {
  const item = itemOf(row)
  const id = row.document_id
  const found = new Map<unknown, object | null>()
  const personWith = (key: unknown) => {
    if (!found.has(key)) {
      const one = person.get({ id: key, now })
      found.set(key, one ? personOf(one) : null)
    }
    return found.get(key) ?? null
  }
  return {
    ...item,
    people: item.people.map((one) => ({ ...one, person: personWith(one.personId) })),
    quotes: quotes.all({ id, now }).map((quote) => ({
      ...quoteOf(quote, anchors.get(String(quote.document_id))),
      speaker: personWith(quote.speaker_id),
    })),
    relatedLinks: links.all({ id, now }).map(linkOf),
  }
}

function send(reply: FastifyReply, body: object): void {
  reply
    .header('cache-control', 'public, max-age=5')
    .type('application/json; charset=utf-8')
    .send(`${JSON.stringify(body)}\n`)
}
