import { parseFeed, parseJsonFeed } from 'feedsmith'
import t from 'tap'
import { type Dateline, STORY, start } from '../support/dateline.ts'

const forms = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
}

const titles = async ({ get }: Dateline, query = '') => {
  const { status, text } = await get(`/feeds/articles.json${query}`)
  return status === 200 ? (parseJsonFeed(text).items ?? []).map(({ title }) => title) : status
}

/** Publishes an article in a moment of its own. */
const published = async ({ post, clock }: Dateline, headline: string, rest: object = {}, publish = 'now') => {
  clock.advance(1000)
  return (await post(`/v1/articles?publish=${publish}`, { headline, ...rest })).body
}

t.test('the seeded story is in a feed of each kind', async (t) => {
  const { get } = await start(t, { seeded: true })
  for (const [suffix, type] of Object.entries(forms)) {
    const { status, headers, text } = await get(`/feeds/articles.${suffix}`)
    t.equal(status, 200)
    t.equal(headers['content-type'], type)
    t.equal(headers['cache-control'], 'public, max-age=5')
    t.equal(parseFeed(text).format, suffix)
    t.match(text, `http://localhost/feeds/articles.${suffix}`)
    t.match(text, `http://localhost/v1/articles/${STORY}.html`)
    t.match(text, 'has a strategic nature in many areas', 'the body is in it')
  }
})

t.test('the newest thirty are in a feed, by their first publication', async (t) => {
  const dateline = await start(t)
  const operations = Array.from({ length: 32 }, (_, index) => ({
    do: 'create',
    type: 'article',
    publish: `2025-12-31T12:00:${10 + index}Z`,
    content: { headline: `Story ${index}` },
  }))
  await dateline.post('/v1/batch', { operations })
  await dateline.patch('/v1/articles/story-2', { standfirst: 'Better.' })
  t.strictSame(
    await titles(dateline),
    Array.from({ length: 30 }, (_, index) => `Story ${31 - index}`),
  )
})

t.test('a feed can be of one tag, of one person, and of both', async (t) => {
  const dateline = await start(t)
  const person = (await dateline.post('/v1/people', { name: 'Ann Lee' })).body
  const people = [{ personId: 'ann-lee', as: 'author' }]
  await published(dateline, 'Both', { tags: ['bridges', 'wales'], people })
  await published(dateline, 'Tagged', { tags: ['bridges'] })
  await published(dateline, 'About her', { people })
  t.strictSame(await titles(dateline, '?tag=bridges'), ['Tagged', 'Both'])
  t.strictSame(await titles(dateline, '?person=ann-lee'), ['About her', 'Both'])
  t.strictSame(await titles(dateline, `?person=${person.id}&tag=bridges`), ['Both'])
  t.strictSame(await titles(dateline, '?tag=unheard-of'), [])
  const { body } = await dateline.get(`/feeds/articles.json?person=${person.id}&tag=bridges`)
  t.match(body, {
    title: 'localhost · bridges · Ann Lee',
    feed_url: 'http://localhost/feeds/articles.json?tag=bridges&person=ann-lee',
    items: [{ authors: [{ name: 'Ann Lee' }] }],
  })
})

t.test('a person who is not there is 404, one who is gone 410, and an old slug leads on', async (t) => {
  const { get, post, patch } = await start(t)
  await post('/v1/people', { name: 'Ann Lee' })
  await post('/v1/people?publish=no', { name: 'Not Yet' })
  await post('/v1/people', { name: 'Bo Ek' })
  await patch('/v1/people/ann-lee', { slug: 'ann-lee-owen' })
  await post('/v1/people/bo-ek/withdraw')
  for (const suffix of Object.keys(forms)) {
    const url = `/feeds/articles.${suffix}?person=`
    t.match(await get(`${url}nobody`), { status: 404, body: { detail: 'There is no person "nobody".' } })
    t.match(await get(`${url}not-yet`), { status: 404, body: { detail: 'There is no person "not-yet".' } })
    t.match(await get(`${url}not-yet`, { as: 'admin' }), { status: 404 })
    t.match(await get(`${url}bo-ek`), { status: 410 })
    t.match(await get(`${url}no_id`), { status: 400, body: { type: '/problems/invalid_id' } })
    const moved = await get(`${url}ann-lee&tag=x`)
    t.equal(moved.status, 308)
    t.equal(moved.headers.location, `${url}ann-lee-owen&tag=x`)
  }
})

