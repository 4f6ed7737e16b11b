import { type CompiledQuery, sql } from 'kysely'
import type { Dialect } from './dialect.ts'
import type { WriteTrx } from './transaction.ts'

type Row = Readonly<Record<string, unknown>>

/** By dialect, then by table and columns. */
const statements = new WeakMap<Dialect, Map<string, CompiledQuery>>()

/** Inserts one row. Its statement is made once: making it costs more than running it. */
export function insert(trx: WriteTrx, table: string, row: Row): Promise<void> {
  return run(trx, table, row)
}

/**
 * The same with the next number as its `id`.
 *
 * @param within the numbers are greater than the first of these and less than the second
 */
export function insertNumbered(
  trx: WriteTrx,
  table: string,
  row: Row,
  [after, before]: readonly [after: number, before: number] = [0, Number.MAX_SAFE_INTEGER],
): Promise<void> {
  return run(trx, table, row, [after, after, before])
}

async function run(trx: WriteTrx, table: string, row: Row, numbers: readonly number[] = []): Promise<void> {
  const known = statements.get(trx.dialect) ?? new Map<string, CompiledQuery>()
  statements.set(trx.dialect, known)
  const key = `${table} ${numbers.length} ${Object.keys(row)}`
  const statement = known.get(key) ?? compile(trx, table, row, numbers)
  known.set(key, statement)
  await trx.db.executeQuery({ ...statement, parameters: [...numbers, ...Object.values(row)] })
}

function compile(
  trx: WriteTrx,
  table: string,
  row: Row,
  [after, least, before]: readonly number[],
): CompiledQuery {
  const isNumbered = after !== undefined
  const columns = [...(isNumbered ? ['id'] : []), ...Object.keys(row)].map((column) => sql.ref(column))
  const next = sql`(select coalesce(max(id), ${after}) + 1 from ${sql.table(table)} where id > ${least} and id < ${before})`
  const values = [...(isNumbered ? [next] : []), ...Object.values(row).map((value) => sql`${value}`)]
  return sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})`.compile(
    trx.db,
  )
}
