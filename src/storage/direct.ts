import type SQLite from 'better-sqlite3'
import {
  type Compilable,
  CompiledQuery,
  Kysely,
  type LogConfig,
  type Logger,
  type QueryResult,
  SqliteDialect,
} from 'kysely'
import { withPreparedOnce } from './prepared-once.ts'
import type { Database } from './schema.ts'

/**
 * Statements whose text is there already go to SQLite without Kysely, which takes longer than most of them; so
 * do those around a read.
 */
export class Direct extends Kysely<Database> {
  readonly #connection: SQLite.Database
  readonly #database: ReturnType<typeof withPreparedOnce>
  readonly #log: Logger | undefined
  #lastRead: Promise<unknown> = Promise.resolve()

  constructor(connection: SQLite.Database, log: LogConfig) {
    const database = withPreparedOnce(connection, 'begin')
    super({ dialect: new SqliteDialect({ database }), log })
    this.#connection = connection
    this.#database = database
    this.#log = typeof log === 'function' ? log : undefined
  }

  /** One after the other: they have one connection. */
  read<Result>(work: (db: Kysely<Database>) => Promise<Result>): Promise<Result> {
    const read = this.#lastRead.then(() => this.#inTransaction(work))
    this.#lastRead = read.catch(() => {})
    return read
  }

  override async executeQuery<Row>(query: CompiledQuery<Row> | Compilable<Row>): Promise<QueryResult<Row>> {
    const compiled = 'compile' in query ? query.compile() : query
    const { sql, parameters } = compiled
    const rows = this.#told(compiled, () => rowsOf(this.#database.prepare(sql), parameters))
    return { rows: rows as Row[] } // as the query says
  }

  async #inTransaction<Result>(work: (db: Kysely<Database>) => Promise<Result>): Promise<Result> {
    this.#run(BEGIN)
    try {
      const result = await work(this)
      this.#run(COMMIT)
      return result
    } catch (error) {
      if (this.#connection.inTransaction) this.#run(ROLLBACK) // some errors have ended it
      throw error
    }
  }

  #run(query: CompiledQuery): void {
    this.#told(query, () => this.#database.prepare(query.sql).run([]))
  }

  #told<Result>(query: CompiledQuery, run: () => Result): Result {
    if (!this.#log) return run()
    const began = performance.now()
    try {
      return run()
    } finally {
      void this.#log({ level: 'query', query, queryDurationMillis: performance.now() - began })
    }
  }
}

type Statement = ReturnType<ReturnType<typeof withPreparedOnce>['prepare']>

function rowsOf(statement: Statement, parameters: readonly unknown[]): unknown[] {
  if (statement.reader) return statement.all(parameters)
  statement.run(parameters)
  return []
}

const BEGIN = CompiledQuery.raw('begin')
const COMMIT = CompiledQuery.raw('commit')
const ROLLBACK = CompiledQuery.raw('rollback')
