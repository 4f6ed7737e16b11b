import type { GivenCorrection } from '../documents/corrections.ts'
import type { Content } from '../documents/definition.ts'
import { type Edit, editBy } from '../documents/edit.ts'
import { statusOf } from '../documents/lifecycle.ts'
import type { Publication } from '../documents/publication.ts'
import { resolve } from '../documents/references.ts'
import { replaceWhole } from '../documents/replace.ts'
import { ownerOfSlug } from '../documents/slugs.ts'
import { readStanding, type Standing } from '../documents/timelines.ts'
import { createWhole, ofParent, type PartsRelation } from '../documents/whole.ts'
import { within } from '../documents/within.ts'
import { DatelineError } from '../errors.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { KeptDocument } from './kept-reading.ts'
import { publicationFor } from './publish-line.ts'

export interface Imported {
  readonly id: string
  readonly isNew: boolean
}

/**
 * Makes the document of a file be as the file says: the one with its id or else with its slug, or a new one.
 * Nothing is written where it is so already.
 *
 * @param whenUnsaid what a new document does whose file does not say when it is published
 * @throws DatelineError `gone` for what was withdrawn here, and what `createWhole` and `replaceWhole` throw
 */
export async function importKept(
  trx: WriteTrx,
  kept: KeptDocument,
  whenUnsaid: Publication,
): Promise<Imported> {
  const { type, body, slug, id: own } = kept
  const edit = { ...editBy('import'), keepsIds: true }
  const bySlug = () => ownerOfSlug(trx, type, String(body.slug ?? slug))
  const id = (own === undefined ? undefined : await resolve(trx, type, own)) ?? (await bySlug())
  if (id === undefined) return { id: await make(trx, kept, kept.publish ?? whenUnsaid, edit), isNew: true }
  const standing = await readStanding(trx, type, id)
  if (!standing || statusOf(standing.timeline, trx.now) === 'withdrawn') throw takenDown(kept)
  await change(trx, kept, id, standing, edit)
  return { id, isNew: false }
}

async function make(trx: WriteTrx, kept: KeptDocument, publish: Publication, edit: Edit): Promise<string> {
  const { type, body, slug, id: own, corrections, version } = kept
  if (version !== undefined) throw noSuchVersion(version)
  if (body.correction) throw nothingToCorrect()
  const { together, apart } = partsOf(kept)
  const whole = {
    ...withoutCorrection(body),
    ...together,
    id: own,
    slug: body.slug ?? slug,
    ...(corrections.length > 0 ? { corrections } : {}),
  }
  const id = await createWhole(trx, type, whole, publish, edit)
  for (const part of apart) await makeApart(trx, id, part, edit)
  return id
}

async function change(
  trx: WriteTrx,
  kept: KeptDocument,
  id: string,
  standing: Standing,
  edit: Edit,
): Promise<void> {
  const { type, body, publish, version } = kept
  for (const part of partsOf(kept).apart)
    if (!(await resolve(trx, part.relation.target, String(part.content.id))))
      await makeApart(trx, id, part, edit)
  await replaceWhole(trx, type, id, withoutCorrection(body), {
    publication: publish === null ? undefined : publicationFor(standing, publish, trx.now),
    correction: body.correction as GivenCorrection, // checked by the type's schema
    expected: version === undefined ? undefined : [version],
    edit,
    apart: new Set(kept.ofParts.keys()),
    assertMayWithdraw: () => {},
  })
}

function withoutCorrection({ correction: _, ...content }: Content): Content {
  return content
}

/** A part that is not published with its document. */
interface Apart {
  readonly relation: PartsRelation
  readonly index: number
  readonly content: Content
  readonly publish: Publication
}

/** Each part keeps the place that it has in the whole list. */
function partsOf({ type, body, ofParts }: KeptDocument): { together: Content; apart: readonly Apart[] } {
  const together: Content = {}
  const apart: Apart[] = []
  for (const relation of type.relations) {
    const given =
      relation.kind === 'many' ? (body[relation.name] as readonly Content[] | undefined) : undefined // checked by the type's schema
    if (relation.kind !== 'many' || given === undefined) continue
    const placed = given.map(
      (content, index): Content => ({ ...content, position: content.position ?? index + 1 }),
    )
    const isApart = (content: Content) => ofParts.has(String(content.id))
    together[relation.name] = placed.filter((content) => !isApart(content))
    for (const [index, content] of placed.entries())
      if (isApart(content)) apart.push({ relation, index, content, publish: ofParts.get(String(content.id)) })
  }
  return { together, apart }
}

async function makeApart(
  trx: WriteTrx,
  id: string,
  { relation, index, content, publish }: Apart,
  edit: Edit,
): Promise<void> {
  await within(`/${relation.name}/${index}`, () =>
    createWhole(trx, relation.target, ofParent(relation, id, content, index), publish, edit),
  )
}

function takenDown({ type, slug }: KeptDocument): DatelineError {
  return new DatelineError(
    'gone',
    `The ${type.type} "${slug}" was withdrawn here. Publish it here first, or delete the file.`,
  )
}

function noSuchVersion(version: number): DatelineError {
  return new DatelineError(
    'stale_version',
    `It is not there yet, so it has no version ${version} to guard. Take the line "version" out to make it.`,
  )
}

function nothingToCorrect(): DatelineError {
  const detail = 'has nothing to correct: this is new.'
  return new DatelineError('invalid_content', `/correction ${detail}`, {
    items: [{ pointer: '/correction', code: 'not_allowed', detail }],
  })
}
