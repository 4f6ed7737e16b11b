import t from 'tap'
import { openStorage } from '../../src/storage/open.ts'
import { connectTo, parseAnswer } from '../http/socket.ts'
import { databaseFor, STORY } from '../support/dateline.ts'
import { dateline } from './command.ts'
import { ADMIN_TOKEN, serve } from './server.ts'

t.setTimeout(120_000)

const WHOLE = `/v1/articles/${STORY}?include=quotes.speaker,relatedLinks,people`

/** Every document of the seed, as it is answered. */
async function readAll({ get }: Pick<Awaited<ReturnType<typeof serve>>, 'get'>): Promise<unknown[]> {
  const paths = [WHOLE, '/v1/articles', '/v1/quotes', '/v1/people', '/v1/related-links']
  return Promise.all(paths.map(async (path) => (await get(path)).body))
}

t.test('the server makes its database, seeds it and serves the article whole', async (t) => {
  const { get } = await serve(t, await databaseFor(t))
  const { status, headers, body } = await get(WHOLE)
  t.equal(status, 200)
  t.equal(headers.get('cache-control'), 'public, max-age=5')
  t.match(body, {
    type: 'article',
    status: 'live',
    publishedAt: '2020-10-15T14:07:00.000Z',
    quotes: [{ speaker: { slug: 'sergey-lavrov' } }, { speaker: { slug: 'sergey-lavrov' } }],
    relatedLinks: [{ type: 'link' }, { type: 'link' }],
  })
  t.match((await get('/health/ready')).body, { status: 'ok' })
})

t.test('starting again, and seeding by hand, changes nothing', async (t) => {
  const database = await databaseFor(t)
  const first = await serve(t, database)
  const before = await readAll(first)
  first.child.kill('SIGTERM')
  t.equal((await first.ended).code, 0)
  t.match(await dateline(t, ['seed'], { DATABASE_URL: database }), {
    code: 0,
    stdout: 'Everything in seed/ is there already.\n',
  })
  t.strictSame(await readAll(await serve(t, database)), before)
})

t.test('SEED=never leaves a new database empty', async (t) => {
  const { get } = await serve(t, await databaseFor(t), { SEED: 'never' })
  t.match((await get('/v1/articles?count=true')).body, { data: [], page: { total: 0 } })
})

t.test('what one process writes, another one on the same file reads at once', async (t) => {
  const database = await databaseFor(t)
  const one = await serve(t, database)
  const other = await serve(t, database)
  for (const [writer, reader, name] of [
    [one, other, 'ada'],
    [other, one, 'bob'],
    [one, other, 'eve'],
  ] as const) {
    t.equal((await reader.get(`/v1/people/${name}`)).status, 404)
    t.equal((await writer.post('/v1/people', { name })).status, 201)
    t.match(await reader.get(`/v1/people/${name}`), { status: 200, body: { name } })
  }
  t.strictSame((await one.get('/v1/people')).body, (await other.get('/v1/people')).body)
})

t.test('a token that the command line makes works at once on a server that runs', async (t) => {
  const database = await databaseFor(t)
  const { address } = await serve(t, database)
  const { stdout } = await dateline(t, ['token', 'create', '--role', 'viewer', '--name', 'desk'], {
    DATABASE_URL: database,
  })
  const { status } = await fetch(`${address}/v1/articles?at=latest`, {
    headers: { authorization: `Bearer ${stdout.trim()}` },
  })
  t.equal(status, 200)
})

t.test('two servers that start at the same time on a new file both come up, with one seed', async (t) => {
  const database = await databaseFor(t)
  const [one, other] = await Promise.all([serve(t, database), serve(t, database)])
  t.match((await one.get('/v1/articles?count=true')).body, { page: { total: 1 } })
  t.strictSame(await readAll(one), await readAll(other))
})

t.test('every log line is one JSON object, and there is nothing else', async (t) => {
  const { address, port, child, ended } = await serve(t, await databaseFor(t), { LOG_LEVEL: 'trace' })
  await fetch(`${address}/v1/articles`)
  await fetch(`${address}/nope?"\n`)
  await fetch(`${address}/v1/articles`, { method: 'POST' })
  await fetch(`${address}/v1/articles`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
  const { send, ended: closed } = await connectTo(port)
  send('garbage\r\n\r\n')
  await closed
  child.kill('SIGTERM')
  const { code, stdout, stderr } = await ended
  t.equal(code, 0)
  t.equal(stderr, '')
  t.ok(stdout.endsWith('\n'))
  const lines = stdout.slice(0, -1).split('\n')
  for (const line of lines) t.match(JSON.parse(line), { level: Number, time: Number, msg: String }, line)
  t.equal(lines.filter((line) => line.includes('"msg":"request"')).length, 4)
  t.notOk(stdout.includes(ADMIN_TOKEN))
})

t.test('where there is no terminal and no token, none is made, and the log says how', async (t) => {
  const database = await databaseFor(t)
  const { until, output } = await serve(t, database, { ADMIN_TOKEN: '' })
  await until(/dateline token create/)
  t.notMatch(output.stdout, /dateline_/)
  const storage = await openStorage(database)
  const tokens = await storage.read(({ db }) => db.selectFrom('tokens').selectAll().execute())
  await storage.close()
  t.strictSame(tokens, [])
})

t.test('a request that arrives too slowly is cut off with 408', async (t) => {
  const { port } = await serve(t, await databaseFor(t))
  const slow = {
    headers: 'GET /health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ',
    body: `POST /v1/people HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"name":`,
  }
  const limits = { headers: 5_000, body: 10_000 }
  const cutOff = async (part: 'headers' | 'body') => {
    const { send, ended } = await connectTo(port)
    const started = performance.now()
    send(slow[part])
    const drip = setInterval(() => send('x'), 500)
    const answer = parseAnswer(await ended)
    clearInterval(drip)
    const { requestId } = answer.body
    t.match(answer, {
      status: 408,
      headers: { 'content-type': 'application/problem+json', connection: 'close' },
      body: { type: '/problems/request_timeout', status: 408, requestId },
    })
    const milliseconds = performance.now() - started
    t.ok(milliseconds > limits[part] - 500, `${part}: not before ${limits[part]} ms: ${milliseconds}`)
    t.ok(milliseconds < limits[part] + 2_500, `${part}: soon after ${limits[part]} ms: ${milliseconds}`)
  }
  await Promise.all([cutOff('headers'), cutOff('body')])
})