t.test('a feed has what is live now, with any token, and nothing tells what will be', async (t) => {
  const dateline = await start(t)
  const { clock, post, patch, get } = dateline
  await published(dateline, 'Scheduled', {}, '2026-02-01')
  await published(dateline, 'Draft', {}, 'no')
  await published(dateline, 'Withdrawn')
  await post('/v1/articles/withdrawn/withdraw')
  await published(dateline, 'Live')
  await patch('/v1/articles/live?publish=no', { standfirst: 'Not yet.' })
  for (const suffix of Object.keys(forms)) {
    const { text, headers } = await get(`/feeds/articles.${suffix}`)
    t.match(text, 'Live')
    t.notMatch(text + JSON.stringify(headers), /Scheduled|Draft|Withdrawn|Not yet|2026-02/)
    const asAdmin = await get(`/feeds/articles.${suffix}`, { as: 'admin' })
    t.strictSame([asAdmin.text, asAdmin.headers.etag], [text, headers.etag])
  }
  clock.advance(31 * 24 * 60 * 60 * 1000)
  t.strictSame(await titles(dateline), ['Scheduled', 'Live'])
})

t.test('a correction changes the date of change of its item and of the feed, and is told', async (t) => {
  const dateline = await start(t)
  const before = await published(dateline, 'Bridge reopens', { body: 'On Monday.' })
  dateline.clock.advance(60_000)
  const { body: after } = await dateline.patch('/v1/articles/bridge-reopens', {
    body: 'On Tuesday.',
    correction: { kind: 'correction', text: 'It said Monday.' },
  })
  const { body } = await dateline.get('/feeds/articles.json')
  t.match(body.items, [{ date_published: before.publishedAt, date_modified: after.updatedAt }])
  t.match(
    body.items[0].content_html,
    '<p>On Tuesday.</p>\n<p><strong>Correction, 2026-01-01:</strong> It said Monday.</p>',
  )
  const { text } = await dateline.get('/feeds/articles.atom')
  t.equal(text.match(/<updated>(.*)<\/updated>/)?.[1], after.updatedAt)
})

t.test('a feed that is still the same is 304, and HEAD has no body', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { get, send } = dateline
  for (const suffix of Object.keys(forms)) {
    const url = `/feeds/articles.${suffix}?tag=turkey`
    const { headers } = await get(url)
    const asked = { headers: { 'if-none-match': String(headers.etag), accept: 'text/html' } }
    const again = await get(url, asked)
    t.strictSame([again.status, again.text, again.headers.etag], [304, '', headers.etag])
    const head = await send({ method: 'HEAD', url })
    t.strictSame([head.status, head.text, head.headers.etag], [200, '', headers.etag])
    await published(dateline, suffix, { tags: ['turkey'] })
    t.equal((await get(url, asked)).status, 200)
  }
})

t.test('an unknown parameter is refused, with the one that was meant', async (t) => {
  const { get } = await start(t)
  const { status, body } = await get('/feeds/articles.rss?tags=bridges')
  t.equal(status, 400)
  t.strictSame(body.errors, [
    { parameter: 'tags', code: 'unknown', detail: 'is not known here. Did you mean "tag"?' },
  ])
  t.match(await get('/feeds/articles.rss?tag=Br%20idges'), {
    status: 400,
    body: { errors: [{ code: 'malformed' }] },
  })
})

t.test('a feed takes as many statements with many articles as with one', async (t) => {
  const dateline = await start(t)
  const { get, post, statements } = dateline
  await post('/v1/people', { name: 'Ann Lee' })
  const count = async () => {
    statements.length = 0
    await get('/feeds/articles.atom?tag=bridges&person=ann-lee')
    return statements.length
  }
  const story = { tags: ['bridges'], people: [{ personId: 'ann-lee' }] }
  await published(dateline, 'One', story)
  const one = await count()
  for (const headline of ['Two', 'Three', 'Four']) await published(dateline, headline, story)
  t.equal(await count(), one)
})
