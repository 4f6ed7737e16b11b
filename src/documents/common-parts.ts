import { type SqlBool, sql } from 'kysely'
import type { Trx } from '../storage/transaction.ts'
import { fewFor } from './few.ts'
import type { Asked } from './filter-parameters.ts'
import type { ListRequest } from './list.ts'
import { compared } from './narrow.ts'

/** The same, and of what is asked of parts whether many have it, such as the quotes of somebody who is quoted every day. */
export function markCommon(
  trx: Trx,
  asked: readonly Asked[],
  { moment: { at }, limit }: ListRequest,
): Promise<Asked[]> {
  const most = fewFor(limit)
  return Promise.all(
    asked.map(async (each) => {
      const { place } = each.filter
      if (place.kind !== 'parts') return each
      const wasSeen = at === 'latest' ? sql<SqlBool>`true` : sql<SqlBool>`v.live_from <= ${at}`
      const { rows } = await sql<{ total: number }>`select count(*) as total from (
        select 1 from ${sql.table(place.part.table)} as v
          where ${compared(trx, sql.ref(`v.${place.column}`), each)} and ${wasSeen} limit ${sql.lit(most + 1)}) as few`.execute(
        trx.db,
      )
      return { ...each, isCommon: Number(rows[0]?.total) > most }
    }),
  )
}
