import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import t, { type Test } from 'tap'
import * as foundation from '../../migrations/0001-foundation.ts'
import * as editing from '../../migrations/0002-editing.ts'
import * as filters from '../../migrations/0003-filters.ts'
import { buildApp } from '../../src/app.ts'
import { content } from '../../src/content/index.ts'
import { contentOf, type Row } from '../../src/documents/rows.ts'
import { indexedText } from '../../src/documents/words.ts'
import { connectTo } from '../../src/storage/connect.ts'
import { tablesOf } from '../../src/storage/copy.ts'
import { type Backend, openStorage } from '../../src/storage/open.ts'
import type { Database, VersionTable } from '../../src/storage/schema.ts'
import type { Trx } from '../../src/storage/transaction.ts'
import { fillArchive } from '../support/archive.ts'
import { databaseFor, engine } from '../support/database.ts'
import { type Dateline, STORY, standardRules, start } from '../support/dateline.ts'

t.test('a database from before 0002 is brought up to date, and reads the same', async (t) => {
  const dateline = await edited(t)
  const url = await before0002(t, dateline)
  const { inject, storage } = await serve(t, url, dateline)
  for (const path of reads)
    for (const token of [undefined, dateline.tokens.editor]) {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const [now, then] = await Promise.all([
        inject({ url: path, headers }),
        dateline.app.inject({ url: path, headers }),
      ])
      t.equal(now.statusCode, then.statusCode, path)
      if (then.statusCode === 200) t.strictSame(now.json(), then.json(), path)
      t.equal(now.headers.etag, then.headers.etag, path)
    }
  t.strictSame(
    await storage.read(({ db }) => shapeOf(db)),
    await dateline.storage.read(({ db }) => shapeOf(db)),
    'its tables and indexes are those of a new one',
  )
})

t.test('what is in a database from before 0002 can be edited on', async (t) => {
  const dateline = await edited(t)
  const { inject } = await serve(t, await before0002(t, dateline), dateline)
  const headers = { authorization: `Bearer ${dateline.tokens.editor}` }
  const url = `/v1/articles/${STORY}`
  const correction = { kind: 'correction', text: 'It was a Wednesday.' }
  const changed = await inject({
    method: 'PATCH',
    url: `${url}?note=Read+again`,
    headers,
    payload: { place: 'Ankara', correction },
  })
  t.match(changed.json(), { version: 3, place: 'Ankara', corrections: [correction] })
  const { data } = (await inject({ url: `${url}/versions`, headers })).json()
  t.match(data, [
    { version: 3, note: 'Read again', minor: false },
    { version: 2, note: null, minor: false },
    { version: 1, note: null, minor: false },
  ])
})

t.test('a database from before 0004 gets the words of all its versions, and finds by them', async (t) => {
  const dateline = await start(t)
  await fillArchive(dateline.storage, 120)
  const made = await dateline.post('/v1/articles?publish=now', {
    headline: 'İSTANBUL: “Erdog\u0306an”',
    standfirst: 'In the Straße, 東京',
    body: `One\n\n${'два '.repeat(240_000)}`,
    byline: null,
    place: 'Beyond what is searched',
    quotes: [{ text: 'It is "so"', role: 'Minister', setting: 'A speech', via: 'TASS' }],
    relatedLinks: [{ title: '…' }],
    people: [{ person: { name: 'Ann Lee', affiliation: 'Desk', description: 'Writes' } }],
  })
  t.equal(made.status, 201, made.text)
  const url = await before0004(t, dateline)
  const { inject, storage } = await serve(t, url, dateline)
  const expected = await dateline.storage.read(writtenWords)
  const words = await storage.read(({ db }) => wordsIn(db))
  t.ok(words.length > 840)
  t.strictSame(words, expected, 'as `append` would write them')
  t.strictSame(await dateline.storage.read(({ db }) => wordsIn(db)), expected, 'as the archive has them')
  for (const q of ['subject7', 'istanbul', 'strasse', '東京', '"ann lee"', 'some words']) {
    const path = `/v1/search?q=${encodeURIComponent(q)}&count=true`
    const [now, then] = [await inject(path), await dateline.app.inject(path)]
    t.strictSame(now.json(), then.json(), q)
    t.ok(now.json().page.total > 0, q)
  }
})

const reads = [
  ...['/v1/articles', '/v1/quotes', '/v1/people', '/v1/related-links'],
  ...['/v1/articles?at=latest&include=quotes.speaker,relatedLinks,people', '/v1/articles?at=2020-10-16'],
  ...[`/v1/articles/${STORY}?include=quotes.speaker,relatedLinks,people`, '/v1/articles/storm'],
  ...[
    '/v1/articles/storm?at=latest',
    '/v1/articles/calm',
    '/v1/articles/fog',
    '/v1/articles/fog?at=2027-01-02',
  ],
  ...[`/v1/articles/${STORY}/versions`, `/v1/articles/${STORY}/versions/1`, '/v1/articles/calm/versions'],
  ...[`/v1/articles/${STORY}/versions/2/diff`, '/v1/people/sergey-lavrov/articles', '/v1/schedule'],
]

