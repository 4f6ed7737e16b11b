import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Trx } from '../storage/transaction.ts'
import { type ContentType, toColumn } from './content-type.ts'
import type { Asked } from './filter-parameters.ts'
import type { Place } from './filters.ts'
import { isId } from './ids.ts'
import type { Moment } from './moment.ts'
import { directionOf, type Order, UPDATED, type Where } from './order.ts'
import { type RowQuery, selectRows } from './rows.ts'
import { visible, wasPublic } from './visibility.ts'
import { asWritten, type Term, type WordQuery } from './word-query.ts'

type Condition = RawBuilder<SqlBool>

/** Puts ids where the filters have slugs, in one statement for each. A slug that leads nowhere finds nothing. */
export async function resolveSlugs(trx: Trx, asked: readonly Asked[], moment: Moment): Promise<Asked[]> {
  return Promise.all(
    asked.map(async ({ filter, operator, value }): Promise<Asked> => {
      if (!filter.target || operator === 'exists') return { filter, operator, value }
      const keys = (operator === 'in' ? value : [value]) as readonly string[] // as the parameter has read it
      const ids = await idsOf(trx, filter.target, keys, moment)
      return operator === 'in' || ids.length !== 1
        ? { filter, operator: 'in', value: ids }
        : { filter, operator, value: ids[0] }
    }),
  )
}

/**
 * What finds the rows of a list, besides its order. A filter that finds few comes first, and they are
 * sorted; one whose index is in the order that is asked for finds a page without any sorting; all others
 * only sift what the order brings along.
 */
export interface Lead {
  readonly asked: Asked
  /** Of what is in a list. It holds the windows too, so that it alone finds a page in order. */
  readonly index: `${string}_index` | undefined
  readonly isSorted: boolean
}

export function leadOf(type: ContentType, asked: readonly Asked[], isNewestFirst: boolean): Lead | undefined {
  const found =
    asked.find(({ filter }) => filter.place.kind === 'id') ??
    asked.find(({ filter, operator }) => filter.place.kind === 'list' && operator !== 'in') ??
    asked.find(findsFew(type)) ??
    asked.find(({ filter, operator }) => isNewestFirst && filter.place.kind === 'column' && operator === 'eq')
  if (!found) return undefined
  const { place } = found.filter
  const isOne = found.operator === 'eq' || found.operator === 'has'
  const hasOrder = place.kind === 'list' || place.kind === 'column'
  const index = place.kind === 'list' && isOne ? place.index : undefined
  return { asked: found, index, isSorted: !(isNewestFirst && isOne && hasOrder) }
}

/** Not what has one of a handful of values. */
function findsFew({ sortBy }: ContentType): (asked: Asked) => boolean {
  return ({ filter: { target, place }, operator, isCommon }) => {
    if (operator === 'exists' || isCommon) return false
    const isName = place.kind === 'column' && sortBy !== undefined && place.column === toColumn(sortBy)
    return target !== undefined || isName || place.kind === 'id' || place.kind === 'slug'
  }
}

interface Narrowing {
  readonly moment: Moment
  readonly lead: Lead | undefined
  readonly order: Order
  readonly from: Where | undefined
}

/** Leaves the versions `v` that the filters let through; by the one that leads they are found. */
export function narrow(
  trx: Trx,
  type: ContentType,
  query: RowQuery,
  asked: readonly Asked[],
  { moment, lead, order, from }: Narrowing,
): RowQuery {
  return asked.reduce((some, each) => {
    if (each === lead?.asked && lead.index) return ledBy(trx, some, lead.index, each, moment)
    if (each.filter.name === order.by) return some.where(compared(trx, keyFor(trx, each, order, from), each))
    return some.where(condition(trx, type, each, moment, each === lead?.asked))
  }, query)
}

/** A position says where to begin in the order; a filter that says it as well would send SQLite further back. */
function keyFor(
  { dialect }: Trx,
  { operator }: Asked,
  order: Order,
  from: Where | undefined,
): RawBuilder<unknown> {
  const isStart = (directionOf(order, from) === 'desc' ? ['lt', 'lte'] : ['gt', 'gte']).includes(operator)
  return from && isStart ? dialect.unindexed(order.key) : order.key
}

/** Joins the index of a list as `i`. */
function ledBy(
  { dialect }: Trx,
  query: RowQuery,
  index: `${string}_index`,
  { value }: Asked,
  { at }: Moment,
): RowQuery {
  const joined = query
    .innerJoin(sql<IndexRow>`${sql.table(index)}`.as('i'), (join) =>
      join.onRef('i.document_id', '=', 'v.document_id').onRef('i.version', '=', 'v.version'),
    )
    .where(sql<SqlBool>`i.target_id = ${dialect.equal(value)}`) as unknown as RowQuery // callers see `v` alone
  if (at === 'latest') return joined
  return joined.where(sql<SqlBool>`i.live_from <= ${at} and i.live_to > ${at}`)
}

interface IndexRow {
  document_id: string
  version: number
  target_id: string
}

