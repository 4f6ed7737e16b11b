import { type SqlBool, sql } from 'kysely'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Comparing, Content } from './definition.ts'
import type { Moment } from './moment.ts'
import { contentOf, type Row, selectRows } from './rows.ts'
import { rowsAt } from './rows-at.ts'
import { visible } from './visibility.ts'

/**
 * Adds to documents, in place, what follows from them and their parents as they are seen at this moment.
 * Takes one statement, however many there are, and none where no field that is shown asks for it.
 *
 * @param fields that are shown; absent: all
 */
export async function addCompared(
  trx: Trx,
  type: ContentType,
  documents: readonly Content[],
  moment: Moment,
  fields?: readonly string[],
): Promise<void> {
  const { parent, compared = {} } = type
  const isShown = Object.keys(compared).some((name) => !fields || fields.includes(name))
  if (!parent || !isShown || documents.length === 0) return
  const ids = [...new Set(documents.map((document) => String(document[parent.field])))]
  compareWith(type, documents, await contentsAt(trx, parent.type, ids, moment))
}

/** The contents of documents as they are seen at a moment, with `id` and `version`. */
export async function contentsAt(
  trx: Trx,
  type: ContentType,
  ids: readonly string[],
  moment: Moment,
): Promise<Content[]> {
  const rows = await rowsAt(trx, `contents ${type.type}`, moment, ids, (moment, ids) =>
    selectRows(trx, type, { ...moment, drafts: false })
      .clearSelect()
      .selectAll('v')
      .where(sql<SqlBool>`v.document_id in ${trx.dialect.among(ids)}`)
      .where(visible(type, moment)),
  )
  return rows.map((row) => identified(trx, type, row))
}

export function identified(trx: Trx, type: ContentType, row: Row): Content {
  return { ...contentOf(trx, type, row), id: row.document_id, version: row.version }
}

/** The same with parents that are at hand: documents with their content. */
export function compareWith(
  { parent, compared = {} }: ContentType,
  documents: readonly Content[],
  parents: readonly Content[],
): void {
  const byId = new Map(parents.map((each) => [each.id, each]))
  for (const [field, { with: comparing }] of Object.entries(compared)) {
    const made = new Map<Content, ReturnType<Comparing>>()
    for (const document of documents) {
      const other = byId.get(document[parent?.field ?? ''])
      const compute = (holder: Content) => {
        const comparison = made.get(holder) ?? comparing(holder)
        made.set(holder, comparison)
        return comparison(document)
      }
      document[field] = other ? compute(other) : null
    }
  }
}
