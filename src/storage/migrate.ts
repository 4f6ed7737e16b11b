import { readdir } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Dialect } from './dialect.ts'
import type { Database } from './schema.ts'

const folder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** What a file in `migrations/` exports. There is no way down: content is never thrown away. */
export interface DatelineMigration {
  up(db: Kysely<Database>, dialect: Dialect): Promise<void>
}

/**
 * Runs the migrations that a database does not have yet, in the order of their names.
 *
 * @returns the names of those that ran
 * @throws Error when the database has one that this code does not know, or when one fails
 */
export async function migrate(db: Kysely<Database>, dialect: Dialect): Promise<string[]> {
  const known = await knownMigrations(dialect)
  const unknown = (await executed(db)).filter((name) => !(name in known))
  if (unknown.length > 0)
    throw new Error(
      `The database is newer than this version of Dateline: it has ${unknown.join(', ')}. Run the newer version.`,
    )
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  return results.map(({ migrationName }) => migrationName)
}

async function executed(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const history = db as unknown as Kysely<{ kysely_migration: { name: string } }> // the migrator's own table
  const rows = await history.selectFrom('kysely_migration').select('name').execute()
  return rows.map(({ name }) => name)
}

/** Of most starts no migration is needed, so none is loaded before it runs. */
async function knownMigrations(dialect: Dialect): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-[\w-]+\.ts$/.test(file)).sort()
  const entries = files.map((file): [string, Migration] => {
    const load = (): Promise<DatelineMigration> => import(pathToFileURL(`${folder}/${file}`).href)
    return [file.replace(/\.ts$/, ''), { up: async (db) => (await load()).up(db, dialect) }]
  })
  return Object.fromEntries(entries)
}
