import t from 'tap'
import { openApiDocument } from '../../src/http/openapi.ts'
import { type Answer, START, start } from '../support/dateline.ts'
import { readTables } from '../support/tables.ts'
import { anonymous, everyWrite, play } from '../support/writes.ts'

const dry = { query: 'dryRun=true' }
const writer = { as: 'writer' } as const

t.setTimeout(3 * 60_000) // many requests, which take a while on PostgreSQL

t.test('a dry run answers what the write would, and changes no table', async (t) => {
  const dateline = await start(t)
  const keys = new Map<string, string>()
  let before = await readTables(dateline.storage)
  for (const write of everyWrite) {
    const tried = await play(dateline, write, new Map(keys), dry)
    const named = `${write.operation} ${write.url}`
    t.strictSame(await readTables(dateline.storage), before, `${named}: nothing is changed`)
    const done = await play(dateline, write, keys)
    t.ok(done.status < 300, `${named}: ${done.text}`)
    t.equal(tried.status, done.status === 201 ? 200 : done.status, named)
    t.equal(tried.headers.location, undefined)
    t.equal(versionOf(tried), versionOf(done), named)
    t.strictSame(anonymous(tried.body), anonymous(done.body), named)
    const after = await readTables(dateline.storage)
    t.strictNotSame(after.clock, before.clock, `${named}: and the write changes something`)
    before = after
  }
})

t.test('every operation that writes documents can be tried', async (t) => {
  const { app } = await start(t)
  const operations = Object.values((await openApiDocument(app)).paths).flatMap((path) =>
    ['post', 'put', 'patch', 'delete'].flatMap((method) => path[method] ?? []),
  )
  const tried = operations.filter((operation) => JSON.stringify(operation).includes('dryRun'))
  const ids = (list: readonly { operationId?: string }[]) => list.map(({ operationId }) => operationId).sort()
  t.strictSame(ids(tried), [...new Set(everyWrite.map(({ operation }) => operation))].sort())
  const others = operations.filter((operation) => !tried.includes(operation))
  t.strictSame(ids(others), ['createToken', 'revokeToken'])
})

t.test('a dry run refuses what the write would refuse, in the same words', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Live' })
  await dateline.post('/v1/articles?publish=2027-01-01', { headline: 'Planned' })
  const before = await readTables(dateline.storage)
  const story = '/v1/articles/live'
  const stale = { headers: { 'if-match': '"9"' } }
  const attempts: [(query: string) => Promise<Answer>, status: number][] = [
    [(query) => dateline.post(`/v1/articles?${query}`, { headline: '', quotes: [{}] }), 422],
    [
      (query) =>
        dateline.post(`/v1/articles?${query}`, { headline: 'A', quotes: [{ text: 'a', speaker: 'nobody' }] }),
      422,
    ],
    [(query) => dateline.post(`/v1/articles?${query}`, { headline: 'A', slug: 'live' }), 409],
    [(query) => dateline.post(`/v1/articles?publish=now&${query}`, { headline: 'A' }, writer), 403],
    [(query) => dateline.post(`/v1/articles?${query}`, { headline: 'A' }, { as: 'viewer' }), 403],
    [(query) => dateline.patch(`${story}?${query}`, { headline: 'B' }, stale), 412],
    [
      (query) => dateline.put(`${story}?${query}`, { headline: 'B' }, { headers: { 'if-none-match': '*' } }),
      412,
    ],
    [(query) => dateline.patch(`/v1/articles/nothing?${query}`, {}), 404],
    [(query) => dateline.post(`/v1/articles/planned/publish?${query}`), 409],
    [(query) => dateline.delete(`${story}?${query}`, writer), 403],
    [(query) => dateline.delete(`${story}?purge=true&${query}`), 403],
    [(query) => dateline.post(`${story}/restore?${query}`, { version: 9 }), 422],
    [
      (query) =>
        dateline.post(`/v1/batch?${query}`, { operations: [{ do: 'withdraw', type: 'person', id: 'a' }] }),
      404,
    ],
  ]
  for (const [attempt, status] of attempts) {
    const tried = await attempt('dryRun=true')
    t.equal(tried.status, status, tried.text)
    t.strictSame(refusal(tried), refusal(await attempt('dryRun=false')))
  }
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('a dry run uses up nothing: no slug, no key, no name', async (t) => {
  const dateline = await start(t)
  const story = { headline: 'Story', people: [{ person: { name: 'Anna' } }] }
  const headers = { 'idempotency-key': 'a-key' }
  for (let attempt = 0; attempt < 3; attempt += 1)
    t.match(await dateline.post('/v1/articles?dryRun=true', story, { headers }), {
      status: 200,
      headers: { 'idempotency-replayed': undefined },
      body: { slug: 'story', notices: undefined },
    })
  const done = await dateline.post('/v1/articles?dryRun=false', story, { headers })
  t.match(done, { status: 201, body: { slug: 'story', people: [{ person: { slug: 'anna' } }] } })
  t.equal(done.headers['idempotency-replayed'], undefined)
  t.equal((await dateline.post('/v1/articles?dryRun=false', story, { headers })).text, done.text)
})

t.test('a dry run of a publication shows readers nothing, at any instant', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles', { headline: 'Story', quotes: [{ text: 'One.' }] })
  const tried = await dateline.post('/v1/articles/story/publish?dryRun=true')
  t.match(tried.body, { status: 'live', version: 2 })
  dateline.clock.now = START + 60_000
  for (const query of ['', `?at=${tried.body.publishedAt}`])
    t.equal((await dateline.get(`/v1/articles/story${query}`)).status, 404)
  const { data } = (await dateline.get('/v1/articles/story/versions', { as: 'viewer' })).body
  t.match(data, [{ version: 1, action: 'create' }])
})

t.test('a dry run may be answered with its headers alone', async (t) => {
  const dateline = await start(t)
  const headers = { prefer: 'return=minimal' }
  const {
    status,
    headers: answered,
    text,
  } = await dateline.post('/v1/people?dryRun=true', { name: 'Anna' }, { headers })
  t.strictSame([status, text, answered.location], [204, '', undefined])
  t.match(answered, { etag: /^"1-/, 'preference-applied': 'return=minimal' })
})

/** The part of a tag that counts versions; the rest is of ids and instants, which differ. */
function versionOf({ headers }: Answer): string | undefined {
  return /^"(\d+)-/.exec(String(headers.etag))?.[1]
}

/** A problem without what differs from one request to the next. */
function refusal({ status, body }: Answer): unknown {
  const { requestId, instance, ...rest } = body
  return { status, body: anonymous(rest) }
}