function condition(trx: Trx, type: ContentType, asked: Asked, moment: Moment, leads: boolean): Condition {
  const { place } = asked.filter
  const at = (column: RawBuilder<unknown>) => (leads ? column : trx.dialect.unindexed(column))
  switch (place.kind) {
    case 'column':
      return compared(trx, at(sql.ref(`v.${place.column}`)), asked)
    case 'publishedAt':
      return compared(trx, at(sql.ref('v.published_at')), asked)
    case 'updatedAt':
      return compared(trx, at(UPDATED), asked)
    case 'id':
      return compared(trx, at(sql.ref('v.document_id')), asked)
    case 'slug':
      return sql`${compared(trx, sql.ref('v.slug'), asked)} and ${at(sql.ref('v.document_id'))} in (
        select s.document_id from slugs as s where s.type = ${type.type} and ${compared(trx, sql.ref('s.slug'), asked)})`
    case 'words':
      return hasWords(trx, asked.value as WordQuery) // as the parameter has read it
    case 'list':
      return leads ? inIndex(trx, place.index, asked) : isInIndex(trx, place.index, asked)
    case 'parts':
      return holds(trx, place, asked, moment, at(sql.ref('v.document_id')))
  }
}

/**
 * The database's index finds single words; the terms are seen in the text. To PostgreSQL they are one condition: for each
 * of several it would expect a third of the rows, and take what many have for rare.
 */
function hasWords({ dialect }: Trx, { wanted, excluded }: WordQuery): Condition {
  const has = (term: Term) => dialect.contains(sql.ref('s.words'), asWritten(term))
  const terms = [...wanted.map(has), ...excluded.map((term) => sql<SqlBool>`not ${has(term)}`)]
  return sql`exists (select 1 from version_words as s
    where s.document_id = v.document_id and s.version = v.version
      and case when ${sql.join(terms, sql` and `)} then true else false end)`
}

function inIndex(trx: Trx, index: string, asked: Asked): Condition {
  return sql`(v.document_id, v.version) in (select i.document_id, i.version from ${sql.table(index)} as i
    where ${compared(trx, sql.ref('i.target_id'), asked)})`
}

function isInIndex(trx: Trx, index: string, asked: Asked): Condition {
  return sql`exists (select 1 from ${sql.table(index)} as i
    where i.document_id = v.document_id and i.version = v.version and ${compared(trx, sql.ref('i.target_id'), asked)})`
}

/**
 * The documents with a part that the reader sees and that the filter lets through; one by one, if many have such a part.
 * Its rows are `v` as well, in a scope of their own.
 */
function holds(
  trx: Trx,
  { part, column }: Extract<Place, { kind: 'parts' }>,
  asked: Asked,
  moment: Moment,
  id: RawBuilder<unknown>,
): Condition {
  const [holder, tested] = [sql.ref(`v.${part.parent?.column}`), sql.ref(`v.${column}`)]
  const parts = selectRows(trx, part, { ...moment, drafts: false })
    .clearSelect()
    .select(holder.as('holder'))
    .where(visible(part, moment, { withParent: false }))
    .where(compared(trx, asked.isCommon ? trx.dialect.unindexed(tested) : tested, asked))
  if (!asked.isCommon) return sql`${id} in ${parts}`
  const own = parts.where(sql<SqlBool>`${holder} = h.id`)
  return sql`exists (select 1 from documents as h where h.id = v.document_id and exists ${own})`
}

const signs = { eq: '=', has: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

/** What a filter asks of a column. */
export function compared(trx: Trx, column: RawBuilder<unknown>, { operator, value }: Asked): Condition {
  if (operator === 'in') return sql`${column} in ${trx.dialect.among(value as string[])}` // as the parameter has read it
  if (operator === 'exists') return sql`${column} ${sql.raw(value === true ? 'is not null' : 'is null')}`
  const sign = signs[operator]
  return sql`${column} ${sql.raw(sign)} ${sign === '=' ? trx.dialect.equal(value) : value}`
}

/** The documents that these ids and slugs lead to, for who may know of them: an old slug if the public knew it. */
async function idsOf(
  trx: Trx,
  type: ContentType,
  keys: readonly string[],
  moment: Moment,
): Promise<string[]> {
  const ids = keys.filter((key) => isId(type.type, key))
  const slugs = keys.filter((key) => !isId(type.type, key))
  if (slugs.length === 0) return ids
  const { rows } = await sql<{ id: string }>`select distinct s.document_id as id from slugs as s
    where s.type = ${type.type} and s.slug in ${trx.dialect.among(slugs)} and ${known(type, moment)}`.execute(
    trx.db,
  )
  return [...new Set([...ids, ...rows.map(({ id }) => id)])]
}

function known(type: ContentType, { now, drafts }: Moment): Condition {
  if (drafts) return sql`true`
  return sql`exists (select 1 from ${sql.table(type.table)} as v
    where v.document_id = s.document_id and v.slug = s.slug and ${wasPublic(type, now)})`
}
