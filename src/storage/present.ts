import type SQLite from 'better-sqlite3'
import type { Instant, WallClock } from './clock.ts'

/** Where a read that begins now would stand. */
export interface Present {
  /** The number of the last commit. */
  readonly generation: number
  readonly now: Instant
}

/**
 * The change signal: the database itself is asked, on every request, so that what was committed by any
 * process is known to all others at once. Whoever keeps an answer asks here whether it may still be given.
 */
export interface Presence {
  /** Rejects when the database does not answer. */
  ask(): Present | Promise<Present>
  close(): Promise<void>
}

/** In milliseconds. */
const SHARED = 0.1

/**
 * SQLite's `PRAGMA data_version` moves when another connection has committed, so this has a connection of
 * its own, which sees every writer. It costs about 5 µs, as much as all else that a kept answer takes before it is
 * written; so for a tenth of a millisecond it is not asked again. Whoever has the answer to a write needs longer than that to
 * get it and to ask for anything.
 */
export function presenceInFile(connection: SQLite.Database, wallClock: WallClock = Date.now): Presence {
  const version = connection.prepare<[], number>('pragma data_version').pluck()
  const clock = connection.prepare<[], { generation: number; instant: Instant }>(
    'select generation, instant from clock',
  )
  let seen: number | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let last = { generation: 0, instant: 0 }
  return {
    ask: () => {
      const moment = performance.now()
      if (moment - askedAt > SHARED) {
        askedAt = moment
        const current = version.get()
        if (current !== seen) last = clock.get() ?? last // its one row is made by the first migration
        seen = current
      }
      return { generation: last.generation, now: Math.max(wallClock() - 1, last.instant) }
    },
    close: async () => void connection.close(),
  }
}

/**
 * A database server is asked by a statement. Those who ask while one is under way share the next, which
 * begins after all of them: many readers cost little more than one.
 */
export function presenceByStatement(statement: () => Promise<Present>, close: () => Promise<void>): Presence {
  let next: Promise<Present> | undefined
  let underWay: Promise<unknown> = Promise.resolve()
  const start = () => {
    next = undefined
    const asked = statement()
    underWay = asked.catch(() => {})
    return asked
  }
  return { ask: () => (next ??= underWay.then(start)), close }
}
