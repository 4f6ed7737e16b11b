import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { connectTo } from './connect.ts'
import type { Dialect } from './dialect.ts'
import { migrate } from './migrate.ts'
import type { Backend, Progress } from './open.ts'
import type { Database } from './schema.ts'

export interface CopyReport {
  readonly tables: number
  readonly rows: number
  /** SHA-256 over every row of every table, the same on both sides. */
  readonly checksum: string
}

const BATCH = 500

/** A table in the target that is there while a copy is under way, with the source's generation. */
const MARKER = 'copy_under_way'

type Row = Record<string, unknown>

interface Side {
  readonly db: Kysely<Database>
  readonly dialect: Dialect
}

/**
 * Moves everything from one database to another, of the same kind or not: rows as they are, in the order
 * of their keys, so that a copy that was interrupted goes on after the last row that arrived.
 *
 * @param progress is told how many rows are there so far, and how many there are in all
 * @throws Error when the target holds anything but the beginning of a copy of this source, when the source
 *   is written to meanwhile, or when the two sides differ in the end
 */
export async function copyDatabase(from: string, to: string, progress: Progress): Promise<CopyReport> {
  const [source, target] = [await connectTo(from), await connectTo(to)]
  try {
    await migrate(source.writer, source.dialect)
    await migrate(target.writer, target.dialect)
    return await copyBetween(sideOf(source), sideOf(target), progress)
  } finally {
    await Promise.all([source, target].flatMap(({ reader, writer }) => [reader.destroy(), writer.destroy()]))
  }
}

async function copyBetween(source: Side, target: Side, progress: Progress): Promise<CopyReport> {
  const generation = await generationOf(source)
  await begin(target, generation)
  const tables = await tablesOf(source.db)
  const json = new Set([...(await jsonColumns(source.db)), ...(await jsonColumns(target.db))])
  const totals = await Promise.all(tables.map((table) => count(source, table)))
  const total = totals.reduce((sum, rows) => sum + rows, 0)
  let done = 0
  for (const table of tables)
    await copyTable(source, target, table, json, (rows) => {
      done += rows
      progress(done, total)
    })
  if ((await generationOf(source)) !== generation)
    throw new Error(
      'The source was written to during the copy. Stop its servers and copy into an empty database again.',
    )
  const report = await compare(source, target, tables, json)
  await sql`drop table ${sql.table(MARKER)}`.execute(target.db)
  return report
}

/** Marks the target, or finds the mark of an interrupted copy of the same state. */
async function begin(target: Side, generation: number): Promise<void> {
  const tables = await target.db.introspection.getTables()
  if (tables.some(({ name }) => name === MARKER)) {
    const { rows } = await sql<{ generation: number }>`select generation from ${sql.table(MARKER)}`.execute(
      target.db,
    )
    if (rows[0]?.generation === generation) return
    throw new Error('The target holds the beginning of a copy of another state. Copy into an empty database.')
  }
  const documents = await count(target, 'documents')
  const tokens = await count(target, 'tokens')
  if (documents + tokens > 0)
    throw new Error(`The target is not empty: it has ${documents} documents and ${tokens} tokens.`)
  await target.db.transaction().execute(async (db) => {
    await sql`create table ${sql.table(MARKER)} (generation ${target.dialect.columns.instant} not null)`.execute(
      db,
    )
    await sql`insert into ${sql.table(MARKER)} (generation) values (${generation})`.execute(db)
  })
}

/** Every table of ours: identities first, because the others refer to them, and the clock last, because it says "whole". */
export async function tablesOf(db: Kysely<Database>): Promise<string[]> {
  const rank = (table: string) => (table === 'documents' ? 0 : table === 'clock' ? 2 : 1)
  const tables = await db.introspection.getTables()
  return tables
    .map(({ name }) => name)
    .filter((name) => name !== MARKER && !/^words_(fts|terms)/.test(name)) // triggers fill them
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
}

/** What a table's rows are in order of. */
export function keyOf(table: string): readonly string[] {
  if (table.endsWith('_versions') || table === 'sources') return ['document_id', 'version']
  if (table.endsWith('_index')) return ['document_id', 'version', 'target_id']
  if (table === 'replies') return ['token_id', 'key']
  return table === 'slugs' ? ['type', 'slug'] : ['id']
}

