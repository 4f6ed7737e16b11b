import type { LogConfig } from 'kysely'
import type { Backend } from './open.ts'

/**
 * Connects to the database that a `DATABASE_URL` names; a SQLite file that is not there is made. Of the two
 * drivers, the one that is needed is loaded.
 */
export async function connectTo(url: string, log: LogConfig = []): Promise<Backend> {
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.ts')
    return openSqlite(url.slice('sqlite:'.length), log)
  }
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(url, log)
}
