import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../src/storage/dialect.ts'
import type { Database } from '../src/storage/schema.ts'

/** Numbers the rows of words so that the newest come first, as `src/storage/word-ids.ts` does; their type is no longer among them. */
export async function up(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  await dialect.words.recreate(db, async () => {
    await sql`update version_words set id = -id`.execute(db) // out of the way of those to come
    await sql`update version_words
      set id = (67108863 - (-id) / 134217728) * 134217728 + (-id) % 134217728,
        words = case when words like ' §%' then substr(words, length(type) + 3) else words end`.execute(db)
  })
}
