import t from 'tap'
import { type Answer, type RequestOptions, START, start } from '../support/dateline.ts'
import { readTables } from '../support/tables.ts'
import { everyWrite, play } from '../support/writes.ts'
import { assertProblem } from './problem.ts'

const HOUR = 60 * 60_000
const viewer = { as: 'viewer' } as const

t.setTimeout(3 * 60_000) // many requests, which take a while on PostgreSQL

t.test(
  'the same request with the same key is done once, and answered the same, whatever it writes',
  async (t) => {
    const dateline = await start(t)
    const keys = new Map<string, string>()
    for (const [index, write] of everyWrite.entries()) {
      const named = `${write.operation} ${write.url}`
      const headers = { 'idempotency-key': `key-${index}` }
      const first = await play(dateline, write, keys, { headers })
      const before = await readTables(dateline.storage)
      dateline.clock.advance(1000)
      const again = await play(dateline, write, keys, { headers })
      t.equal(first.headers['idempotency-replayed'], undefined)
      t.equal(again.headers['idempotency-replayed'], 'true', named)
      t.strictSame(comparable(again), comparable(first), named)
      t.strictSame(await readTables(dateline.storage), before, `${named}: nothing is written again`)
    }
    t.equal((await readTables(dateline.storage)).replies?.length, everyWrite.length)
  },
)

t.test('the answer that is kept is the first one, whatever has happened since', async (t) => {
  const dateline = await start(t)
  const create = () =>
    dateline.post('/v1/articles', { headline: 'Story', quotes: [{ text: 'One.' }] }, key('create'))
  const patch = () =>
    dateline.patch('/v1/articles/story', { byline: 'Jo' }, key('patch', { 'if-match': '"1"' }))
  const [created, patched] = [await create(), await patch()]
  t.equal(patched.status, 200)
  await dateline.patch('/v1/articles/story', { byline: 'Bo', slug: 'renamed' })
  await dateline.delete('/v1/articles/renamed')
  t.strictSame(comparable(await create()), comparable(created))
  t.strictSame(comparable(await patch()), comparable(patched), 'If-Match is not held against it again')
  const minimal = key('create', { prefer: 'return=minimal' })
  const short = await dateline.post(
    '/v1/articles',
    { headline: 'Story', quotes: [{ text: 'One.' }] },
    minimal,
  )
  t.match(short, {
    status: 204,
    text: '',
    headers: { etag: created.headers.etag, location: created.headers.location },
  })
})

