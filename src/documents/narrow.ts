import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Trx } from '../storage/transaction.ts'
import { type ContentType, toColumn } from './content-type.ts'
import type { Asked } from './filter-parameters.ts'
import type { Place } from './filters.ts'
import { isId } from './ids.ts'
import type { Moment } from './moment.ts'
import { UPDATED } from './order.ts'
import { type RowQuery, selectRows } from './rows.ts'
import { visible, wasPublic } from './visibility.ts'

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

/** Leaves the versions `v` that a filter lets through. */
export function narrow(
  trx: Trx,
  type: ContentType,
  query: RowQuery,
  asked: readonly Asked[],
  moment: Moment,
): RowQuery {
  return asked.reduce((some, each) => some.where(condition(trx, type, each, moment)), query)
}

/**
 * The one filter by what is in a list whose index can lead the query: the index holds the windows too, so
 * that it alone finds a page in order.
 */
export function leadingOf(asked: readonly Asked[]): Asked | undefined {
  return asked.find(({ filter, operator }) => filter.place.kind === 'list' && operator !== 'in')
}

/** Whether a filter finds so few that they can be put in any order: not what has one of a handful of values. */
export function findsFew({ sortBy }: ContentType): (asked: Asked) => boolean {
  return ({ filter: { target, place }, operator }) => {
    if (operator === 'exists') return false
    if (target || place.kind === 'list' || place.kind === 'id' || place.kind === 'slug') return true
    return place.kind === 'column' && sortBy !== undefined && place.column === toColumn(sortBy)
  }
}

/** Joins the index of a leading filter as `i`. */
export function ledBy(query: RowQuery, { filter, value }: Asked, { at }: Moment): RowQuery {
  const { index } = filter.place as Extract<Place, { kind: 'list' }> // as `leadingOf` has chosen it
  const joined = query
    .innerJoin(sql<IndexRow>`${sql.table(index)}`.as('i'), (join) =>
      join.onRef('i.document_id', '=', 'v.document_id').onRef('i.version', '=', 'v.version'),
    )
    .where('i.target_id', '=', String(value)) as unknown as RowQuery // callers see `v` alone
  if (at === 'latest') return joined
  return joined.where(sql<SqlBool>`i.published_at <= ${at} and i.live_from <= ${at} and i.live_to > ${at}`)
}

interface IndexRow {
  document_id: string
  version: number
  target_id: string
}

function condition(trx: Trx, type: ContentType, asked: Asked, moment: Moment): Condition {
  const { place } = asked.filter
  switch (place.kind) {
    case 'column':
      return compared(trx, sql.ref(`v.${place.column}`), asked)
    case 'publishedAt':
      return compared(trx, sql.ref('v.published_at'), asked)
    case 'updatedAt':
      return compared(trx, UPDATED, asked)
    case 'id':
      return compared(trx, sql.ref('v.document_id'), asked)
    case 'slug':
      return sql`${compared(trx, sql.ref('v.slug'), asked)} and v.document_id in (
        select s.document_id from slugs as s where s.type = ${type.type} and ${compared(trx, sql.ref('s.slug'), asked)})`
    case 'list':
      return sql`(v.document_id, v.version) in (select i.document_id, i.version from ${sql.table(place.index)} as i
        where ${compared(trx, sql.ref('i.target_id'), asked)})`
    case 'parts':
      return sql`v.document_id in (${holders(trx, place, asked, moment)})`
  }
}

/** The documents with a part that the reader sees and that the filter lets through. Its rows are `v` as well, in a scope of their own. */
function holders(
  trx: Trx,
  { part, column }: Extract<Place, { kind: 'parts' }>,
  asked: Asked,
  moment: Moment,
): RawBuilder<unknown> {
  const parts = selectRows(trx, part, { ...moment, drafts: false })
    .clearSelect()
    .select(sql.ref<string>(`v.${part.parent?.column}`).as('holder'))
    .where(visible(part, moment, { withParent: false }))
    .where(compared(trx, sql.ref(`v.${column}`), asked))
  return sql`${parts}`
}

const signs = { eq: '=', has: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

function compared(trx: Trx, column: RawBuilder<unknown>, { operator, value }: Asked): Condition {
  if (operator === 'in') return sql`${column} in ${trx.dialect.among(value as string[])}` // as the parameter has read it
  if (operator === 'exists') return sql`${column} ${sql.raw(value === true ? 'is not null' : 'is null')}`
  return sql`${column} ${sql.raw(signs[operator])} ${value}`
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
