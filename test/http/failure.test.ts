import type { AddressInfo } from 'node:net'
import SQLite from 'better-sqlite3'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { STORY } from '../support/dateline.ts'
import { type Logged, startLogged } from './logged.ts'
import { assertProblem } from './problem.ts'
import { connectTo } from './socket.ts'

const UNEXPECTED =
  'The request failed, and nothing was saved. Try again, and if it fails again tell us the requestId.'

/** Takes from the database what every read and write of articles needs. */
function breakDatabase({ file }: Pick<Logged, 'file'>): void {
  const database = new SQLite(file)
  database.exec('alter table article_versions rename to elsewhere')
  database.close()
}

async function inject({ app }: Pick<Logged, 'app'>, options: InjectOptions) {
  const response: LightMyRequestResponse = await app.inject(options)
  const { statusCode: status, headers, body: text } = response
  return { status, headers, text, body: text === '' ? undefined : JSON.parse(text) }
}

t.test('what nobody expects is a 500 that shows nothing of the inside', async (t) => {
  const logged = await startLogged(t)
  breakDatabase(logged)
  const headers = { authorization: `Bearer ${logged.token}` }
  const requests: InjectOptions[] = [
    { url: `/v1/articles/${STORY}` },
    { url: '/v1/articles?count=true' },
    { method: 'POST', url: '/v1/articles', headers, payload: { headline: 'A' } },
    { method: 'PATCH', url: `/v1/articles/${STORY}`, headers, payload: { headline: 'A' } },
    { method: 'DELETE', url: `/v1/articles/${STORY}`, headers },
  ]
  for (const options of requests) {
    const answer = await inject(logged, options)
    assertProblem(t, answer, {
      status: 500,
      code: 'internal',
      detail: UNEXPECTED,
      instance: String(options.url),
    })
    t.notMatch(
      `${answer.text}${JSON.stringify(answer.headers)}`,
      /sql|article_versions|elsewhere|\.ts|node:/i,
    )
  }
})

t.test('a failure is logged once, with its stack, under the id that the answer gives', async (t) => {
  const logged = await startLogged(t)
  breakDatabase(logged)
  const { body } = await inject(logged, { url: `/v1/articles/${STORY}` })
  t.equal(logged.failures().length, 1)
  t.match(logged.failures()[0], {
    level: 50,
    reqId: body.requestId,
    err: { message: /article_versions/, stack: /at .*\.ts:\d+/ },
  })
  t.equal(logged.lines.filter((line) => line.includes('"stack"')).length, 1)
})

t.test('what a client did wrong is no failure in the log', async (t) => {
  const logged = await startLogged(t)
  const headers = { authorization: `Bearer ${logged.token}`, 'content-type': 'application/json' }
  const requests: InjectOptions[] = [
    { url: '/nope' },
    { url: '/v1/articles?limit=0' },
    { url: '/v1/articles/%' },
    { url: '/v1/articles', headers: { authorization: 'Bearer wrong' } },
    { method: 'POST', url: '/v1/articles', payload: { headline: 'A' } },
    { method: 'POST', url: '/v1/articles', headers, payload: '{' },
    { method: 'POST', url: '/v1/articles', headers, payload: '{}' },
    { method: 'PUT', url: '/v1/articles', headers, payload: '{}' },
  ]
  for (const options of requests) t.ok((await logged.app.inject(options)).statusCode < 500)
  t.strictSame(logged.failures(), [])
})

t.test('a client that hangs up in the middle of its body is no failure in the log', async (t) => {
  const logged = await startLogged(t)
  await logged.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = logged.app.server.address() as AddressInfo // it listens on TCP
  const left = new Promise((resolve) =>
    logged.app.server.once('connection', (incoming) => incoming.once('close', resolve)),
  )
  const { socket, send, until, ended } = await connectTo(port)
  send(
    `POST /v1/people HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${logged.token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n`,
  )
  await until(/100 Continue/)
  socket.destroy()
  await Promise.all([left, ended])
  t.equal((await logged.app.inject('/health/live')).statusCode, 200)
  t.strictSame(logged.failures(), [])
})

t.test('a failed write leaves nothing, and the next one works', async (t) => {
  const logged = await startLogged(t)
  const headers = { authorization: `Bearer ${logged.token}` }
  const database = new SQLite(logged.file)
  const rows = () => database.prepare('select count(*) from documents').pluck().get()
  const before = rows()
  database.exec(
    "create trigger refuse before insert on person_versions begin select raise(abort, 'disk is full'); end",
  )
  const options = { method: 'POST', url: '/v1/people', headers, payload: { name: 'Ada' } } as const
  t.equal((await logged.app.inject(options)).statusCode, 500)
  t.equal(rows(), before, 'no document without a version')
  database.exec('drop trigger refuse')
  t.equal((await logged.app.inject(options)).statusCode, 201)
  t.equal((await logged.app.inject('/v1/people/ada')).statusCode, 200)
  database.close()
})

t.test(
  'a database that does not answer is 503 where readiness is asked, and the process lives',
  async (t) => {
    const logged = await startLogged(t)
    t.strictSame((await inject(logged, { url: '/health/ready' })).body, { status: 'ok' })
    const database = new SQLite(logged.file)
    database.exec('alter table clock rename to elsewhere')
    database.close()
    const answer = await inject(logged, { url: '/health/ready' })
    t.equal(answer.headers['retry-after'], '5')
    assertProblem(t, answer, {
      status: 503,
      code: 'unavailable',
      detail: 'The database does not answer.',
      instance: '/health/ready',
    })
    t.strictSame((await inject(logged, { url: '/health/live' })).body, { status: 'ok' })
  },
)
