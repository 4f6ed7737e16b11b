import type SQLite from 'better-sqlite3'

const STATEMENTS = 1_000

/** Kysely's driver prepares a statement again for each query, which costs more than running most of them. */
export function withPreparedOnce(database: SQLite.Database, begin: string) {
  const prepared = new Map<string, SQLite.Statement>()
  return {
    close: () => database.close(),
    prepare(text: string) {
      const known = prepared.get(text)
      if (known) return asKyselyCallsIt(known)
      const statement = database.prepare(text === 'begin' ? begin : text)
      if (prepared.size >= STATEMENTS) prepared.delete(prepared.keys().next().value ?? '')
      prepared.set(text, statement)
      return asKyselyCallsIt(statement)
    },
  }
}

type Calls = {
  readonly reader: boolean
  all(p: readonly unknown[]): unknown[]
  run(p: readonly unknown[]): SQLite.RunResult
  iterate(p: readonly unknown[]): IterableIterator<unknown>
}

/** The two libraries' types differ only in how they name the list of parameters. */
function asKyselyCallsIt(statement: SQLite.Statement): Calls {
  return statement as unknown as Calls
}
