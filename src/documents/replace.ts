import { isDeepStrictEqual } from 'node:util'
import { DatelineError } from '../errors.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { withdraw } from './change-state.ts'
import type { ContentType } from './content-type.ts'
import type { GivenCorrection } from './corrections.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { linkInline, linkKnown } from './inline.ts'
import { partsOf } from './parts.ts'
import type { Publication } from './publication.ts'
import { type Known, named, referencesIn, resolveReferences } from './references.ts'
import { revise } from './revise.ts'
import { editable } from './rows.ts'
import type { Expected } from './staleness.ts'
import { readStanding, type Standing } from './timelines.ts'
import { createWhole, ofParent, type PartsRelation, split } from './whole.ts'
import { within } from './within.ts'

export interface Replacement {
  readonly publication: Publication
  readonly correction: GivenCorrection
  readonly expected: Expected
  readonly edit: Edit
  /** The ids of parts that do not wait with their document: they stay as they stand. */
  readonly apart?: ReadonlySet<string>
  /** Called before something is withdrawn that readers see, or will. */
  readonly assertMayWithdraw: () => void
}

/**
 * Replaces the content of a document that exists. A list of parts that is given becomes the whole list:
 * parts are known by their ids or, without one, by having the same content; others are new, and those
 * that are not in it are withdrawn. A list that is not given is left alone.
 *
 * @param body as the type's schema `replacement` gives it
 * @returns where the document stood before
 * @throws DatelineError as `revise` and `create` do
 */
export async function replaceWhole(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  body: Content,
  replacement: Replacement,
): Promise<Standing> {
  const { publication, correction, expected, edit, apart } = replacement
  const { own, parts } = split(type, body)
  const before = await readStanding(trx, type, id)
  const asItStands = publication ?? whereItStands(before, edit)
  const known = referencesIn(type, before ? [editable(trx, type, before.newest)] : [])
  const linked = await linkInline(trx, type, own, asItStands, edit, known)
  const change = (before: Content) => ({
    ...linked,
    ...(type.slugFrom ? { slug: linked.slug ?? before.slug } : {}),
  })
  const standing = await revise(trx, type, id, change, { publication, correction, expected, edit, apart })
  // While the document is live its parts are as they were; before and after that, they wait with it.
  const ofParts = {
    ...replacement,
    publication: publication ?? (asItStands === 'now' ? undefined : asItStands),
  }
  for (const { relation, given } of parts)
    await replaceParts(trx, relation, id, given, { ...ofParts, correction: undefined, expected: undefined })
  return standing
}

/** The publication of what is made in passing for a document that stays as it is. */
function whereItStands(standing: Standing | undefined, edit: Edit): Publication {
  const { live, planned, newest } = standing?.timeline ?? {}
  if (!edit.mayPublish || !newest) return 'no'
  if (live?.version === newest.version) return 'now'
  return planned?.version === newest.version ? planned.from : 'no'
}

async function replaceParts(
  trx: WriteTrx,
  relation: PartsRelation,
  parentId: string,
  given: readonly Content[],
  replacement: Replacement,
): Promise<void> {
  const { target: type, name } = relation
  const { publication, edit, apart } = replacement
  const asItIs = { ...replacement, publication: undefined }
  const left = await presentParts(trx, type, parentId)
  const known = await knownParts(trx, relation, parentId, given, left, edit)
  for (const id of left.keys()) if (!known.includes(id)) await remove(trx, type, id, replacement)
  for (const [index, { id: broughtAlong, ...part }] of given.entries())
    await within(`/${name}/${index}`, async () => {
      const content = ofParent(relation, parentId, part, index)
      const id = known[index]
      if (id === undefined) await createWhole(trx, type, { ...content, id: broughtAlong }, publication, edit)
      else await replaceWhole(trx, type, id, content, apart?.has(id) ? asItIs : replacement)
    })
}

/** For each part that is given, the id of the one that it is already. */
async function knownParts(
  trx: WriteTrx,
  relation: PartsRelation,
  parentId: string,
  given: readonly Content[],
  present: ReadonlyMap<string, Content>,
  edit: Edit,
): Promise<(string | undefined)[]> {
  const left = new Map(present)
  const references = referencesIn(relation.target, [...present.values()])
  const known: (string | undefined)[] = []
  for (const [index, { id, ...part }] of given.entries())
    await within(`/${relation.name}/${index}`, async () => {
      const key = typeof id === 'string' ? (named(edit.names, id) ?? id) : undefined
      if (key !== undefined && known.includes(key)) throw twice(key)
      const content = ofParent(relation, parentId, part, index)
      const same = await knownAs(trx, relation.target, key, content, left, references, edit)
      if (same !== undefined) left.delete(same)
      known.push(same)
    })
  return known
}

/** What the newest versions of the parts that are not withdrawn say. */
async function presentParts(
  trx: WriteTrx,
  type: ContentType,
  parentId: string,
): Promise<Map<string, Content>> {
  const present = new Map<string, Content>()
  for (const id of await partsOf(trx, type, parentId)) {
    const standing = await readStanding(trx, type, id)
    if (standing && standing.newest.withdrawn === 0) present.set(id, editable(trx, type, standing.newest))
  }
  return present
}

async function knownAs(
  trx: WriteTrx,
  type: ContentType,
  id: string | undefined,
  content: Content,
  parts: ReadonlyMap<string, Content>,
  known: Known,
  edit: Edit,
): Promise<string | undefined> {
  if (id !== undefined && parts.has(id)) return id
  if (id !== undefined && !edit.keepsIds) {
    const detail = `There is no ${type.type} "${id}" in this document. Leave the id out to make a new one.`
    throw new DatelineError('invalid_content', detail, {
      items: [{ pointer: '/id', code: 'not_found', detail }],
    })
  }
  if (parts.size === 0) return undefined
  const linked = await linkKnown(trx, type, content)
  if (!linked) return undefined
  const wanted = await resolveReferences(trx, type, linked, edit.names, known)
  const same = [...parts].find(([, part]) => isDeepStrictEqual(part, wanted))
  return same?.[0]
}

async function remove(trx: WriteTrx, type: ContentType, id: string, replacement: Replacement): Promise<void> {
  const { publication, edit, assertMayWithdraw } = replacement
  const standing = await readStanding(trx, type, id)
  const isLive = standing?.timeline.live !== undefined
  const isSeen = isLive || standing?.timeline.planned !== undefined
  if (isSeen && publication === 'no') {
    edit.notices.push({
      code: 'part_kept',
      detail: `The ${type.type} "${id}" is published and this change is not, so it stays. DELETE withdraws it.`,
      id,
    })
    return
  }
  if (isSeen) assertMayWithdraw()
  const at = isLive && typeof publication === 'number' && publication > trx.now ? publication : undefined
  await withdraw(trx, type, id, { at, edit, expected: undefined })
}

function twice(id: string): DatelineError {
  const detail = `"${id}" is in the list more than once.`
  return new DatelineError('invalid_content', detail, {
    items: [{ pointer: '/id', code: 'repeated', detail }],
  })
}
