import type { Kysely, LogConfig } from 'kysely'
import { DatelineError } from '../errors.ts'
import { advanceClock, type Instant, readClock, type WallClock } from './clock.ts'
import { connectTo } from './connect.ts'
import type { Dialect } from './dialect.ts'
import { Horizon, type Seen } from './horizon.ts'
import { migrate } from './migrate.ts'
import type { Presence, Present } from './present.ts'
import type { Database } from './schema.ts'
import type { ReadTrx, WriteTrx } from './transaction.ts'
import { Unsettled, WritesUnderWay } from './under-way.ts'

/** Where everything lives. All of the API's work happens inside `read` or `write`. */
export interface Storage {
  /**
   * Runs `work` on one snapshot at one instant; nothing that it does can change anything.
   *
   * @param witness is told afterwards what it has seen, and until when that is what is there
   */
  read<Result>(work: (trx: ReadTrx) => Promise<Result>, witness?: Witness): Promise<Result>
  /**
   * Runs `work` in one transaction, alone; it is committed whole, or not at all when `work` throws. Where
   * the database asks for it, `work` runs again, so it does nothing but read and write here.
   */
  write<Result>(work: (trx: WriteTrx) => Promise<Result>): Promise<Result>
  /**
   * Takes what was deleted out of the files as well: at once on SQLite; on PostgreSQL that is left to `rewrite`.
   *
   * @throws DatelineError `unavailable` when somebody else keeps the files from being written anew
   */
  scrub(): Promise<void>
  /** Takes what was deleted out of the files of either database, whatever has to be locked for it; throws as `scrub`. */
  rewrite(progress: Progress): Promise<void>
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  /** Where a read would stand that begins now. Rejects when the database does not answer. */
  present(): Present | Promise<Present>
  close(): Promise<void>
}

export type Witness = (seen: Seen) => void

export interface StorageOptions {
  /** The wall clock in milliseconds, where it is not the database's; tests pass their own. */
  readonly wallClock?: WallClock
  /** Sees every statement; tests count them. */
  readonly log?: LogConfig
}

/** A database, connected. */
export interface Backend {
  readonly dialect: Dialect
  readonly reader: Kysely<Database>
  readonly writer: Kysely<Database>
  /** Runs `work` in a transaction that only reads. */
  read<Result>(work: (db: Kysely<Database>) => Promise<Result>): Promise<Result>
  /** Runs `work` in a transaction that may write. */
  write<Result>(work: (db: Kysely<Database>) => Promise<Result>): Promise<Result>
  presence(wallClock: WallClock | undefined): Presence
  /** As those of `Storage`, with the database's own errors. */
  scrub(): Promise<void>
  rewrite(progress: Progress): Promise<void>
}

/** Is told how much is done, and how much there is to do. */
export type Progress = (done: number, total: number) => void

/** How often a transaction that the database has undone is run. */
const ATTEMPTS = 5

/**
 * Opens the database that a `DATABASE_URL` names, makes it where it is a file and there is none, and
 * brings it up to date. Inside `work`, only its own transaction may be used: on SQLite the connection is
 * taken, and waiting for it would wait forever.
 *
 * @throws Error when the database is newer than this code
 */
export async function openStorage(
  url: string,
  { wallClock, log = [] }: StorageOptions = {},
): Promise<Storage> {
  const backend = await connectTo(url, log)
  const { dialect, reader, writer } = backend
  const disconnect = async () => void (await Promise.all([reader.destroy(), writer.destroy()]))
  const prepare = async () => {
    await migrate(writer, dialect)
    return Horizon.open(reader)
  }
  const horizon = await prepare().catch(async (error: unknown) => {
    await disconnect()
    throw error
  })
  const presence = backend.presence(wallClock)
  const underWay = new WritesUnderWay()
  return {
    present: presence.ask,
    read: (work, witness) =>
      reading(backend, underWay, wallClock, witness ? witnessed(work, witness, horizon) : work),
    write: (work) => writing(backend, underWay, wallClock, work),
    scrub: () => backend.scrub().catch(told(dialect)),
    rewrite: (progress) => backend.rewrite(progress).catch(told(dialect)),
    ping: () => reading(backend, underWay, wallClock, async () => {}),
    close: async () => {
      await presence.close()
      await disconnect()
    },
  }
}

function reading<Result>(
  { read, dialect }: Backend,
  underWay: WritesUnderWay,
  wallClock: WallClock | undefined,
  work: (trx: ReadTrx) => Promise<Result>,
): Promise<Result> {
  const run = (settled: Instant) =>
    patiently(dialect, 'Try again in a few seconds.', () =>
      read(async (db) => {
        const {
          now: present,
          last,
          generation,
        } = await readClock(db, dialect, { forUpdate: false, wallClock })
        const now = Math.max(underWay.before(present, last), settled)
        const reach = (at: Instant) => {
          if (at > now && at <= present) throw new Unsettled(present, underWay.settled())
        }
        return work({ db, dialect, now, generation, reach })
      }),
    )
  return run(0).catch(async (error: unknown) => {
    if (!(error instanceof Unsettled)) throw error
    await error.settled
    return run(error.present)
  })
}

function witnessed<Result>(
  work: (trx: ReadTrx) => Promise<Result>,
  witness: Witness,
  horizon: Horizon,
): typeof work {
  return async (trx) => {
    const result = await work(trx)
    witness(await horizon.of(trx))
    return result
  }
}

function writing<Result>(
  { write: inTransaction, dialect }: Backend,
  underWay: WritesUnderWay,
  wallClock: WallClock | undefined,
  work: (trx: WriteTrx) => Promise<Result>,
): Promise<Result> {
  return patiently(dialect, 'Read the document to see whether it was saved, and try again.', async () => {
    let write: ReturnType<WritesUnderWay['begin']> | undefined
    try {
      return await inTransaction(async (db) => {
        write = underWay.begin()
        const { now, generation } = await readClock(db, dialect, { forUpdate: true, wallClock })
        write.at(now)
        const trx: WriteTrx = { db, dialect, now, generation, changed: false, created: 0 }
        const result = await work(trx)
        if (trx.changed) await advanceClock(trx)
        return result
      })
    } finally {
      write?.end()
    }
  })
}

/** Runs again what the database asks to run again, and says of a lost database what a client can do. */
async function patiently<Result>(
  dialect: Dialect,
  advice: string,
  run: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (dialect.isRetryable(error) && attempt < ATTEMPTS) continue
      if (dialect.isUnavailable(error) || dialect.isRetryable(error))
        throw new DatelineError('unavailable', `The database does not answer. ${advice}`, { cause: error })
      throw error
    }
  }
}

/** Says of files that could not be written anew what is still in them. */
function told(dialect: Dialect): (error: unknown) => never {
  return (error) => {
    if (!dialect.isUnavailable(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new DatelineError(
      'unavailable',
      `Words that were deleted may still be in the files of the database, which could not be written anew: ${reason.replace(/\.$/, '')}.`,
      { cause: error },
    )
  }
}
