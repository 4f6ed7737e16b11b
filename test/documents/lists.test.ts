import t from 'tap'
import { type Answer, type Dateline, type RequestOptions, start } from '../support/dateline.ts'

const viewer = { as: 'viewer' } as const

t.test('an empty list has no documents, no cursors and no links', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles', { headline: 'Draft' })
  for (const path of ['articles', 'quotes', 'related-links']) {
    const { status, headers, body } = await dateline.get(`/v1/${path}`)
    t.equal(status, 200)
    t.strictSame(body, { data: [], page: { limit: 20, next: null, prev: null } })
    t.equal(headers.link, undefined)
    t.equal(headers['cache-control'], 'public, max-age=5')
  }
  const { body } = await dateline.get('/v1/articles?limit=7&count=true')
  t.strictSame(body, { data: [], page: { limit: 7, next: null, prev: null, total: 0 } })
})

t.test('a list is newest first by publication, whenever its documents were made', async (t) => {
  const dateline = await start(t)
  await publish(dateline, {
    second: '2020-01-02',
    fourth: '2019-01-01',
    first: '2021-01-01',
    third: '2020-01-01',
  })
  t.strictSame(slugsOf(await dateline.get('/v1/articles')), ['first', 'second', 'third', 'fourth'])
})

t.test('an edit of an article does not move it in the list', async (t) => {
  const dateline = await start(t)
  await publish(dateline, { old: '2020-01-01', new: '2021-01-01' })
  await dateline.patch('/v1/articles/old', { kind: 'opinion' })
  t.strictSame(slugsOf(await dateline.get('/v1/articles')), ['new', 'old'])
})

t.test('articles of the same instant are each listed once, on pages of any size', async (t) => {
  const dateline = await start(t)
  const names = Array.from({ length: 7 }, (_, index) => `tie-${index}`)
  await publish(dateline, Object.fromEntries(names.map((name) => [name, '2020-01-01'])))
  const expected = [...names].reverse()
  t.strictSame(slugsOf(await dateline.get('/v1/articles')), expected)
  for (const limit of [1, 2, 3, 7]) {
    const pages = await walk(dateline, `/v1/articles?limit=${limit}`)
    t.strictSame(pages.flat(), expected)
    t.equal(pages.length, Math.ceil(7 / limit))
  }
})

t.test('limit is the size of a page and is never clamped', async (t) => {
  const dateline = await start(t)
  await publish(dateline, { one: '2020-01-01', two: '2020-01-02', three: '2020-01-03' })
  t.strictSame(slugsOf(await dateline.get('/v1/articles?limit=2')), ['three', 'two'])
  t.equal((await dateline.get('/v1/articles?limit=100')).body.page.limit, 100)
  for (const limit of ['0', '101', '-1', '1.5', '1e1', '0x10', 'ten', '', '%201', '99999999999999999999']) {
    const { status, body } = await dateline.get(`/v1/articles?limit=${limit}`)
    t.equal(status, 400, `limit=${limit}`)
    t.match(body.errors, [{ parameter: 'limit', detail: 'must be a whole number from 1 to 100.' }])
  }
})

t.test('the cursors lead through everything, forward and back, and the ends say so', async (t) => {
  const dateline = await start(t)
  const names = await publishMany(dateline, 10)
  const forward: string[][] = []
  let page = await dateline.get('/v1/articles?limit=4')
  t.equal(page.body.page.prev, null)
  for (; ; page = await at(dateline, page, 'next')) {
    forward.push(slugsOf(page))
    if (page.body.page.next === null) break
  }
  t.strictSame(forward, [names.slice(0, 4), names.slice(4, 8), names.slice(8)])
  const back: string[][] = []
  while (page.body.page.prev !== null) {
    page = await at(dateline, page, 'prev')
    back.push(slugsOf(page))
  }
  t.strictSame(back, [names.slice(4, 8), names.slice(0, 4)])
  t.equal(page.body.page.prev, null)
  t.strictSame(slugsOf(await at(dateline, page, 'next')), names.slice(4, 8))
})

