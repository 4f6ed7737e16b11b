import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './schema.ts'
import { run } from './statement.ts'
import type { Asking, IndexedWord, WordIndex, WordsFound } from './word-index.ts'

/**
 * FTS5 without texts or positions of its own: of a word, the rows that have it, by their ids. Each word is kept with
 * the type of its document before it, so that whoever looks in one type meets no other. FTS5 would collect all rows
 * of all words with the same beginning before it gave the first: so these words are read from its vocabulary, and
 * each is looked for. Triggers keep it in step.
 */
export const sqliteWords: WordIndex = {
  create: async (db) => {
    await createTables(db)
    await createTriggers(db)
  },
  recreate: async (db, change) => {
    for (const name of ['version_words_come', 'version_words_go'])
      await sql`drop trigger ${sql.ref(name)}`.execute(db)
    await sql`drop table if exists words_terms`.execute(db)
    await sql`drop table words_fts`.execute(db)
    await change()
    await createTables(db)
    await sql`insert into words_fts (rowid, words)
      select id, ${typed('version_words')} from version_words order by id`.execute(db)
    await createTriggers(db)
  },
  find: async (trx, type, words, { seenBy, most }) => {
    const match = await matching(trx, [type], words)
    if (match === undefined) return undefined
    const rows = await run<{ document_id: string }>(
      trx,
      'words',
      [match, seenBy ?? null, most + 1],
      (match, seenBy, most) =>
        sql`select s.document_id from words_fts as f cross join version_words as s on s.id = f.rowid
          where f.words_fts match ${match} and (${seenBy} is null or s.live_from <= ${seenBy}) limit ${most}`,
    )
    return rows.length > most ? undefined : rows.map(({ document_id }) => document_id)
  },
  findInOrder: async (trx, types, words, { after, most }) => {
    const match = await matching(trx, types, words)
    if (match === undefined) return undefined
    // FTS5 begins at an integer, and the driver sends all numbers as floats.
    return run<WordsFound>(
      trx,
      'words in order',
      [match, after, most],
      (match, after, most) =>
        sql`select s.id, s.document_id, s.type, s.live_from
          from words_fts as f cross join version_words as s on s.id = f.rowid
          where f.words_fts match ${match} and f.rowid > cast(${after} as integer) order by f.rowid limit ${most}`,
    )
  },
}

async function createTables(db: Kysely<Database>): Promise<void> {
  await sql`create virtual table words_fts
    using fts5(words, content = '', detail = none, columnsize = 0, tokenize = 'ascii')`.execute(db)
  await sql`insert into words_fts (words_fts, rank) values ('secure-delete', 1)`.execute(db)
  await sql`create virtual table words_terms using fts5vocab(words_fts, instance)`.execute(db)
}

async function createTriggers(db: Kysely<Database>): Promise<void> {
  await sql`create trigger version_words_come after insert on version_words begin
    insert into words_fts (rowid, words) values (new.id, ${typed('new')}); end`.execute(db)
  await sql`create trigger version_words_go after delete on version_words begin
    insert into words_fts (words_fts, rowid, words) values ('delete', old.id, ${typed('old')}); end`.execute(
    db,
  )
}

/** The words of a row, which stand between blanks and line breaks, as the index has them. */
function typed(row: string): RawBuilder<string> {
  const [type, words] = ['type', 'words'].map((column) => sql.ref(`${row}.${column}`))
  return sql`replace(replace(rtrim(${words}), ' ' || char(10), ''),
    ' ', ' ' || ${type} || '§')`
}

/** More words that begin alike take longer to look for than a page takes to fill with what has one of so many. */
const MOST_TERMS = 100

/** What has all of the words, in one of the types, apart from beginnings of too many; undefined if nothing else is left. */
async function matching(
  trx: Asking,
  types: readonly string[],
  words: readonly IndexedWord[],
): Promise<string | undefined> {
  const ofTypes: string[] = []
  for (const type of types) {
    const all: string[] = []
    for (const { word, isPrefix } of words) {
      const terms = isPrefix ? await termsFrom(trx, `${type}§${word}`) : [`${type}§${word}`]
      if (terms.length <= MOST_TERMS) all.push(`(${terms.map((term) => `"${term}"`).join(' OR ')})`)
    }
    if (all.length === 0) return undefined
    ofTypes.push(all.join(' AND '))
  }
  return ofTypes.join(' OR ')
}

/**
 * The terms that begin so, or more than are looked for; if there is none, what no document has. The vocabulary has a
 * row for each time that a term is there, so it is entered anew behind each term.
 */
async function termsFrom(trx: Asking, beginning: string): Promise<string[]> {
  const rows = await run<{ term: string }>(
    trx,
    'terms',
    [beginning, `${beginning}\u{10ffff}`],
    (from, to) =>
      sql`with recursive terms (term) as (
          select (select term from words_terms where term >= ${from} limit 1)
          union all
          select (select term from words_terms where term >= terms.term || char(1) limit 1)
            from terms where term < ${to} limit ${sql.lit(MOST_TERMS + 1)})
        select term from terms where term < ${to}`,
  )
  return rows.length > 0 ? rows.map(({ term }) => term) : [beginning]
}
