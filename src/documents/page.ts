import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Position } from '../http/cursor.ts'

export interface PageRequest<Key extends number | string = number> {
  readonly limit: number
  readonly from: Position<Key> | undefined
}

export interface Page<Row, Key extends number | string = number> {
  readonly rows: readonly Row[]
  readonly next: Position<Key> | null
  readonly prev: Position<Key> | null
  /** How many there are on all pages, where that was asked for. */
  readonly total?: number
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
  const [first, last] = [rows.at(0), rows.at(-1)].map((row) => row && order.toKey(row))
  return { rows, ...edgesOf(first, last, from, hasMore) }
}

/**
 * The cursors that go on at both edges of a page, or from where it would have begun if it is empty.
 *
 * @param hasMore there is more beyond the page in the direction in which it was read
 */
export function edgesOf<Key extends number | string>(
  first: Position<Key>['key'] | undefined,
  last: Position<Key>['key'] | undefined,
  from: Position<Key> | undefined,
  hasMore: boolean,
): { next: Position<Key> | null; prev: Position<Key> | null } {
  const isBack = from?.backwards ?? false
  const edge = (key: Position<Key>['key'] | undefined, backwards: boolean): Position<Key> | null => {
    if (key) return { key, backwards, inclusive: false }
    return from ? { key: from.key, backwards, inclusive: !from.inclusive } : null
  }
  return {
    next: isBack || hasMore ? edge(last, false) : null,
    prev: from && (!isBack || hasMore) ? edge(first, true) : null,
  }
}

function isBeyond<Row>({ id, fromKey }: Order<Row>, from: Position | undefined) {
  if (!from) return sql<SqlBool>`true`
  const comparison = `${from.backwards ? '>' : '<'}${from.inclusive ? '=' : ''}`
  return sql<SqlBool>`${sql.ref(id)} ${sql.raw(comparison)} ${fromKey(from.key)}`
}