t.test('the Link header has the whole addresses of both pages, with the rest of the query', async (t) => {
  const dateline = await start(t)
  await publishMany(dateline, 5)
  const first = await dateline.get('/v1/articles?count=true&limit=2&include=people')
  const { next } = first.body.page
  t.equal(first.headers.link, `</v1/articles?count=true&limit=2&include=people&cursor=${next}>; rel="next"`)
  const second = await dateline.get(linksOf(first).next ?? '')
  const { page } = second.body
  t.equal(
    second.headers.link,
    ['next', 'prev']
      .map((rel) => `</v1/articles?count=true&limit=2&include=people&cursor=${page[rel]}>; rel="${rel}"`)
      .join(', '),
  )
  t.strictSame(slugsOf(await dateline.get(linksOf(second).prev ?? '')), slugsOf(first))
  const last = await dateline.get(linksOf(second).next ?? '')
  t.strictSame(Object.keys(linksOf(last)), ['prev'])
})

t.test(
  'forward, nothing comes twice and nothing that stays is missed, whatever happens between pages',
  async (t) => {
    const dateline = await start(t)
    const names = await publishMany(dateline, 20)
    const gone = new Set<string>()
    const seen: string[] = []
    let page = await dateline.get('/v1/articles?limit=3')
    for (let number = 0; ; number += 1) {
      seen.push(...slugsOf(page))
      if (page.body.page.next === null) break
      const last = seen.at(-1) ?? ''
      await disturb(dateline, number, [last, names[names.indexOf(last) + 2]], gone)
      page = await at(dateline, page, 'next')
    }
    t.equal(new Set(seen).size, seen.length)
    t.strictSame(
      names.filter((name) => !gone.has(name)).filter((name) => !seen.includes(name)),
      [],
    )
    t.strictSame(
      seen,
      names.filter((name) => seen.includes(name)),
    )
  },
)

t.test(
  'back, nothing comes twice and nothing that stays is missed, and what is new comes at the top',
  async (t) => {
    const dateline = await start(t)
    const names = await publishMany(dateline, 20)
    let page = await dateline.get('/v1/articles?limit=3')
    while (page.body.page.next !== null) page = await at(dateline, page, 'next')
    const gone = new Set<string>()
    const seen = slugsOf(page)
    for (let number = 0; page.body.page.prev !== null; number += 1) {
      if (number < 6) {
        const first = seen[0] ?? ''
        await disturb(dateline, number, [first, names[names.indexOf(first) - 2]], gone)
      }
      page = await at(dateline, page, 'prev')
      seen.unshift(...slugsOf(page))
    }
    t.equal(new Set(seen).size, seen.length)
    t.strictSame(
      names.filter((name) => !gone.has(name)).filter((name) => !seen.includes(name)),
      [],
    )
    t.strictSame(
      seen.slice(0, 6),
      [5, 4, 3, 2, 1, 0].map((number) => `extra-${number}`),
    )
  },
)

t.test('a page whose documents have all gone leads back to everything that is left', async (t) => {
  const dateline = await start(t)
  const names = await publishMany(dateline, 6)
  const pages = [await dateline.get('/v1/articles?limit=2')]
  for (const index of [0, 1]) pages.push(await at(dateline, pages[index], 'next'))
  for (const name of names.slice(0, 2)) await dateline.delete(`/v1/articles/${name}`)
  const top = await at(dateline, pages[1], 'prev')
  t.strictSame(slugsOf(top), [])
  t.equal(top.body.page.prev, null)
  t.strictSame(slugsOf(await at(dateline, top, 'next')), names.slice(2, 4))
  for (const name of names.slice(4)) await dateline.delete(`/v1/articles/${name}`)
  const bottom = await at(dateline, pages[1], 'next')
  t.strictSame(slugsOf(bottom), [])
  t.equal(bottom.body.page.next, null)
  t.strictSame(slugsOf(await at(dateline, bottom, 'prev')), names.slice(2, 4))
})

t.test('count adds how many there are on all pages, and is not there otherwise', async (t) => {
  const dateline = await start(t)
  await publishMany(dateline, 5)
  const first = await dateline.get('/v1/articles?limit=2&count=true')
  t.equal(first.body.page.total, 5)
  t.equal((await dateline.get(linksOf(first).next ?? '')).body.page.total, 5)
  for (const query of ['', '?count=false'])
    t.notOk('total' in (await dateline.get(`/v1/articles${query}`)).body.page)
  t.match((await dateline.get('/v1/articles?count=yes')).body.errors, [
    { parameter: 'count', detail: 'must be true or false.' },
  ])
})

