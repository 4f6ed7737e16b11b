import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { createToken } from '../../src/access/tokens.ts'
import { type AppConfig, buildApp } from '../../src/app.ts'
import { seed } from '../../src/content/seed.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import { sqliteDatabase } from '../support/database.ts'
import { standardRules } from '../support/dateline.ts'

/** A seeded server on SQLite, for tests that look into the file, and everything that it has logged. */
export interface Logged {
  readonly app: FastifyInstance
  readonly storage: Storage
  /** The path of the database's file. */
  readonly file: string
  readonly token: string
  /** Every line so far, as it was written. */
  readonly lines: string[]
  /** The lines of failures, parsed. */
  failures(): Record<string, unknown>[]
}

export async function startLogged(t: Test, config: Partial<AppConfig> = {}): Promise<Logged> {
  const url = await sqliteDatabase(t)
  const storage = await openStorage(url)
  await seed(storage)
  const lines: string[] = []
  const standard = {
    ADMIN_TOKEN: undefined,
    CORS_ORIGIN: '*',
    TRUST_PROXY: undefined,
    ...standardRules,
  } as const
  const stream = { write: (line: string) => void lines.push(line) }
  const app = await buildApp(storage, { ...standard, ...config }, { level: 'trace', stream })
  await app.ready()
  t.teardown(async () => {
    await app.close()
    await storage.close()
  })
  const token = await createToken(storage, { name: 'desk', role: 'editor' })
  const failures = () => lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)
  return { app, storage, file: url.replace('sqlite:', ''), token, lines, failures }
}
