import type { Kysely } from 'kysely'
import type { Instant } from './clock.ts'
import type { Dialect } from './dialect.ts'
import type { Database } from './schema.ts'

/** A snapshot of the database at one instant: everything below a public function takes this. */
export interface Trx {
  readonly db: Kysely<Database>
  readonly dialect: Dialect
  readonly now: Instant
  /** The number of the last commit that this transaction sees. */
  readonly generation: number
}

/** A transaction that only reads. */
export interface ReadTrx extends Trx {
  /**
   * Makes sure that this instant can be read now. Where a write under way may still change what it gives, this
   * throws, and the whole read is run again when that write is over. What lies in the future is let through.
   */
  reach(at: Instant): void
}

/** A transaction that may write. `created` numbers the documents it makes, so that their ids keep its order. */
export interface WriteTrx extends Trx {
  changed: boolean
  created: number
}
