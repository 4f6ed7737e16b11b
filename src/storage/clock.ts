import { type Kysely, sql } from 'kysely'
import type { Dialect } from './dialect.ts'
import type { Database } from './schema.ts'
import { run } from './statement.ts'
import type { Trx } from './transaction.ts'

/** Milliseconds since 1970-01-01T00:00:00Z, as an integer, in code and in both databases. */
export type Instant = number

/** The end of a window that nobody has closed: 9999-12-31T23:59:59.999Z. */
export const FOREVER: Instant = 253_402_300_799_999

/** The wall clock, where it is not the database's own. */
export type WallClock = () => Instant

/**
 * The one clock. Its row holds the count of commits and the instant of the last one; a transaction's
 * `now` comes from here, so that instants never repeat or run backwards whatever the wall clock does.
 * A write is one millisecond after the last at the least. A read stands at the last write, or one
 * millisecond behind the wall clock: a write that comes later then has a later instant, so what was read
 * at an instant is what that instant will always give.
 *
 * @param forUpdate for a writer: takes the lock that gives commits their one order
 */
export async function readClock(
  db: Kysely<Database>,
  dialect: Dialect,
  { forUpdate, wallClock }: { forUpdate: boolean; wallClock: WallClock | undefined },
): Promise<{ now: Instant; last: Instant; generation: number }> {
  const { generation, instant, wall = Date.now() } = await dialect.readClock(db, { forUpdate })
  const present = wallClock?.() ?? wall
  const now = forUpdate ? Math.max(present, instant + 1) : Math.max(present - 1, instant)
  return { now, last: instant, generation }
}

/** Counts this transaction's commit. Called once, last, by a transaction that wrote. */
export async function advanceClock(trx: Trx): Promise<void> {
  const { generation, now } = trx
  await run(
    trx,
    'advance the clock',
    [generation + 1, now],
    (count, instant) => sql`update clock set generation = ${count}, instant = ${instant}`,
  )
}
