import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { databaseFor } from '../support/database.ts'
import { amount } from '../support/torture.ts'
import { ADMIN_TOKEN, type Server, serve } from './server.ts'

const ALTERNATIONS = amount({ suite: 60, torture: 10_000 })

t.setTimeout(1_800_000)

t.test('two processes on one port are one server', async (t) => {
  const server = await serve(t, await databaseFor(t), { WORKERS: '2', SEED: 'never' })
  const { status, body } = await ask(server, 'POST', '/v1/articles?publish=now', { headline: 'Version 0' })
  t.equal(status, 201)
  await listening(server, 2)
  const [one = 0, two = 0] = await childrenOf(server)
  const path = `/v1/articles/${body.id}`

  const stale = []
  for (let write = 1; write <= ALTERNATIONS; write += 1) {
    const headline = `Version ${write}`
    const written = await ask(server, 'PATCH', path, { headline })
    if (written.status !== 200) throw new Error(JSON.stringify(written))
    // Connections go to one process and the other in turn.
    for (const turn of [1, 2]) {
      const read = await ask(server, 'GET', path)
      if (read.body.headline !== headline) stale.push([write, turn, read.body.headline])
    }
  }
  t.strictSame(stale, [], 'what one has written, both give at once')

  process.kill(one, 'SIGKILL')
  await until(async () => !(await childrenOf(server)).includes(one))
  t.equal((await ask(server, 'GET', path)).status, 200, 'the other one goes on')
  await listening(server, 3)
  const after = await childrenOf(server)
  t.ok(after.includes(two) && !after.includes(one) && after.length === 2, 'and the dead one is replaced')
  t.match(server.output.stdout, 'a process has died and is replaced')
  t.equal((await ask(server, 'PATCH', path, { headline: 'The last' })).status, 200)

  server.child.kill('SIGTERM')
  const { code, stderr } = await server.ended
  t.strictSame([code, stderr], [0, ''])
  for (const pid of after) t.throws(() => process.kill(pid, 0), { code: 'ESRCH' }, 'none is left behind')
})

t.test('what keeps them from starting is said once', async (t) => {
  const taken = await serve(t, await databaseFor(t))
  const second = await serve(t, await databaseFor(t), { WORKERS: '2', PORT: String(taken.port) }).catch(
    (error: Error) => error.message,
  )
  t.equal(String(second).match(/EADDRINUSE/g)?.length, 1, String(second))
})

interface Reply {
  readonly status: number | undefined
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/** On a connection of its own. */
function ask({ port }: Server, method: string, path: string, body?: unknown): Promise<Reply> {
  const headers = {
    ...(method === 'GET' ? {} : { authorization: `Bearer ${ADMIN_TOKEN}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', agent: false, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }))
    })
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Waits until so many processes have come to listen. */
function listening({ output }: Server, count: number): Promise<void> {
  return until(async () => (output.stdout.match(/listening at/g)?.length ?? 0) >= count)
}

async function childrenOf({ child: { pid } }: Server): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.split(' ').filter(Boolean).map(Number)
}

/** Waits for what happens by itself; fails with the test's own time-out. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20)
}
