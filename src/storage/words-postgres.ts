import { sql } from 'kysely'
import { FOREVER } from './clock.ts'
import { run } from './statement.ts'
import { typeWord, type WordIndex } from './word-index.ts'

/** GIN. For a word that many texts have, PostgreSQL would rather read them than enter the index, which takes it longer. */
export const postgresWords: WordIndex = {
  create: async (db) => {
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
  recreate: async () => {}, // it finds rows wherever they are
  find: async (trx, type, words, { seenBy, most }) => {
    const all = [{ word: typeWord(type), isPrefix: false }, ...words]
    const query = all.map(({ word, isPrefix }) => `'${word}'${isPrefix ? ':*' : ''}`).join(' & ')
    const rows = await run<{ document_id: string }>(
      trx,
      'words',
      [query, seenBy ?? FOREVER, seenBy === undefined, most + 1],
      (query, until, unseen, most) =>
        sql`select document_id from find_by_words(${query}::tsquery, ${until}, ${unseen}, ${most})`,
    )
    return rows.length > most ? undefined : rows.map(({ document_id }) => document_id)
  },
  findInOrder: async () => undefined,
}
