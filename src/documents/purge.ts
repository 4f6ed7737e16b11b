import { sql } from 'kysely'
import { record } from '../storage/audit.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { type ContentType, listIndex } from './content-type.ts'
import type { Edit } from './edit.ts'
import { wasSeenAs } from './find.ts'
import { partsOf } from './parts.ts'
import { forgetFound, resolve } from './references.ts'
import { standingOf } from './revise.ts'
import { eraseSlugs } from './slugs.ts'
import type { Expected } from './staleness.ts'
import { forgetTimeline } from './timelines.ts'

/**
 * Erases a document for good: the content, notes and slugs of all its versions, those of its parts, and
 * the kept replies that show them. A tombstone stays, and the lines of the audit.
 *
 * @throws DatelineError `not_found`, `gone`, `stale_version`
 */
export async function purge(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  { edit, expected }: { edit: Edit; expected: Expected },
): Promise<void> {
  const { newest } = await standingOf(trx, type, id, expected)
  for (const part of type.children)
    for (const partId of await partsOf(trx, part, id))
      if (await resolve(trx, part, partId)) await purge(trx, part, partId, { edit, expected: undefined })
  const wasPublic = await wasSeenAs(trx, type, id)
  await eraseSlugs(trx, type, id, (slug) => wasSeenAs(trx, type, id, slug))
  for (const table of tablesOf(type))
    await sql`delete from ${sql.table(table)} where document_id = ${id}`.execute(trx.db)
  await eraseReplies(trx, id)
  await trx.db
    .updateTable('documents')
    .set({ purged_at: trx.now, purged_public: wasPublic ? 1 : 0 })
    .where('id', '=', id)
    .execute()
  forgetFound(trx)
  forgetTimeline(trx, type, id)
  const deed = { action: 'purge', type: type.type, documentId: id, version: newest.version } as const
  await record(trx, edit, deed)
  trx.changed = true
}

function tablesOf(type: ContentType): string[] {
  return [...type.indexedLists.map((list) => listIndex(type, list)), 'version_words', 'sources', type.table]
}

/** A reply names every document that it shows by its id. Whoever asks for it again is told that it is gone. */
async function eraseReplies(trx: WriteTrx, id: string): Promise<void> {
  await trx.db
    .updateTable('replies')
    .set({ payload: null, location: null })
    .where(sql<boolean>`payload like ${`%${id}%`}`)
    .execute()
}
