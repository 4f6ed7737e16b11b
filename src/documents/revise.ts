import { isDeepStrictEqual } from 'node:util'
import { DatelineError } from '../errors.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { carryWaiting } from './amendment.ts'
import type { ContentType } from './content-type.ts'
import { assertExplained, correctionsIn, type GivenCorrection, withCorrection } from './corrections.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { absenceForWriter } from './find.ts'
import { type Intent, isSettled, wasLive } from './lifecycle.ts'
import { assertParentLive, positionAtEnd, publishParts } from './parts.ts'
import { assertNothingScheduled, type Publication, publicationIntent } from './publication.ts'
import { referencesIn, resolveReferences } from './references.ts'
import { contentOf, editable, type Row } from './rows.ts'
import { appendNext, complete } from './save.ts'
import { reserveFreeSlug, reserveSlug } from './slugs.ts'
import { assertExpected, type Expected } from './staleness.ts'
import { readStanding, type Standing } from './timelines.ts'

export interface Revision {
  readonly publication: Publication
  /** `live`: the change is made to what is live, at once, and not to the newest version. */
  readonly base?: 'live' | undefined
  readonly correction?: GivenCorrection
  readonly expected: Expected
  /** An earlier content that is saved again. */
  readonly restored?: Content
  /** The ids of parts that are not published with it. */
  readonly apart?: ReadonlySet<string> | undefined
  readonly edit: Edit
}

/**
 * Changes a document's content: `change` gets the content of the version that it starts from, which it
 * leaves alone, and the type's schema checks what it gives back. Saving what is there already appends nothing.
 *
 * @returns where the document stood before
 * @throws DatelineError `not_found`, `stale_version`, `invalid_content`, `correction_missing`, `slug_taken`,
 *   `already_scheduled`, `already_published`, `not_live`, `parent_not_live`; ZodError when the changed
 *   content breaks its schema
 */
export async function revise(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  change: (content: Content) => unknown,
  revision: Revision,
): Promise<Standing> {
  const { edit, correction, restored } = revision
  const standing = await standingOf(trx, type, id, revision.expected, revision.base)
  const base = (revision.base === 'live' && standing.live) || standing.newest
  const before = editable(trx, type, base)
  const changed = type.schemas.content.parse(change(before))
  const known = referencesIn(type, restored ? [before, restored] : [before])
  const resolved = await resolveReferences(trx, type, changed, edit.names, known)
  const after = await prepare(trx, type, base, before, resolved)
  const intent = await intentOfChange(trx, type, standing, after, revision)
  const isLive = standing.timeline.live !== undefined
  const state = { isLive, wasLive: isLive || wasLive(standing.timeline.newest, trx.now) }
  assertExplained(type, { before, after }, correction, state, edit)
  const isChange = !isDeepStrictEqual(before, after)
  const corrections = correctionsIn(contentOf(trx, type, base))
  const explained = withCorrection(corrections, correction, isChange)
  if (isChange || explained !== corrections || !isSettled(standing.timeline, intent, trx.now)) {
    const { slug, ...content } = after
    await appendNext(trx, type, standing, intent, edit, {
      ...(restored ? { action: 'restore' } : {}),
      content: {
        ...complete(type, content),
        ...(type.onRecord.length > 0 ? { corrections: explained } : {}),
      },
      slug: typeof slug === 'string' ? slug : null,
    })
    if (intent.kind === 'amend') await carryWaiting(trx, type, standing, edit)
  }
  if (intent.kind === 'publish') await publishParts(trx, type, id, intent.at, edit, revision.apart)
  return standing
}

/** Reads where a document stands and refuses a stale `If-Match`. */
export async function standingOf(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  expected: Expected,
  base?: 'live',
): Promise<Standing> {
  const standing = await readStanding(trx, type, id)
  if (!standing) throw await absenceForWriter(trx, type, id)
  await assertExpected(trx, type, standing, expected, base)
  return standing
}

async function intentOfChange(
  trx: WriteTrx,
  type: ContentType,
  { timeline }: Standing,
  content: Content,
  { publication, base, edit }: Revision,
): Promise<Intent> {
  if (base === 'live') return { kind: 'amend' }
  if (publication === undefined) return { kind: edit.mayPublish ? 'keep' : 'draft' }
  const intent = publicationIntent(publication, trx.now)
  assertNothingScheduled(timeline, intent, trx.now)
  if (intent.kind === 'publish') await assertParentLive(trx, type, content, intent.at)
  return intent
}

async function prepare(
  trx: WriteTrx,
  type: ContentType,
  { document_id: id, slug: reserved }: Row,
  before: Content,
  content: Content,
): Promise<Content> {
  if (type.parent) await prepareAsPart(trx, type, type.parent.field, before, content)
  if (!type.slugFrom) return content
  if (content.slug == null)
    content.slug = await reserveFreeSlug(trx, type, String(content[type.slugFrom]), id)
  else if (content.slug !== reserved) await reserveSlug(trx, type, String(content.slug), id)
  return content
}

async function prepareAsPart(
  trx: WriteTrx,
  type: ContentType,
  parent: string,
  before: Content,
  content: Content,
): Promise<void> {
  if (content[parent] !== before[parent]) {
    const detail = `A ${type.type} stays with its ${type.parent?.type.type}. Withdraw this one and post it anew under the other.`
    throw new DatelineError('invalid_content', detail, {
      items: [{ pointer: `/${parent}`, code: 'immutable', detail }],
    })
  }
  content.position ??= await positionAtEnd(trx, type, content[parent])
}
