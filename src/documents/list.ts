import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Trx } from '../storage/transaction.ts'
import { type ContentType, listIndex, type Relation, toColumn } from './content-type.ts'
import { LAST_POSITION } from './fields.ts'
import type { Moment } from './moment.ts'
import { type Document, type Row, type RowQuery, selectRows, toDocument } from './rows.ts'
import { visible } from './visibility.ts'

/** Where a page begins: the sort key and id of the document before it, in the direction of reading. */
export interface Position {
  readonly key: readonly [number, string]
  readonly backwards: boolean
  /** The document with this key is on the page: it leads back from a page that has become empty. */
  readonly inclusive: boolean
}

export interface ListRequest {
  readonly moment: Moment
  readonly limit: number
  readonly from?: Position | undefined
  readonly count: boolean
  /** Only the documents that refer to this one by that relation of theirs. */
  readonly referring?: { readonly by: Relation; readonly id: string } | undefined
}

export interface Page {
  readonly documents: Document[]
  readonly next: Position | null
  readonly prev: Position | null
  readonly total?: number
}

/** One page of a list: the parts of a document in their order, everything else newest first. */
export async function list(trx: Trx, type: ContentType, request: ListRequest): Promise<Page> {
  const { limit, from } = request
  const order = orderOf(type, request)
  const rows = await narrowed(trx, type, request)
    .$if(from !== undefined, (query) => query.where(isBeyond(order, from)))
    .orderBy(order.key, directionOf(order, from))
    .orderBy(order.id, directionOf(order, from))
    .limit(sql.lit(limit + 1))
    .execute()
  const more = rows.length > limit
  const page = rows.slice(0, limit)
  if (from?.backwards) page.reverse()
  const total = request.count ? { total: await countAll(trx, type, request) } : {}
  return {
    documents: page.map((row) => toDocument(trx, type, row)),
    next: from?.backwards
      ? edge(order, page.at(-1), from, false)
      : more
        ? edge(order, page.at(-1), undefined, false)
        : null,
    prev: from?.backwards
      ? more
        ? edge(order, page[0], undefined, true)
        : null
      : from
        ? edge(order, page[0], from, true)
        : null,
    ...total,
  }
}

/** The parts of several documents at once, in the order of (position, id). */
export async function listParts(
  trx: Trx,
  type: ContentType,
  parents: readonly string[],
  moment: Moment,
): Promise<Document[]> {
  const column = sql.ref<string>(`v.${type.parent?.column}`)
  const rows = await selectRows(trx, type, moment)
    .where(sql<SqlBool>`${column} in ${trx.dialect.among(parents)}`)
    .where(visible(type, moment, false))
    .orderBy(sql.ref('v.position'))
    .orderBy('v.document_id')
    .execute()
  return rows.map((row) => toDocument(trx, type, row))
}

/** Those of the documents with these ids that are visible at this moment. */
export async function listByIds(
  trx: Trx,
  type: ContentType,
  ids: readonly string[],
  moment: Moment,
): Promise<Document[]> {
  const rows = await selectRows(trx, type, moment)
    .where(sql<SqlBool>`v.document_id in ${trx.dialect.among(ids)}`)
    .where(visible(type, moment))
    .execute()
  return rows.map((row) => toDocument(trx, type, row))
}

function narrowed(trx: Trx, type: ContentType, { moment, referring }: ListRequest): RowQuery {
  const query = selectRows(trx, type, moment)
  if (!referring) return query.where(visible(type, moment))
  const { by, id } = referring
  if (by.kind === 'each') return listed(query.where(visible(type, moment)), listIndex(type, by), moment, id)
  const isParent = by.field === type.parent?.field
  return query
    .where(sql<SqlBool>`${sql.ref(`v.${toColumn(by.field)}`)} = ${id}`)
    .where(visible(type, moment, !isParent))
}

/** The index `i` of a list holds the windows too, so that it alone finds the page in order. */
function listed(query: RowQuery, index: `${string}_index`, { at }: Moment, id: string): RowQuery {
  const joined = query
    .innerJoin(sql<ListIndexRow>`${sql.table(index)}`.as('i'), (join) =>
      join.onRef('i.document_id', '=', 'v.document_id').onRef('i.version', '=', 'v.version'),
    )
    .where('i.target_id', '=', id) as unknown as RowQuery // callers see `v` alone
  if (at === 'latest') return joined
  return joined.where(sql<SqlBool>`i.published_at <= ${at} and i.live_from <= ${at} and i.live_to > ${at}`)
}

interface ListIndexRow {
  document_id: string
  version: number
  target_id: string
}

async function countAll(trx: Trx, type: ContentType, request: ListRequest): Promise<number> {
  const { total } = await narrowed(trx, type, request)
    .clearSelect()
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

interface Order {
  readonly key: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  readonly column: 'published_at' | 'created_at' | 'position'
  readonly descending: boolean
}

function orderOf(type: ContentType, { moment, referring }: ListRequest): Order {
  if (referring && referring.by.field === type.parent?.field)
    return { key: sql.ref('v.position'), id: sql.ref('v.document_id'), column: 'position', descending: false }
  if (moment.at === 'latest')
    return { key: sql.ref('d.created_at'), id: sql.ref('d.id'), column: 'created_at', descending: true }
  const alias = referring?.by.kind === 'each' ? 'i' : 'v'
  return {
    key: sql.ref(`${alias}.published_at`),
    id: sql.ref(`${alias}.document_id`),
    column: 'published_at',
    descending: true,
  }
}

function directionOf(order: Order, from: Position | undefined): 'asc' | 'desc' {
  return order.descending !== (from?.backwards ?? false) ? 'desc' : 'asc'
}

function isBeyond(order: Order, from: Position | undefined): RawBuilder<SqlBool> {
  if (!from) return sql`true`
  const [given, id] = from.key
  // A forged key may be beyond what the column holds, which PostgreSQL refuses to compare.
  const key = order.column === 'position' ? Math.max(-1, Math.min(given, LAST_POSITION + 1)) : given
  const comparison = `${directionOf(order, from) === 'desc' ? '<' : '>'}${from.inclusive ? '=' : ''}`
  return sql`(${order.key}, ${order.id}) ${sql.raw(comparison)} (${key}, ${id})`
}

/** The cursor that starts at the edge of this page; of an empty page, where it would have begun. */
function edge(
  order: Order,
  row: Row | undefined,
  from: Position | undefined,
  backwards: boolean,
): Position | null {
  if (row) return { key: [Number(row[order.column]), row.document_id], backwards, inclusive: false }
  return from ? { key: from.key, backwards, inclusive: !from.inclusive } : null
}
