import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Progress } from './open.ts'

/** How long to wait for a table that somebody is using, in milliseconds: all others wait behind this. */
const LOCK_TIMEOUT = 10_000

/** How long to wait for transactions that began before, in milliseconds: what they may still see stays. */
const PATIENCE = 60_000

/**
 * Writes every table of a PostgreSQL database anew, without what was deleted from it, and the planner's
 * statistics, which hold values. A plain `vacuum` would leave the bytes in the free space of pages. Each
 * table is locked while it is copied. Ends with a checkpoint where the user may ask for one: otherwise the
 * old files are gone with the server's next one.
 *
 * @param connection without limits on the time of statements
 * @throws Error with the server's own words when a table stays as it was
 */
export async function rewritePostgres(connection: pg.ClientConfig, progress: Progress): Promise<void> {
  const client = new pg.Client(connection)
  const warnings: string[] = []
  client.on('error', () => {}) // whoever is waiting for an answer is told as well
  client.on(
    'notice',
    ({ severity, message }) => void (severity === 'WARNING' && warnings.push(String(message))),
  )
  await client.connect()
  try {
    await client.query(`set lock_timeout = ${LOCK_TIMEOUT}`)
    await earlierOnesEnded(client)
    const tables = await tablesOf(client)
    for (const [done, table] of tables.entries()) {
      progress(done, tables.length + 1)
      await client.query(`vacuum (full, analyze) ${table}`)
      await forgetEmpty(client, table)
    }
    progress(tables.length, tables.length + 1)
    await earlierOnesEnded(client) // the old statistics have only just been deleted
    await client.query('vacuum full pg_statistic')
    // A table that the user does not own is skipped with no more than a warning.
    if (warnings.length > 0) throw new Error(warnings.join(' '))
    await client.query('checkpoint').catch(unlessForbidden)
    progress(tables.length + 1, tables.length + 1)
  } finally {
    await client.end()
  }
}

/**
 * A table that is written anew keeps the deleted rows that an open snapshot can see. Those are the snapshots
 * of this database, and, because it has one itself, all that began while a write was open in any database.
 */
async function earlierOnesEnded(client: pg.Client): Promise<void> {
  const { rows: now } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(250)) {
    const { rows } = await client.query(
      `select where pg_snapshot_xmin(pg_current_snapshot()) <= $1::xid8 or exists (
        select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and age(backend_xmin) >= age($1::xid8::xid))`,
      [now[0]?.id],
    )
    if (rows.length === 0) return
  }
  throw new Error('A transaction from before is still open on this server. End it, and run this again.')
}

/** The names of all tables here, quoted as SQL wants them. */
async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select oid::regclass::text as name from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname`)
  return rows.map(({ name }) => name)
}

/**
 * `analyze` takes no notice of a table without rows and keeps the values that it had. They go when a column
 * is given a type, be it the one that it has, which costs nothing where there are no rows.
 */
async function forgetEmpty(client: pg.Client, table: string): Promise<void> {
  const { rows: found } = await client.query(`select from ${table} limit 1`)
  if (found.length > 0) return
  const { rows } = await client.query<{ change: string }>(
    `select format('alter column %I type %s %s', attname, format_type(atttypid, atttypmod),
       case when attcollation <> 0 then 'collate ' || attcollation::regcollation end) as change
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  )
  await client.query(`alter table ${table} ${rows.map(({ change }) => change).join(', ')}`)
}

function unlessForbidden(error: unknown): void {
  if (!(error instanceof pg.DatabaseError && error.code === '42501')) throw error
}
