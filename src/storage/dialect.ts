import {
  CompiledQuery,
  type CreateTableBuilder,
  type Kysely,
  type RawBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import { FOREVER, type Instant } from './clock.ts'
import type { Database, WordsRow } from './schema.ts'
import { idsOf } from './word-ids.ts'

/** Letters, digits and marks only: nothing in it means something to an index. */
export interface IndexedWord {
  readonly word: string
  /** It is the beginning of a word. */
  readonly isPrefix: boolean
}

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
  /** Lets the rows of `version_words` be found by single words. */
  indexWords(db: Kysely<Database>): Promise<void>
  /** Does so again after their ids have changed. */
  reindexWords(db: Kysely<Database>): Promise<void>
  /** The documents that a version with all of these belongs to, by that index; undefined when those versions are more than `most`. */
  findByWords(
    db: Kysely<Database>,
    words: readonly IndexedWord[],
    where: {
      /** Only versions that were live at this instant or before; absent: all. */
      readonly seenBy: Instant | undefined
      readonly most: number
    },
  ): Promise<string[] | undefined>
  /**
   * The last of those versions in the order of publication, up to `most` of those that were published by the
   * minute of `until`; the last one first. Undefined where the index gives its rows in no order.
   */
  readonly findNewestByWords:
    | ((
        db: Kysely<Database>,
        words: readonly IndexedWord[],
        where: { readonly until: Instant; readonly most: number },
      ) => Promise<WordsFound[]>)
    | undefined
  /** The part stands in the text, code point by code point. */
  contains(text: RawBuilder<unknown>, part: string): RawBuilder<SqlBool>
  fromJson(stored: unknown): unknown
  /** The database did not answer, or asks to come again later. */
  isUnavailable(error: unknown): boolean
  /** The database undid the transaction because of another one, and asks to run it again. */
  isRetryable(error: unknown): boolean
}

/** A row of words, whose id is in the order of publication (`word-ids.ts`). */
export type WordsFound = Pick<WordsRow, 'id' | 'document_id' | 'live_from'>

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
  // Without texts or positions of its own: of a word, the rows that have it. Triggers keep it in step.
  indexWords: async (db) => {
    await sql`create virtual table words_fts using fts5(words, content = '', detail = none, columnsize = 0, tokenize = 'ascii')`.execute(
      db,
    )
    await sql`insert into words_fts (words_fts, rank) values ('secure-delete', 1)`.execute(db)
    await sql`create trigger version_words_come after insert on version_words begin
      insert into words_fts (rowid, words) values (new.id, new.words); end`.execute(db)
    await sql`create trigger version_words_go after delete on version_words begin
      insert into words_fts (words_fts, rowid, words) values ('delete', old.id, old.words); end`.execute(db)
  },
  reindexWords: async (db) => {
    for (const name of ['version_words_come', 'version_words_go'])
      await sql`drop trigger ${sql.ref(name)}`.execute(db)
    await sql`drop table words_fts`.execute(db)
    await sqlite.indexWords(db)
    await sql`insert into words_fts (rowid, words) select id, words from version_words order by id`.execute(
      db,
    )
  },
  findByWords: (db, words, { seenBy, most }) =>
    foundBy(
      db,
      most,
      sql`select s.document_id from words_fts as f cross join version_words as s on s.id = f.rowid
        where f.words_fts match ${matching(words)} and ${seenUntil(seenBy)} limit ${sql.lit(most + 1)}`,
    ),
  // From its end, the index steps through all rows of a common word to meet one of a rare word, where from its
  // beginning it leaps: what few rows have is found from there.
  findNewestByWords: async (db, words, { until, most }) => {
    const [, before] = idsOf(until)
    const match = matching(words)
    const { rows } = await sql<WordsFound>`with few(id) as materialized (
        select rowid from words_fts where words_fts match ${match} limit ${sql.lit(FEW + 1)}),
      counted(rows) as materialized (select count(*) from few)
      select s.id, s.document_id, s.live_from
        from (select id from few where (select rows from counted) <= ${sql.lit(FEW)} and id < ${before}
          order by id desc limit ${sql.lit(most)}) as f cross join version_words as s on s.id = f.id
      union all select * from (select s.id, s.document_id, s.live_from
        from words_fts as f cross join version_words as s on s.id = f.rowid
        where f.words_fts match case when (select rows from counted) > ${sql.lit(FEW)} then ${match} else ${NO_WORD} end
          and f.rowid < ${before} order by f.rowid desc limit ${sql.lit(most)})`.execute(db)
    return rows.sort((one, other) => other.id - one.id)
  },
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
  // For a word that many texts have, PostgreSQL would rather read them than enter the index, which takes it longer.
  indexWords: async (db) => {
    await sql`create function words_of(words text) returns tsvector immutable strict parallel safe cost 1000 language sql
      return array_to_tsvector(array_remove(array_remove(string_to_array(words, ' '), ''), E'\\n'))`.execute(
      db,
    )
    await sql`create index version_words_by_word on version_words using gin (words_of(words))`.execute(db)
    await sql`create function find_by_words(query tsquery, seen_by bigint, unseen boolean, most integer)
      returns table (document_id text) stable set enable_seqscan = off language sql as
      'select document_id from version_words
        where words_of(words) @@ query and (unseen or live_from <= seen_by) limit most'`.execute(db)
  },
  findByWords: (db, words, { seenBy, most }) => {
    const query = words.map(({ word, isPrefix }) => `'${word}'${isPrefix ? ':*' : ''}`).join(' & ')
    const until = seenBy ?? sql.lit(FOREVER)
    return foundBy(
      db,
      most,
      sql`select document_id from find_by_words(${query}::tsquery, ${until}, ${seenBy === undefined}, ${sql.lit(most + 1)})`,
    )
  },
  reindexWords: async () => {}, // it finds rows wherever they are
  findNewestByWords: undefined,
  contains: (text, part) => sql`strpos(${text}, ${part}) > 0`,
  fromJson: (stored) => stored,
  isUnavailable: isLostConnection,
  isRetryable: (error) => ['40001', '40P01'].includes(codeOf(error)),
}

/** Rows of words. */
const FEW = 1_000
/** No row has it: what is no type's stands for none (`documents/words.ts`). */
const NO_WORD = '"§"'

function matching(words: readonly IndexedWord[]): string {
  return words.map(({ word, isPrefix }) => `"${word}"${isPrefix ? '*' : ''}`).join(' AND ')
}

function seenUntil(instant: Instant | undefined): RawBuilder<SqlBool> {
  return instant === undefined ? sql`true` : sql`s.live_from <= ${instant}`
}

async function foundBy(
  db: Kysely<Database>,
  most: number,
  query: RawBuilder<{ document_id: string }>,
): Promise<string[] | undefined> {
  const { rows } = await query.execute(db)
  return rows.length > most ? undefined : rows.map(({ document_id }) => document_id)
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
