import { Kysely, type LogConfig, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { readClock } from './clock.ts'
import { postgres } from './dialect.ts'
import type { Backend } from './open.ts'
import { presenceByStatement } from './present.ts'
import { rewritePostgres } from './rewrite-postgres.ts'
import type { Database } from './schema.ts'

/** Connections of one process: writers wait for the clock's lock, and must not take the readers' places. */
const READERS = 8
const WRITERS = 4

/** Milliseconds: to get a connection, for one statement, and for a transaction that its process has left. */
const CONNECT_TIMEOUT = 5_000
const STATEMENT_TIMEOUT = 10_000
const IDLE_TIMEOUT = 15_000

/**
 * The driver is `pg`. `postgres` is faster, but it throws from a timer when a connection dies between two
 * statements of a transaction (its issues 1066, 1154 and 1208), which ends the process.
 */
export function openPostgres(url: string, log: LogConfig): Backend {
  const reader = kysely(url, READERS, log)
  const writer = kysely(url, WRITERS, log)
  const snapshot = reader.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return {
    dialect: postgres,
    reader,
    read: (work) => snapshot.execute(work),
    writer,
    write: (work) => writer.transaction().execute(work),
    presence: (wallClock) => {
      const db = kysely(url, 1, [])
      const ask = () => readClock(db, postgres, { forUpdate: false, wallClock })
      return presenceByStatement(ask, () => db.destroy())
    },
    scrub: async () => {}, // it would lock tables for as long as it copies them: when, is the operator's to choose
    rewrite: (progress) => rewritePostgres(unhurried(url), progress),
  }
}

function kysely(url: string, max: number, log: LogConfig): Kysely<Database> {
  const pool = new pg.Pool({ ...options(url), max })
  // A lost connection is told to whoever uses it, and the pool makes another; without listeners it would be thrown.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return new Kysely({ dialect: new PostgresDialect({ pool: preparing(pool) }), log })
}

function options(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'dateline',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: STATEMENT_TIMEOUT,
    query_timeout: STATEMENT_TIMEOUT + 1_000,
    idle_in_transaction_session_timeout: IDLE_TIMEOUT,
    options: '-c max_parallel_workers_per_gather=0', // no page takes as long as it takes to start them
    types: { getTypeParser: parserOf },
  }
}

/** Copying a table takes as long as it takes. */
function unhurried(url: string): pg.ClientConfig {
  return { ...options(url), statement_timeout: 0, query_timeout: 0 }
}

/** 64-bit integers are numbers here: all of ours are instants and counts. */
const parserOf: pg.CustomTypesConfig['getTypeParser'] = (type, format) =>
  Number(type) === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format)

/** Gives every statement a name, so that a connection prepares it once. Kysely's driver gives none. */
function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (text: string) => {
    const known = names.get(text)
    if (known || names.size >= STATEMENTS) return known
    const name = `dateline_${names.size}`
    names.set(text, name)
    return name
  }
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const query = (text: string, values: readonly unknown[]) => {
        const name = values.length > 0 ? nameOf(text) : undefined
        return client.query({ text, values: [...values], ...(name ? { name } : {}) })
      }
      return { query, release: () => client.release() } as unknown as PostgresPoolClient // no cursors are used
    },
  }
}

/** Texts that are prepared; ours are a closed set, and this bounds it all the same. */
const STATEMENTS = 1_000
