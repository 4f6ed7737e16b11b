import root, { type Test } from 'tap'
import { openStorage } from '../../src/storage/open.ts'
import { postgresDatabase, server, sqliteDatabase } from './database.ts'

/** The address of a database for this test alone, with its tables. On PostgreSQL it is a copy of one that was made for all of this process's. */
export async function migratedDatabaseFor(t: Test): Promise<string> {
  if (server === undefined) return sqliteDatabase(t)
  template ??= makeTemplate(server)
  return postgresDatabase(t, server, ` template ${await template}`)
}

let template: Promise<string> | undefined

/** Migrations take ten times as long as a copy. */
async function makeTemplate(url: string): Promise<string> {
  const address = await postgresDatabase(root, url)
  await (await openStorage(address)).close()
  return new URL(address).pathname.slice(1)
}
