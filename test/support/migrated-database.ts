import root, { type Test } from 'tap'
import { postgresDatabase, server, sqliteDatabase } from './database.ts'
import { copyTemplate, makeTemplate } from './template.ts'

/** The address of a database for this test alone, with its tables: a copy of the suite's or of this process's template. */
export async function migratedDatabaseFor(t: Test): Promise<string> {
  template ??= process.env.TEST_TEMPLATE ? Promise.resolve(process.env.TEST_TEMPLATE) : ownTemplate()
  const from = await template
  if (server !== undefined) return postgresDatabase(t, server, ` template ${new URL(from).pathname.slice(1)}`)
  const url = await sqliteDatabase(t)
  await copyTemplate(from, url)
  return url
}

let template: Promise<string> | undefined

async function ownTemplate(): Promise<string> {
  const { url, remove } = await makeTemplate(server)
  root.teardown(remove)
  return url
}