t.test('a cursor of another query or a damaged one is refused with 400', async (t) => {
  const dateline = await start(t)
  await publishMany(dateline, 3)
  const plain = (await dateline.get('/v1/articles?limit=1')).body.page.next
  const past = (await dateline.get('/v1/articles?limit=1&at=2025-01-01')).body.page.next
  const latest = (await dateline.get('/v1/articles?limit=1&at=latest', viewer)).body.page.next
  const refused: [string, RequestOptions?][] = [
    [`/v1/people?limit=1&cursor=${plain}`],
    [`/v1/articles/name-00/quotes?cursor=${plain}`],
    [`/v1/articles?limit=1&at=2025-01-01&cursor=${plain}`],
    [`/v1/articles?limit=1&at=2025-01-02&cursor=${past}`],
    [`/v1/articles?limit=1&cursor=${past}`],
    [`/v1/articles?limit=1&cursor=${latest}`],
    [`/v1/articles?limit=1&at=latest&cursor=${plain}`, viewer],
    [`/v1/articles?cursor=${plain.slice(0, -4)}`],
    ['/v1/articles?cursor='],
    ['/v1/articles?cursor=nonsense'],
    ['/v1/articles?cursor=W10'],
  ]
  for (const [url, options] of refused) {
    const { status, body } = await dateline.get(url, options)
    t.equal(status, 400, url)
    t.equal(body.type, '/problems/invalid_cursor', url)
    t.match(body.errors, [{ parameter: 'cursor', code: 'malformed' }])
  }
})

t.test('a list at an instant is what was live then, in the versions of then', async (t) => {
  const dateline = await start(t)
  await publish(dateline, { one: '2020-01-01', two: '2020-01-02', three: '2020-01-03', four: '2020-01-04' })
  dateline.clock.now = Date.parse('2026-02-01T12:00:00Z')
  await dateline.patch('/v1/articles/two', { headline: 'Two, corrected' })
  await publish(dateline, { five: 'now' })
  dateline.clock.now = Date.parse('2026-02-01T13:00:00Z')
  await dateline.delete('/v1/articles/three')
  const headlines = async (query: string) =>
    (await dateline.get(`/v1/articles?${query}`)).body.data.map(
      ({ headline }: { headline: string }) => headline,
    )
  t.strictSame(await headlines(''), ['five', 'four', 'Two, corrected', 'one'])
  t.strictSame(await headlines('at=2026-02-01'), ['four', 'two', 'one'])
  t.strictSame(await headlines('at=2020-01-03T23:59:59.999Z'), ['two', 'one'])
  t.strictSame(await headlines('at=2019-12-31'), [])
  t.strictSame((await walk(dateline, '/v1/articles?at=2026-02-01&limit=1')).flat(), ['four', 'two', 'one'])
  const { headers, body } = await dateline.get('/v1/articles?at=2026-02-01&limit=2&count=true')
  t.equal(body.page.total, 3)
  t.equal(headers['x-robots-tag'], 'noindex')
  const next = `</v1/articles?at=2026-02-01&limit=2&count=true&cursor=${body.page.next}>; rel="next"`
  t.equal(headers.link, `</v1/articles>; rel="canonical", ${next}`)
})

t.test(
  'the quotes of an article come in their order, and of a person newest first, on pages of any size',
  async (t) => {
    const dateline = await start(t)
    await publish(dateline, { storm: '2020-01-01', calm: '2020-01-02' })
    const speakerId = (await dateline.post('/v1/people', { name: 'Anna Seghers' })).body.id
    const quote = async (articleId: string, text: string, position: number, publish: string) =>
      dateline.post(`/v1/quotes?publish=${publish}`, { articleId, text, position, speakerId })
    await quote('storm', 'b', 2, '2020-02-01')
    await quote('storm', 'c', 2, '2020-02-03')
    await quote('calm', 'd', 1, '2020-02-02')
    await quote('storm', 'a', 1, '2020-02-04')
    await dateline.post('/v1/quotes', { articleId: 'storm', text: 'by nobody', position: 9 })
    for (const limit of [1, 2, 20]) {
      const texts = async (url: string) => (await walk(dateline, `${url}?limit=${limit}`, 'text')).flat()
      t.strictSame(await texts('/v1/articles/storm/quotes'), ['a', 'b', 'c', 'by nobody'])
      t.strictSame(await texts(`/v1/people/${speakerId}/quotes`), ['a', 'c', 'd', 'b'])
      t.strictSame(await texts('/v1/people/anna-seghers/quotes'), ['a', 'c', 'd', 'b'])
    }
    t.equal((await dateline.get('/v1/articles/storm/quotes?count=true')).body.page.total, 4)
    const then = await dateline.get('/v1/people/anna-seghers/quotes?at=2026-01-01')
    t.equal(then.status, 404)
  },
)

