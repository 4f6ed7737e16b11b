import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Instant } from '../storage/clock.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Asked } from './filter-parameters.ts'
import { keptOnce, kindOf, MARKS_OF_MOMENT, markOf, Statement, valuesOf } from './kept-statements.ts'
import type { ListRequest } from './list.ts'
import type { Moment } from './moment.ts'
import { type Lead, leadOf, narrow } from './narrow.ts'
import {
  directionOf,
  inPosition,
  isBeyond,
  lastMadeFirst,
  newestFirst,
  type Order,
  orderBy,
  placeIn,
} from './order.ts'
import { type RowQuery, selectShown } from './rows.ts'
import { visible } from './visibility.ts'

/** How a page of a list is read. */
export interface Plan {
  readonly page: Statement
  /** Of all pages, where that is asked for. */
  readonly total: Statement | undefined
  readonly order: Order
}

/** Lists that are asked for in the same way have the same plan. Words make it longer or shorter: it is made for each request, as for what is selected otherwise. */
export function planFor(trx: Trx, type: ContentType, request: ListRequest, asked: readonly Asked[]): Plan {
  const hasWords = asked.some(({ filter }) => filter.place.kind === 'words')
  const make = () => planOf(trx, type, request, asked)
  return hasWords || request.select ? make() : keptOnce(trx, shapeOf(type, request, asked), make)
}

function planOf(trx: Trx, type: ContentType, request: ListRequest, asked: readonly Asked[]): Plan {
  const moment = markOf(request.moment)
  const from = request.from && { ...request.from, key: MARKS_OF_POSITION }
  const marked = asked.map((each, index) =>
    isMarked(each) ? { ...each, value: markFor(each, index) } : each,
  )
  const { query, order, start, isSorted } = compose(trx, type, { ...request, moment, from }, marked)
  const direction = directionOf(order, from)
  const marks = [...MARKS_OF_MOMENT, UNTIL, ...MARKS_OF_POSITION, ...marked.map(({ value }) => value)]
  const inOrder = (versions: RowQuery) =>
    versions
      .orderBy(order.key, direction)
      .orderBy(order.id, direction)
      .limit(sql.lit(request.limit + 1))
  const selected = request.select ? request.select(query.clearSelect() as RowQuery) : query
  // A position says where to begin as well as the bound does, and SQLite would begin at the bound.
  const found = inOrder(selected.where(from ? isBeyond(order, from) : start))
  const page = isSorted && !request.select ? inOrder(those(trx, type, moment, found)) : found
  const total = query.where(start).clearSelect().select(sql<number>`count(*)`.as('total'))
  return {
    page: new Statement(page.compile(), marks),
    total: request.count ? new Statement(total.compile(), marks) : undefined,
    order,
  }
}

/** What documents show, of these versions: SQLite would sort whole rows, with the bodies of all that are not on the page. */
function those(trx: Trx, type: ContentType, moment: Moment, versions: RowQuery): RowQuery {
  const keys = versions.clearSelect().select(['v.document_id', 'v.version'])
  return selectShown(trx, type, moment, true).where(sql<SqlBool>`(v.document_id, v.version) in (${keys})`)
}

/** Everything on which the text of a list's statements depends. */
function shapeOf(
  type: ContentType,
  { moment, limit, from, count, sort, referring }: ListRequest,
  asked: readonly Asked[],
): string {
  const filters = asked.map(
    ({ filter, operator, value, isCommon }) =>
      `${filter.name} ${operator === 'exists' ? value : operator} ${isCommon}`,
  )
  const position = from && `${from.backwards} ${from.inclusive}`
  const order = `${sort?.by} ${sort?.descending} ${referring?.by.field}`
  return `list ${type.type} ${kindOf(moment)} ${limit} ${count} ${position} ${order} ${filters.join()}`
}

/** Text without NUL is all that there is otherwise. */
const MARKS_OF_POSITION = ['\0key', '\0id'] as const

