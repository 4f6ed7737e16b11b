import type { ContentType } from '../documents/content-type.ts'
import { listByIds } from '../documents/list.ts'
import type { Notice } from '../documents/notices.ts'
import { addressOf } from '../documents/reading.ts'
import type { Document } from '../documents/rows.ts'
import { idsAtSlug } from '../documents/slugs.ts'
import type { Trx } from '../storage/transaction.ts'
import type { Reading } from './intake-reading.ts'

/**
 * Tells of the article that the same text made before, or else of one with the same headline that is not
 * known to be of another day. Both have the slug that this one would have had.
 */
export async function tellOfSame(
  trx: Trx,
  type: ContentType,
  { intake: { story }, bytes }: Reading,
): Promise<Notice[]> {
  const ids = await idsAtSlug(trx, type, story.headline)
  const moment = { at: 'latest', now: trx.now, drafts: true } as const
  const others = ids.length > 0 ? await listByIds(trx, type, ids, moment) : []
  if (others.length === 0) return []
  const { document_id: sameId } =
    (await trx.db
      .selectFrom('sources')
      .select('document_id')
      .where(
        'document_id',
        'in',
        others.map(({ id }) => id),
      )
      .where('text', '=', bytes.toString('base64'))
      .executeTakeFirst()) ?? {}
  const same = others.find(({ id }) => id === sameId)
  if (same) return [notice('pasted_before', 'The same text was pasted before, and made', type, same)]
  const namesake = others.find((other) => isNamesake(other, story))
  return namesake ? [notice('same_headline', 'The same headline is that of', type, namesake)] : []
}

function notice(code: Notice['code'], what: string, type: ContentType, document: Document): Notice {
  const { id, status } = document
  const address = `${addressOf(type, document)}${status === 'live' ? '' : '?at=latest'}`
  return { code, detail: `${what} ${address} (${status}). Keep one of the two.`, id }
}

const DAY = 24 * 60 * 60 * 1000

function isNamesake(
  { headline, publishedAt }: Document,
  story: { readonly headline: string; readonly publishedAt: string | null },
): boolean {
  if (headline !== story.headline) return false
  if (typeof publishedAt !== 'string' || story.publishedAt === null) return true
  return Math.abs(Date.parse(publishedAt) - Date.parse(story.publishedAt)) < DAY
}
