import t from 'tap'
import { type Answer, type Dateline, START, STORY, start } from '../support/dateline.ts'

/** `q` on lists: which documents have words, for whom and when. `queries.property.test.ts` asks much more of it. */

const viewer = { as: 'viewer' } as const

t.test('words are found in every searched field, whatever their case and accents', async (t) => {
  const { get } = await start(t, { seeded: true })
  for (const [list, q, found] of [
    ['articles', 'LAVROV', 1],
    ['articles', 'russia türkey', 1],
    ['articles', '"strategic ally"', 1],
    ['articles', '"ally strategic"', 0],
    ['articles', 'strateg*', 1],
    ['articles', 'strateg', 0],
    ['articles', 'lavrov -turkey', 0],
    ['articles', 'lavrov -zanzibar', 1],
    ['articles', 'lavrov zanzibar', 0],
    ['people', 'sergey', 1],
    ['people', '"foreign minister"', 1],
    [`articles/${STORY}/quotes`, 'turkey', 1],
    [`articles/${STORY}/quotes`, 'zanzibar', 0],
    ['people/sergey-lavrov/articles', 'strategic', 1],
    ['people/sergey-lavrov/articles', 'zanzibar', 0],
  ] as const) {
    const { status, body } = await get(`/v1/${list}?q=${encodeURIComponent(q)}&count=true`)
    t.strictSame([status, body.data?.length > 0], [200, found > 0], `${list} ${q}`)
    t.equal(body.page.total, body.data.length, 'and counted')
  }
})

t.test('a phrase does not go from one field to the next', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', {
    headline: 'One two',
    standfirst: 'three',
    body: 'four five',
  })
  t.strictSame(await found(dateline, 'q="one%20two"'), ['one-two'])
  t.strictSame(await found(dateline, 'q=two%20three%20four'), ['one-two'])
  t.strictSame(await found(dateline, 'q="two%20three"'), [])
  t.strictSame(await found(dateline, 'q="three%20four"'), [])
  t.strictSame(await found(dateline, 'q=one%20-"two%20three"'), ['one-two'])
})

t.test('q goes with other filters, with every order and with fields', async (t) => {
  const dateline = await start(t)
  for (const [headline, kind, date] of [
    ['Beta harbour', 'news', '2020-01-01'],
    ['Alpha harbour', 'opinion', '2020-01-02'],
    ['Gamma harbour', 'news', '2020-01-03'],
    ['Delta square', 'news', '2020-01-04'],
  ])
    await dateline.post(`/v1/articles?publish=${date}`, { headline, kind })
  const names = (...some: string[]) => some.map((name) => `${name}-harbour`)
  t.strictSame(await found(dateline, 'q=harbour'), names('gamma', 'alpha', 'beta'))
  t.strictSame(await found(dateline, 'q=harbour&sort=publishedAt'), names('beta', 'alpha', 'gamma'))
  t.strictSame(await found(dateline, 'q=harbour&sort=headline'), names('alpha', 'beta', 'gamma'))
  t.strictSame(await found(dateline, 'q=harbour&kind=news'), names('gamma', 'beta'))
  t.strictSame(await found(dateline, 'q=harbour&publishedAt.lt=2020-01-03'), names('alpha', 'beta'))
  t.strictSame(
    await found(dateline, 'q=harbour&slug.in=beta-harbour,delta-square&fields=slug'),
    names('beta'),
  )
})

t.test('words are those of the version that is read: live, then, or newest', async (t) => {
  const dateline = await start(t)
  const { clock, post, patch } = dateline
  await post('/v1/articles?publish=now', { headline: 'Story', body: 'harbour' })
  clock.advance(60_000)
  await patch('/v1/articles/story', { body: 'market' })
  clock.advance(60_000)
  await patch('/v1/articles/story?publish=no', { body: 'palace' })
  const then = new Date(START + 30_000).toISOString()
  const has = async (query: string, options = {}) => (await found(dateline, query, options)).length === 1
  for (const [query, harbour, market, palace] of [
    ['', false, true, false],
    [`&at=${then}`, true, false, false],
    ['&at=latest', false, false, true],
  ] as const) {
    t.equal(await has(`q=harbour${query}`, viewer), harbour, `harbour ${query}`)
    t.equal(await has(`q=market${query}`, viewer), market, `market ${query}`)
    t.equal(await has(`q=palace${query}`, viewer), palace, `palace ${query}`)
  }
  t.strictSame((await dateline.get('/v1/articles?q=palace&at=latest')).status, 401)
})

