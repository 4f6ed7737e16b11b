import { readdir } from 'node:fs/promises'
import { type Kysely, sql } from 'kysely'
import t, { type Test } from 'tap'
import { connectTo } from '../../src/storage/connect.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { type Backend, openStorage } from '../../src/storage/open.ts'
import { databaseFor } from '../support/database.ts'

/** The table in which the migrator keeps its record. */
interface Record {
  kysely_migration: { name: string; timestamp: string }
}

const folder = new URL('../../migrations/', import.meta.url)
const names = (await readdir(folder)).map((file) => file.replace(/\.ts$/, '')).sort()

/** A connection that the test has to itself. */
async function connected<Result>(url: string, work: (backend: Backend) => Promise<Result>): Promise<Result> {
  const backend = await connectTo(url, [])
  try {
    return await work(backend)
  } finally {
    await Promise.all([backend.reader.destroy(), backend.writer.destroy()])
  }
}

function recordOf({ writer }: Backend): Kysely<Record> {
  return writer as unknown as Kysely<Record> // the migrator's table is none of ours
}

function readRecord(url: string) {
  return connected(url, (backend) =>
    recordOf(backend).selectFrom('kysely_migration').selectAll().orderBy('name').execute(),
  )
}

async function open(url: string): Promise<void> {
  const storage = await openStorage(url)
  await storage.close()
}

async function tablesOf(url: string): Promise<string[]> {
  const tables = await connected(url, ({ writer }) => writer.introspection.getTables())
  return tables.map(({ name }) => name).sort()
}

t.test('a new database gets every migration, in the order of their names', async (t) => {
  const url = await databaseFor(t)
  t.strictSame(await connected(url, ({ writer, dialect }) => migrate(writer, dialect)), names)
  t.strictSame(
    (await readRecord(url)).map(({ name }) => name),
    names,
  )
  for (const table of ['documents', 'slugs', 'clock', 'tokens', 'article_versions', 'quote_versions'])
    t.ok((await tablesOf(url)).includes(table), table)
})

t.test('a migration is recorded and runs once', async (t) => {
  const url = await databaseFor(t)
  await open(url)
  const record = await readRecord(url)
  await open(url)
  await open(url)
  t.strictSame(await readRecord(url), record)
  t.strictSame(await connected(url, ({ writer, dialect }) => migrate(writer, dialect)), [])
})

t.test('what a database holds outlives the next start', async (t) => {
  const url = await databaseFor(t)
  await connected(url, async ({ writer, dialect }) => {
    await migrate(writer, dialect)
    await writer.updateTable('clock').set({ generation: 7, instant: 1_000 }).execute()
  })
  await open(url)
  const [clock] = await connected(url, ({ writer }) => writer.selectFrom('clock').selectAll().execute())
  t.match(clock, { generation: 7, instant: 1_000 })
})

async function makeNewer(url: string, ...later: string[]): Promise<void> {
  await open(url)
  const rows = later.map((name) => ({ name, timestamp: '2030-01-01T00:00:00.000Z' }))
  await connected(url, (backend) => recordOf(backend).insertInto('kysely_migration').values(rows).execute())
}

async function assertRefused(t: Test, url: string, which: string): Promise<void> {
  await t.rejects(openStorage(url), {
    message: `The database is newer than this version of Dateline: it has ${which}. Run the newer version.`,
  })
}

t.test('a database from a newer version is refused, and left as it was', async (t) => {
  const url = await databaseFor(t)
  await makeNewer(url, '9998-more', '9999-most')
  const [record, tables] = [await readRecord(url), await tablesOf(url)]
  await assertRefused(t, url, '9998-more, 9999-most')
  await assertRefused(t, url, '9998-more, 9999-most')
  t.strictSame(await readRecord(url), record)
  t.strictSame(await tablesOf(url), tables)
})

t.test('a migration that fails leaves nothing of itself, and works when the reason is gone', async (t) => {
  const url = await databaseFor(t)
  await connected(url, ({ writer }) => sql`create table link_versions (other integer)`.execute(writer))
  await t.rejects(openStorage(url), { message: /link_versions/ })
  t.strictSame(await tablesOf(url), ['link_versions'])
  t.strictSame(await readRecord(url), [])
  await connected(url, ({ writer }) => sql`drop table link_versions`.execute(writer))
  await open(url)
  t.strictSame(
    (await readRecord(url)).map(({ name }) => name),
    names,
  )
})
