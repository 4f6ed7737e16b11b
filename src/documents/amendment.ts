import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { correctionsIn, withPublished } from './corrections.ts'
import type { Edit } from './edit.ts'
import { wasCalledMinor } from './explained.ts'
import { waiting } from './lifecycle.ts'
import { contentOf, type Row } from './rows.ts'
import { appendNext } from './save.ts'
import { readStanding, type Standing } from './timelines.ts'

/**
 * Appends what waits beside what is live, the scheduled version and an unpublished edit, once more behind
 * an amendment of that, so that it is the newest again: what the next edit starts from, and what is
 * published next. It stays as it is, but has the corrections that readers have been given meanwhile.
 *
 * @param before where the document stood before the amendment
 */
export async function carryWaiting(
  trx: WriteTrx,
  type: ContentType,
  before: Standing,
  edit: Edit,
): Promise<void> {
  for (const version of waiting(before.timeline)) {
    const row = version === before.newest.version ? before.newest : before.planned
    if (row) await carry(trx, type, before, row, edit)
  }
}

async function carry(
  trx: WriteTrx,
  type: ContentType,
  before: Standing,
  row: Row,
  edit: Edit,
): Promise<void> {
  const { document_id: id, version, slug } = row
  const standing = await readStanding(trx, type, id)
  if (!standing?.live || !before.live) throw new Error('Only what is live is amended.')
  const content = contentOf(trx, type, row)
  // Whether the change of what is live is minor says nothing of what waits.
  const isMinor = await wasCalledMinor(trx, type, id, before.live.version, content)
  if (type.onRecord.length > 0)
    content.corrections = withPublished(
      correctionsIn(content),
      correctionsIn(contentOf(trx, type, standing.live)),
      trx.now,
    )
  await appendNext(trx, type, standing, { kind: 'carry', version }, { ...edit, isMinor }, { content, slug })
}
