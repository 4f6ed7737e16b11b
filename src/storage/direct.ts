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
 * A connection on which statements whose text is there already go to SQLite without Kysely, which takes longer than most
 * of them; so do those around a transaction.
 */
export class Direct extends Kysely<Database> {
  readonly #connection: SQLite.Database
  readonly #database: ReturnType<typeof withPreparedOnce>
  readonly #begin: () => Promise<void>
  readonly #log: Logger | undefined
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param begin begins a transaction, given what does so or throws
   * @param statement with which it begins
   */
  constructor(
    connection: SQLite.Database,
    log: LogConfig,
    begin: (begin: () => void) => Promise<void> = async (begin) => begin(),
    statement = 'begin',
  ) {
    const database = withPreparedOnce(connection, statement)
    super({ dialect: new SqliteDialect({ database }), log })
    this.#connection = connection
    this.#database = database
    this.#begin = () => begin(() => this.#run(BEGIN))
    this.#log = typeof log === 'function' ? log : undefined
  }

  /** Runs `work` in a transaction when those before it have ended. */
  inTransaction<Result>(work: (db: Kysely<Database>) => Promise<Result>): Promise<Result> {
    return this.alone(async () => {
      await this.#begin()
      try {
        const result = await work(this)
        this.#run(COMMIT)
        return result
      } catch (error) {
        if (this.#connection.inTransaction) this.#run(ROLLBACK) // some errors have ended it
        throw error
      }
    })
  }

  /** Runs `work` while nobody else has the connection. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    return turn
  }

  override async executeQuery<Row>(query: CompiledQuery<Row> | Compilable<Row>): Promise<QueryResult<Row>> {
    const compiled = 'compile' in query ? query.compile() : query
    const { sql, parameters } = compiled
    const rows = this.#told(compiled, () => rowsOf(this.#database.prepare(sql), parameters))
    return { rows: rows as Row[] } // as the query says
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
