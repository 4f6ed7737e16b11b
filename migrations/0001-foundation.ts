import type { Kysely } from 'kysely'
import type { Dialect } from '../src/storage/dialect.ts'
import type { Database } from '../src/storage/schema.ts'
import { createListIndex, createVersionTable, indexForLists } from '../src/storage/version-table.ts'

/** Identity, the clock, tokens, and the first four types: articles, quotes, people and related links. */
export async function up(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  await createIdentity(db, dialect)
  await createTokens(db, dialect)
  await createArticles(db, dialect)
  await createQuotes(db, dialect)
  await createPeople(db, dialect)
  await createRelatedLinks(db, dialect)
}

async function createIdentity(
  db: Kysely<Database>,
  { columns: { text, integer, instant }, finish }: Dialect,
) {
  const documents = db.schema
    .createTable('documents')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('latest_version', integer, (column) => column.notNull())
    .addColumn('created_at', instant, (column) => column.notNull())
    .addColumn('purged_at', instant)
  await finish(documents).execute()
  await db.schema
    .createIndex('documents_newest_first')
    .on('documents')
    .columns(['type', 'created_at desc', 'id desc'])
    .execute()
  const slugs = db.schema
    .createTable('slugs')
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('slug', text, (column) => column.notNull())
    .addColumn('document_id', text, (column) => column.notNull().references('documents.id'))
    .addPrimaryKeyConstraint('slugs_pk', ['type', 'slug'])
  await finish(slugs).execute()
  const clock = db.schema
    .createTable('clock')
    .addColumn('id', integer, (column) => column.primaryKey().notNull())
    .addColumn('generation', instant, (column) => column.notNull())
    .addColumn('instant', instant, (column) => column.notNull())
  await finish(clock).execute()
  await db.insertInto('clock').values({ id: 1, generation: 0, instant: 0 }).execute()
}

async function createTokens(db: Kysely<Database>, { columns: { text, instant }, finish }: Dialect) {
  const tokens = db.schema
    .createTable('tokens')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('hash', text, (column) => column.notNull().unique())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('created_at', instant, (column) => column.notNull())
  await finish(tokens).execute()
}

async function createArticles(db: Kysely<Database>, dialect: Dialect) {
  const { text, integer, json } = dialect.columns
  await createVersionTable(db, dialect, 'article_versions', (table) =>
    table
      .addColumn('headline', text, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('standfirst', text)
      .addColumn('body', text, (column) => column.notNull())
      .addColumn('language', text)
      .addColumn('place', text)
      .addColumn('byline', text)
      .addColumn('source', json)
      .addColumn('image', json)
      .addColumn('tags', json, (column) => column.notNull())
      .addColumn('canonical_url', text)
      .addColumn('people', json, (column) => column.notNull())
      .addColumn('word_count', integer, (column) => column.notNull()),
  )
  await createListIndex(db, dialect, 'article_people_index')
}

async function createQuotes(db: Kysely<Database>, dialect: Dialect) {
  const { text, integer, json } = dialect.columns
  await createVersionTable(db, dialect, 'quote_versions', (table) =>
    table
      .addColumn('article_id', text, (column) => column.notNull().references('documents.id'))
      .addColumn('position', integer, (column) => column.notNull())
      .addColumn('speaker_id', text, (column) => column.references('documents.id'))
      .addColumn('text', text, (column) => column.notNull())
      .addColumn('role', text)
      .addColumn('said_on', text)
      .addColumn('setting', text)
      .addColumn('via', text)
      .addColumn('original', json),
  )
  await indexForLists(db, 'quote_versions', 'article_id')
  await indexForLists(db, 'quote_versions', 'speaker_id')
}

async function createPeople(db: Kysely<Database>, dialect: Dialect) {
  const { text, json } = dialect.columns
  await createVersionTable(db, dialect, 'person_versions', (table) =>
    table
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('role', text)
      .addColumn('affiliation', text)
      .addColumn('country', text)
      .addColumn('description', text)
      .addColumn('same_as', json, (column) => column.notNull())
      .addColumn('image', json),
  )
}

async function createRelatedLinks(db: Kysely<Database>, dialect: Dialect) {
  const { text, integer } = dialect.columns
  await createVersionTable(db, dialect, 'link_versions', (table) =>
    table
      .addColumn('article_id', text, (column) => column.notNull().references('documents.id'))
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('title', text, (column) => column.notNull())
      .addColumn('url', text)
      .addColumn('target_article_id', text, (column) => column.references('documents.id'))
      .addColumn('position', integer, (column) => column.notNull()),
  )
  await indexForLists(db, 'link_versions', 'article_id')
}