t.test('the articles of a person are those that name them now', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna Seghers' })
  await publish(dateline, { one: '2020-01-01', two: '2020-01-02', three: '2020-01-03' })
  const people = [{ personId: 'anna-seghers' }, { personId: 'anna-seghers', as: 'author' }]
  const url = '/v1/people/anna-seghers/articles'
  for (const name of ['one', 'three']) await dateline.patch(`/v1/articles/${name}`, { people })
  t.strictSame(slugsOf(await dateline.get(url)), ['three', 'one'])
  dateline.clock.now = Date.parse('2026-02-01T12:00:00Z')
  await dateline.patch('/v1/articles/three', { people: [] })
  await dateline.delete('/v1/articles/two')
  t.strictSame(slugsOf(await dateline.get(`${url}?count=true`)), ['one'])
  t.equal((await dateline.get(`${url}?count=true`)).body.page.total, 1)
  t.strictSame(slugsOf(await dateline.get(`${url}?at=2026-02-01`)), ['three', 'one'])
})

t.test(
  'what is below a document that does not exist is 404, and below an id of another type 400',
  async (t) => {
    const dateline = await start(t)
    for (const path of [
      'articles/fog/quotes',
      'articles/fog/related-links',
      'people/fog/articles',
      'people/fog/quotes',
    ]) {
      const { status, body } = await dateline.get(`/v1/${path}`)
      t.equal(status, 404)
      t.equal(body.detail, `There is no ${path.startsWith('people') ? 'person' : 'article'} "fog".`)
    }
    const { status, body } = await dateline.get('/v1/articles/person_01h455vb4pex5vsknk084sn02q/quotes')
    t.equal(status, 400)
    t.equal(body.type, '/problems/invalid_id')
  },
)

/** Publishes an article under each name at the instant given for it. */
async function publish(dateline: Dateline, instants: Record<string, string>): Promise<void> {
  for (const [name, instant] of Object.entries(instants))
    await dateline.post(`/v1/articles?publish=${instant}`, { headline: name, slug: name })
}

/** Publishes articles a day apart. @returns their slugs, newest first */
async function publishMany(dateline: Dateline, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `name-${String(index).padStart(2, '0')}`)
  const days = names.map((name, index) => [name, new Date(Date.UTC(2024, 11, 31 - index)).toISOString()])
  await publish(dateline, Object.fromEntries(days))
  return names
}

/** Publishes one more article, now, and withdraws these. */
async function disturb(
  dateline: Dateline,
  number: number,
  names: (string | undefined)[],
  gone: Set<string>,
): Promise<void> {
  await dateline.post('/v1/articles?publish=now', { headline: `extra ${number}` })
  for (const name of names.filter((each) => each !== undefined)) {
    await dateline.delete(`/v1/articles/${name}`)
    gone.add(name)
  }
}

/** Follows the Link headers. @returns a field of the documents, page by page */
async function walk(dateline: Dateline, url: string, field = 'slug'): Promise<string[][]> {
  const pages: string[][] = []
  for (let next: string | undefined = url; next; ) {
    const page: Answer = await dateline.get(next)
    pages.push(page.body.data.map((each: Record<string, string>) => each[field]))
    next = linksOf(page).next
  }
  return pages
}

async function at(dateline: Dateline, page: Answer | undefined, rel: 'next' | 'prev'): Promise<Answer> {
  if (!page) throw new Error('There is no such page.')
  return dateline.get(`/v1/articles?limit=${page.body.page.limit}&cursor=${page.body.page[rel]}`)
}

function slugsOf({ body }: Answer): string[] {
  return body.data.map(({ slug }: { slug: string }) => slug)
}

function linksOf({ headers }: Answer): Record<string, string> {
  const links = String(headers.link ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)
  return Object.fromEntries([...links].map(([, address = '', rel = '']) => [rel, address]))
}
