import type { Storage } from '../../src/storage/open.ts'

/** Every row of every table, by the table's name. */
export type Tables = Readonly<Record<string, readonly unknown[]>>

/** All that a database holds, in an order that is the same for the same rows: two states can be compared. */
export function readTables(storage: Storage): Promise<Tables> {
  return storage.read(async ({ db }) => {
    const tables: Record<string, readonly unknown[]> = {}
    for (const { name } of await db.introspection.getTables()) {
      if (/^words_(fts|terms)/.test(name)) continue // SQLite's index of `version_words`
      const rows = await db
        .selectFrom(name as 'documents') // by its name; whatever columns it has
        .selectAll()
        .execute()
      tables[name] = rows.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
    }
    return tables
  })
}
