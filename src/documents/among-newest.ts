import { sql } from 'kysely'
import type { Instant } from '../storage/clock.ts'
import { run } from '../storage/statement.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { FEW, fewFor } from './few.ts'
import type { Asked } from './filter-parameters.ts'
import type { ListRequest } from './list.ts'
import { type NewestPage, newestOf } from './list-plan.ts'
import { compared, leadOf } from './narrow.ts'

/**
 * The filters for a page that is newest first, of what many have, such as a quote by somebody who is quoted every day:
 * they are sooner met among the newest documents than all found and sorted. If the page is not full, there are more.
 *
 * @returns undefined where what is asked for is found otherwise
 */
export async function amongNewest(
  trx: Trx,
  type: ContentType,
  asked: readonly Asked[],
  request: ListRequest,
): Promise<Asked[] | undefined> {
  const page = newestOf(type, request)
  const lead = leadOf(type, asked, true)
  if (!page || !lead?.isSorted || !(await isCommon(trx, type, lead.asked, page))) return undefined
  const others = asked.map((each) => (each === lead.asked ? { ...each, isCommon: true } : each))
  const filter = type.listFilters.find(({ place }) => place.kind === 'publishedAt')
  const since = await newestSince(trx, type, page)
  return filter && since !== undefined ? [{ filter, operator: 'gte', value: since }, ...others] : others
}

async function isCommon(
  trx: Trx,
  type: ContentType,
  asked: Asked,
  { seenBy, limit }: NewestPage,
): Promise<boolean> {
  const most = fewFor(limit)
  const place = placeOf(type, asked)
  if (!place) return false
  const { rows } = await sql<{
    total: number
  }>`select count(*) as total from (select 1 from ${place.table} as v
    where ${compared(trx, place.column, asked)} and v.live_from <= ${seenBy} limit ${sql.lit(most + 1)}) as few`.execute(
    trx.db,
  )
  return Number(rows[0]?.total) > most
}

/** Where there is a row for each that has what is asked for; undefined of ids and slugs, which are as few as are named. */
function placeOf({ table }: ContentType, { filter: { place } }: Asked) {
  if (place.kind === 'list') return { table: sql.table(place.index), column: sql.ref('v.target_id') }
  if (place.kind === 'parts')
    return { table: sql.table(place.part.table), column: sql.ref(`v.${place.column}`) }
  if (place.kind === 'column') return { table: sql.table(table), column: sql.ref(`v.${place.column}`) }
  return undefined
}

/** When the last of the few newest was published; undefined if there are no more. */
async function newestSince(
  trx: Trx,
  type: ContentType,
  { seenBy, until }: NewestPage,
): Promise<Instant | undefined> {
  const rows = await run<{ published_at: Instant }>(
    trx,
    `since ${type.table}`,
    [seenBy, until],
    (at, until) =>
      sql`select v.published_at from ${sql.table(type.table)} as v
        where v.published_at <= ${until} and v.live_from <= ${at} and v.live_to > ${at}
        order by v.published_at desc, v.document_id desc limit 1 offset ${sql.lit(FEW)}`,
  )
  return rows[0]?.published_at
}
