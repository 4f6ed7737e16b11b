import { DatelineError } from '../errors.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { type Revision, revise, standingOf } from './revise.ts'
import { editable, selectRows } from './rows.ts'
import type { Standing } from './timelines.ts'

/**
 * Saves the content of an earlier version again, as a new one in the state of the newest. What has been
 * corrected in public stays on the record.
 *
 * @returns where the document stood before
 * @throws DatelineError `invalid_content` when there is no such version, and as `revise` does
 */
export async function restore(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  version: number,
  revision: Omit<Revision, 'restored' | 'base'>,
): Promise<Standing> {
  const { newest } = await standingOf(trx, type, id, revision.expected)
  const row = await selectRows(trx, type)
    .where('v.document_id', '=', id)
    .where('v.version', '=', version)
    .executeTakeFirst()
  if (row) {
    const restored = editable(trx, type, row)
    return revise(trx, type, id, () => restored, { ...revision, restored })
  }
  const detail = `There is no version ${version}: the newest is ${newest.version}.`
  throw new DatelineError('invalid_content', detail, {
    items: [{ pointer: '/version', code: 'not_found', detail }],
  })
}
