import t from 'tap'
import { assertProblem, wrongParameter } from '../http/problem.ts'
import { type Answer, type Dateline, type RequestOptions, STORY, start } from '../support/dateline.ts'

const viewer = { as: 'viewer' } as const

t.test('a hit says what it is, where it is and what was found in it', async (t) => {
  const { get } = await start(t, { seeded: true })
  const { status, headers, body } = await get('/v1/search?q="never%20considered"&type=article')
  const { body: article } = await get(`/v1/articles/${STORY}`)
  t.equal(status, 200)
  t.equal(headers['cache-control'], 'public, max-age=5')
  t.equal(headers['x-robots-tag'], undefined)
  const [{ snippets, ...hit }] = body.data
  t.strictSame(hit, {
    type: 'article',
    id: article.id,
    slug: STORY,
    version: article.version,
    status: 'live',
    title: article.headline,
    partOf: null,
    publishedAt: article.publishedAt,
    updatedAt: article.updatedAt,
    href: `/v1/articles/${STORY}`,
  })
  t.strictSame(snippets[0], {
    field: 'headline',
    html: 'Russia <mark>never considered</mark> Turkey as a strategic ally, says Lavrov',
  })
  t.strictSame(body.page, { limit: 20, next: null, prev: null })
})

t.test('what lives with an article says of which it is a part', async (t) => {
  const dateline = await start(t)
  const { body: story } = await dateline.post('/v1/articles?publish=now', {
    headline: 'Story',
    quotes: [{ text: 'A harbour, he said' }],
    relatedLinks: [{ title: 'More harbours' }],
  })
  const { body } = await dateline.get('/v1/search?q=harbour*')
  t.match(
    body.data.map(({ type, slug, title, partOf, href }: Record<string, string>) => [
      type,
      slug,
      title,
      partOf,
      href,
    ]),
    [
      ['quote', null, null, { type: 'article', id: story.id }, /^\/v1\/quotes\/quote_/],
      ['link', null, 'More harbours', { type: 'article', id: story.id }, /^\/v1\/related-links\/link_/],
    ],
  )
})

t.test('hits of all types come newest first, on pages both ways, and are counted', async (t) => {
  const dateline = await newsroom(t)
  const expected = ['Harbour 3', 'Ann Harbour', 'Harbour 2', 'More harbour', 'Harbour 1', 'Bob Harbour']
  t.strictSame(titles(await dateline.get('/v1/search?q=harbour')), expected)
  t.strictSame(titles(await dateline.get('/v1/search?q=harbour&sort=-publishedAt')), expected)
  for (const limit of [1, 2, 4, 6]) await assertPages(t, dateline, `q=harbour&limit=${limit}`, expected)
})

t.test('the same instant is told apart by ids, across types and pages', async (t) => {
  const dateline = await start(t)
  const story = (name: string) => ({
    headline: `Harbour ${name}`,
    quotes: [{ text: 'harbour' }, { text: 'harbour' }],
    relatedLinks: [{ title: 'harbour' }],
    people: [{ person: { name: `${name} Harbour` } }],
  })
  for (const name of ['Ann', 'Bob']) await dateline.post('/v1/articles?publish=2020-01-01', story(name))
  const ids = (await dateline.get('/v1/search?q=harbour')).body.data.map(({ id }: { id: string }) => id)
  t.equal(new Set(ids).size, 10)
  t.strictSame(ids, [...ids].sort().reverse())
  for (const limit of [1, 3])
    for (const sort of ['', '&sort=rank']) {
      const pages = await walk(dateline, `/v1/search?q=harbour&limit=${limit}${sort}`)
      t.equal(new Set(pages.flatMap(idsOf)).size, 10, `${limit}${sort}`)
      t.equal(pages.flatMap(idsOf).length, 10, `${limit}${sort}`)
    }
})

t.test('by rank, a headline says more than a body, and often more than once', async (t) => {
  const dateline = await start(t)
  const stories = [
    { headline: 'Once', body: 'harbour' },
    { headline: 'The harbour', body: '' },
    { headline: 'Often', body: 'harbour harbour harbour harbour' },
    { headline: 'Long', body: `harbour ${'filler '.repeat(5_000)}` },
    { headline: 'Harbour and harbour', body: 'harbour' },
    { headline: 'None', body: 'harbours' },
  ]
  for (const story of stories) await dateline.post('/v1/articles?publish=now', story)
  const expected = ['Harbour and harbour', 'The harbour', 'Often', 'Once', 'Long']
  t.strictSame(titles(await dateline.get('/v1/search?q=harbour&sort=rank')), expected)
  for (const limit of [1, 2, 3, 5])
    await assertPages(t, dateline, `q=harbour&sort=rank&limit=${limit}`, expected)
})

