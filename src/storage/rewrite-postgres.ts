import pg from 'pg'
import type { Progress } from './open.ts'

/** How long to wait for a table that somebody is using, in milliseconds: all others wait behind this. */
const LOCK_TIMEOUT = 10_000

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
    const tables = await tablesOf(client)
    for (const [done, table] of tables.entries()) {
      progress(done, tables.length + 1)
      await client.query(`vacuum (full, analyze) ${table}`)
      await forgetEmpty(client, table)
    }
    progress(tables.length, tables.length + 1)
    await client.query('vacuum full pg_statistic')
    // A table that the user does not own is skipped with no more than a warning.
    if (warnings.length > 0) throw new Error(warnings.join(' '))
    await client.query('checkpoint').catch(unlessForbidden)
    progress(tables.length + 1, tables.length + 1)
  } finally {
    await client.end()
  }
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
