import { type SqlBool, sql } from 'kysely'
import { run } from '../storage/statement.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { amongIds, fewFor } from './few.ts'
import type { Asked } from './filter-parameters.ts'
import type { ListRequest } from './list.ts'
import { leadOf } from './narrow.ts'
import { UPDATED } from './order.ts'

/**
 * The documents that `updatedAt` lets through, as one more filter, where they are few and the list is in another
 * order: for who asks what is new since the last time, all of the list would be read for want of a page.
 */
export async function narrowByUpdates(
  trx: Trx,
  type: ContentType,
  asked: readonly Asked[],
  { moment: { at }, sort, limit }: ListRequest,
): Promise<Asked[]> {
  const bounds = asked.filter(({ filter }) => filter.place.kind === 'updatedAt')
  if (bounds.length === 0 || sort?.by === 'updatedAt' || leadOf(type, asked, false)) return []
  const seen = at === 'latest' ? [] : [{ operator: 'lte', value: at } as const]
  const compared = [...bounds, ...seen]
  const most = fewFor(limit)
  const rows = await run<{ document_id: string }>(
    trx,
    `updates ${type.table} ${compared.map(({ operator }) => operator)} ${most}`,
    compared.map(({ value }) => value),
    (...places) => {
      const conditions = compared.map(
        ({ operator }, index) =>
          sql<SqlBool>`${UPDATED} ${sql.raw(SIGNS[operator as Sign])} ${places[index]}`, // of instants
      )
      return sql`select v.document_id from ${sql.table(type.table)} as v
        where ${sql.join(conditions, sql` and `)} limit ${sql.lit(most + 1)}`
    },
  )
  return rows.length > most ? [] : [amongIds(rows.map((row) => row.document_id))]
}

type Sign = keyof typeof SIGNS
const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
