import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../src/storage/dialect.ts'
import type { Database, VersionTable } from '../src/storage/schema.ts'
import { createListIndex, indexForLists, indexForOrder, indexInstants } from '../src/storage/version-table.ts'

/** What lists can be narrowed by and sorted by. */
export async function up(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  const tables: VersionTable[] = ['article_versions', 'quote_versions', 'person_versions', 'link_versions']
  for (const table of tables) await indexInstants(db, table)
  await indexForLists(db, 'article_versions', 'kind')
  await indexForLists(db, 'article_versions', 'language')
  await indexForLists(db, 'quote_versions', 'said_on')
  await indexForLists(db, 'link_versions', 'kind')
  await indexForLists(db, 'person_versions', 'country')
  await indexForOrder(db, 'article_versions', 'headline')
  await indexForOrder(db, 'person_versions', 'name')
  await indexForOrder(db, 'link_versions', 'title')
  await createListIndex(db, dialect, 'article_tags_index', 'values')
  await indexTags(db, dialect)
}

const AT_ONCE = 1_000

/** Of the versions that are there already. */
async function indexTags(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  for (let from: Tagged | undefined; ; ) {
    const after = from ? sql`where (document_id, version) > (${from.document_id}, ${from.version})` : sql``
    const { rows } = await sql<Tagged>`select document_id, version, tags, published_at, live_from, live_to
      from article_versions ${after} order by document_id, version limit ${sql.lit(AT_ONCE)}`.execute(db)
    const entries = rows.flatMap(({ tags, ...version }) =>
      [...new Set(dialect.fromJson(tags) as string[])].map((tag) => ({ ...version, target_id: tag })),
    )
    for (let start = 0; start < entries.length; start += AT_ONCE)
      await db
        .insertInto('article_tags_index' as VersionTable) // neither it nor its columns are in the static types
        .values(entries.slice(start, start + AT_ONCE) as never) // likewise
        .execute()
    from = rows.at(-1)
    if (rows.length < AT_ONCE) return
  }
}

interface Tagged {
  document_id: string
  version: number
  tags: unknown
  published_at: number | null
  live_from: number | null
  live_to: number | null
}
