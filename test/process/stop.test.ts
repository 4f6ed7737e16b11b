import t, { type Test } from 'tap'
import { openStorage } from '../../src/storage/open.ts'
import { connectTo, exchange, parseAnswer } from '../http/socket.ts'
import { databaseFor } from '../support/dateline.ts'
import { ADMIN_TOKEN, type Server, serve } from './server.ts'

t.setTimeout(120_000)

const KEEP = 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n'
const PERSON = '{"name":"Ada Lovelace"}'
const HEAD = `POST /v1/people HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\nContent-Type: application/json\r\nContent-Length: ${PERSON.length}\r\n`

/** Tells the server to stop, and holds it to ten seconds and an end with 0. */
async function assertStops(
  t: Test,
  { child, ended }: Server,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  const started = performance.now()
  child.kill(signal)
  const { code, stderr } = await ended
  const milliseconds = performance.now() - started
  t.equal(code, 0, 'it ends with 0')
  t.ok(milliseconds < 10_000, `within ten seconds: ${Math.round(milliseconds)} ms`)
  t.equal(stderr, '')
}

/** Waits until nobody can connect any more. */
async function untilRefused(port: number): Promise<void> {
  while (true) {
    const isOpen = await connectTo(port).then(
      ({ socket }) => socket.destroy() && true,
      () => false,
    )
    if (!isOpen) return
  }
}

t.test('a request in flight is finished, and new ones are refused', async (t) => {
  const database = await databaseFor(t)
  const server = await serve(t, database)
  const { send, until, ended } = await connectTo(server.port)
  send(`${HEAD}Expect: 100-continue\r\n\r\n${PERSON.slice(0, 10)}`)
  await until(/100 Continue/)
  const stopped = assertStops(t, server)
  await untilRefused(server.port)
  send(PERSON.slice(10))
  const answer = parseAnswer(await ended)
  t.match(answer, {
    status: 201,
    headers: { connection: 'close', location: '/v1/people/ada-lovelace' },
    body: { name: 'Ada Lovelace', status: 'live' },
  })
  await stopped
  const storage = await openStorage(database)
  const slugs = await storage.read(({ db }) => db.selectFrom('slugs').select('slug').execute())
  await storage.close()
  t.ok(
    slugs.some(({ slug }) => slug === 'ada-lovelace'),
    'and what was acknowledged is saved',
  )
})

t.test('connections that are kept alive and idle do not hold it up', async (t) => {
  const server = await serve(t, await databaseFor(t))
  for (let count = 0; count < 5; count += 1) {
    const { send, until } = await connectTo(server.port)
    send(KEEP)
    await until(/"ok"/)
  }
  await assertStops(t, server)
})

t.test('Ctrl-C stops it in the same way', async (t) => {
  await assertStops(t, await serve(t, await databaseFor(t)), 'SIGINT')
})

t.test('a second signal changes nothing', async (t) => {
  const server = await serve(t, await databaseFor(t))
  const { send, until, ended } = await connectTo(server.port)
  send(`${HEAD}Expect: 100-continue\r\n\r\n`)
  await until(/100 Continue/)
  const stopped = assertStops(t, server)
  await untilRefused(server.port)
  server.child.kill('SIGTERM')
  server.child.kill('SIGINT')
  send(PERSON)
  t.equal(parseAnswer(await ended).status, 201)
  await stopped
})

const stalled = [
  ['that sends nothing', ''],
  ['that stops in the middle of its headers', 'GET /health/live HTTP/1.1\r\nHost: a\r\nX: '],
  ['that stops in the middle of its body', `${HEAD}\r\n{"name":`],
  ['that has been kept alive and stops in the middle of its next headers', `${KEEP}GET / HTTP/1.1\r\n`],
] as const

t.test('a client that stalls does not hold it up', { jobs: 4 }, async (t) => {
  for (const [name, bytes] of stalled)
    t.test(`a client ${name}`, async (t) => {
      const server = await serve(t, await databaseFor(t))
      const { send } = await connectTo(server.port)
      send(bytes)
      t.match(
        parseAnswer(await exchange(server.port, KEEP.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))),
        {
          status: 200,
        },
      )
      await assertStops(t, server)
    })
})
