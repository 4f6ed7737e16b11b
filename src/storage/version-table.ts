import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import { FOREVER } from './clock.ts'
import type { Dialect } from './dialect.ts'
import type { Database, VersionTable } from './schema.ts'

type Columns = CreateTableBuilder<string, string>

/**
 * Creates `<type>_versions` with what every such table has, for a migration to add the fields to. One
 * covering index serves lists in order at any instant, one finds the version of a document that is live,
 * and two find the next instant at which a window opens or closes. What is added here later is also added,
 * by a migration, to the tables that are there already.
 */
export async function createVersionTable(
  db: Kysely<Database>,
  { columns: { text, integer, instant }, finish, excludeOverlaps }: Dialect,
  name: VersionTable,
  fields: (table: Columns) => Columns,
): Promise<void> {
  const table = db.schema
    .createTable(name)
    .addColumn('document_id', text, (column) => column.notNull().references('documents.id'))
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('slug', text)
    .addColumn('created_at', instant, (column) => column.notNull())
    .addColumn('published_at', instant)
    .addColumn('live_from', instant)
    .addColumn('live_to', instant)
    .addColumn('expires_at', instant)
    .addColumn('withdrawn', integer, (column) => column.notNull())
    .addColumn('saved_at', instant, (column) => column.notNull())
    .addColumn('saved_by', text, (column) => column.notNull())
    .addColumn('action', text, (column) => column.notNull())
    .addColumn('note', text)
    .addColumn('minor', integer, (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint(`${name}_pk`, ['document_id', 'version'])
    .addCheckConstraint(
      `${name}_window`,
      sql`(live_from is null) = (live_to is null) and live_from <= live_to`,
    )
  await finish(fields(table)).execute()
  await excludeOverlaps(db, name)
  await db.schema
    .createIndex(`${name}_window_of`)
    .on(name)
    .columns(['document_id', 'live_from desc', 'live_to'])
    .execute()
  await db.schema
    .createIndex(`${name}_newest_first`)
    .on(name)
    .columns(['published_at desc', 'document_id desc', 'live_from', 'live_to'])
    .execute()
  await indexBorders(db, name)
  await indexInstants(db, name)
}

/**
 * Indexes what every list can be sorted by: when its version went live or was saved, and when it was first
 * published, at the end of time for what is not yet. The reading of lists has the same expressions.
 */
export async function indexInstants(db: Kysely<Database>, name: VersionTable): Promise<void> {
  const orders = [
    ['by_update', sql`coalesce(live_from, saved_at)`],
    ['by_publication', sql`coalesce(published_at, ${sql.lit(FOREVER)})`],
  ] as const
  for (const [order, instant] of orders)
    await sql`create index if not exists ${sql.ref(`${name}_${order}`)} on ${sql.table(name)}
      ((${instant}) desc, document_id desc, live_from, live_to)`.execute(db)
}

/** Indexes the ends of windows, for what goes live or away next. */
export async function indexBorders(db: Kysely<Database>, name: VersionTable): Promise<void> {
  for (const border of ['live_from', 'live_to'])
    await db.schema.createIndex(`${name}_${border}`).on(name).column(border).execute()
}

/** Indexes a column that lists are read by, for any instant and newest first. */
export async function indexForLists(db: Kysely<Database>, name: VersionTable, column: string): Promise<void> {
  await db.schema
    .createIndex(`${name}_by_${column}`)
    .on(name)
    .columns([column, 'published_at desc', 'document_id desc', 'live_from', 'live_to'])
    .execute()
}

/** Indexes a text that lists are sorted by. */
export async function indexForOrder(db: Kysely<Database>, name: VersionTable, column: string): Promise<void> {
  await db.schema
    .createIndex(`${name}_in_order_of_${column}`)
    .on(name)
    .columns([column, 'document_id', 'live_from', 'live_to'])
    .execute()
}

/**
 * Creates the table that finds versions by what is in one of their lists. It copies their windows.
 *
 * @param holds ids of documents, or plain values
 */
export async function createListIndex(
  db: Kysely<Database>,
  { columns: { text, integer, instant }, finish }: Dialect,
  name: `${string}_index`,
  holds: 'ids' | 'values' = 'ids',
): Promise<void> {
  const table = db.schema
    .createTable(name)
    .addColumn('document_id', text, (column) => column.notNull())
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('target_id', text, (column) => {
      const filled = column.notNull()
      return holds === 'ids' ? filled.references('documents.id') : filled
    })
    .addColumn('published_at', instant)
    .addColumn('live_from', instant)
    .addColumn('live_to', instant)
    .addPrimaryKeyConstraint(`${name}_pk`, ['document_id', 'version', 'target_id'])
  await finish(table).execute()
  await db.schema
    .createIndex(`${name}_by_target`)
    .on(name)
    .columns(['target_id', 'published_at desc', 'document_id desc', 'live_from', 'live_to'])
    .execute()
}
