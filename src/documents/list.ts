import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Position } from '../http/cursor.ts'
import type { Trx } from '../storage/transaction.ts'
import { amongNewest } from './among-newest.ts'
import { type ContentType, listIndex, type Relation, toColumn } from './content-type.ts'
import { amongIds } from './few.ts'
import type { Asked } from './filter-parameters.ts'
import type { Statement } from './kept-statements.ts'
import { newestOf, planFor, valuesFor } from './list-plan.ts'
import type { Moment } from './moment.ts'
import { resolveSlugs } from './narrow.ts'
import { narrowByUpdates } from './narrow-by-updates.ts'
import { isWhole, narrowByWords, newestWith, wordsOf } from './narrow-by-words.ts'
import type { Order, Sort } from './order.ts'
import { edgesOf } from './page.ts'
import { type Document, type Row, type RowQuery, selectShown, toDocument } from './rows.ts'
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
  /** What to select of the versions `v` instead of what documents show: the key of the order, and more. */
  readonly select?: ((versions: RowQuery) => RowQuery) | undefined
}

export interface Page extends Edges {
  readonly documents: Document[]
}

export interface RowPage extends Edges {
  readonly rows: readonly Row[]
}

interface Edges {
  readonly next: ListPosition | null
  readonly prev: ListPosition | null
  readonly total?: number
}

/** One page of a list. */
export async function list(trx: Trx, type: ContentType, request: ListRequest): Promise<Page> {
  const { rows, ...edges } = await listRows(trx, type, request)
  return { documents: rows.map((row) => toDocument(trx, type, row)), ...edges }
}

/** The same as rows. */
export async function listRows(trx: Trx, type: ContentType, request: ListRequest): Promise<RowPage> {
  const { moment, referring } = request
  const given = await resolveSlugs(trx, [...askedBy(type, referring), ...(request.asked ?? [])], moment)
  if (given.some(({ filter }) => filter.place.kind === 'id')) return listBy(trx, type, request, given)
  const newest = await listNewest(trx, type, request, given)
  if (newest !== 'few' && newest !== 'many') return newest
  const byWords = newest === 'many' ? [] : await narrowByWords(trx, type, given, request)
  const few = byWords.length > 0 ? byWords : await narrowByUpdates(trx, type, given, request)
  const asked = [...few, ...given]
  const among = await amongNewest(trx, type, asked, request)
  const page = among && (await listBy(trx, type, request, among))
  return page?.next ? page : listBy(trx, type, request, asked)
}

/**
 * A page of the newest with some words, where it is certain that nothing is missing from it.
 *
 * @returns `many` where the index does not say what has the words, and otherwise `few`, as they may be, or of another order
 */
async function listNewest(
  trx: Trx,
  type: ContentType,
  request: ListRequest,
  asked: readonly Asked[],
): Promise<RowPage | 'few' | 'many'> {
  const [words, borders] = [wordsOf(asked), newestOf(type, request)]
  if (!words || !borders) return 'few'
  let isSaid = false
  for await (const newest of newestWith(trx, [type], words, borders)) {
    isSaid = true
    const among = newest.among(type) ?? amongIds([])
    const page = await listBy(trx, type, request, [among, ...asked])
    const last = page.next ? page.rows.at(-1)?.published_at : undefined
    if (isWhole(newest, last ?? undefined)) return page
  }
  return isSaid ? 'few' : 'many'
}

async function listBy(
  trx: Trx,
  type: ContentType,
  request: ListRequest,
  asked: readonly Asked[],
): Promise<RowPage> {
  const { page, total, order } = planFor(trx, type, request, asked)
  const values = valuesFor(request, order, asked)
  const rows = await page.rows(trx, values)
  const counted = total ? { total: await count(trx, total, values) } : {}
  return { ...pageOf(order, rows, request), ...counted }
}

/** The parts of several documents at once, in the order of (position, id). */
export async function listParts(
  trx: Trx,
  type: ContentType,
  parents: readonly string[],
  moment: Moment,
): Promise<Document[]> {
  const column = sql.ref<string>(`v.${type.parent?.column}`)
  const isOfOne = parents.length === 1 // which is found sooner than the elements of a list of one
  const rows = await rowsAt(trx, `parts ${type.type} ${isOfOne}`, moment, parents, (moment, parents) =>
    selectShown(trx, type, moment)
      .where(
        isOfOne
          ? sql<SqlBool>`${column} = ${trx.dialect.equal(parents[0])}`
          : sql<SqlBool>`${column} in ${trx.dialect.among(parents)}`,
      )
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
    selectShown(trx, type, moment)
      .where(sql<SqlBool>`v.document_id in ${trx.dialect.among(ids)}`)
      .where(visible(type, moment)),
  )
  return rows.map((row) => toDocument(trx, type, row))
}

/** What refers to a document is what its own filter by that reference would find. */
function askedBy(type: ContentType, referring: ListRequest['referring']): Asked[] {
  if (!referring) return []
  const { by, id } = referring
  const place =
    by.kind === 'each'
      ? ({ kind: 'list', index: listIndex(type, by) } as const)
      : ({ kind: 'column', column: toColumn(by.field) } as const)
  const filter = { name: by.name, operators: ['eq'], values: z.string(), target: by.target, place } as const
  return [{ filter, operator: 'eq', value: id }]
}

async function count(trx: Trx, statement: Statement, values: readonly unknown[]): Promise<number> {
  const [row] = await statement.rows(trx, values)
  return Number(row?.total)
}

function pageOf(order: Order, rows: Row[], { limit, from }: ListRequest): Omit<RowPage, 'total'> {
  const page = rows.slice(0, limit)
  if (from?.backwards) page.reverse()
  const keyOf = (row: Row) => [order.keyOf(row), row.document_id] as const
  const [first, last] = [page.at(0), page.at(-1)].map((row) => row && keyOf(row))
  return { rows: page, ...edgesOf(first, last, from, rows.length > limit) }
}
