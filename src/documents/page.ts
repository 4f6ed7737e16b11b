import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Position } from '../http/cursor.ts'

export interface PageRequest {
  readonly limit: number
  readonly from: Position | undefined
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: Position | null
  readonly prev: Position | null
}

/** What a list is in order of: something that grows with time, as numbers or as texts, and how a cursor holds it. */
export interface Order<Row> {
  readonly id: string
  toKey(row: Row): Position['key']
  fromKey(key: Position['key']): number | string
}

/** One page of what a query finds, the newest first. */
export async function readPage<Tables, Table extends keyof Tables, Row>(
  query: SelectQueryBuilder<Tables, Table, Row>,
  order: Order<Row>,
  { limit, from }: PageRequest,
): Promise<Page<Row>> {
  const isBack = from?.backwards ?? false
  const found = await query
    .$if(from !== undefined, (some) => some.where(isBeyond(order, from)))
    .orderBy(sql.ref(order.id), isBack ? 'asc' : 'desc')
    .limit(sql.lit(limit + 1))
    .execute()
  const rows = (found as Row[]).slice(0, limit) // Kysely cannot tell that the condition adds no column
  if (isBack) rows.reverse()
  const hasMore = found.length > limit
  const [first, last] = [rows[0], rows.at(-1)]
  return {
    rows,
    next: isBack || hasMore ? edge(order, last, from, false) : null,
    prev: isBack
      ? hasMore
        ? edge(order, first, from, true)
        : null
      : from
        ? edge(order, first, from, true)
        : null,
  }
}

function isBeyond<Row>({ id, fromKey }: Order<Row>, from: Position | undefined) {
  if (!from) return sql<SqlBool>`true`
  const comparison = `${from.backwards ? '>' : '<'}${from.inclusive ? '=' : ''}`
  return sql<SqlBool>`${sql.ref(id)} ${sql.raw(comparison)} ${fromKey(from.key)}`
}

/** The cursor that starts at the edge of this page; of an empty page, where it would have begun. */
function edge<Row>(
  { toKey }: Order<Row>,
  row: Row | undefined,
  from: Position | undefined,
  backwards: boolean,
): Position | null {
  if (row !== undefined) return { key: toKey(row), backwards, inclusive: false }
  return from ? { key: from.key, backwards, inclusive: !from.inclusive } : null
}
