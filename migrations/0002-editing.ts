import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../src/storage/dialect.ts'
import type { Database, VersionTable } from '../src/storage/schema.ts'
import { indexBorders } from '../src/storage/version-table.ts'

/** Notes and corrections on versions, tombstones, what a token may expire by, the audit, and kept replies. */
export async function up(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  for (const table of await versionTablesWithoutNotes(db)) await addNotes(db, dialect, table)
  await addCorrections(db, dialect)
  await db.schema
    .alterTable('documents')
    .addColumn('purged_public', dialect.columns.integer, (column) => column.notNull().defaultTo(0))
    .execute()
  await extendTokens(db, dialect)
  await createAudit(db, dialect)
  await createReplies(db, dialect)
}

/** Tables from before this migration; those made since have the columns from the beginning. */
async function versionTablesWithoutNotes(db: Kysely<Database>): Promise<VersionTable[]> {
  const tables = await db.introspection.getTables()
  return tables
    .filter(
      ({ name, columns }) => name.endsWith('_versions') && !columns.some((each) => each.name === 'note'),
    )
    .map(({ name }) => name as VersionTable) // by its ending
}

async function addNotes(db: Kysely<Database>, { columns: { text, integer } }: Dialect, table: VersionTable) {
  await db.schema.alterTable(table).addColumn('note', text).execute()
  await db.schema
    .alterTable(table)
    .addColumn('minor', integer, (column) => column.notNull().defaultTo(0))
    .execute()
  await indexBorders(db, table)
}

async function addCorrections(db: Kysely<Database>, { columns: { json } }: Dialect) {
  await db.schema
    .alterTable('article_versions')
    .addColumn('corrections', json, (column) => column.notNull().defaultTo(sql`'[]'`))
    .execute()
}

async function extendTokens(db: Kysely<Database>, { columns: { text, instant } }: Dialect) {
  await db.schema
    .alterTable('tokens')
    .addColumn('created_by', text, (column) => column.notNull().defaultTo('command-line'))
    .execute()
  for (const column of ['expires_at', 'revoked_at', 'last_used_at'])
    await db.schema.alterTable('tokens').addColumn(column, instant).execute()
}

async function createAudit(db: Kysely<Database>, dialect: Dialect) {
  const { text, integer, instant } = dialect.columns
  const audit = db.schema
    .createTable('audit')
    .addColumn('id', instant, (column) => column.primaryKey().notNull())
    .addColumn('at', instant, (column) => column.notNull())
    .addColumn('token_id', text, (column) => column.notNull())
    .addColumn('address', text)
    .addColumn('request_id', text)
    .addColumn('action', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('document_id', text, (column) => column.notNull())
    .addColumn('version', integer)
  await dialect.finish(audit).execute()
  for (const column of ['at', 'token_id', 'document_id', 'action'])
    await db.schema.createIndex(`audit_by_${column}`).on('audit').columns([column, 'id']).execute()
  await dialect.makeAppendOnly(db, 'audit')
}

async function createReplies(db: Kysely<Database>, { columns: { text, integer, instant }, finish }: Dialect) {
  const replies = db.schema
    .createTable('replies')
    .addColumn('token_id', text, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('request_hash', text, (column) => column.notNull())
    .addColumn('status', integer, (column) => column.notNull())
    .addColumn('location', text)
    .addColumn('etag', text)
    .addColumn('payload', text)
    .addColumn('created_at', instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('replies_pk', ['token_id', 'key'])
  await finish(replies).execute()
  await db.schema.createIndex('replies_by_age').on('replies').column('created_at').execute()
}
