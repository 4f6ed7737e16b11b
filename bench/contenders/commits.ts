import type SQLite from 'better-sqlite3'
import { FOREVER } from '../../src/storage/clock.ts'

/** Each has, of a version, its row; how they are copied is in `copier`. */
const OF_A_VERSION = [
  'article_versions',
  'article_tags_index',
  'article_people_index',
  'version_words',
  'audit',
]
/** These have a copy of its window. */
const WITH_WINDOWS = OF_A_VERSION.slice(0, 3)

/** How many articles are changed in turn, as by those who ask Dateline. */
export const CHANGED = 50

/** The commits that a new article and a change of one come to in the database: copies of rows of `story-1` and those behind it. */
export function prepareCommits(database: SQLite.Database): { create(): void; change(): void } {
  const stories = Array.from({ length: CHANGED }, (_, index) => storyAt(database, `story-${index + 1}`))
  const [source] = stories
  if (!source) throw new Error('There is no story-1.')
  const versions = OF_A_VERSION.map((table) => copier(database, table))
  const windows = WITH_WINDOWS.map((table) =>
    database.prepare(`update ${table} set live_to = @now where document_id = @id and version = @last`),
  )
  const identity = copier(database, 'documents')
  const slug = copier(database, 'slugs')
  const newest = database.prepare('update documents set latest_version = @version where id = @id')
  const clock = database.prepare(
    'update clock set generation = generation + 1, instant = max(@now, instant + 1)',
  )
  let number = 0
  const insert = (row: Record<string, unknown>) => {
    for (const statement of versions) statement.run(row)
    clock.run({ now: row.now })
  }
  return {
    create: database.transaction(() => {
      number += 1
      const id = `article_1${String(number).padStart(25, '0')}`
      const row = {
        ...source,
        id,
        from: source.id,
        slug: `bare-${number}`,
        now: Date.now(),
        was: source.version,
      }
      for (const statement of [identity, slug]) statement.run(row)
      insert(row)
    }).immediate,
    change: database.transaction(() => {
      number += 1
      const story = stories[number % CHANGED] ?? source
      const { id, slug, version: last } = story
      story.version += 1
      const row = { id, from: id, slug, now: Date.now(), was: last, last, version: story.version }
      for (const statement of windows) statement.run({ id, last, now: row.now })
      newest.run({ id, version: row.version })
      insert(row)
    }).immediate,
  }
}

interface Story {
  readonly id: string
  readonly slug: string
  version: number
}

function storyAt(database: SQLite.Database, slug: string): Story {
  const found = database
    .prepare<[string], Story>(
      `select d.id, s.slug, d.latest_version as version from slugs s join documents d on d.id = s.document_id
       where s.type = 'article' and s.slug = ?`,
    )
    .get(slug)
  if (!found) throw new Error(`There is no ${slug}.`)
  return found
}

/** A statement that copies the rows that a table has of a version, or of a document where it has one of each. */
function copier(database: SQLite.Database, table: string): SQLite.Statement {
  const columns = database
    .prepare<[], { name: string }>(`select name from pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => name)
  const values = columns.map((column) => columnOf(table, column))
  const key = table === 'documents' ? 'id' : 'document_id'
  const where =
    table === 'audit'
      ? 'id = (select max(id) from audit where document_id = @from)' // its index has no version
      : `${key} = @from ${columns.includes('version') ? 'and version = @was' : table === 'slugs' ? 'limit 1' : ''}`
  return database.prepare(
    `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${table} where ${where}`,
  )
}

function columnOf(table: string, column: string): string {
  if (column === 'id' && table !== 'documents') return `(select max(id) + 1 from ${table})`
  if (column === 'live_to') return String(FOREVER)
  if (column === 'id' || column === 'document_id') return '@id'
  if (column === 'saved_at' || column === 'at' || (column === 'live_from' && table !== 'version_words'))
    return '@now'
  return ['version', 'slug'].includes(column) ? `@${column}` : column
}
