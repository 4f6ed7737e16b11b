import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { parseSitemap, parseSitemapIndex } from 'sitemap'
import t from 'tap'
import { type Dateline, STORY, start } from '../support/dateline.ts'

/** `inject` has no address of its own. */
const SITE = 'http://localhost:80'.replace(':80', '')

const listed = async ({ get }: Dateline, url: string) => {
  const { status, text } = await get(url)
  if (status !== 200) return status
  return (await parseSitemap(Readable.from([text]))).map((page) => page.url)
}

const published = ({ post }: Dateline, slug: string, publish: string, rest: object = {}) =>
  post(`/v1/articles?publish=${publish}`, { headline: slug, slug, ...rest })

t.test('the index lists a sitemap for each month, and that every article with its last change', async (t) => {
  const dateline = await start(t, { seeded: true })
  const january = await published(dateline, 'january', 'now', {
    canonicalUrl: 'https://www.example.org/january',
  })
  await published(dateline, 'new-years-eve', '2025-12-31T23:59:59.999Z')
  await published(dateline, 'in-1969', '1969-12-31T23:00:00Z')
  const { status, headers, text } = await dateline.get('/sitemap.xml')
  t.equal(status, 200)
  t.equal(headers['content-type'], 'application/xml; charset=utf-8')
  t.equal(headers['cache-control'], 'public, max-age=5')
  const index = await parseSitemapIndex(Readable.from([text]))
  t.strictSame(
    index.map(({ url, lastmod }) => [url, lastmod]),
    [
      [`${SITE}/sitemaps/1969-12.xml`, '1969-12-31T23:00:00.000Z'],
      [`${SITE}/sitemaps/2020-10.xml`, '2020-10-15T14:07:00.000Z'],
      [`${SITE}/sitemaps/2025-12.xml`, '2025-12-31T23:59:59.999Z'],
      [`${SITE}/sitemaps/2026-01.xml`, january.body.updatedAt],
    ],
  )
  const children = await Promise.all(index.map(({ url }) => listed(dateline, url)))
  t.strictSame(children, [
    [`${SITE}/v1/articles/in-1969.html`],
    [`${SITE}/v1/articles/${STORY}.html`],
    [`${SITE}/v1/articles/new-years-eve.html`],
    ['https://www.example.org/january'],
  ])
  t.strictSame(await listed(dateline, '/sitemaps/2025-12-31.xml'), [`${SITE}/v1/articles/new-years-eve.html`])
})

t.test('a day with more than a sitemap holds is in two of them, each article in one', async (t) => {
  const dateline = await start(t, { seeded: true })
  await copyTimes(dateline, 5_000)
  const index = await parseSitemapIndex(Readable.from([(await dateline.get('/sitemap.xml')).text]))
  const urls = index.map(({ url }) => url)
  t.strictSame(urls, [`${SITE}/sitemaps/2020-10-15.xml`, `${SITE}/sitemaps/2020-10-15.2.xml`])
  const [first = [], second = []] = await Promise.all(
    urls.map(async (url) => (await dateline.get(url)).text.match(/<loc>.*<\/loc>/g) ?? []),
  )
  t.strictSame([first.length, second.length], [5_000, 1])
  t.equal(new Set([...first, ...second]).size, 5_001)
})

t.test('a sitemap with nothing in it is 404, as is a name that is none', async (t) => {
  const { get } = await start(t, { seeded: true })
  for (const name of ['2020-11', '2020-10-15.2', '2020-13', 'everything']) {
    const { status, body } = await get(`/sitemaps/${name}.xml`)
    t.equal(status, 404)
    t.match(body, {
      type: '/problems/unknown_address',
      detail: `There is no sitemap "${name}". GET /sitemap.xml lists those that there are.`,
    })
  }
})

t.test('a site on which nothing is published yet has an index, and nothing in it', async (t) => {
  const dateline = await start(t)
  t.strictSame(await parseSitemapIndex(Readable.from([(await dateline.get('/sitemap.xml')).text])), [])
  t.strictSame(await listed(dateline, '/sitemap-news.xml'), [])
})

t.test('what is scheduled, over, withdrawn or a draft is in no sitemap, for no token', async (t) => {
  const dateline = await start(t)
  const { clock, post, get } = dateline
  await published(dateline, 'scheduled', '2026-02-01')
  await published(dateline, 'draft', 'no')
  await published(dateline, 'withdrawn', 'now')
  await published(dateline, 'ending', 'now')
  await post('/v1/articles/withdrawn/withdraw')
  await post('/v1/articles/ending/withdraw?at=2026-01-01T12:00:00Z')
  const urls = ['/sitemap.xml', '/sitemaps/2026-01.xml', '/sitemap-news.xml']
  const seen = async (as?: 'admin') => Promise.all(urls.map(async (url) => (await get(url, { as })).text))
  const before = await seen()
  t.match(before[1], /\/ending\.html/)
  for (const text of before) t.notMatch(text, /scheduled|draft|withdrawn|2026-01-01T12|2026-02/)
  t.strictSame(await seen('admin'), before)
  clock.advance(12 * 60 * 60 * 1000)
  t.strictSame(await listed(dateline, '/sitemaps/2026-01.xml'), 404)
  t.strictSame(await listed(dateline, '/sitemap-news.xml'), [])
  clock.advance(31 * 24 * 60 * 60 * 1000)
  t.strictSame(await listed(dateline, '/sitemaps/2026-02.xml'), [`${SITE}/v1/articles/scheduled.html`])
})

