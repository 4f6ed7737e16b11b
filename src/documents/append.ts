import { sql } from 'kysely'
import { record } from '../storage/audit.ts'
import { insert, insertAll, insertNumbered } from '../storage/insert.ts'
import type { Action } from '../storage/schema.ts'
import { run } from '../storage/statement.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { idsOf } from '../storage/word-ids.ts'
import { type ContentType, listIndex } from './content-type.ts'
import { correctionsIn, dated } from './corrections.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import type { IndexedList } from './filters.ts'
import type { Step } from './lifecycle.ts'
import { toColumns } from './rows.ts'
import { forgetTimeline } from './timelines.ts'
import { indexedText } from './words.ts'

/** A version that is about to be written: whose, what, when and by whom. */
export interface Version {
  readonly id: string
  readonly slug: string | null
  readonly content: Content
  readonly createdAt: number
  readonly step: Step
  readonly edit: Edit
  readonly action: Action
}

/** Writes one version with its line in the audit, and moves the ends of the windows that its step closes. The only place that does either. */
export async function append(trx: WriteTrx, type: ContentType, version: Version): Promise<void> {
  const { id, step } = version
  for (const { version: closed, to } of step.closings) await close(trx, type, id, closed, to)
  const row = {
    document_id: id,
    version: step.version,
    slug: version.slug,
    created_at: version.createdAt,
    published_at: step.publishedAt,
    live_from: step.from,
    live_to: step.to,
    expires_at: step.expiresAt,
    withdrawn: step.withdrawn ? 1 : 0,
    saved_at: trx.now,
    saved_by: version.edit.by,
    action: version.action,
    note: version.edit.note,
    minor: version.edit.isMinor ? 1 : 0,
  }
  const content = withDatedCorrections(trx, type, version)
  await insert(trx, type.table, { ...row, ...toColumns(type, content) })
  for (const list of type.indexedLists) await indexList(trx, type, list, version)
  await indexWords(trx, type, version)
  const deed = { action: version.action, type: type.type, documentId: id, version: step.version }
  await record(trx, version.edit, deed)
  trx.changed = true
  forgetTimeline(trx, type, id)
}

function withDatedCorrections(trx: WriteTrx, type: ContentType, { content, step }: Version): Content {
  if (type.onRecord.length === 0) return content
  return { ...content, corrections: dated(correctionsIn(content), step, trx.now) }
}

async function close(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  version: number,
  to: number,
): Promise<void> {
  const tables = [type.table, ...type.indexedLists.map((list) => listIndex(type, list))]
  for (const table of tables)
    await run(
      trx,
      `close ${table}`,
      [to, id, version],
      (to, id, version) =>
        sql`update ${sql.table(table)} set live_to = ${to} where document_id = ${id} and version = ${version}`,
    )
}

async function indexList(
  trx: WriteTrx,
  type: ContentType,
  list: IndexedList,
  { id, content, step }: Version,
): Promise<void> {
  const rows = Array.from(elementsOf(list, content), (target) => ({
    document_id: id,
    version: step.version,
    target_id: target,
    published_at: step.publishedAt,
    live_from: step.from,
    live_to: step.to,
  }))
  await insertAll(trx, listIndex(type, list), rows)
}

/** Whoever is searched for something reads no rows of versions but those that have it. */
async function indexWords(trx: WriteTrx, type: ContentType, { id, content, step }: Version): Promise<void> {
  const row = {
    document_id: id,
    version: step.version,
    type: type.type,
    live_from: step.from,
    words: indexedText(type, content),
  }
  await insertNumbered(trx, 'version_words', row, idsOf(step.publishedAt))
}

/** What an index holds of a list, each once. */
export function elementsOf({ field, key }: IndexedList, content: Content): Set<string> {
  const elements = content[field] as readonly unknown[] // checked by the type's schema
  return new Set(elements.map((element) => String(key === undefined ? element : (element as Content)[key])))
}
