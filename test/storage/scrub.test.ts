import SQLite from 'better-sqlite3'
import t from 'tap'
import { openStorage } from '../../src/storage/open.ts'
import { sqliteDatabase } from '../support/database.ts'
import { sqliteFiles } from '../support/files.ts'

t.test('a scrub takes away what secure_delete leaves where rows have moved', async (t) => {
  const storage = await openStorage(await sqliteDatabase(t))
  t.teardown(() => storage.close())
  const files = await sqliteFiles(storage)
  leaveRemnant(files.path)
  t.ok((await files.read()).includes('zqremnant'), 'a word of a deleted row is in the file')
  await storage.scrub()
  t.notOk((await files.read()).includes('zqremnant'))
})

/** The last row to come fills a page; the row with the word moves to another, and is deleted there. */
function leaveRemnant(path: string): void {
  const database = new SQLite(path)
  database.pragma('secure_delete = ON')
  database.exec('create table words (id integer primary key, text text) strict')
  const insert = database.prepare('insert into words values (?, ?)')
  for (const [id, length] of [
    [5, 1000],
    [6, 2500],
    [2, 300],
    [1, 700],
    [4, 2500],
  ] as const)
    insert.run(id, (id === 2 ? 'zqremnant' : '').padEnd(length, '.'))
  database.exec('delete from words where id = 2')
  database.pragma('wal_checkpoint(truncate)')
  database.close()
}
