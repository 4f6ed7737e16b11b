import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { DatelineError } from '../errors.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { isId, prefixOf } from './ids.ts'
import type { Moment } from './moment.ts'
import { type Document, type Row, type RowQuery, selectRows, selectShown, toDocument } from './rows.ts'
import { rowsAt } from './rows-at.ts'
import { mayBeSlug, ownerOfSlug, wasErasedInPublic } from './slugs.ts'
import { visible, wasPublic } from './visibility.ts'

export type Found = { readonly document: Document } | { readonly movedTo: string }

/**
 * Reads one document by its id or slug.
 *
 * @returns the document, or the slug that it has at this moment when the one asked for is an old one
 * @throws DatelineError `invalid_id`; `not_found` for what does not exist, what was never public and what
 *   was not live then, all with the same words; `gone` for what was public and no longer is
 */
export async function find(trx: Trx, type: ContentType, key: string, moment: Moment): Promise<Found> {
  const bySlug = !isId(type.type, key)
  const row = await (bySlug ? readRowBySlug : readRow)(trx, type, key, moment)
  if (!row) throw await absence(trx, type, key, bySlug ? await idOfSlug(trx, type, key) : key, moment)
  if (!bySlug || row.slug === key) return { document: toDocument(trx, type, row) }
  const id = row.document_id
  if (!moment.drafts && !(await wasSeenAs(trx, type, id, key))) throw notFound(type, key)
  return { movedTo: row.slug ?? id }
}

/** @returns the id of an existing document, seen by anyone or not, for those who write */
export async function idOf(trx: Trx, type: ContentType, key: string): Promise<string> {
  const id = isId(type.type, key) ? key : await idOfSlug(trx, type, key)
  if (id === undefined) throw notFound(type, key)
  return id
}

/** What to tell somebody who writes to what is not there, or not any more. */
export async function absenceForWriter(trx: Trx, type: ContentType, id: string): Promise<DatelineError> {
  return (await tombstone(trx, type, id)) ? erased(type, id) : notFound(type, id)
}

async function idOfSlug(trx: Trx, type: ContentType, key: string): Promise<string | undefined> {
  assertMayBeSlug(type, key)
  return ownerOfSlug(trx, type, key)
}

function assertMayBeSlug(type: ContentType, key: string): void {
  if (!type.slugFrom || key.includes('_')) throw new DatelineError('invalid_id', whatIsWrong(type, key))
}

/** What is wrong with a text that should be the id of a document of this type. */
export function whatIsWrong(type: ContentType, key: string): string {
  const wanted = type.slugFrom
    ? `the id or slug of a document of type ${type.type}`
    : `an id such as ${type.type}_01h455vb4pex5vsknk084sn02q`
  const other = prefixOf(key)
  if (other && other !== type.type)
    return `"${key}" is the id of a document of type ${other}; give ${wanted}.`
  return `"${key}" is not ${wanted}.`
}

async function readRow(trx: Trx, type: ContentType, id: string, moment: Moment): Promise<Row | undefined> {
  const [row] = await rowsAt(trx, `one ${type.type}`, moment, [id], (moment, [id = '']) =>
    rowOf(trx, type, sql`${id}`, moment),
  )
  return row
}

/** In the same statement: most of what is asked for by its slug is there and has that slug. */
async function readRowBySlug(
  trx: Trx,
  type: ContentType,
  slug: string,
  moment: Moment,
): Promise<Row | undefined> {
  assertMayBeSlug(type, slug)
  if (!mayBeSlug(slug)) return undefined
  const [row] = await rowsAt(trx, `one ${type.type} by slug`, moment, [slug], (moment, [slug = '']) => {
    const owner = sql`(select s.document_id from slugs as s where s.type = ${type.type} and s.slug = ${slug})`
    return rowOf(trx, type, owner, moment)
  })
  return row
}

function rowOf(trx: Trx, type: ContentType, id: RawBuilder<unknown>, moment: Moment): RowQuery {
  const query = selectShown(trx, type, moment).where(sql<SqlBool>`v.document_id = ${id}`)
  return moment.at === 'latest' ? query : query.where(visible(type, moment))
}

async function absence(
  trx: Trx,
  type: ContentType,
  key: string,
  id: string | undefined,
  moment: Moment,
): Promise<DatelineError> {
  if (id === undefined) return notFound(type, key)
  const grave = await tombstone(trx, type, id)
  if (grave) {
    const wasKnown = grave.purged_public === 1 && (id === key || (await wasErasedInPublic(trx, type, key)))
    return wasKnown || moment.drafts ? erased(type, key) : notFound(type, key)
  }
  const plain: Moment = { at: moment.now, now: moment.now, drafts: false }
  const isLive = (await readRow(trx, type, id, plain)) !== undefined
  const gone = !isLive && (await wasSeenAs(trx, type, id, id === key ? undefined : key))
  const hint =
    moment.drafts && (await exists(trx, type, id)) ? ' Add ?at=latest to read its newest version.' : ''
  if (gone)
    return new DatelineError(
      'gone',
      `The ${type.type} "${key}" was published here and has been withdrawn.${hint}`,
    )
  return hint ? notFound(type, key, ' that is published at this instant.', hint) : notFound(type, key)
}

/** What is left of a document whose content was erased. */
export function tombstone(trx: Trx, type: ContentType, id: string) {
  return trx.db
    .selectFrom('documents')
    .select('purged_public')
    .where('id', '=', id)
    .where('type', '=', type.type)
    .where('purged_at', 'is not', null)
    .executeTakeFirst()
}

function erased(type: ContentType, key: string): DatelineError {
  return new DatelineError('gone', `The ${type.type} "${key}" was taken down, and its content erased.`)
}

/** The public has seen a version of the document, by that slug if one is given. */
export async function wasSeenAs(trx: Trx, type: ContentType, id: string, slug?: string): Promise<boolean> {
  let query = selectRows(trx, type).where('v.document_id', '=', id).where(wasPublic(type, trx.now))
  if (slug !== undefined) query = query.where('v.slug', '=', slug)
  return (await query.limit(1).executeTakeFirst()) !== undefined
}

async function exists(trx: Trx, type: ContentType, id: string): Promise<boolean> {
  return (
    (await selectRows(trx, type).where('v.document_id', '=', id).limit(1).executeTakeFirst()) !== undefined
  )
}

export function notFound(type: ContentType, key: string, which = '.', hint = ''): DatelineError {
  return new DatelineError('not_found', `There is no ${type.type} "${key}"${which}${hint}`)
}
