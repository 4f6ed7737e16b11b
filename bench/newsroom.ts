import SQLite from 'better-sqlite3'
import { idsOf } from '../src/storage/word-ids.ts'
import { startDateline } from './measure/processes.ts'

/**
 * A database of stories of the usual length: the story that Dateline is seeded with, again and again, a minute
 * apart, under other ids and the slugs `story-1`, `story-2` … Each has its quotes and links, a word `desk0007`
 * that it shares with nineteen others, and a body that no other has.
 */
export async function makeNewsroom(path: string, stories: number): Promise<void> {
  const seeding = await startDateline(`sqlite:${path}`, { SEED: 'auto' })
  await seeding.stop()
  const database = new SQLite(path)
  database.exec(`
    create temp table own as select d.id as old, d.type as type, row_number() over (order by d.id) as n
      from documents d where d.type <> 'person';
    create temp table numbers as with recursive all_numbers(i) as
      (select 1 union all select i + 1 from all_numbers where i < ${stories}) select i from all_numbers;
    begin`)
  for (const { name, key } of tablesOfDocuments(database)) multiply(database, name, key)
  database.exec('commit')
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

/** Identities first: the others refer to them. */
function tablesOfDocuments(database: SQLite.Database): { name: string; key: string }[] {
  const tables = database
    .prepare<[], { name: string }>(
      `select distinct t.name from sqlite_schema t join pragma_table_info(t.name) c
       where t.type = 'table' and c.name = 'document_id'`,
    )
    .all()
  return [{ name: 'documents', key: 'id' }, ...tables.map(({ name }) => ({ name, key: 'document_id' }))]
}

function multiply(database: SQLite.Database, table: string, key: string): void {
  const columns = database
    .prepare<[], { name: string }>(`select name from pragma_table_info('${table}')`)
    .all()
  const values = columns.map(({ name }) => columnOf(table, name))
  const order = table === 'version_words' ? 'order by i desc' : '' // the index takes rows in the order of their ids
  database.exec(`insert into ${table} (${columns.map(({ name }) => name).join(', ')})
    select ${values.join(', ')} from ${table} s join own o on o.old = s.${key} join numbers ${order}`)
}

/** What the copy with the number `i` has in a column. */
function columnOf(table: string, column: string): string {
  if (column === 'id' && table === 'version_words') return `s.id - i * ${idsOf(0)[0] - idsOf(60_000)[0]}`
  if (column === 'id' && table !== 'documents')
    return `(select max(id) from ${table}) + row_number() over (order by i, o.n)`
  if (['id', 'document_id', 'article_id'].includes(column))
    return `(select type || '_0' || printf('%012d%013d', n, i) from own where old = s.${column})`
  return others[column] ?? `s.${column}`
}

const others: Readonly<Record<string, string>> = {
  slug: `case when s.slug is null then null else 'story-' || i end`,
  published_at: 's.published_at + i * 60000',
  live_from: 's.live_from + i * 60000',
  headline: `s.headline || ' desk' || printf('%04d', i / 20)`,
  body: `s.body || char(10, 10) || 'Number ' || i || '.'`,
  words: `s.words || case o.type when 'article' then 'desk' || printf('%04d', i / 20) || ' ' else '' end`,
}
