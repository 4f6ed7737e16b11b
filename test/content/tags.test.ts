import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { type Dateline, type RequestOptions, STORY, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'

const WORLDS = amount({ suite: 5, torture: 500 })

t.test('the tags of what is live are listed in order, each with how many articles have it', async (t) => {
  const { get, post } = await start(t)
  await post('/v1/articles?publish=now', { headline: 'One', tags: ['sea', 'art'] })
  await post('/v1/articles?publish=now', { headline: 'Two', tags: ['art'] })
  await post('/v1/articles', { headline: 'Draft', tags: ['art', 'secret'] })
  const { status, body, headers } = await get('/v1/tags')
  t.equal(status, 200)
  t.strictSame(body, {
    data: [
      { tag: 'art', articles: 2 },
      { tag: 'sea', articles: 1 },
    ],
    page: { limit: 20, next: null, prev: null },
  })
  t.equal(headers['cache-control'], 'public, max-age=5')
})

t.test('at an instant they are those of what was live then and is not withdrawn', async (t) => {
  const { get, post, patch, delete: withdraw } = await start(t)
  await post('/v1/articles?publish=2020-01-01', { headline: 'One', tags: ['old'] })
  await post('/v1/articles?publish=2020-01-01', { headline: 'Gone', tags: ['gone', 'old'] })
  await patch('/v1/articles/one', { tags: ['new'] })
  await withdraw('/v1/articles/gone')
  t.strictSame((await get('/v1/tags')).body.data, [{ tag: 'new', articles: 1 }])
  const past = await get('/v1/tags?at=2020-06-01')
  t.strictSame(past.body.data, [{ tag: 'old', articles: 1 }])
  t.equal(past.headers['x-robots-tag'], 'noindex')
  const { data } = (await get('/v1/tags?at=2020-06-01', { as: 'viewer' })).body
  t.strictSame(data, [
    { tag: 'gone', articles: 1 },
    { tag: 'old', articles: 2 },
  ])
})

t.test('the newest versions and the future need a token', async (t) => {
  const { get, post } = await start(t)
  await post('/v1/articles', { headline: 'Draft', tags: ['draft'] })
  await post('/v1/articles?publish=2030-01-01', { headline: 'Planned', tags: ['plan'] })
  for (const at of ['latest', '2031-01-01']) t.equal((await get(`/v1/tags?at=${at}`)).status, 401)
  const read = async (at: string) => (await get(`/v1/tags?at=${at}`, { as: 'viewer' })).body.data
  t.strictSame(await read('2031-01-01'), [{ tag: 'plan', articles: 1 }])
  t.strictSame(await read('latest'), [
    { tag: 'draft', articles: 1 },
    { tag: 'plan', articles: 1 },
  ])
})

t.test('a page of tags costs the same number of statements whatever is on it', async (t) => {
  const { get, statements } = await start(t, { seeded: true })
  const counts = []
  await get('/v1/tags')
  for (const limit of [1, 100]) {
    statements.length = 0
    await get(`/v1/tags?limit=${limit}`)
    counts.push(statements.length)
  }
  t.equal(new Set(counts).size, 1)
})

t.test('each count is what the list of articles with the tag has', async (t) => {
  const { get } = await start(t, { seeded: true })
  const { body } = await get('/v1/tags?at=2020-10-16')
  t.ok(body.data.length > 3)
  for (const { tag, articles } of body.data) {
    const list = await get(`/v1/articles?tags.has=${tag}&count=true&at=2020-10-16`)
    t.strictSame([list.body.page.total, list.body.data[0].slug], [articles, STORY])
  }
})

t.test(
  'for random newsrooms the pages, forwards and back, are what counting every article gives',
  async (t) => {
    const tags = ['art', 'law', 'sea', 'sky', 'z-9', 'z9']
    const article = fc.record({
      tags: fc.subarray(tags),
      publish: fc.constantFrom('now', 'no', '2020-01-01', '2030-01-01'),
      isWithdrawn: fc.boolean(),
      later: fc.option(fc.subarray(tags)),
    })
    const world = fc.array(article, { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(world, fc.integer({ min: 1, max: 4 }), async (articles, limit) => {
        const dateline = await start(t)
        for (const [index, { tags, publish, isWithdrawn, later }] of articles.entries()) {
          await dateline.post(`/v1/articles?publish=${publish}`, { headline: `Story ${index}`, tags })
          if (later) await dateline.patch(`/v1/articles/story-${index}`, { tags: later })
          if (isWithdrawn && index % 3 === 0) await dateline.delete(`/v1/articles/story-${index}`)
        }
        for (const [at, options] of readings)
          assert.deepEqual(
            await walk(dateline, `/v1/tags?limit=${limit}${at}`, options),
            await counted(dateline, at, options),
          )
      }),
      { numRuns: WORLDS, endOnFailure: true },
    )
    t.pass('all of them')
  },
)

const viewer = { as: 'viewer' } as const
const readings: readonly (readonly [string, RequestOptions])[] = [
  ['', {}],
  ['&at=2025-01-01', {}],
  ['&at=2025-01-01', viewer],
  ['&at=2031-01-01', viewer],
  ['&at=latest', viewer],
]

/** Both ways through all pages, which must meet the same. */
async function walk({ get }: Dateline, url: string, options: RequestOptions) {
  const there: unknown[] = []
  let { body } = await get(url, options)
  there.push(...body.data)
  while (body.page.next !== null) {
    body = (await get(`${url}&cursor=${body.page.next}`, options)).body
    there.push(...body.data)
  }
  const back: unknown[] = [...body.data]
  while (body.page.prev !== null) {
    body = (await get(`${url}&cursor=${body.page.prev}`, options)).body
    back.unshift(...body.data)
  }
  assert.deepEqual(back, there)
  return there
}

async function counted({ get }: Dateline, at: string, options: RequestOptions) {
  const { body } = await get(`/v1/articles?limit=100${at}`, options)
  const counts = new Map<string, number>()
  for (const { tags } of body.data) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1))
  return sorted.map(([tag, articles]) => ({ tag, articles }))
}
