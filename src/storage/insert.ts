import { type CompiledQuery, sql } from 'kysely'
import type { Dialect } from './dialect.ts'
import type { WriteTrx } from './transaction.ts'

type Row = Readonly<Record<string, unknown>>

/** By dialect, then by table and columns. */
const statements = new WeakMap<Dialect, Map<string, CompiledQuery>>()

/** Inserts one row. Its statement is made once: making it costs more than running it. */
export function insert(trx: WriteTrx, table: string, row: Row): Promise<void> {
  return run(trx, table, row, [])
}

/** The same with the next number as its `id`. */
export function insertNumbered(trx: WriteTrx, table: string, row: Row): Promise<void> {
  return run(trx, table, row, ['id'])
}

async function run(trx: WriteTrx, table: string, row: Row, numbered: readonly string[]): Promise<void> {
  const known = statements.get(trx.dialect) ?? new Map<string, CompiledQuery>()
  statements.set(trx.dialect, known)
  const key = `${table} ${numbered} ${Object.keys(row)}`
  const statement = known.get(key) ?? compile(trx, table, row, numbered)
  known.set(key, statement)
  await trx.db.executeQuery({ ...statement, parameters: Object.values(row) })
}

function compile(trx: WriteTrx, table: string, row: Row, numbered: readonly string[]): CompiledQuery {
  const columns = [...numbered, ...Object.keys(row)].map((column) => sql.ref(column))
  const next = numbered.map(
    (column) => sql`(select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)})`,
  )
  const values = [...next, ...Object.values(row).map((value) => sql`${value}`)]
  return sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})`.compile(
    trx.db,
  )
}
