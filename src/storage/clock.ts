import type { Trx } from './transaction.ts'

/** Milliseconds since 1970-01-01T00:00:00Z, as an integer, in code and in both databases. */
export type Instant = number

/** The end of a window that nobody has closed: 9999-12-31T23:59:59.999Z. */
export const FOREVER: Instant = 253_402_300_799_999

/**
 * The one clock. Its row holds the count of commits and the instant of the last one; a transaction's
 * `now` comes from here, so that instants never repeat or run backwards whatever the wall clock does.
 * A write is one millisecond after the last at the least; a read stands at the last write or later.
 */
export async function readClock(trx: Pick<Trx, 'db'>): Promise<Instant> {
  const row = await trx.db.selectFrom('clock').select('instant').executeTakeFirstOrThrow()
  return row.instant
}

/** Counts this transaction's commit. Called once, at the end of a transaction that wrote something. */
export async function advanceClock({ db, now }: Trx): Promise<void> {
  await db
    .updateTable('clock')
    .set((row) => ({ generation: row('generation', '+', 1), instant: now }))
    .execute()
}