async function copyTable(
  source: Side,
  target: Side,
  table: string,
  json: ReadonlySet<string>,
  onCopied: (rows: number) => void,
): Promise<void> {
  if (table === 'clock') await sql`delete from clock`.execute(target.db)
  else onCopied(await count(target, table))
  let last = table === 'clock' ? undefined : await lastKey(target, table)
  for (;;) {
    const rows = await page(source, table, last)
    if (rows.length === 0) return
    await insert(target, table, rows, json)
    last = keyOf(table).map((column) => rows.at(-1)?.[column])
    onCopied(rows.length)
  }
}

async function insert(
  { db }: Side,
  table: string,
  rows: readonly Row[],
  json: ReadonlySet<string>,
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const tuples = rows.map((row) => {
    const values = columns.map((column) => {
      const value = row[column]
      return json.has(`${table}.${column}`) && value !== null ? JSON.stringify(parsed(value)) : value
    })
    return sql`(${sql.join(values)})`
  })
  await db.transaction().execute(async (trx) => {
    await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      values ${sql.join(tuples)}`.execute(trx)
  })
}

async function page({ db }: Side, table: string, after: readonly unknown[] | undefined): Promise<Row[]> {
  const key = sql.join(keyOf(table).map((column) => sql.ref(column)))
  const beyond = after ? sql`where (${key}) > (${sql.join(after)})` : sql``
  const { rows } =
    await sql<Row>`select * from ${sql.table(table)} ${beyond} order by ${key} limit ${sql.lit(BATCH)}`.execute(
      db,
    )
  return rows
}

async function lastKey({ db }: Side, table: string): Promise<unknown[] | undefined> {
  const columns = keyOf(table)
  const { rows } =
    await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)}
    order by ${sql.join(columns.map((column) => sql`${sql.ref(column)} desc`))} limit 1`.execute(db)
  return rows[0] && columns.map((column) => rows[0]?.[column])
}

async function compare(
  source: Side,
  target: Side,
  tables: readonly string[],
  json: ReadonlySet<string>,
): Promise<CopyReport> {
  const [ours, theirs] = await Promise.all([source, target].map((side) => checksumOf(side, tables, json)))
  if (!ours || !theirs) throw new Error('The two sides could not be compared.')
  for (const [table, sum] of ours.tables)
    if (theirs.tables.get(table) !== sum)
      throw new Error(`The table ${table} is not the same on both sides. Copy into an empty database again.`)
  const checksum = createHash('sha256')
    .update([...ours.tables.values()].join())
    .digest('hex')
  return { tables: tables.length, rows: ours.rows, checksum }
}

async function checksumOf(side: Side, tables: readonly string[], json: ReadonlySet<string>) {
  const sums = new Map<string, string>()
  let rows = 0
  for (const table of tables) {
    const hash = createHash('sha256')
    let last: readonly unknown[] | undefined
    for (;;) {
      const batch = await page(side, table, last)
      if (batch.length === 0) break
      for (const row of batch) hash.update(canonical(row, table, json))
      rows += batch.length
      last = keyOf(table).map((column) => batch.at(-1)?.[column])
    }
    sums.set(table, hash.digest('hex'))
  }
  return { tables: sums, rows }
}

/** A row as text that does not depend on the database: columns and the members of JSON in one order. */
function canonical(row: Row, table: string, json: ReadonlySet<string>): string {
  const entries = Object.keys(row)
    .sort()
    .map((column) => [column, json.has(`${table}.${column}`) ? sorted(parsed(row[column])) : row[column]])
  return `${JSON.stringify(entries)}\n`
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, member]) => [name, sorted(member)] as const)
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** The columns, as `table.column`, that a database keeps as JSON of its own kind. */
async function jsonColumns(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables()
  return tables.flatMap(({ name, columns }) =>
    columns.filter(({ dataType }) => dataType === 'jsonb').map((column) => `${name}.${column.name}`),
  )
}

async function generationOf({ db }: Side): Promise<number> {
  const { generation } = await db.selectFrom('clock').select('generation').executeTakeFirstOrThrow()
  return generation
}

async function count({ db }: Side, table: string): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(db)
  return Number(rows[0]?.rows)
}

function sideOf({ writer, dialect }: Backend): Side {
  return { db: writer, dialect }
}
