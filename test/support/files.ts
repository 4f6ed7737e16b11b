import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Storage } from '../../src/storage/open.ts'
import { engine } from './database.ts'

/** The files of a database: SQLite's with its log, and of PostgreSQL's folder those of this database. */
export interface Files {
  /** All that is in them, in small letters, a character for a byte. */
  read(): Promise<string>
}

/** @returns why they cannot be looked into, where they belong to a server that is elsewhere or does not tell */
export async function filesOf(storage: Storage): Promise<Files | string> {
  return engine === 'sqlite' ? sqliteFiles(storage) : postgresFiles(storage)
}

export async function sqliteFiles(storage: Storage): Promise<Files & { readonly path: string }> {
  const { rows } = await storage.read(({ db }) => sql<{ file: string }>`pragma database_list`.execute(db))
  const file = String(rows[0]?.file)
  return { path: file, read: () => contentOf([file, `${file}-wal`, `${file}-shm`]) }
}

async function postgresFiles(storage: Storage): Promise<Files | string> {
  try {
    const { rows } = await storage.read(({ db }) =>
      sql<{ folder: string; oid: string }>`select current_setting('data_directory') as folder, oid::text
        from pg_database where datname = current_database()`.execute(db),
    )
    const folder = join(String(rows[0]?.folder), 'base', String(rows[0]?.oid))
    await access(folder)
    const all = async () => (await readdir(folder)).map((name) => join(folder, name))
    return { read: async () => contentOf(await all()) }
  } catch (error) {
    return `the files of PostgreSQL cannot be read from here: ${error}`
  }
}

async function contentOf(files: readonly string[]): Promise<string> {
  // A file of PostgreSQL's may go between the list and the reading of it.
  const contents = await Promise.all(files.map((file) => readFile(file).catch(() => Buffer.alloc(0))))
  return Buffer.concat(contents).toString('latin1').toLowerCase()
}
