import { type SqlBool, sql } from 'kysely'
import type { Instant } from '../storage/clock.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import { formatInstant } from './instants.ts'
import type { Moment } from './moment.ts'
import type { Notice } from './notices.ts'
import type { PartsAt } from './parts-written.ts'
import { type Document, type RowQuery, selectRows } from './rows.ts'
import { rowsAt } from './rows-at.ts'
import { visible } from './visibility.ts'

/**
 * Tells of those that a document and its parts refer to and that readers will not see with them, because
 * they are not live when it is.
 *
 * @param at when the document is live
 */
export async function tellOfUnseen(
  trx: Trx,
  type: ContentType,
  document: Document,
  at: Instant,
  partsAt: PartsAt,
): Promise<Notice[]> {
  const found = await unseenBy(trx, type, [document], at)
  for (const part of type.children) {
    const parts = await partsAt(part, { at: 'latest', now: trx.now, drafts: true })
    found.push(...(await unseenBy(trx, part, parts, at)))
  }
  return [...new Map(found.map((notice) => [notice.id, notice])).values()]
}

async function unseenBy(
  trx: Trx,
  type: ContentType,
  documents: readonly Document[],
  at: Instant,
): Promise<Notice[]> {
  const notices: Notice[] = []
  for (const relation of type.relations) {
    if (relation.kind === 'many' || relation.field === type.parent?.field) continue
    const ids = documents.flatMap((document) =>
      relation.kind === 'one'
        ? [document[relation.field]]
        : (document[relation.field] as Content[]).map((element) => element[relation.key]),
    ) // checked by the type's schema
    const wanted = [...new Set(ids.filter((id) => typeof id === 'string'))]
    if (wanted.length === 0) continue
    const seen = await seenAmong(trx, relation.target, wanted, { at, now: trx.now, drafts: true })
    const unseen = wanted.filter((id) => !seen.has(id))
    const erased = unseen.length > 0 ? await erasedAmong(trx, unseen) : new Set()
    notices.push(...unseen.map((id) => noticeOf(relation.target, id, erased.has(id), at)))
  }
  return notices
}

async function seenAmong(
  trx: Trx,
  type: ContentType,
  ids: readonly string[],
  moment: Moment,
): Promise<Set<string>> {
  const rows = await rowsAt(
    trx,
    `seen ${type.type}`,
    moment,
    ids,
    (moment, ids) =>
      selectRows(trx, type)
        .clearSelect()
        .select('v.document_id')
        .where(sql<SqlBool>`v.document_id in ${trx.dialect.among(ids)}`)
        .where(visible(type, moment)) as unknown as RowQuery, // of rows, this column alone
  )
  return new Set(rows.map((row) => row.document_id))
}

async function erasedAmong(trx: Trx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await trx.db
    .selectFrom('documents')
    .select('id')
    .where(sql<SqlBool>`id in ${trx.dialect.among(ids)}`)
    .where('purged_at', 'is not', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

function noticeOf(type: ContentType, id: string, isErased: boolean, at: Instant): Notice {
  if (isErased)
    return {
      code: 'reference_not_live',
      detail: `The ${type.type} "${id}" was taken down, and its content erased: readers get its id alone.`,
      id,
    }
  return {
    code: 'reference_not_live',
    detail: `The ${type.type} "${id}" is not live at ${formatInstant(at)}, so readers get its id alone. POST /v1/${type.path}/${id}/publish publishes it.`,
    id,
  }
}
