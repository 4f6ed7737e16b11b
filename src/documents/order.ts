import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Position } from '../http/cursor.ts'
import { FOREVER, type Instant } from '../storage/clock.ts'
import { type ContentType, toColumn } from './content-type.ts'
import { LAST_POSITION } from './fields.ts'
import type { Moment } from './moment.ts'
import type { Row } from './rows.ts'

/** What a request sorts by. */
export interface Sort {
  readonly by: string
  readonly descending: boolean
}

/** What a list is in the order of: a key and, where two have the same, the id, both in one direction. */
export interface Order {
  /** What a filter calls the key, if one is about it. */
  readonly by?: string
  readonly key: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  readonly descending: boolean
  readonly keyOf: (row: Row) => number | string
  /** True of every row. It tells the database to begin in the index of this order, and where. */
  readonly bound?: RawBuilder<SqlBool>
  /** The key is an expression. SQLite finds a position in its index by the key alone, not by key and id. */
  readonly isComputed?: boolean
  /** The rows are found by the identities, as `d`. */
  readonly isOfIdentities?: boolean
  /** The least and the greatest that the column holds: PostgreSQL refuses to compare with what is beyond. */
  readonly range?: readonly [number, number]
}

/** `updatedAt`. Indexes have the same expression. */
export const UPDATED = sql<Instant>`coalesce(v.live_from, v.saved_at)`
/** `publishedAt` at `latest`: what is not published yet comes after everything that is. */
const PUBLISHED_OR_NOT = sql<Instant>`coalesce(v.published_at, ${sql.lit(FOREVER)})`

/** What a type's lists can be sorted by. */
export function sortsOf({ sortBy }: ContentType): string[] {
  return [...BY_INSTANT, ...(sortBy === undefined ? [] : [sortBy])]
}

const BY_INSTANT = ['publishedAt', 'updatedAt']

export function isByText(sort: Sort | undefined): boolean {
  return sort !== undefined && !BY_INSTANT.includes(sort.by)
}

/** The order that was asked for. */
export function orderBy({ by, descending }: Sort, { at }: Moment, alias: 'v' | 'i'): Order {
  const order = { by, id: sql.ref('v.document_id'), descending }
  if (isByText({ by, descending })) {
    const column = sql.ref(`v.${toColumn(by)}`)
    const keyOf = (row: Row) => String(row[toColumn(by)])
    return { ...order, key: column, keyOf, bound: sql`${column} >= ''` }
  }
  const end = at === 'latest' ? FOREVER : at
  if (by === 'updatedAt') {
    const keyOf = ({ live_from, saved_at }: Row) => live_from ?? saved_at
    return { ...order, key: UPDATED, keyOf, bound: sql`${UPDATED} <= ${end}`, isComputed: true }
  }
  if (at !== 'latest') return { ...newestFirst(at, alias), descending }
  const keyOf = ({ published_at }: Row) => published_at ?? FOREVER
  const { id } = order
  const key = PUBLISHED_OR_NOT
  return { id, descending, key, keyOf, bound: sql`${key} <= ${end}`, isComputed: true }
}

/** In the order of publication, as the index of all lists has it. */
export function newestFirst(at: Instant, alias: 'v' | 'i'): Order {
  const key = sql.ref<Instant>(`${alias}.published_at`)
  return {
    by: 'publishedAt',
    key,
    id: sql.ref(`${alias}.document_id`),
    descending: true,
    keyOf: ({ published_at }) => Number(published_at), // what is live has been published
    bound: sql`${key} <= ${at}`,
  }
}

/** At `latest`. The identities lead, in their index, unless a filter finds so few that they are sorted. */
export function lastMadeFirst(isOfFew: boolean): Order {
  return {
    key: sql.ref(isOfFew ? 'v.created_at' : 'd.created_at'),
    id: sql.ref(isOfFew ? 'v.document_id' : 'd.id'),
    descending: true,
    keyOf: ({ created_at }) => created_at,
    isOfIdentities: !isOfFew,
  }
}

/** The parts of a document. */
export const inPosition: Order = {
  key: sql.ref('v.position'),
  id: sql.ref('v.document_id'),
  descending: false,
  keyOf: ({ position }) => Number(position),
  range: [-1, LAST_POSITION + 1],
}

export type Where = Position<number | string>

export function directionOf(order: Order, from: Where | undefined): 'asc' | 'desc' {
  return order.descending !== (from?.backwards ?? false) ? 'desc' : 'asc'
}

/** The key and id of a position, as they are compared with. */
export function placeIn({ range }: Order, { key: [key, id] }: Where): Where['key'] {
  if (typeof key !== 'number' || !range) return [key, id]
  const [least, greatest] = range
  return [Math.max(least, Math.min(key, greatest)), id]
}

export function isBeyond(order: Order, from: Where): RawBuilder<SqlBool> {
  const [key, id] = from.key
  const sign = directionOf(order, from) === 'desc' ? '<' : '>'
  const beyond = sql<SqlBool>`(${order.key}, ${order.id}) ${sql.raw(from.inclusive ? `${sign}=` : sign)} (${key}, ${id})`
  return order.isComputed ? sql`${beyond} and ${order.key} ${sql.raw(`${sign}=`)} ${key}` : beyond
}
