import t from 'tap'
import { assertProblem, wrongParameter } from '../http/problem.ts'
import { type Dateline, START, start } from '../support/dateline.ts'

const MINUTE = 60_000
const viewer = { as: 'viewer' } as const

const minute = (count: number) => new Date(START + count * MINUTE).toISOString()

t.setTimeout(3 * MINUTE) // many databases are made here, which takes a while on PostgreSQL

/** For the tests that write nothing; the last of them moves its clock. */
const planned = await start(t)
const ids = await plans(planned)

t.test('what goes live and what goes away is listed in order, for all types', async (t) => {
  const { status, headers, body } = await planned.get('/v1/schedule', viewer)
  t.equal(status, 200)
  t.equal(headers['cache-control'], 'private, no-store')
  t.type(headers.etag, 'string')
  const calm = { event: 'publish', type: 'article', id: ids.calm, slug: 'calm', version: 1, title: 'Calm' }
  const said = { event: 'publish', type: 'quote', id: ids.quote, slug: null, version: 1, title: null }
  const storm = { type: 'article', id: ids.storm, slug: 'storm', title: 'Storm' }
  const ann = { type: 'person', id: ids.ann, slug: 'ann', title: 'Ann' }
  t.strictSame(body, {
    data: [
      { at: minute(10), ...ann, event: 'publish', version: 2 },
      { at: minute(20), ...calm },
      { at: minute(20), ...said },
      { at: minute(30), ...storm, event: 'withdraw', version: 2 },
      { at: minute(40), ...storm, event: 'publish', version: 3 },
      { at: minute(50), ...ann, event: 'withdraw', version: 2 },
    ].map(({ at, event, type, id, slug, version, title }) => ({ at, event, type, id, slug, version, title })),
    page: { limit: 20, next: null, prev: null },
  })
})

t.test('type narrows it down', async (t) => {
  for (const [type, count] of [
    ['article', 3],
    ['person', 2],
    ['quote', 1],
    ['link', 0],
  ] as const) {
    const { data } = (await planned.get(`/v1/schedule?type=${type}`, viewer)).body
    t.strictSame(
      data.map((event: { type: string }) => event.type),
      Array(count).fill(type),
    )
  }
  for (const [query, parameter, code, detail] of [
    ['type=articles', 'type', 'not_allowed', 'must be one of article, quote, person, link.'],
    ['type=', 'type', 'not_allowed', 'must be one of article, quote, person, link.'],
    ['limit=0', 'limit', 'malformed', 'must be a whole number from 1 to 100.'],
    ['limit=101', 'limit', 'malformed', 'must be a whole number from 1 to 100.'],
  ] as const)
    assertProblem(
      t,
      await planned.get(`/v1/schedule?${query}`, viewer),
      wrongParameter(parameter, code, detail, `/v1/schedule?${query}`),
    )
  t.equal((await planned.get(`/v1/schedule?at=${minute(10)}`, viewer)).status, 400)
})

t.test('it is for readers of drafts', async (t) => {
  assertProblem(t, await planned.get('/v1/schedule'), {
    status: 401,
    code: 'token_missing',
    detail: 'This needs a token with the scope read:drafts. Send Authorization: Bearer <token>.',
    instance: '/v1/schedule',
  })
  for (const as of ['viewer', 'writer', 'editor', 'admin'] as const)
    t.equal((await planned.get('/v1/schedule', { as })).body.data.length, 6)
})

t.test('what happened by the clock is no longer listed, from its instant on', async (t) => {
  const left = async (instant: number) => {
    planned.clock.now = instant
    return (await planned.get('/v1/schedule', viewer)).body.data.map(({ at }: { at: string }) => at)
  }
  const all = [10, 20, 20, 30, 40, 50].map(minute)
  t.strictSame(await left(START + 10 * MINUTE - 1), all)
  t.strictSame(await left(START + 10 * MINUTE), all.slice(1))
  t.strictSame(await left(START + 30 * MINUTE), all.slice(4))
  t.strictSame(await left(START + 50 * MINUTE), [])
})

t.test('a version that is replaced when the next one goes live does not go away', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })
  await dateline.patch(`/v1/articles/storm?publish=${minute(10)}`, { body: 'Wind.' })
  t.strictSame(await listed(dateline), [`${minute(10)} publish storm 2`])
  await dateline.patch('/v1/articles/storm?base=live', { byline: 'A. Writer' })
  t.strictSame(await listed(dateline), [`${minute(10)} publish storm 4`])
  await dateline.post(`/v1/articles/storm/withdraw?at=${minute(20)}`)
  t.strictSame(await listed(dateline), [`${minute(10)} publish storm 5`, `${minute(20)} withdraw storm 5`])
  await dateline.post('/v1/articles/storm/publish?at=never')
  t.strictSame(await listed(dateline), [`${minute(20)} withdraw storm 3`])
})

