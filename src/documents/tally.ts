import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Trx } from '../storage/transaction.ts'
import { type ContentType, listIndex } from './content-type.ts'
import type { Moment } from './moment.ts'
import { edgesOf, type Page, type PageRequest } from './page.ts'
import { visible } from './visibility.ts'

/** One of the values in a list of many documents, and how many of those a reader sees. */
export interface Tally {
  readonly value: string
  readonly documents: number
}

/**
 * One page of the values in an indexed list of a type without a parent, in their order. The index is entered
 * once for each value on the page and once for its count: what other values there are costs nothing.
 */
export async function tally(
  trx: Trx,
  type: ContentType,
  field: string,
  moment: Moment,
  { limit, from }: PageRequest<string>,
): Promise<Page<Tally, string>> {
  const isBack = from?.backwards ?? false
  const beyond = (inclusive: boolean) => sql.raw(`${isBack ? '<' : '>'}${inclusive ? '=' : ''}`)
  const first = from ? { is: beyond(from.inclusive), value: sql`${from.key[0]}` } : undefined
  const next = (start: Start | undefined) => {
    const direction = isBack ? sql`desc` : sql`asc`
    return sql`(${entriesOf(type, field, moment, start)} order by value ${direction} limit 1)`
  }
  const here = sql.ref('found.value')
  const { rows } = await sql<Tally>`with recursive found(value, place) as (
      select ${next(first)}, 1
      union all
      select ${next({ is: beyond(false), value: here })}, found.place + 1 from found
      where found.value is not null and found.place <= ${sql.lit(limit)})
    select found.value, (select count(*) from
      (${entriesOf(type, field, moment, { is: sql`=`, value: here })}) as e) as documents
    from found where found.value is not null order by found.place`.execute(trx.db)
  const page = rows.slice(0, limit)
  if (isBack) page.reverse()
  const [top, bottom] = [page.at(0), page.at(-1)].map((row) => row && ([row.value, ''] as const))
  return { rows: page, ...edgesOf(top, bottom, from, rows.length > limit) }
}

/** What an entry's value is compared with. */
interface Start {
  readonly is: RawBuilder<unknown>
  readonly value: RawBuilder<unknown>
}

/**
 * The values in the lists of documents that are seen, once for each document. The index has the windows of
 * the versions, and stands in for them as `v`; only at `latest` they are read themselves.
 */
function entriesOf(
  type: ContentType,
  field: string,
  moment: Moment,
  start: Start | undefined,
): RawBuilder<unknown> {
  const index = sql.table(listIndex(type, { field }))
  const isSeen = visible(type, moment)
  const bound = (column: string) =>
    start ? sql<SqlBool>`${sql.ref(column)} ${start.is} ${start.value}` : sql<SqlBool>`true`
  if (moment.at !== 'latest')
    return sql`select v.target_id as value from ${index} as v where ${bound('v.target_id')} and ${isSeen}`
  return sql`select i.target_id as value from ${index} as i
    join ${sql.table(type.table)} as v on v.document_id = i.document_id and v.version = i.version
    join documents as d on d.id = v.document_id and d.latest_version = v.version
    where ${bound('i.target_id')} and ${isSeen}`
}
