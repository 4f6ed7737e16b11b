import t from 'tap'
import { STORY, start } from '../support/dateline.ts'
import { startLogged } from './logged.ts'

const ITEM = `/v1/articles/${STORY}`
const PUBLIC = [
  ITEM,
  `${ITEM}?at=2020-10-16&include=quotes`,
  '/v1/articles',
  '/v1/quotes?count=true',
  `${ITEM}/quotes`,
]
const HERE = 'https://news.example.org'
const THERE = 'https://elsewhere.example.org'

t.test('what anyone may read is kept for five seconds', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const url of PUBLIC)
    t.match((await dateline.get(url)).headers, {
      'cache-control': /^public, max-age=5$/,
      vary: 'accept, authorization, accept-encoding',
    })
})

t.test('what a token reads or writes is kept by no cache', async (t) => {
  const dateline = await start(t, { seeded: true })
  const answers = [
    ...(await Promise.all(PUBLIC.map((url) => dateline.get(url, { as: 'viewer' })))),
    await dateline.get(`${ITEM}?at=latest`, { as: 'viewer' }),
    await dateline.get('/v1/articles?at=latest', { as: 'writer' }),
    await dateline.post('/v1/articles', { headline: 'A' }),
    await dateline.patch(ITEM, { place: 'Ankara' }),
    await dateline.delete(ITEM),
  ]
  for (const { status, headers } of answers) {
    t.ok(status < 300)
    t.equal(headers['cache-control'], 'private, no-store')
    t.equal(headers.vary, 'accept, authorization')
  }
})

t.test('errors are kept by no cache, what is gone and what is hidden alike', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.post('/v1/articles', { headline: 'Hidden' })
  await dateline.delete('/v1/people/khalifa-haftar')
  for (const [url, status] of [
    ['/v1/articles/hidden', 404],
    ['/v1/articles/nothing', 404],
    ['/v1/people/khalifa-haftar', 410],
    ['/v1/articles?limit=0', 400],
    ['/v1/articles?at=latest', 401],
  ] as const)
    t.match(await dateline.get(url), { status, headers: { 'cache-control': /^no-store$/, etag: undefined } })
})

t.test('nothing about caching tells that something will appear', async (t) => {
  const dateline = await start(t, { seeded: true })
  const kept = ({ headers }: Awaited<ReturnType<typeof dateline.get>>) => ({
    ...headers,
    date: '',
    'content-length': '',
  })
  const before = await Promise.all(PUBLIC.map((url) => dateline.get(url).then(kept)))
  await dateline.patch(`${ITEM}?publish=2026-01-01T00:00:03Z`, { headline: 'Soon' })
  await dateline.post('/v1/articles?publish=2026-01-01T00:00:02Z', { headline: 'Sooner' })
  t.strictSame(await Promise.all(PUBLIC.map((url) => dateline.get(url).then(kept))), before)
})

t.test('an old slug leads on with 308 to a relative address, and the query is kept as it was', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.patch(ITEM, { slug: 'not-an-ally' })
  const queries = [
    '',
    '?include=quotes.speaker,relatedLinks',
    '?include=quotes%2CrelatedLinks',
    '?at=2026-01-01T03:00:01+03:00',
  ]
  dateline.clock.advance(60_000)
  for (const query of queries) {
    const { status, headers, text } = await dateline.get(ITEM + query)
    t.equal(status, 308)
    t.equal(text, '')
    t.equal(headers.location, `/v1/articles/not-an-ally${query}`)
    t.equal(headers['cache-control'], 'public, max-age=5')
    t.equal(headers.vary, 'accept, authorization')
  }
  t.match(await dateline.get(`${ITEM}/quotes?limit=1&count=true`), {
    status: 308,
    headers: { location: /^\/v1\/articles\/not-an-ally\/quotes\?limit=1&count=true$/ },
  })
  t.match(await dateline.get(ITEM, { as: 'viewer' }), {
    status: 308,
    headers: { 'cache-control': 'private, no-store' },
  })
})

t.test('a wrong query is refused before an old slug leads on', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.patch(ITEM, { slug: 'not-an-ally' })
  t.equal((await dateline.get(`${ITEM}?includ=quotes`)).status, 400)
})

t.test('pages of every origin may read, and see ETag, Link and Location', async (t) => {
  const dateline = await start(t, { seeded: true })
  const origin = { headers: { origin: HERE } }
  for (const url of [
    ...PUBLIC,
    '/',
    '/openapi.json',
    '/v1/articles/nothing',
    '/v1/articles?limit=0',
    '/nope',
  ]) {
    const { headers } = await dateline.get(url, origin)
    t.equal(headers['access-control-allow-origin'], '*', url)
    t.strictSame(
      String(headers['access-control-expose-headers']).split(', ').sort(),
      ['ETag', 'Link', 'Location'],
      url,
    )
    t.equal(headers['access-control-allow-credentials'], undefined, url)
  }
})

t.test('refusals that come before any route can be read by pages as well', async (t) => {
  const dateline = await start(t)
  for (const url of ['/v1/articles/%', '/'.padEnd(9_000, 'x')]) {
    const { status, headers } = await dateline.get(url, { headers: { origin: HERE } })
    t.ok(status >= 400)
    t.equal(headers['access-control-allow-origin'], '*', url.slice(0, 20))
  }
})

t.test('a preflight is answered without a token', async (t) => {
  const dateline = await start(t)
  const { status, headers, text } = await dateline.send({
    method: 'OPTIONS',
    url: '/v1/articles',
    headers: {
      origin: HERE,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type, if-match',
    },
  })
  t.equal(status, 204)
  t.equal(text, '')
  t.equal(headers['access-control-allow-origin'], '*')
  t.match(headers['access-control-allow-methods'], /\bGET\b.*\bPOST\b/)
  for (const name of ['authorization', 'content-type', 'if-match'])
    t.ok(String(headers['access-control-allow-headers']).includes(name), name)
  t.equal(headers['access-control-allow-credentials'], undefined)
})

t.test('with a list of origins only those may read, and caches are told that it depends', async (t) => {
  const { app } = await startLogged(t, { CORS_ORIGIN: [HERE, 'https://www.example.org'] })
  for (const url of [ITEM, '/v1/articles', '/', '/v1/articles/nothing', '/problems']) {
    const allowed = await app.inject({ url, headers: { origin: HERE } })
    t.equal(allowed.headers['access-control-allow-origin'], HERE, url)
    const refused = await app.inject({ url, headers: { origin: THERE } })
    t.equal(refused.headers['access-control-allow-origin'], undefined, url)
    for (const { headers } of [allowed, refused, await app.inject(url)])
      t.match(String(headers.vary).toLowerCase(), /\borigin\b/, url)
  }
  const item = await app.inject({ url: ITEM, headers: { origin: HERE } })
  t.match(String(item.headers.vary).toLowerCase(), /\baccept\b.*\bauthorization\b/, 'and on the rest')
})