t.test('what is cancelled, moved, withdrawn or erased is not listed any more', async (t) => {
  const dateline = await start(t)
  const storm = '/v1/articles/storm'
  await dateline.post(`/v1/articles?publish=${minute(10)}`, {
    headline: 'Storm',
    quotes: [{ text: 'Rain.' }],
  })
  const plan = async () => (await listed(dateline)).map((event) => event.replace(/quote_\w+/, 'quote'))
  t.strictSame(await plan(), [`${minute(10)} publish storm 1`, `${minute(10)} publish quote 1`])
  await dateline.patch(storm, { body: 'Wind.' })
  t.strictSame(await plan(), [`${minute(10)} publish storm 2`, `${minute(10)} publish quote 1`])
  await dateline.post(`${storm}/publish?at=${minute(20)}`)
  t.strictSame(await plan(), [`${minute(20)} publish storm 3`, `${minute(20)} publish quote 2`])
  await dateline.post(`${storm}/publish?at=never`)
  t.strictSame(await plan(), [])
  await dateline.post(`${storm}/publish?at=${minute(30)}`)
  await dateline.delete(storm)
  t.strictSame(await plan(), [])
  await dateline.post(`${storm}/publish`)
  await dateline.post(`${storm}/withdraw?at=${minute(40)}`)
  t.strictSame(await plan(), [`${minute(40)} withdraw storm 8`])
  await dateline.post(`${storm}/withdraw?at=never`)
  t.strictSame(await plan(), [])
  await dateline.patch(`${storm}?publish=${minute(50)}`, { body: 'Hail.' })
  t.equal((await plan()).length, 1)
  await dateline.delete(`${storm}?purge=true`, { as: 'admin' })
  t.strictSame(await plan(), [])
})

t.test('pages follow on each other, events of one instant included, while plans change', async (t) => {
  const dateline = await start(t)
  await plans(dateline)
  const all = await listed(dateline)
  for (const limit of [1, 2, 3, 4, 5]) {
    const pages = await paged(dateline, limit)
    t.strictSame(pages.flat(), all)
    t.ok(pages.slice(0, -1).every((page) => page.length === limit))
  }
  const first = await dateline.get('/v1/schedule?limit=2', viewer)
  const next = `/v1/schedule?limit=2&cursor=${first.body.page.next}`
  t.equal(first.headers.link, `<${next}>; rel="next"`)
  await dateline.post(`/v1/people?publish=${minute(5)}`, { name: 'Zoe' })
  await dateline.post(`/v1/people?publish=${minute(25)}`, { name: 'Bob' })
  t.strictSame(
    (await dateline.get(next, viewer)).body.data.map(nameOf),
    [all[2], `${minute(25)} publish bob 1`],
    'what is planned meanwhile appears in its place',
  )
  dateline.clock.now = START + 25 * MINUTE
  t.strictSame((await dateline.get(next, viewer)).body.data.map(nameOf), all.slice(3, 5), 'the past does not')
  const other = await dateline.get(`${next}&type=article`, viewer)
  t.match(other.body, { type: '/problems/invalid_cursor', status: 400 })
})

t.test('it takes as many statements for one event as for many', async (t) => {
  const dateline = await start(t)
  const count = async () => {
    dateline.statements.length = 0
    await dateline.get('/v1/schedule', viewer)
    return dateline.statements.length
  }
  const none = await count()
  await plans(dateline)
  t.equal(await count(), none)
})

/** An article with an end and a later return, one with a quote, and a person, all of whom the clock will move. */
async function plans(dateline: Dateline) {
  const make = async (path: string, body: unknown) => (await dateline.post(`/v1/${path}`, body)).body.id
  const storm = await make('articles?publish=now', { headline: 'Storm' })
  await dateline.post(`/v1/articles/storm/withdraw?at=${minute(30)}`)
  await dateline.patch(`/v1/articles/storm?publish=${minute(40)}`, { body: 'It is back.' })
  const calm = await make(`articles?publish=${minute(20)}`, { headline: 'Calm' })
  const quote = await make('quotes', { articleId: 'calm', text: 'Not yet.' })
  const ann = await make(`people?publish=${minute(10)}`, { name: 'Ann' })
  await dateline.post(`/v1/people/ann/withdraw?at=${minute(50)}`)
  await make('articles', { headline: 'A draft' })
  await make('people', { name: 'Live for good' })
  return { storm, calm, quote, ann }
}

async function listed(dateline: Dateline): Promise<string[]> {
  return (await dateline.get('/v1/schedule', viewer)).body.data.map(nameOf)
}

async function paged(dateline: Dateline, limit: number): Promise<string[][]> {
  const pages: string[][] = []
  for (let cursor = ''; ; ) {
    const { data, page } = (await dateline.get(`/v1/schedule?limit=${limit}${cursor}`, viewer)).body
    pages.push(data.map(nameOf))
    if (page.next === null) return pages
    cursor = `&cursor=${page.next}`
  }
}

function nameOf(event: {
  at: string
  event: string
  slug: string | null
  id: string
  version: number
}): string {
  return `${event.at} ${event.event} ${event.slug ?? event.id} ${event.version}`
}
