import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../src/storage/dialect.ts'
import type { Database } from '../src/storage/schema.ts'

/** Numbers the rows of words in the order of publication, as `src/storage/word-ids.ts` does. */
export async function up(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  const versions = ['article', 'quote', 'person', 'link'].map(
    (type) => sql`select document_id, version, published_at from ${sql.table(`${type}_versions`)}`,
  )
  await dialect.words.recreate(db, async () => {
    await sql`update version_words set id = -id`.execute(db) // out of the way of those to come
    await sql`with blocks as (
        select w.id, case when v.published_at is null then 67108863 when v.published_at < 0 then 0
            when v.published_at >= 4026531720000 then 67108862 else v.published_at / 60000 end as block
          from version_words as w join (${sql.join(versions, sql` union all `)}) as v
            on v.document_id = w.document_id and v.version = w.version),
      numbered as (
        select id, block * 134217728 + row_number() over (partition by block order by id desc) as next from blocks)
      update version_words set id = numbered.next from numbered where numbered.id = version_words.id`.execute(
      db,
    )
  })
}
