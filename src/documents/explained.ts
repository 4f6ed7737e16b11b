import { isDeepStrictEqual } from 'node:util'
import { DatelineError } from '../errors.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { correctionsIn, isPublic } from './corrections.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { contentOf, type Row, selectRows } from './rows.ts'

/**
 * Holds what is to be published against what readers saw last: whatever has been edited meanwhile, unseen
 * or before that went live, is told to them as a change of what is live is.
 *
 * @throws DatelineError `correction_missing` where an explanation is required and there is none
 */
export async function assertToldToReaders(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  content: Content,
  edit: Edit,
): Promise<void> {
  if (!edit.mustExplain || edit.isMinor || type.onRecord.length === 0) return
  const seen = await lastSeen(trx, type, id)
  if (!seen) return
  const changed = changedOnRecord(type, contentOf(trx, type, seen), content)
  if (changed.length === 0 || correctionsIn(content).some((each) => !isPublic(each, trx.now))) return
  if (await wasCalledMinor(trx, type, id, seen.version, content)) return
  const since = `version ${seen.version}, which readers saw last`
  const detail = `is required: no correction tells of what was changed since ${since}.`
  throw new DatelineError(
    'correction_missing',
    `This changes the ${changed.join(', ')} of ${since}. Say so to them with "correction": {"kind": "correction", "text": "…"} in a PATCH, or add ?minor=true.`,
    { items: [{ parameter: 'minor', code: 'required', detail }] },
  )
}

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

/** The version that is live, or was the last to be. */
function lastSeen(trx: WriteTrx, type: ContentType, id: string): Promise<Row | undefined> {
  return selectRows(trx, type)
    .where('v.document_id', '=', id)
    .where('v.live_from', '<=', trx.now)
    .whereRef('v.live_to', '>', 'v.live_from')
    .orderBy('v.live_from', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function changedOnRecord({ onRecord }: ContentType, before: Content, after: Content): string[] {
  return onRecord.filter((field) => !isDeepStrictEqual(before[field], after[field]))
}
