import { sql } from 'kysely'
import { run } from './statement.ts'
import type { Asking, IndexedWord, WordIndex, WordsFound } from './word-index.ts'

/** Of more rows, a page fills sooner along its order than they are collected and sorted. */
const MOST_ROWS = 20_000

/**
 * GIN, which collects all rows of a word before it gives the first. So the planner is asked how many they will be, by
 * its statistics. What has come last is in a list of its own, which each search reads: it is kept short. Where few have
 * the words, PostgreSQL might still rather read all texts than enter the index, which takes it longer.
 */
export const postgresWords: WordIndex = {
  create: async (db) => {
    await sql`create function words_of(words text) returns tsvector immutable strict parallel safe cost 1000 language sql
      return array_to_tsvector(array_remove(array_remove(string_to_array(words, ' '), ''), E'\\n'))`.execute(
      db,
    )
    await sql`create index version_words_by_word on version_words using gin (words_of(words))
      with (gin_pending_list_limit = 256)`.execute(db)
    await sql`create function find_by_words(query tsquery, types text[], after bigint, seen_by bigint, most integer)
      returns table (id bigint, document_id text, type text, live_from bigint) language plpgsql
      set enable_seqscan = off as ${sql.lit(FIND)}`.execute(db)
  },
  recreate: async (db, change) => {
    await sql`drop function find_by_words`.execute(db)
    await sql`drop index version_words_by_word`.execute(db)
    await sql`drop function words_of`.execute(db)
    await change()
    await postgresWords.create(db)
  },
  find: async (trx, type, words, { seenBy, most }) => {
    const rows = await find(trx, [type], words, { after: 0, seenBy, most: most + 1 })
    return rows === undefined || rows.length > most ? undefined : rows.map((row) => row.document_id)
  },
  findInOrder: find,
}

/** One row of nothing where they are too many. */
const FIND = `
#variable_conflict use_column
declare plan json;
begin
  execute format('explain (format json) select from version_words where words_of(words) @@ %L::tsquery', query) into plan;
  if (plan->0->'Plan'->>'Plan Rows')::float > ${MOST_ROWS} then
    return next;
  else
    return query with found as materialized (
        select w.id, w.document_id, w.type, w.live_from from version_words as w where words_of(w.words) @@ query)
      select * from found where type = any(types) and id > after and (seen_by is null or live_from <= seen_by)
        order by id limit most;
  end if;
end`

async function find(
  trx: Asking,
  types: readonly string[],
  words: readonly IndexedWord[],
  where: { readonly after: number; readonly seenBy?: number | undefined; readonly most: number },
): Promise<WordsFound[] | undefined> {
  const query = words.map(({ word, isPrefix }) => `'${word}'${isPrefix ? ':*' : ''}`).join(' & ')
  const rows = await run<WordsFound>(
    trx,
    'words',
    [query, types, where.after, where.seenBy ?? null, where.most],
    (query, types, after, seenBy, most) =>
      sql`select id, document_id, type, live_from
        from find_by_words(${query}::tsquery, ${types}, ${after}, ${seenBy}, ${most})`,
  )
  return rows[0]?.id === null ? undefined : rows
}