t.test('the same key with another request is 422: another body, address, parameter or method', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna' }, key('a-key'))
  const before = await readTables(dateline.storage)
  const detail =
    'This Idempotency-Key was sent with another request. Send the same method, address and body again, or make a new key.'
  const others: [instance: string, Answer][] = [
    ['/v1/people', await dateline.post('/v1/people', { name: 'Bo' }, key('a-key'))],
    ['/v1/people', await dateline.post('/v1/people', { name: 'Anna', role: 'Minister' }, key('a-key'))],
    ['/v1/people?publish=now', await dateline.post('/v1/people?publish=now', { name: 'Anna' }, key('a-key'))],
    ['/v1/people/anna', await dateline.patch('/v1/people/anna', { name: 'Anna' }, key('a-key'))],
    ['/v1/people/anna', await dateline.delete('/v1/people/anna', key('a-key'))],
    [
      '/v1/batch',
      await dateline.post(
        '/v1/batch',
        { operations: [{ do: 'withdraw', type: 'person', id: 'anna' }] },
        key('a-key'),
      ),
    ],
  ]
  for (const [instance, answer] of others)
    assertProblem(t, answer, {
      status: 422,
      code: 'key_reused',
      detail,
      instance,
      errors: [{ header: 'idempotency-key', code: 'repeated', detail: 'belongs to another request.' }],
    })
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('the same body is the same however it is written down', async (t) => {
  const dateline = await start(t)
  const send = (payload: string, idempotencyKey: string) =>
    dateline.send({
      method: 'POST',
      url: '/v1/people',
      headers: {
        authorization: `Bearer ${dateline.tokens.editor}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      payload,
    })
  const first = await send('{"name":"Anna","role":"Minister"}', 'a-key')
  for (const same of ['{ "role": "Minister",\n "name": "Anna" }', '{"name":"\\u0041nna","role":"Minister"}'])
    t.strictSame(comparable(await send(same, '"a-key"')), comparable(first))
  t.equal((await dateline.get('/v1/people?count=true')).body.page.total, 1)
})

t.test('keys belong to a token', async (t) => {
  const dateline = await start(t)
  const answers: Answer[] = []
  for (const as of ['editor', 'admin', 'writer'] as const)
    answers.push(await dateline.post('/v1/people', { name: 'Anna' }, { as, ...key('a-key') }))
  t.strictSame(
    answers.map(({ status, body }) => [status, body.slug]),
    [
      [201, 'anna'],
      [201, 'anna-2'],
      [201, 'anna-3'],
    ],
  )
  t.equal((await dateline.post('/v1/people', { name: 'Bo' }, { as: 'viewer', ...key('a-key') })).status, 403)
  const mine = await dateline.post('/v1/people', { name: 'Anna' }, { as: 'writer', ...key('a-key') })
  t.equal(mine.text, answers[2]?.text)
})

t.test('what is refused or only tried is not kept: the key is free for the request put right', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=2027-01-01', { headline: 'Story' })
  const attempts: [status: number, () => Promise<Answer>][] = [
    [422, () => dateline.post('/v1/articles', { headline: '' }, key('a-key'))],
    [
      422,
      () =>
        dateline.post(
          '/v1/articles',
          { headline: 'A', quotes: [{ text: 'a', speaker: 'nobody' }] },
          key('a-key'),
        ),
    ],
    [409, () => dateline.post('/v1/articles', { headline: 'A', slug: 'story' }, key('a-key'))],
    [400, () => dateline.post('/v1/articles?publish=soon', { headline: 'A' }, key('a-key'))],
    [404, () => dateline.patch('/v1/articles/nothing', {}, key('a-key'))],
    [412, () => dateline.patch('/v1/articles/story', { byline: 'Jo' }, key('a-key', { 'if-match': '"9"' }))],
    [409, () => dateline.post('/v1/articles/story/publish', undefined, key('a-key'))],
    [403, () => dateline.delete('/v1/articles/story?purge=true', key('a-key'))],
    [
      404,
      () =>
        dateline.post(
          '/v1/batch',
          { operations: [{ do: 'publish', type: 'person', id: 'a' }] },
          key('a-key'),
        ),
    ],
    [200, () => dateline.post('/v1/articles?dryRun=true', { headline: 'A' }, key('a-key'))],
  ]
  for (const [status, attempt] of attempts) {
    t.equal((await attempt()).status, status)
    t.strictSame((await readTables(dateline.storage)).replies, [])
  }
  const done = await dateline.post('/v1/articles', { headline: 'A' }, key('a-key'))
  t.match(done, { status: 201, headers: { 'idempotency-replayed': undefined } })
})

t.test('an answer is kept for 24 hours; then the key is a new one', async (t) => {
  const dateline = await start(t)
  const post = () => dateline.post('/v1/people', { name: 'Anna' }, key('a-key'))
  const first = await post()
  const written = Date.parse(first.body.createdAt)
  dateline.clock.now = written - 1 + 24 * HOUR - 1 // a write is a millisecond ahead of the reads before it
  t.strictSame(comparable(await post()), comparable(first))
  dateline.clock.advance(1)
  const anew = await post()
  t.match(anew, { status: 201, body: { slug: 'anna-2' }, headers: { 'idempotency-replayed': undefined } })
  dateline.clock.advance(HOUR)
  t.strictSame(comparable(await post()), comparable(anew))
  t.equal((await readTables(dateline.storage)).replies?.length, 1, 'what is over is dropped')
  const other = await dateline.post('/v1/people', { name: 'Bo' }, key('another-key'))
  t.equal(other.status, 201)
})

t.test('the same request sent at once many times is done once', async (t) => {
  const dateline = await start(t)
  const story = { headline: 'Story', quotes: [{ text: 'One.', speaker: { name: 'Anna' } }] }
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => dateline.post('/v1/articles?publish=now', story, key('a-key'))),
  )
  t.strictSame(
    answers.map(({ status }) => status),
    Array(12).fill(201),
  )
  t.equal(new Set(answers.map(({ text }) => text)).size, 1)
  t.equal(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true').length, 11)
  for (const path of ['articles', 'quotes', 'people'])
    t.equal((await dateline.get(`/v1/${path}?at=latest&count=true`, viewer)).body.page.total, 1, path)
})

t.test('of requests with one key and different bodies one is done', async (t) => {
  const dateline = await start(t)
  const names = ['Anna', 'Bo', 'Cleo', 'Dan']
  const answers = await Promise.all(names.map((name) => dateline.post('/v1/people', { name }, key('a-key'))))
  t.strictSame(answers.map(({ status }) => status).sort(), [201, 422, 422, 422])
  t.equal((await dateline.get('/v1/people?count=true')).body.page.total, 1)
})

t.test('saving what is there already is an answer to keep as well', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna' })
  const save = () => dateline.patch('/v1/people/anna', { name: 'Anna' }, key('a-key'))
  const first = await save()
  t.match(first.body.notices, [{ code: 'unchanged' }])
  await dateline.patch('/v1/people/anna', { name: 'Bo' })
  t.strictSame(comparable(await save()), comparable(first))
  t.equal((await dateline.get('/v1/people/anna')).body.name, 'Bo', 'and is not done again')
})

t.test(
  'after a purge the answers that showed the document are 410, and their words are in no table',
  async (t) => {
    const dateline = await start(t)
    const word = 'Zwischenfall'
    const at = new Date(START + HOUR).toISOString()
    const story = {
      headline: `${word} in the harbour`,
      body: `A ${word}.`,
      quotes: [{ text: `What a ${word}!` }],
      relatedLinks: [{ title: word }],
    }
    const noted = (query: string) => `${query}note=${word}`
    const url = '/v1/articles/the-story'
    const requests: ((options: RequestOptions) => Promise<Answer>)[] = [
      (options) =>
        dateline.post(noted(`/v1/articles?publish=${at}&`), { slug: 'the-story', ...story }, options),
      (options) => dateline.patch(noted(`${url}?`), { standfirst: word }, options),
      (options) => dateline.put(noted(`${url}?`), { ...story, quotes: [{ text: `No ${word}.` }] }, options),
      (options) => dateline.post(`/v1/quotes`, { articleId: 'the-story', text: `${word}?` }, options),
      (options) => dateline.post(`${url}/publish?at=never`, undefined, options),
      (options) => dateline.post(`${url}/publish`, undefined, options),
      (options) => dateline.patch(url, { slug: word.toLowerCase() }, options),
      (options) => dateline.post(`${url}/restore`, { version: 1 }, options),
      (options) =>
        dateline.post(
          '/v1/batch',
          { operations: [{ do: 'update', type: 'article', id: 'the-story', content: { place: word } }] },
          options,
        ),
      (options) => dateline.delete(url, options),
    ]
    const other = () => dateline.post('/v1/people', { name: 'Anna' }, key('other'))
    const kept = await other()
    for (const [index, send] of requests.entries()) {
      const { status, text } = await send(key(`${index}`))
      t.ok(status < 300, `${index}: ${text}`)
    }
    t.match(JSON.stringify(await readTables(dateline.storage)), new RegExp(word, 'i'))
    const purge = () => dateline.delete(`${url}?purge=true`, { as: 'admin', ...key('purge') })
    t.match(await purge(), { status: 204, text: '' })
    const tables = await readTables(dateline.storage)
    t.notMatch(JSON.stringify(tables), new RegExp(word, 'i'))
    for (const [index, send] of requests.entries()) {
      const gone = await send(key(`${index}`))
      assertProblem(t, gone, {
        status: 410,
        code: 'gone',
        detail: 'The request was done. What it answered has been taken down since, and erased.',
        instance: gone.body.instance,
      })
      t.equal(gone.headers.location, undefined)
    }
    t.match(await purge(), { status: 204, headers: { 'idempotency-replayed': 'true' } })
    t.strictSame(comparable(await other()), comparable(kept), 'other answers stay')
    t.strictSame(await readTables(dateline.storage), tables, 'nothing is done again')
  },
)

t.test('a key has 1 to 255 visible ASCII characters', async (t) => {
  const dateline = await start(t)
  const detail = 'must have 1 to 255 visible ASCII characters, such as a UUID.'
  const before = await readTables(dateline.storage)
  for (const value of ['', '""', 'two words', 'x'.repeat(256), 'clé', 'one, two'])
    assertProblem(t, await dateline.post('/v1/people', { name: 'Anna' }, key(value)), {
      status: 400,
      code: 'invalid_header',
      detail: `idempotency-key ${detail}`,
      instance: '/v1/people',
      errors: [{ header: 'idempotency-key', code: 'malformed', detail }],
    })
  t.strictSame(await readTables(dateline.storage), before)
  for (const value of ['x', 'x'.repeat(255), '~!@#$%^&*()_+{}|:"<>?', '"quoted"'])
    t.equal((await dateline.post('/v1/people', { name: 'Anna' }, key(value))).status, 201)
})

function key(value: string, headers: Record<string, string> = {}) {
  return { headers: { 'idempotency-key': value, ...headers } }
}

/** An answer without what tells of its own request. */
function comparable({ status, headers, text }: Answer): unknown {
  const { date, 'idempotency-replayed': _, ...others } = headers
  return { status, headers: others, text }
}
