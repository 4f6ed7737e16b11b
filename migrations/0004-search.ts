import { type Kysely, sql } from 'kysely'
import { indexedText } from '../src/documents/words.ts'
import type { Dialect } from '../src/storage/dialect.ts'
import type { Database } from '../src/storage/schema.ts'

/** The words of every version, and what finds versions by them. */
export async function up(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  const { text, integer, instant } = dialect.columns
  const table = db.schema
    .createTable('version_words')
    .addColumn('id', instant, (column) => column.notNull().primaryKey())
    .addColumn('document_id', text, (column) => column.notNull().references('documents.id'))
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('live_from', instant)
    .addColumn('words', text, (column) => column.notNull())
  await dialect.finish(table).execute()
  await db.schema
    .createIndex('version_words_of')
    .unique()
    .on('version_words')
    .columns(['document_id', 'version'])
    .execute()
  await dialect.words.create(db)
  let id = 0
  for (const [type, columns] of searched) id = await fill(db, type, columns, id)
}

const searched = [
  ['article', ['headline', 'standfirst', 'body', 'byline', 'place']],
  ['quote', ['text', 'role', 'setting', 'via']],
  ['person', ['name', 'role', 'affiliation', 'description']],
  ['link', ['title']],
] as const

const AT_ONCE = 500

/** Of the versions that are there already. */
async function fill(
  db: Kysely<Database>,
  type: string,
  columns: readonly string[],
  last: number,
): Promise<number> {
  let id = last
  for (let from: Texts | undefined; ; ) {
    const after = from ? sql`where (document_id, version) > (${from.document_id}, ${from.version})` : sql``
    const names = sql.join(
      ['document_id', 'version', 'live_from', ...columns].map((column) => sql.ref(column)),
    )
    const { rows } = await sql<Texts>`select ${names} from ${sql.table(`${type}_versions`)} ${after}
      order by document_id, version limit ${sql.lit(AT_ONCE)}`.execute(db)
    const found = rows.map(({ document_id, version, live_from, ...texts }) => {
      const words = indexedText({ searched: columns }, texts)
      id += 1
      return { id, document_id, version, type, live_from, words }
    })
    if (found.length > 0) await db.insertInto('version_words').values(found).execute()
    from = rows.at(-1)
    if (rows.length < AT_ONCE) return id
  }
}

interface Texts {
  document_id: string
  version: number
  live_from: number | null
  [column: string]: unknown
}
