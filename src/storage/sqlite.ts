import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import SQLite from 'better-sqlite3'
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  type LogConfig,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely'
import { sqlite } from './dialect.ts'
import { Direct } from './direct.ts'
import type { Backend } from './open.ts'
import { withPreparedOnce } from './prepared-once.ts'
import { presenceInFile } from './present.ts'
import type { Database } from './schema.ts'

/** How long a writer waits for another process's transaction, in milliseconds. */
const BUSY_TIMEOUT = 5_000
/** Between two tries, in milliseconds. */
const BUSY_PAUSE = 2
const WAL_LIMIT = 64 * 1024 * 1024

/**
 * Two connections to one file: Kysely has one behind a queue, and a reader must not wait for an open
 * transaction. `synchronous=FULL` because in WAL anything less loses acknowledged writes when the power
 * goes. The writer starts with `BEGIN IMMEDIATE`: a transaction that reads first and writes later would
 * otherwise be refused when another process wrote in between.
 */
export function openSqlite(path: string, log: LogConfig): Backend {
  mkdirSync(dirname(path), { recursive: true })
  const writing = connect(path)
  logAhead(writing)
  const reading = connect(path)
  reading.pragma('query_only = ON')
  const writer = new Kysely<Database>({ dialect: new WritingDialect(writing), log })
  const reader = new Direct(reading, log)
  const changer = new Direct(writing, log, patientlyOn(writing), 'begin immediate')
  const scrub = scrubber(path, changer)
  return {
    dialect: sqlite,
    presence: (wallClock) => presenceInFile(connect(path), wallClock),
    writer,
    reader,
    read: (work) => reader.inTransaction(work),
    write: (work) => changer.inTransaction(work),
    scrub,
    rewrite: async (progress) => {
      progress(0, 1)
      await scrub()
      progress(1, 1)
    },
  }
}

/**
 * Writes the file anew in a thread, because it takes seconds where there are hundreds of megabytes. The
 * writer's connection is held meanwhile: this process's writes queue for it, where they would otherwise
 * stop the whole process in SQLite's own waiting. Who asks while another one waits for its turn shares it.
 */
function scrubber(path: string, changer: Direct): () => Promise<void> {
  let next: Promise<void> | undefined
  return () => {
    next ??= changer.alone(async () => {
      next = undefined
      await once(new Worker(new URL('./vacuum.ts', import.meta.url), { workerData: path }), 'exit')
    })
    return next
  }
}

function connect(path: string): SQLite.Database {
  const database = new SQLite(path, { timeout: BUSY_TIMEOUT })
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
  database.pragma('secure_delete = ON')
  database.pragma(`journal_size_limit = ${WAL_LIMIT}`)
  return database
}

class WritingDialect extends SqliteDialect {
  readonly #database: SQLite.Database
  readonly #config: SqliteDialectConfig

  constructor(database: SQLite.Database) {
    const config = { database: withPreparedOnce(database, 'begin immediate') }
    super(config)
    this.#database = database
    this.#config = config
  }

  override createDriver(): Driver {
    return new PatientDriver(this.#database, this.#config)
  }

  /** Kysely does not count on it, but SQLite undoes changes of the schema with their transaction: a migration is all or nothing. */
  override createAdapter(): SqliteAdapter {
    return Object.defineProperty(new SqliteAdapter(), 'supportsTransactionalDdl', { value: true })
  }
}

/** As Kysely's own driver; `openSqlite` begins the transactions of the API without it. */
class PatientDriver extends SqliteDriver {
  readonly #begin: (begin: () => Promise<void>) => Promise<void>

  constructor(database: SQLite.Database, config: SqliteDialectConfig) {
    super(config)
    this.#begin = patientlyOn(database)
  }

  override beginTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#begin(() => super.beginTransaction(connection))
  }
}

/**
 * SQLite waits for another process's transaction with its whole process, so that nothing is answered meanwhile.
 * Here the transaction tries again to begin, and leaves the process to others in between.
 */
function patientlyOn(database: SQLite.Database): (begin: () => void | Promise<void>) => Promise<void> {
  return async (begin) => {
    for (const until = performance.now() + BUSY_TIMEOUT; ; await pause(BUSY_PAUSE)) {
      database.pragma('busy_timeout = 0') // it takes effect when it is prepared, and so is not kept
      try {
        return await begin()
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error
      } finally {
        database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
      }
    }
  }
}

/** A new file is taken alone for that, for which SQLite does not wait: two servers may start on it at the same time. */
function logAhead(database: SQLite.Database): void {
  for (const until = performance.now() + BUSY_TIMEOUT; ; Atomics.wait(NOBODY, 0, 0, BUSY_PAUSE)) {
    try {
      return void database.pragma('journal_mode = WAL')
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
    }
  }
}

/** Is woken by nobody. */
const NOBODY = new Int32Array(new SharedArrayBuffer(4))

function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
