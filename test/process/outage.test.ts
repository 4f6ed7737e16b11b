import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { engine } from '../support/database.ts'
import { postgresPrograms, startPostgres } from '../support/postgres-server.ts'
import { call, startServer } from '../support/server-process.ts'
import { amount } from '../support/torture.ts'

const KILLS = amount({ suite: 2, torture: 20 })
const WRITERS = 8

/** How long after the database is back the server may still be unready, in milliseconds. */
const RECOVERY = 5_000

const programs = postgresPrograms()
const skip =
  engine === 'sqlite' ? 'SQLite is no server' : programs ? false : 'no PostgreSQL programs on this machine'

t.test('a database that is killed and comes back loses nothing acknowledged', { skip }, async (t) => {
  const database = await startPostgres(t, programs ?? '')
  const { address } = await startServer(t, database.url)
  const acknowledged: string[] = []
  const statuses = new Set<number>()
  let isOver = false
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let count = 0; !isOver; count += 1) {
      const { status, body } = await call(address, 'POST', '/v1/articles', {
        headline: `Writer ${writer}, article ${count}`,
      })
      statuses.add(status)
      if (status === 201) acknowledged.push(body.id)
      else await pause(20)
    }
  })
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(150)
    await database.kill()
    t.equal((await call(address, 'GET', '/health/live')).status, 200, 'the process lives')
    const down = await call(address, 'GET', '/health/ready')
    t.same([down.status, down.body.type], [503, '/problems/unavailable'])
    await database.start()
    t.ok(await readyWithin(address, RECOVERY), 'it is ready again by itself')
  }
  isOver = true
  await Promise.all(writers)
  t.same([...statuses].sort(), [201, 503])
  t.ok(acknowledged.length > KILLS)
  t.same(await missing(address, acknowledged), [], 'every acknowledged article is there')
})

async function readyWithin(address: string, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds
  while (Date.now() < until) {
    if ((await call(address, 'GET', '/health/ready')).status === 200) return true
    await pause(20)
  }
  return false
}

async function missing(address: string, ids: readonly string[]): Promise<string[]> {
  const gone: string[] = []
  for (const id of ids) {
    const { status, body } = await call(address, 'GET', `/v1/articles/${id}?at=latest`)
    if (status !== 200 || body.version !== 1) gone.push(id)
  }
  return gone
}
