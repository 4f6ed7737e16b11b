import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Position } from '../http/cursor.ts'
import type { Trx } from '../storage/transaction.ts'
import { type ContentType, listIndex, type Relation, toColumn } from './content-type.ts'
import type { Asked } from './filter-parameters.ts'
import type { Moment } from './moment.ts'
import { type Lead, leadOf, narrow, narrowByWords, resolveSlugs } from './narrow.ts'
import {
  directionOf,
  inPosition,
  isBeyond,
  lastMadeFirst,
  newestFirst,
  type Order,
  orderBy,
  type Sort,
} from './order.ts'
import { edgesOf } from './page.ts'
import { type Document, type Row, type RowQuery, selectRows, toDocument } from './rows.ts'
import { rowsAt } from './rows-at.ts'
import { visible } from './visibility.ts'

export type ListPosition = Position<number | string>

export interface ListRequest {
  readonly moment: Moment
  readonly limit: number
  readonly from?: ListPosition | undefined
  readonly count?: boolean | undefined
  readonly asked?: readonly Asked[] | undefined
  /** Absent: the parts of a document in their order, everything else newest first. */
  readonly sort?: Sort | undefined
  /** Only the documents that refer to this one by that relation of theirs. */
  readonly referring?: { readonly by: Relation; readonly id: string } | undefined
}

export interface Page {
  readonly documents: Document[]
  readonly next: ListPosition | null
  readonly prev: ListPosition | null
  readonly total?: number
}

/** One page of a list. */
export async function list(trx: Trx, type: ContentType, request: ListRequest): Promise<Page> {
  const { limit, from } = request
  const { query, order, start } = await compose(trx, type, request)
  const direction = directionOf(order, from)
  // A position says where to begin as well as the bound does, and SQLite would begin at the bound.
  const rows = await query
    .where(from ? isBeyond(order, from) : start)
    .orderBy(order.key, direction)
    .orderBy(order.id, direction)
    .limit(sql.lit(limit + 1))
    .execute()
  const total = request.count ? { total: await count(query.where(start)) } : {}
  return { ...pageOf(trx, type, order, rows, request), ...total }
}

/** The parts of several documents at once, in the order of (position, id). */
export async function listParts(
  trx: Trx,
  type: ContentType,
  parents: readonly string[],
  moment: Moment,
): Promise<Document[]> {
  const column = sql.ref<string>(`v.${type.parent?.column}`)
  const rows = await rowsAt(trx, `parts ${type.type}`, moment, parents, (moment, parents) =>
    selectRows(trx, type, moment)
      .where(sql<SqlBool>`${column} in ${trx.dialect.among(parents)}`)
      .where(visible(type, moment, { withParent: false }))
      .orderBy(sql.ref('v.position'))
      .orderBy('v.document_id'),
  )
  return rows.map((row) => toDocument(trx, type, row))
}

/** Those of the documents with these ids that are visible at this moment. */
export async function listByIds(
  trx: Trx,
  type: ContentType,
  ids: readonly string[],
  moment: Moment,
): Promise<Document[]> {
  const rows = await rowsAt(trx, `those ${type.type}`, moment, ids, (moment, ids) =>
    selectRows(trx, type, moment)
      .where(sql<SqlBool>`v.document_id in ${trx.dialect.among(ids)}`)
      .where(visible(type, moment)),
  )
  return rows.map((row) => toDocument(trx, type, row))
}

/** Everything that the list holds, the order that it is in, and where that begins. */
async function compose(
  trx: Trx,
  type: ContentType,
  request: ListRequest,
): Promise<{ query: RowQuery; order: Order; start: RawBuilder<SqlBool> }> {
  const { moment, referring, sort } = request
  const isOfParts = referring !== undefined && referring.by.field === type.parent?.field
  const given = await resolveSlugs(trx, [...askedBy(type, referring), ...(request.asked ?? [])], moment)
  const asked = [...(await narrowByWords(trx, type, given, request)), ...given]
  const isNewestFirst = moment.at !== 'latest' && (sort ? sort.by === 'publishedAt' : !isOfParts)
  const lead = leadOf(type, asked, isNewestFirst)
  const order = orderOf(request, lead, isOfParts)
  const found = selectRows(trx, type, moment, !order.isOfIdentities)
  const seen = found.where(visible(type, moment, { withParent: !isOfParts }))
  const narrowed = narrow(trx, type, seen, asked, { moment, lead, order, from: request.from })
  const query = order.isOfIdentities ? narrowed.where(sql<SqlBool>`d.type = ${type.type}`) : narrowed
  return { query, order, start: lead?.isSorted ? sql`true` : (order.bound ?? sql`true`) }
}

function orderOf({ moment, sort }: ListRequest, lead: Lead | undefined, isOfParts: boolean): Order {
  const alias = lead?.index ? 'i' : 'v'
  if (sort) return orderBy(sort, moment, alias)
  if (isOfParts) return inPosition
  return moment.at === 'latest' ? lastMadeFirst(lead !== undefined) : newestFirst(moment.at, alias)
}

/** What refers to a document is what its own filter by that reference would find. */
function askedBy(type: ContentType, referring: ListRequest['referring']): Asked[] {
  if (!referring) return []
  const { by, id } = referring
  const place =
    by.kind === 'each'
      ? ({ kind: 'list', index: listIndex(type, by) } as const)
      : ({ kind: 'column', column: toColumn(by.field) } as const)
  const filter = { name: by.name, operators: ['eq'], values: z.string(), place } as const
  return [{ filter, operator: 'eq', value: id }]
}

async function count(query: RowQuery): Promise<number> {
  const { total } = await query
    .clearSelect()
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

function pageOf(
  trx: Trx,
  type: ContentType,
  order: Order,
  rows: Row[],
  { limit, from }: ListRequest,
): Omit<Page, 'total'> {
  const page = rows.slice(0, limit)
  if (from?.backwards) page.reverse()
  const keyOf = (row: Row) => [order.keyOf(row), row.document_id] as const
  const [first, last] = [page.at(0), page.at(-1)].map((row) => row && keyOf(row))
  return {
    documents: page.map((row) => toDocument(trx, type, row)),
    ...edgesOf(first, last, from, rows.length > limit),
  }
}