t.test(
  'a correction moves the last change and not the month, and a new slug is the one that is listed',
  async (t) => {
    const dateline = await start(t)
    const { clock, patch, get } = dateline
    await published(dateline, 'bridge', '2025-06-01')
    clock.advance(1000)
    const { body } = await patch('/v1/articles/bridge', {
      slug: 'bridge-reopens',
      standfirst: 'After four years.',
    })
    const [page] = await parseSitemap(Readable.from([(await get('/sitemaps/2025-06.xml')).text]))
    t.match(page, { url: `${SITE}/v1/articles/bridge-reopens.html`, lastmod: body.updatedAt })
    t.match((await get('/sitemap.xml')).text, `<lastmod>${body.updatedAt}</lastmod>`)
  },
)

t.test('the news sitemap has the last two days, the newest first', async (t) => {
  const dateline = await start(t)
  await published(dateline, 'too-old', '2025-12-30T00:00:00.000Z')
  await published(dateline, 'just-new-enough', '2025-12-30T00:00:01Z', { language: 'tr' })
  const { body } = await published(dateline, 'new', 'now', { headline: 'New & fresh' })
  const news = await parseSitemap(Readable.from([(await dateline.get('/sitemap-news.xml')).text]))
  t.match(news, [
    {
      url: `${SITE}/v1/articles/new.html`,
      news: {
        publication: { name: 'localhost', language: 'und' },
        publication_date: body.publishedAt,
        title: 'New & fresh',
      },
    },
    { url: `${SITE}/v1/articles/just-new-enough.html`, news: { publication: { language: 'tr' } } },
  ])
  t.equal(news.length, 2)
})

t.test('robots.txt says where the sitemaps are', async (t) => {
  const { get } = await start(t)
  const { headers, text } = await get('/robots.txt')
  t.equal(headers['content-type'], 'text/plain; charset=utf-8')
  t.equal(
    text,
    `User-agent: *\nDisallow:\n\nSitemap: ${SITE}/sitemap.xml\nSitemap: ${SITE}/sitemap-news.xml\n`,
  )
})

t.test('a sitemap that is still the same is 304, HEAD has no body, and a parameter is refused', async (t) => {
  const { get, send } = await start(t, { seeded: true })
  for (const url of ['/sitemap.xml', '/sitemaps/2020-10.xml', '/sitemap-news.xml', '/robots.txt']) {
    const { headers, text } = await get(url)
    const again = await get(url, { headers: { 'if-none-match': String(headers.etag) } })
    t.strictSame([again.status, again.text, again.headers.etag], [304, '', headers.etag], url)
    const head = await send({ method: 'HEAD', url })
    t.strictSame([head.status, head.text, head.headers.etag], [200, '', headers.etag], url)
    t.equal(Number(head.headers['content-length']), Buffer.byteLength(text))
    t.match(await get(`${url}?at=latest`), {
      status: 400,
      body: { errors: [{ parameter: 'at', code: 'unknown' }] },
    })
  }
})

t.test('each sitemap is one statement, whatever is in it', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { get, statements } = dateline
  for (const url of ['/sitemap.xml', '/sitemaps/2020-10.xml', '/sitemap-news.xml']) {
    await get('/v1/people')
    statements.length = 0
    await get(url)
    t.equal(statements.filter((statement) => /_versions/.test(statement)).length, 1, url)
  }
})

/** Puts copies of the seeded story beside it, each a millisecond later: as many requests would take too long. */
async function copyTimes({ storage }: Dateline, times: number): Promise<void> {
  const rest = sql.join(
    [
      ...['version', 'live_from', 'live_to', 'created_at', 'withdrawn', 'saved_at', 'saved_by', 'action'],
      ...['headline', 'kind', 'body', 'tags', 'people', 'word_count'],
    ].map((column) => sql.ref(column)),
  )
  const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(times)})`
  const id = sql`'article_' || (1000000 + i)`
  await storage.write(async ({ db }) => {
    await sql`insert into documents (id, type, latest_version, created_at)
      ${numbers} select ${id}, 'article', 1, 0 from n`.execute(db)
    await sql`insert into article_versions (document_id, slug, published_at, ${rest})
      ${numbers} select ${id}, 'copy-' || i, published_at + i, ${rest} from article_versions, n where slug = ${STORY}`.execute(
      db,
    )
  })
}
