import type { LogConfig } from 'kysely'
import type { Backend } from './open.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/** Connects to the database that a `DATABASE_URL` names; a SQLite file that is not there is made. */
export function connectTo(url: string, log: LogConfig = []): Backend {
  return url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length), log) : openPostgres(url, log)
}
