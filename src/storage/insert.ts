import { type RawBuilder, sql } from 'kysely'
import { type Place, run } from './statement.ts'
import type { WriteTrx } from './transaction.ts'

type Row = Readonly<Record<string, unknown>>

/** How many rows one statement inserts at most, so that there are not too many statements. */
const AT_ONCE = 16

/** Inserts one row. */
export function insert(trx: WriteTrx, table: string, row: Row): Promise<void> {
  return insertAll(trx, table, [row])
}

/** Inserts rows that have the same columns. */
export async function insertAll(trx: WriteTrx, table: string, rows: readonly Row[]): Promise<void> {
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const some = rows.slice(start, start + AT_ONCE)
    const columns = Object.keys(some[0] ?? {})
    const values = some.flatMap((row) => Object.values(row))
    await run(trx, `insert ${table} ${columns} ${some.length}`, values, (...places) =>
      statement(
        table,
        columns,
        some.map((_, row) => places.slice(row * columns.length, (row + 1) * columns.length)),
      ),
    )
  }
}

/**
 * Inserts one row with the next number as its `id`.
 *
 * @param within the numbers are greater than the first of these and less than the second
 */
export async function insertNumbered(
  trx: WriteTrx,
  table: string,
  row: Row,
  within: readonly [after: number, before: number] = [0, Number.MAX_SAFE_INTEGER],
): Promise<void> {
  const columns = Object.keys(row)
  const values = [...within, ...Object.values(row)]
  await run(trx, `number ${table} ${columns}`, values, (after, before, ...places) => {
    const next = sql`(select coalesce(max(id), ${after}) + 1 from ${sql.table(table)} where id > ${after} and id < ${before})`
    return statement(table, ['id', ...columns], [[next, ...places]])
  })
}

function statement(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (Place | RawBuilder<unknown>)[])[],
): RawBuilder<never> {
  const names = columns.map((column) => sql.ref(column))
  const values = rows.map((row) => sql`(${sql.join(row)})`)
  return sql`insert into ${sql.table(table)} (${sql.join(names)}) values ${sql.join(values)}`
}