/** The seeded story after a change, and an article in every other state: a draft, a withdrawn one, a scheduled one. */
async function edited(t: Test): Promise<Dateline> {
  const dateline = await start(t, { seeded: true })
  const { post, patch, delete: withdraw, clock } = dateline
  clock.advance(60_000)
  await patch(`/v1/articles/${STORY}`, { place: 'Moscow and Ankara' })
  await post('/v1/articles', { headline: 'Storm', people: [{ personId: 'sergey-lavrov' }] })
  await post('/v1/articles?publish=now', { headline: 'Calm', body: 'Words.', tags: ['weather'] })
  await post('/v1/articles?publish=2027-01-01', { headline: 'Fog' })
  await withdraw('/v1/articles/calm')
  return dateline
}

/** A database as the version before made it, with everything in it that it had room for. */
function before0002(t: Test, dateline: Dateline): Promise<string> {
  return copyInto(t, dateline, makeOldTables)
}

async function before0004(t: Test, dateline: Dateline): Promise<string> {
  return copyInto(t, dateline, async ({ writer, dialect }) => {
    const entries = [foundation, editing, filters].map(({ up }, index) => [
      ['0001-foundation', '0002-editing', '0003-filters'][index],
      { up: (db: Kysely<Database>) => up(db, dialect) },
    ])
    const provider = { getMigrations: async () => Object.fromEntries(entries) }
    const { error } = await new Migrator({ db: writer, provider }).migrateToLatest()
    if (error) throw error
  })
}

async function copyInto(
  t: Test,
  { storage }: Dateline,
  makeTables: (backend: Backend) => Promise<void>,
): Promise<string> {
  const url = await databaseFor(t)
  const backend = await connectTo(url)
  try {
    await makeTables(backend)
    const tables = (await tablesOf(backend.writer)).filter((table) => !table.startsWith('kysely'))
    await sql`delete from clock`.execute(backend.writer)
    await storage.read(async ({ db }) => {
      for (const table of tables) await copyRows(db, backend, table)
    })
  } finally {
    await Promise.all([backend.reader.destroy(), backend.writer.destroy()])
  }
  return url
}

/** 0001 makes tables by `createVersionTable`, which has grown since. */
async function makeOldTables({ writer, dialect }: Backend): Promise<void> {
  const first = {
    up: async (db: Kysely<Database>) => {
      await foundation.up(db, dialect)
      for (const table of await tablesOf(db))
        if (table.endsWith('_versions')) await cutBack(db, table as VersionTable) // by its ending
    },
  }
  const provider = { getMigrations: async () => ({ '0001-foundation': first }) }
  const { error } = await new Migrator({ db: writer, provider }).migrateToLatest()
  if (error) throw error
}

async function cutBack(db: Kysely<Database>, table: VersionTable): Promise<void> {
  for (const border of ['live_from', 'live_to']) await db.schema.dropIndex(`${table}_${border}`).execute()
  for (const column of ['note', 'minor']) await db.schema.alterTable(table).dropColumn(column).execute()
}

/** Copies what both sides have columns for. */
async function copyRows(from: Kysely<Database>, { writer }: Backend, table: string): Promise<void> {
  const tables = await writer.introspection.getTables()
  const columns = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? []
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const { rows } = await sql<Record<string, unknown>>`select ${names} from ${sql.table(table)}`.execute(from)
  for (const row of rows) {
    const values = sql.join(columns.map((column) => stored(row[column])))
    await sql`insert into ${sql.table(table)} (${names}) values (${values})`.execute(writer)
  }
}

/** What one database gives as an object, the other one takes as JSON. */
function stored(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

/** What each version is found by, as it is kept. */
async function wordsIn(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('version_words').selectAll().execute()
  return rows
    .map((row) => JSON.stringify([row.type, row.document_id, row.version, row.live_from, row.words]))
    .sort()
}

/** What each version is to be found by. */
async function writtenWords(trx: Trx): Promise<string[]> {
  const lines: string[] = []
  for (const type of content) {
    const { rows } = await sql<Row>`select * from ${sql.table(type.table)}`.execute(trx.db)
    for (const row of rows) {
      const words = indexedText(type, contentOf(trx, type, row))
      lines.push(JSON.stringify([type.type, row.document_id, row.version, row.live_from, words]))
    }
  }
  return lines.sort()
}

/** The columns of every table and the names of the indexes, whatever their order. */
async function shapeOf(db: Kysely<Database>) {
  const tables = await db.introspection.getTables()
  const columns = tables.flatMap(({ name, columns }) =>
    columns.map((column) =>
      [name, column.name, column.dataType, column.isNullable, column.hasDefaultValue].join(' '),
    ),
  )
  const { rows } = await sql<{ name: string }>`${
    engine === 'sqlite'
      ? sql`select name from sqlite_master where type in ('index', 'trigger')`
      : sql`select indexname as name from pg_indexes where schemaname = 'public'`
  }`.execute(db)
  return { columns: columns.sort(), indexes: rows.map(({ name }) => name).sort() }
}

/** This version's server on that database, at the same hour. */
async function serve(t: Test, url: string, { clock }: Dateline) {
  const storage = await openStorage(url, { wallClock: () => clock.now + 1 })
  const config = { ADMIN_TOKEN: undefined, CORS_ORIGIN: '*', TRUST_PROXY: undefined } as const
  const app = await buildApp(storage, { ...config, ...standardRules })
  t.teardown(async () => {
    await app.close()
    await storage.close()
  })
  return { storage, inject: app.inject.bind(app) }
}
