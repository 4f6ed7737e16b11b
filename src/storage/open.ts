import type { Kysely, LogConfig } from 'kysely'
import { advanceClock, type Instant, readClock } from './clock.ts'
import { type Dialect, sqlite } from './dialect.ts'
import { migrate } from './migrate.ts'
import type { Database } from './schema.ts'
import { openSqlite } from './sqlite.ts'
import type { Trx, WriteTrx } from './transaction.ts'

/** Where everything lives. All of the API's work happens inside `read` or `write`. */
export interface Storage {
  /** Runs `work` on one snapshot at one instant; nothing that it does can change anything. */
  read<Result>(work: (trx: Trx) => Promise<Result>): Promise<Result>
  /** Runs `work` in one transaction, alone; it is committed whole, or not at all when `work` throws. */
  write<Result>(work: (trx: WriteTrx) => Promise<Result>): Promise<Result>
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface StorageOptions {
  /** The wall clock in milliseconds; tests pass their own. */
  readonly wallClock?: () => Instant
  /** Sees every statement; tests count them. */
  readonly log?: LogConfig
}

/**
 * Opens the database that a `DATABASE_URL` names, makes it where there is none and brings it up to
 * date. Inside `work`, only its own transaction may be used: the connection is taken, and waiting for
 * it would wait forever.
 *
 * @throws Error when the database is newer than this code
 */
export async function openStorage(url: string, options: StorageOptions = {}): Promise<Storage> {
  const { wallClock = Date.now, log = [] } = options
  const { reader, writer } = openSqlite(url.replace(/^sqlite:/, ''), log)
  try {
    await migrate(writer, sqlite)
  } catch (error) {
    await Promise.all([reader.destroy(), writer.destroy()])
    throw error
  }
  return {
    read: (work) => readWith(reader, sqlite, wallClock, work),
    write: (work) => writeWith(writer, sqlite, wallClock, work),
    ping: async () => void (await reader.selectFrom('clock').select('instant').executeTakeFirstOrThrow()),
    close: async () => void (await Promise.all([reader.destroy(), writer.destroy()])),
  }
}

function readWith<Result>(
  reader: Kysely<Database>,
  dialect: Dialect,
  wallClock: () => Instant,
  work: (trx: Trx) => Promise<Result>,
): Promise<Result> {
  return reader.transaction().execute(async (db) => {
    const last = await readClock({ db })
    return work({ db, dialect, now: Math.max(wallClock(), last) })
  })
}

function writeWith<Result>(
  writer: Kysely<Database>,
  dialect: Dialect,
  wallClock: () => Instant,
  work: (trx: WriteTrx) => Promise<Result>,
): Promise<Result> {
  return writer.transaction().execute(async (db) => {
    const last = await readClock({ db })
    const trx: WriteTrx = { db, dialect, now: Math.max(wallClock(), last + 1), changed: false, created: 0 }
    const result = await work(trx)
    if (trx.changed) await advanceClock(trx)
    return result
  })
}
