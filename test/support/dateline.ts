import type { FastifyInstance, InjectOptions } from 'fastify'
import type { CompiledQuery } from 'kysely'
import type { Test } from 'tap'
import { createToken } from '../../src/access/tokens.ts'
import { buildApp } from '../../src/app.ts'
import { seed } from '../../src/content/seed.ts'
import { type Role, roles } from '../../src/http/auth.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import { databaseFor } from './database.ts'
import { assertDocumented } from './documented.ts'
import { migratedDatabaseFor } from './migrated-database.ts'

export { databaseFor }

/** The slug of the seeded article. */
export const STORY = 'russia-never-considered-turkey-as-a-strategic-ally-says-lavrov'

/** When tests begin, unless they say otherwise. */
export const START = Date.parse('2026-01-01T00:00:00Z')

/** A wall clock that stands still until it is told otherwise. */
export class Clock {
  now = START
  advance(milliseconds: number): void {
    this.now += milliseconds
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Record<string, string | number | string[] | undefined>
  /** The parsed JSON; undefined where there is no body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape and compare what they find
  readonly body: any
  readonly text: string
}

export interface RequestOptions {
  readonly as?: Role | undefined
  readonly headers?: Record<string, string>
}

/** A whole Dateline on a database of its own, with a token for every role. It ends with its test. */
export interface Dateline {
  readonly app: FastifyInstance
  readonly storage: Storage
  readonly clock: Clock
  readonly tokens: Readonly<Record<Role, string>>
  /** Every SQL statement since the start, or since a test emptied the list. */
  readonly statements: string[]
  /** The same, with their parameters. */
  readonly queries: CompiledQuery[]
  /** Sends a request and holds the answer against the OpenAPI document. */
  send(options: InjectOptions): Promise<Answer>
  get(url: string, options?: RequestOptions): Promise<Answer>
  /** As an editor, unless `as` says otherwise; so do `patch`, `put` and `delete`. */
  post(url: string, body?: unknown, options?: RequestOptions): Promise<Answer>
  patch(url: string, body: unknown, options?: RequestOptions): Promise<Answer>
  put(url: string, body: unknown, options?: RequestOptions): Promise<Answer>
  delete(url: string, options?: RequestOptions): Promise<Answer>
}

/** What the server asks of writers; nothing, unless a test says so. */
export const standardRules = { REQUIRE_IF_MATCH: false, REQUIRE_CHANGE_NOTE: false }

export async function start(
  t: Test,
  {
    seeded = false,
    walks,
    ...rules
  }: {
    seeded?: boolean
    PUBLIC_URL?: string
    /** Whether even a few documents are looked for along the order of a list, as where many have the words. */
    walks?: () => boolean
  } & Partial<typeof standardRules> = {},
): Promise<Dateline> {
  const url = await migratedDatabaseFor(t)
  const clock = new Clock()
  const statements: string[] = []
  const queries: CompiledQuery[] = []
  const storage = await openStorage(url, {
    wallClock: () => clock.now + 1,
    log: ({ query }) => {
      statements.push(query.sql)
      queries.push(query)
    },
  })
  if (seeded) await seed(storage)
  const config = { ADMIN_TOKEN: undefined, CORS_ORIGIN: '*', TRUST_PROXY: undefined } as const
  const app = await buildApp(walks ? walking(storage, walks) : storage, {
    ...config,
    ...standardRules,
    ...rules,
  })
  await app.ready()
  t.teardown(async () => {
    await app.close()
    await storage.close()
  })
  const tokens = await tokensFor(storage)
  const send = async (options: InjectOptions): Promise<Answer> => {
    const response = await app.inject(options)
    const isJson = /json/.test(String(response.headers['content-type'] ?? '')) && response.body !== ''
    const answer = {
      status: response.statusCode,
      headers: response.headers,
      body: isJson ? response.json() : undefined,
      text: response.body,
    }
    assertDocumented(options, answer)
    return answer
  }
  const as = (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', standard?: Role) => {
    return (url: string, body: unknown, { as = standard, headers = {} }: RequestOptions = {}) =>
      send({
        method,
        url,
        headers: {
          ...(as ? { authorization: `Bearer ${tokens[as]}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
  }
  return {
    app,
    storage,
    clock,
    tokens,
    statements,
    queries,
    send,
    get: (path, options) => as('GET')(path, undefined, options),
    post: (path, body, options) => as('POST', 'editor')(path, body, options),
    patch: (path, body, options) => as('PATCH', 'editor')(path, body, options),
    put: (path, body, options) => as('PUT', 'editor')(path, body, options),
    delete: (path, options) => as('DELETE', 'editor')(path, undefined, options),
  }
}

/** The index does not say. */
const nothing = { find: async () => undefined, findInOrder: async () => undefined }

function walking(storage: Storage, walks: () => boolean): Storage {
  const read: Storage['read'] = (work) =>
    storage.read((trx) => {
      const words = walks() ? { ...trx.dialect.words, ...nothing } : trx.dialect.words
      return work({ ...trx, dialect: { ...trx.dialect, words } })
    })
  return { ...storage, read }
}

async function tokensFor(storage: Storage): Promise<Record<Role, string>> {
  const entries: [string, string][] = []
  for (const role of Object.keys(roles) as Role[])
    entries.push([role, await createToken(storage, { name: role, role })])
  return Object.fromEntries(entries) as Record<Role, string>
}
