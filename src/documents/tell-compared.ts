import { type SqlBool, sql } from 'kysely'
import { DatelineError } from '../errors.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { compareWith, contentsAt, identified } from './compared.ts'
import type { ContentType } from './content-type.ts'
import type { Content, Telling } from './definition.ts'
import type { Edit } from './edit.ts'
import type { Moment } from './moment.ts'
import type { Notice } from './notices.ts'
import type { PartsAt } from './parts-written.ts'
import { type Document, selectRows } from './rows.ts'
import { visible } from './visibility.ts'

/**
 * Tells of a document that was written, and of its parts, what follows from them and their parents otherwise
 * than before the request.
 *
 * @throws DatelineError `words_lost` for a loss, where the request wants to be taken strictly
 */
export async function tellOfCompared(
  trx: WriteTrx,
  type: ContentType,
  document: Document,
  moment: Moment,
  { isStrict }: Edit,
  partsAt: PartsAt,
): Promise<Notice[]> {
  const ofParent =
    type.parent && type.compared && (await contentsAt(trx, type.parent.type, idsOf(type, [document]), moment))
  const told = await toldOf(trx, type, [document], ofParent ?? [], moment)
  for (const part of type.children.filter(({ compared }) => compared)) {
    const parts = await partsAt(part, moment)
    compareWith(part, parts, [document])
    told.push(...(await toldOf(trx, part, parts, document.status === 'withdrawn' ? [] : [document], moment)))
  }
  const lost = told.filter(({ telling }) => telling.isLoss)
  if (isStrict && lost.length > 0) throw refusal(lost)
  return [...Map.groupBy(told, ({ telling }) => telling)].map(([{ code, detail }, all]) => ({
    code,
    detail,
    ids: all.map(({ id }) => id),
  }))
}

interface Told {
  readonly id: string
  readonly telling: Telling
}

async function toldOf(
  trx: WriteTrx,
  type: ContentType,
  documents: readonly Document[],
  parents: readonly Content[],
  moment: Moment,
): Promise<Told[]> {
  const { parent, compared = {} } = type
  const entries = Object.entries(compared)
  const harmed = documents.filter((document) =>
    entries.some(([field, { harm }]) => harm(document[field]) > 0),
  )
  if (!parent || harmed.length === 0 || parents.length === 0) return []
  const before = await comparedBefore(trx, type, harmed, moment)
  const byId = new Map(parents.map((each) => [each.id, each]))
  return harmed.flatMap((document) => {
    const [holder, was] = [byId.get(document[parent.field]), before.get(document.id)]
    return entries.flatMap(([field, { harm, tells }]) => {
      const value = document[field]
      const isWorse = harm(value) > (was ? harm(was[field]) : 0)
      const telling = holder && isWorse ? tells(value, holder, !was) : undefined
      return telling ? [{ id: document.id, telling }] : []
    })
  })
}

/** The contents of the documents as the request found them, with what followed from them then. */
async function comparedBefore(
  trx: WriteTrx,
  type: ContentType,
  documents: readonly Document[],
  moment: Moment,
): Promise<Map<unknown, Content>> {
  const ids = documents.map(({ id }) => id)
  const contents = await contentsBefore(trx, type, ids, moment)
  const parents = type.parent && (await contentsBefore(trx, type.parent.type, idsOf(type, documents), moment))
  compareWith(type, contents, parents ?? [])
  return new Map(contents.map((content) => [content.id, content]))
}

function idsOf({ parent }: ContentType, documents: readonly Content[]): string[] {
  return [...new Set(documents.map((document) => String(document[parent?.field ?? ''])))]
}

/** What the request found there: the newest versions or, where it changes what is live, those that were. */
async function contentsBefore(
  trx: WriteTrx,
  type: ContentType,
  ids: readonly string[],
  moment: Moment,
): Promise<Content[]> {
  const some = selectRows(trx, type).where(sql<SqlBool>`v.document_id in ${trx.dialect.among(ids)}`)
  const newest = sql<SqlBool>`v.version = (select max(w.version) from ${sql.table(type.table)} as w
    where w.document_id = v.document_id and w.saved_at < ${trx.now})`
  const live = visible(type, { ...moment, at: trx.now - 1 }, { withParent: false })
  const rows = await some.where(moment.at === 'latest' ? newest : live).execute()
  return rows.map((row) => identified(trx, type, row))
}

function refusal(lost: readonly Told[]): DatelineError {
  const details = [...new Set(lost.map(({ telling }) => telling.detail))]
  const ids = lost.map(({ id }) => id)
  return new DatelineError(
    'words_lost',
    `${details.join(' ')} Leave out "Prefer: handling=strict" to save it all the same.`,
    {
      extensions: { ids },
      items: [{ header: 'prefer', code: 'not_allowed', detail: 'asks for a refusal.' }],
    },
  )
}