t.test('type and type.in leave hits of some types', async (t) => {
  const dateline = await newsroom(t)
  const ask = async (query: string) => titles(await dateline.get(`/v1/search?q=harbour&${query}`))
  t.strictSame(await ask('type=person'), ['Ann Harbour', 'Bob Harbour'])
  t.strictSame(await ask('type.in=person,link'), ['Ann Harbour', 'More harbour', 'Bob Harbour'])
  t.strictSame(await ask('type=link&type.in=person,link'), ['More harbour'])
  t.strictSame(await ask('type=article&type.in=person'), [])
  t.strictSame(await ask('type.in='), [])
  t.strictSame(await ask('type.in=&sort=rank&count=true'), [])
})

t.test('at an instant it finds what was live then, and search engines are kept from it', async (t) => {
  const dateline = await newsroom(t)
  const past = await dateline.get('/v1/search?q=harbour&at=2020-01-03&limit=2')
  t.strictSame(titles(past), ['Harbour 2', 'More harbour'])
  t.equal(past.headers['x-robots-tag'], 'noindex')
  t.equal(
    past.headers.link,
    `</v1/search>; rel="canonical", </v1/search?q=harbour&at=2020-01-03&limit=2&cursor=${past.body.page.next}>; rel="next"`,
  )
  await assertPages(t, dateline, 'q=harbour&at=2020-01-03&limit=2', [
    'Harbour 2',
    'More harbour',
    'Harbour 1',
    'Bob Harbour',
  ])
  await dateline.patch('/v1/articles/harbour-2', { headline: 'Market', slug: 'market' })
  t.notOk(titles(await dateline.get('/v1/search?q=harbour')).includes('Harbour 2'))
  const [hit] = (await dateline.get('/v1/search?q=harbour&at=2020-01-03')).body.data
  t.match(hit, { title: 'Harbour 2', href: '/v1/articles/harbour-2', snippets: [{ field: 'headline' }] })
})

t.test('latest and the future need a token for drafts', async (t) => {
  const dateline = await newsroom(t)
  await dateline.patch('/v1/articles/harbour-1?publish=no', { headline: 'Castle' })
  await dateline.post('/v1/articles', { headline: 'Harbour draft' })
  for (const at of ['latest', '2030-01-01']) {
    const { status, headers } = await dateline.get(`/v1/search?q=harbour&at=${at}`)
    t.strictSame([status, headers['www-authenticate']], [401, 'Bearer realm="dateline"'], at)
  }
  const { headers, body } = await dateline.get('/v1/search?q=castle&at=latest', viewer)
  t.equal(headers['cache-control'], 'private, no-store')
  t.match(body.data, [{ title: 'Castle', status: 'draft', version: 2, href: '/v1/articles/harbour-1' }])
  const drafts = await dateline.get('/v1/search?q=harbour&at=latest&count=true', viewer)
  t.equal(drafts.body.page.total, 6)
  t.match(drafts.body.data[0], { title: 'Harbour draft', status: 'draft', publishedAt: null })
  for (const sort of ['', '&sort=rank'])
    await assertPages(t, dateline, `q=harbour&at=latest&limit=2${sort}`, undefined, viewer)
  const plain = await dateline.get('/v1/search?q=harbour%20draft', viewer)
  t.strictSame(plain.body.data, [], 'a token alone changes nothing')
})

t.test('an answer that did not change is 304, and HEAD has the same headers', async (t) => {
  const dateline = await newsroom(t)
  const url = '/v1/search?q=harbour&count=true&limit=2'
  const { headers, body } = await dateline.get(url)
  const same = await dateline.get(url, { headers: { 'if-none-match': String(headers.etag) } })
  t.strictSame([same.status, same.text, same.headers.etag], [304, '', headers.etag])
  const head = await dateline.send({ method: 'HEAD', url })
  t.strictSame([head.status, head.text], [200, ''])
  const { date: _, ...expected } = headers
  t.match(head.headers, expected)
  await dateline.post('/v1/people?publish=now', { name: 'New Harbour' })
  const after = await dateline.get(url, { headers: { 'if-none-match': String(headers.etag) } })
  t.equal(after.status, 200)
  t.equal(after.body.page.total, body.page.total + 1)
})

const SOME = 'must be some of article, quote, person, link, separated by commas.'

t.test('a query that is wrong is refused by its parameter', async (t) => {
  const { get } = await newsroom(t)
  for (const [query, parameter, code, detail] of [
    ['', 'q', 'required', 'is required.'],
    ['?type=article', 'q', 'required', 'is required.'],
    ['?q=x&sort=headline', 'sort', 'not_allowed', 'must be -publishedAt or rank.'],
    ['?q=x&sort=-rank', 'sort', 'not_allowed', 'must be -publishedAt or rank.'],
    ['?q=x&type=', 'type', 'not_allowed', 'must be one of article, quote, person, link.'],
    ['?q=x&type.in=article,articles', 'type.in', 'not_allowed', SOME],
    ['?q=x&type.in=__proto__', 'type.in', 'not_allowed', SOME],
    ['?q=x&kind=news', 'kind', 'unknown', 'is not known here.'],
    ['?q=x&include=people', 'include', 'unknown', 'is not known here.'],
    ['?q=x&q=y', 'q', 'repeated', 'is given more than once.'],
    ['?q=x&limit=101', 'limit', 'malformed', 'must be a whole number from 1 to 100.'],
  ] as const) {
    const instance = `/v1/search${query}`
    assertProblem(t, await get(instance), wrongParameter(parameter, code, detail, instance), query)
  }
  t.equal((await get('/v1/search?q=x&cursor=x')).body.type, '/problems/invalid_cursor')
  t.equal((await get('/v1/search?q=x', { headers: { accept: 'text/html' } })).status, 406)
})