function markFor({ operator }: Asked, index: number): unknown {
  return operator === 'in' ? [`\0${index}`] : `\0${index}`
}

/** Whether there is something stands in the text of the statement itself. */
function isMarked({ filter, operator }: Asked): boolean {
  return operator !== 'exists' && filter.place.kind !== 'words'
}

/** What a request has in the places of the marks. */
export function valuesFor({ moment, from }: ListRequest, order: Order, asked: readonly Asked[]): unknown[] {
  const [key, id] = from ? placeIn(order, from) : []
  return [...valuesOf(moment), untilOf(moment, asked), key, id, ...asked.map(({ value }) => value)]
}

/** No instant is so early. */
const UNTIL = Number.MIN_SAFE_INTEGER + 3

/** Nothing in the list was published later: it has not been updated before it was published. */
function untilOf({ at }: Moment, asked: readonly Asked[]): Instant | undefined {
  if (at === 'latest') return undefined
  const ends = asked.filter(
    ({ filter, operator }) => filter.place.kind === 'updatedAt' && (operator === 'lt' || operator === 'lte'),
  )
  return Math.min(at, ...ends.map(({ value }) => value as Instant)) // as the parameter has read it
}

/** Everything that the list holds, the order that it is in, and where that begins. */
function compose(
  trx: Trx,
  type: ContentType,
  request: ListRequest,
  asked: readonly Asked[],
): { query: RowQuery; order: Order; start: RawBuilder<SqlBool>; isSorted: boolean } {
  const { moment } = request
  const isOfParts = isOfPartsOf(type, request)
  const lead = leadOf(type, asked, isByPublication(type, request))
  const order = orderOf(request, lead, isOfParts)
  const found = selectShown(trx, type, moment, !order.isOfIdentities)
  const seen = found.where(visible(type, moment, { withParent: !isOfParts }))
  const narrowed = narrow(trx, type, seen, asked, { moment, lead, order, from: request.from })
  const query = order.isOfIdentities ? narrowed.where(sql<SqlBool>`d.type = ${type.type}`) : narrowed
  const isSorted = lead?.isSorted ?? false
  const bound =
    moment.at !== 'latest' && order.by === 'publishedAt'
      ? sql<SqlBool>`${order.key} <= ${UNTIL}`
      : order.bound
  return { query, order, start: isSorted ? sql`true` : (bound ?? sql`true`), isSorted }
}

function isOfPartsOf(type: ContentType, { referring }: ListRequest): boolean {
  return referring !== undefined && referring.by.field === type.parent?.field
}

function isByPublication(type: ContentType, request: ListRequest): boolean {
  const { moment, sort } = request
  return moment.at !== 'latest' && (sort ? sort.by === 'publishedAt' : !isOfPartsOf(type, request))
}

/** Where a page lies that is newest first, and how long it is. */
export interface NewestPage {
  readonly seenBy: Instant
  /** Nothing on it was published later. */
  readonly until: Instant
  readonly limit: number
}

/** @returns undefined of any other page, and where all are to be counted */
export function newestOf(type: ContentType, request: ListRequest): NewestPage | undefined {
  const { moment, from, sort, count, limit } = request
  const isForward = !from?.backwards && sort?.descending !== false
  if (moment.at === 'latest' || !isForward || count || !isByPublication(type, request)) return undefined
  const [key] = from?.key ?? []
  const until = typeof key === 'number' ? Math.min(key, moment.at) : moment.at
  return { seenBy: moment.at, until, limit }
}

function orderOf({ moment, sort }: ListRequest, lead: Lead | undefined, isOfParts: boolean): Order {
  const alias = lead?.index ? 'i' : 'v'
  if (sort) return orderBy(sort, moment, alias)
  if (isOfParts) return inPosition
  return moment.at === 'latest' ? lastMadeFirst(lead !== undefined) : newestFirst(moment.at, alias)
}
