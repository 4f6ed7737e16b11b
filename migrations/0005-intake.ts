import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../src/storage/dialect.ts'
import type { Database } from '../src/storage/schema.ts'
import { createListIndex } from '../src/storage/version-table.ts'

/** Other names of people, by which they are found in a story, and the texts that stories were made from. */
export async function up(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  const { text, integer, json } = dialect.columns
  await db.schema
    .alterTable('person_versions')
    .addColumn('aliases', json, (column) => column.notNull().defaultTo(sql`'[]'`))
    .execute()
  await createListIndex(db, dialect, 'person_aliases_index', 'values')
  const sources = db.schema
    .createTable('sources')
    .addColumn('document_id', text, (column) => column.notNull().references('documents.id'))
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('media_type', text, (column) => column.notNull())
    .addColumn('text', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('sources_pk', ['document_id', 'version'])
  await dialect.finish(sources).execute()
}