t.test('what the public does not see is neither found nor counted', async (t) => {
  const dateline = await start(t)
  const { post } = dateline
  await post('/v1/articles', { headline: 'Harbour draft' })
  await post('/v1/articles?publish=2027-01-01', { headline: 'Harbour tomorrow' })
  await post('/v1/articles?publish=2020-01-01', {
    headline: 'Harbour gone',
    quotes: [{ text: 'harbour' }],
    relatedLinks: [{ title: 'harbour' }],
  })
  await post('/v1/articles/harbour-gone/withdraw')
  await post('/v1/people?publish=no', { name: 'Ann Harbour' })
  for (const list of ['articles', 'quotes', 'related-links', 'people', 'search'])
    for (const at of ['', '&at=2020-02-01', `&at=${new Date(START).toISOString()}`]) {
      const { body } = await dateline.get(`/v1/${list}?q=harbour&count=true${at}`)
      t.strictSame(body, { data: [], page: { limit: 20, next: null, prev: null, total: 0 } }, `${list}${at}`)
    }
  const latest = await dateline.get('/v1/search?q=harbour&at=latest&count=true', viewer)
  t.strictSame(titlesOf(latest).sort(), ['Ann Harbour', 'Harbour draft', 'Harbour tomorrow'])
  const then = await dateline.get('/v1/search?q=harbour&at=2020-02-01&count=true', viewer)
  t.equal(then.body.page.total, 3, 'the past of what is withdrawn, with its parts')
  const later = await dateline.get('/v1/search?q=harbour&at=2027-02-01', viewer)
  t.strictSame(titlesOf(later), ['Harbour tomorrow'])
})

t.test('of the longest body every word is found', async (t) => {
  const dateline = await start(t)
  const words = Array.from({ length: 142_857 }, (_, index) => `w${String(index).padStart(5, '0')}`)
  const { status } = await dateline.post('/v1/articles?publish=now', {
    headline: 'Long',
    body: `${words.join(' ').slice(0, 999_900)} lavrov`,
  })
  t.equal(status, 201)
  for (const q of ['w00000', 'w130000', '"w130000 w130001"', 'w1300*', 'lavrov'])
    t.strictSame(await found(dateline, `q=${encodeURIComponent(q)}`), ['long'], q)
  t.strictSame(await found(dateline, 'q=w00000%20-lavrov'), [])
  const [{ snippets }] = (await dateline.get('/v1/search?q=lavrov')).body.data
  t.strictSame(snippets, [], 'it is too deep to be shown')
  await dateline.delete('/v1/articles/long?purge=true', { as: 'admin' })
  t.strictSame(await found(dateline, 'q=lavrov'), [])
})

t.test('a cursor belongs to its words, however they were typed', async (t) => {
  const dateline = await start(t)
  for (const name of ['one', 'two', 'three'])
    await dateline.post('/v1/articles?publish=now', { headline: `Harbour ${name}` })
  const { body } = await dateline.get('/v1/articles?q=harbour&limit=1')
  const status = async (q: string) =>
    (await dateline.get(`/v1/articles?q=${q}&limit=1&cursor=${body.page.next}`)).status
  t.equal(await status('harbour'), 200)
  t.equal(await status('HARBOUR!'), 200)
  t.equal(await status('harbour*'), 400)
  t.equal(await status('harbour%20-x'), 400)
})

async function found(dateline: Dateline, query: string, options = {}): Promise<string[]> {
  const { body } = await dateline.get(`/v1/articles?${query}`, options)
  return body.data.map(({ slug }: { slug: string }) => slug)
}

function titlesOf({ body }: Answer): string[] {
  return body.data.map(({ title }: { title: string }) => title)
}