t.test('a cursor belongs to its query', async (t) => {
  const { get } = await newsroom(t)
  const { body } = await get('/v1/search?q=harbour&limit=1')
  for (const [query, status] of [
    ['q=harbour&limit=3&count=true', 200],
    ['q=HARBOUR', 200],
    ['q=harbours', 400],
    ['q=harbour&sort=rank', 400],
    ['q=harbour&type=article', 400],
    ['q=harbour&at=2020-01-03', 400],
  ] as const)
    t.equal((await get(`/v1/search?${query}&cursor=${body.page.next}`)).status, status, query)
  t.equal((await get(`/v1/articles?q=harbour&cursor=${body.page.next}`)).status, 400)
})

/** Six documents of three types that have the word `harbour`, and one that has not. */
async function newsroom(t: Parameters<typeof start>[0]): Promise<Dateline> {
  const dateline = await start(t)
  const { post } = dateline
  await post('/v1/people?publish=2020-01-01', { name: 'Bob Harbour' })
  await post('/v1/articles?publish=2020-01-02T01:00:00Z', { headline: 'Harbour 1' })
  await post('/v1/articles?publish=2020-01-02T02:00:00Z', {
    headline: 'Palace and market',
    slug: 'other',
    relatedLinks: [{ title: 'More harbour' }],
  })
  await post('/v1/articles?publish=2020-01-02T03:00:00Z', { headline: 'Harbour 2' })
  await post('/v1/people?publish=2020-01-04', { name: 'Ann Harbour' })
  await post('/v1/articles?publish=2020-01-05', { headline: 'Harbour 3' })
  return dateline
}

/** Each hit once, in this order, by the cursors forwards and back; and the total on every page. */
async function assertPages(
  t: Parameters<typeof start>[0],
  dateline: Dateline,
  query: string,
  expected: readonly string[] | undefined,
  options: RequestOptions = {},
): Promise<void> {
  const url = `/v1/search?${query}&count=true`
  const pages = await walk(dateline, url, options)
  const all = pages.flatMap(titles)
  if (expected) t.strictSame(all, expected, `${query}: forwards`)
  t.strictSame(
    pages.map(({ body }) => body.page.total),
    pages.map(() => all.length),
    `${query}: counted`,
  )
  const back: string[][] = []
  for (let { prev } = pages.at(-1)?.body.page ?? {}; prev; ) {
    const page = await dateline.get(`${url}&cursor=${prev}`, options)
    back.unshift(titles(page))
    prev = page.body.page.prev
  }
  t.strictSame([...back.flat(), ...titles(pages.at(-1))], all, `${query}: back`)
}

async function walk(dateline: Dateline, url: string, options: RequestOptions = {}): Promise<Answer[]> {
  const pages = [await dateline.get(url, options)]
  for (let next = pages[0]?.body.page.next; next; next = pages.at(-1)?.body.page.next)
    pages.push(await dateline.get(`${url}&cursor=${next}`, options))
  return pages
}

function titles(page: Answer | undefined): string[] {
  return page?.body.data.map(({ title }: { title: string }) => title) ?? []
}

function idsOf({ body }: Answer): string[] {
  return body.data.map(({ id }: { id: string }) => id)
}

t.test('the words of what was never seen lead nobody to it, so that they cost no time', async (t) => {
  const { get, post, patch, queries } = await start(t)
  await post('/v1/articles', { headline: 'Quuxdraft merger' })
  await post('/v1/articles?publish=2030-01-01', { headline: 'Quuxdraft planned' })
  await post('/v1/articles?publish=now', { headline: 'Live' })
  await patch('/v1/articles/live?publish=no', { headline: 'Quuxdraft edit' })
  await get('/v1/articles')
  const asked = async (word: string) => {
    queries.length = 0
    await get(`/v1/articles?q=${word}`)
    return queries.map(({ parameters }) => JSON.stringify(parameters).replaceAll(word, ''))
  }
  t.strictSame(await asked('quuxdraft'), await asked('quuxabsent'), 'the database is asked the same')
  const { body } = await get('/v1/articles?q=quuxdraft&at=latest&count=true', { as: 'viewer' })
  t.equal(body.page.total, 3)
})
