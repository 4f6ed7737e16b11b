import { isDeepStrictEqual } from 'node:util'
import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import { contentOf, selectRows } from './rows.ts'

/** What readers rely on is, in this content, what somebody saved as a minor change after that version. */
export async function wasCalledMinor(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  after: number,
  content: Content,
): Promise<boolean> {
  const rows = await selectRows(trx, type)
    .where('v.document_id', '=', id)
    .where('v.version', '>', after)
    .where('v.minor', '=', 1)
    .execute()
  return rows.some((row) => changedOnRecord(type, contentOf(trx, type, row), content).length === 0)
}

function changedOnRecord({ onRecord }: ContentType, before: Content, after: Content): string[] {
  return onRecord.filter((field) => !isDeepStrictEqual(before[field], after[field]))
}
