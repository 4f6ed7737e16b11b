import {
  CompiledQuery,
  type CreateTableBuilder,
  type Kysely,
  type RawBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import type { Instant } from './clock.ts'
import type { Database } from './schema.ts'
import type { WordIndex } from './word-index.ts'
import { postgresWords } from './words-postgres.ts'
import { sqliteWords } from './words-sqlite.ts'

/**
 * Everything that differs between the databases, and the only file that knows which one it speaks to.
 * Queries elsewhere are written once, in the SQL that both understand.
 */
export interface Dialect {
  readonly columns: {
    readonly text: RawBuilder<unknown>
    readonly instant: RawBuilder<unknown>
    readonly integer: RawBuilder<unknown>
    readonly json: RawBuilder<unknown>
  }
  /** What ends a `create table`. */
  finish<Name extends string, Column extends string>(
    table: CreateTableBuilder<Name, Column>,
  ): CreateTableBuilder<Name, Column>
  /** Holds, in the database itself, that the windows of a document do not overlap. */
  excludeOverlaps(db: Kysely<Database>, table: string): Promise<void>
  /** Makes the database itself refuse to change or delete a row of the table. */
  makeAppendOnly(db: Kysely<Database>, table: string): Promise<void>
  /** The clock's row with the wall clock of the database, if it has one; a writer's lock on it orders the commits. */
  readClock(
    db: Kysely<Database>,
    options: { forUpdate: boolean },
  ): Promise<{ generation: number; instant: Instant; wall: Instant | undefined }>
  /** How a transaction that only reads begins, so that it sees one state throughout. */
  readonly readIsolation: 'repeatable read' | undefined
  /**
   * The same value, by which no index is searched: a query says what finds its rows and what only sifts them.
   * PostgreSQL knows from its statistics which of them finds the fewest.
   */
  unindexed(value: RawBuilder<unknown>): RawBuilder<unknown>
  /**
   * A parameter that something is equal to. SQLite's planner looks at the value of a bare one, to see whether it
   * is a small number, and then plans anew each time that it has another value, which takes longer than to run it.
   */
  equal(value: unknown): RawBuilder<unknown>
  /** A list as one parameter, so that a statement is the same for any number of values. */
  among(values: readonly string[]): RawBuilder<string>
  readonly words: WordIndex
  /** The part stands in the text, code point by code point. */
  contains(text: RawBuilder<unknown>, part: string): RawBuilder<SqlBool>
  fromJson(stored: unknown): unknown
  /** The database did not answer, or asks to come again later. */
  isUnavailable(error: unknown): boolean
  /** The database undid the transaction because of another one, and asks to run it again. */
  isRetryable(error: unknown): boolean
}

const CLOCK = CompiledQuery.raw('select generation, instant from clock')

export const sqlite: Dialect = {
  columns: { text: sql`text`, instant: sql`integer`, integer: sql`integer`, json: sql`text` },
  finish: (table) => table.modifyEnd(sql`strict`),
  excludeOverlaps: async () => {}, // one writer at a time, through `lifecycle.ts`
  makeAppendOnly: async (db, table) => {
    const replaced = sql`when exists (select 1 from ${sql.table(table)} where id = new.id)`
    for (const [change, when] of [
      ['update', sql``],
      ['delete', sql``],
      ['insert', replaced],
    ] as const)
      await sql`create trigger ${sql.ref(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.table(table)}
        ${when} begin select raise(abort, 'Rows of this table are never changed.'); end`.execute(db)
  },
  readClock: async (db) => {
    const { rows } = await db.executeQuery<{ generation: number; instant: Instant }>(CLOCK)
    const [row] = rows
    if (!row) throw new Error('The clock has no row.')
    return { ...row, wall: undefined }
  },
  readIsolation: undefined,
  unindexed: (value) => sql`+${value}`,
  equal: (value) => sql`+${value}`,
  among: (values) => sql`(select value from json_each(${JSON.stringify(values)}))`,
  words: sqliteWords,
  contains: (text, part) => sql`instr(${text}, ${part}) > 0`,
  fromJson: (stored) => (typeof stored === 'string' ? JSON.parse(stored) : stored),
  isUnavailable: (error) => /^SQLITE_(BUSY|FULL|IOERR|CANTOPEN|READONLY)/.test(codeOf(error)),
  isRetryable: () => false,
}

export const postgres: Dialect = {
  columns: {
    text: sql`text collate "C"`,
    instant: sql`bigint`,
    integer: sql`integer`,
    json: sql`jsonb`,
  },
  finish: (table) => table,
  excludeOverlaps: async (db, table) => {
    if (!(await makeAvailable(db, 'btree_gist'))) return
    await sql`alter table ${sql.table(table)} add constraint ${sql.ref(`${table}_one_live`)}
      exclude using gist (document_id with =, int8range(live_from, live_to) with &&)
      where (live_from is not null) deferrable`.execute(db)
  },
  makeAppendOnly: async (db, table) => {
    const name = sql.ref(`${table}_is_append_only`)
    await sql`create function ${name}() returns trigger language plpgsql as
      'begin raise exception ''Rows of this table are never changed.''; end'`.execute(db)
    await sql`create trigger ${name} before update or delete or truncate on ${sql.table(table)}
      execute function ${name}()`.execute(db)
  },
  readClock: async (db, { forUpdate }) => {
    const { rows } = await sql<{ generation: number; instant: Instant; wall: Instant }>`
      select generation, instant, floor(date_part('epoch', clock_timestamp()) * 1000)::bigint as wall from clock
      ${forUpdate ? sql`for update` : sql``}`.execute(db)
    const [row] = rows
    if (!row) throw new Error('The clock has no row.')
    return row
  },
  readIsolation: 'repeatable read',
  unindexed: (value) => value,
  equal: (value) => sql`${value}`,
  among: (values) =>
    sql`(select value from jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb) as t(value))`,
  words: postgresWords,
  contains: (text, part) => sql`strpos(${text}, ${part}) > 0`,
  fromJson: (stored) => stored,
  isUnavailable: isLostConnection,
  isRetryable: (error) => ['40001', '40P01'].includes(codeOf(error)),
}

/** An engine without the extension, or a user who may not make it, does without the constraint. */
async function makeAvailable(db: Kysely<Database>, extension: string): Promise<boolean> {
  const { rows } = await sql<{ installed: boolean; allowed: boolean }>`
    select installed_version is not null as installed,
      has_database_privilege(current_database(), 'create') as allowed
    from pg_available_extensions where name = ${extension}`.execute(db)
  const [found] = rows
  if (!found || !(found.installed || found.allowed)) return false
  await sql`create extension if not exists ${sql.ref(extension)}`.execute(db)
  return true
}

/** Codes of Node, of the server's classes 08, 53 and 57P (it is starting, stopping, full), and what the driver says. */
function isLostConnection(error: unknown): boolean {
  const code = codeOf(error)
  return (
    /^(08...|53...|57P0[1-5]|57014|25006|25P03|55P03)$/.test(code) ||
    /^(ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)/.test(code) ||
    (error instanceof Error &&
      /^(Connection terminated|Client has encountered|Client was closed|timeout exceeded|Query read timeout)/.test(
        error.message,
      ))
  )
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
