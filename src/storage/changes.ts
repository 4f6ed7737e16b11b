import type SQLite from 'better-sqlite3'
import type pg from 'pg'

/**
 * The change signal. Every commit has a generation, which a read gets with its answer (`Trx.generation`);
 * whoever keeps that answer asks here whether it may still be given.
 */
export interface Changes {
  /** False only when it is certain that nothing was committed after that generation, by any process. */
  mayHaveChangedSince(generation: number): boolean
  close(): Promise<void>
}

/** The channel of PostgreSQL on which each writing transaction tells its generation. */
export const CHANNEL = 'dateline_changes'

/**
 * SQLite's `PRAGMA data_version` moves when another connection has committed, so this has a connection of
 * its own, which sees every writer. It costs about 2 µs.
 */
export function watchSqlite(connection: SQLite.Database): Changes {
  const version = connection.prepare<[], number>('pragma data_version').pluck()
  const clock = connection.prepare<[], number>('select generation from clock').pluck()
  let seenVersion: number | undefined
  let generation: number | undefined
  return {
    mayHaveChangedSince(asked) {
      const current = version.get()
      if (current !== seenVersion) {
        generation = clock.get()
        seenVersion = current
      }
      return generation !== asked
    },
    close: async () => void connection.close(),
  }
}

/** How often the listening connection must prove itself, and how long it waits to listen again: milliseconds. */
const HEARTBEAT = 2_000
const PAUSE = 250

/**
 * PostgreSQL notifies at the commit. While the listening connection is lost, or does not answer, this
 * says "maybe".
 *
 * @param makeClient gives a client that is not connected yet
 */
export function watchPostgres(makeClient: () => pg.Client): Changes {
  let generation: number | undefined
  let client: pg.Client | undefined
  let isClosed = false
  const lose = (lost: pg.Client) => {
    if (lost !== client) return
    client = undefined
    generation = undefined
    lost.end().catch(() => {})
    if (!isClosed) setTimeout(listen, PAUSE).unref()
  }
  const listen = async () => {
    const current = makeClient()
    client = current
    current.on('error', () => lose(current)).on('end', () => lose(current))
    current.on('notification', ({ payload }) => {
      if (generation !== undefined) generation = Math.max(generation, Number(payload))
    })
    try {
      await current.connect()
      await current.query(`listen ${CHANNEL}`)
      const read = await readGeneration(current)
      if (current === client) generation = read
    } catch {
      lose(current)
    }
  }
  const heartbeat = setInterval(() => {
    const current = client
    if (current && generation !== undefined)
      within(HEARTBEAT, readGeneration(current)).catch(() => lose(current))
  }, HEARTBEAT).unref()
  const listening = listen()
  return {
    mayHaveChangedSince: (asked) => generation === undefined || generation > asked,
    close: async () => {
      isClosed = true
      clearInterval(heartbeat)
      await listening
      await client?.end()
    },
  }
}

async function readGeneration(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ generation: number }>('select generation from clock')
  const [row] = rows
  if (!row) throw new Error('The clock has no row.')
  return row.generation
}

async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('No answer.')), milliseconds)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
