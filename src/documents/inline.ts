import { DatelineError, type ErrorItem } from '../errors.ts'
import type { Trx, WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { create } from './create.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { intentOfNewPart } from './parts.ts'
import type { Publication } from './publication.ts'
import { type Known, missing, named, resolve, withOwnReferences } from './references.ts'
import { slugify } from './slugs.ts'
import { within } from './within.ts'

/**
 * Puts ids where a body has documents inline: `speaker: "a-slug"` and `speaker: { name: … }` become
 * `speakerId`. A new one is made when its slug is not known; it takes the instant of the request.
 *
 * @param known references that are let through as they are
 * @returns a copy of the content
 * @throws DatelineError `invalid_content` when both the id and the document are given, or neither where
 *   one is required, and for a slug that leads nowhere
 */
export async function linkInline(
  trx: WriteTrx,
  type: ContentType,
  given: Content,
  publication: Publication,
  edit: Edit,
  known: Known = new Set(),
): Promise<Content> {
  const content = withOwnReferences(type, given)
  const places = placesOf(type, content)
  await assertLinkable(trx, places, edit, known)
  for (const { holder, key, as, pointer, target } of places) {
    const inline = holder[as]
    delete holder[as]
    if (typeof inline === 'string') holder[key] = inline
    else if (inline !== undefined && inline !== null) {
      const when = await whenToPublish(trx, type, content, publication, edit)
      holder[key] = await within(`${pointer}/${as}`, () =>
        linkOrMake(trx, target, inline as Content, when, edit),
      )
    }
  }
  return content
}

/** The same without making anything. @returns undefined when something in it would have to be made */
export async function linkKnown(trx: Trx, type: ContentType, given: Content): Promise<Content | undefined> {
  const content = withOwnReferences(type, given)
  for (const { holder, key, as, target } of placesOf(type, content)) {
    const inline = holder[as]
    delete holder[as]
    if (inline === undefined || inline === null) continue
    const isKey = typeof inline === 'string'
    const known = isKey ? inline : await resolve(trx, target, await slugOf(target, inline as Content))
    if (known === undefined) return undefined
    holder[key] = known
  }
  return content
}

interface Place {
  readonly holder: Content
  readonly field: string
  readonly key: string
  readonly as: string
  /** Of the holder. */
  readonly pointer: string
  readonly target: ContentType
}

function placesOf(type: ContentType, content: Content): Place[] {
  return type.relations.flatMap((relation): Place[] => {
    const { kind, field, target } = relation
    if (kind === 'many' || field === type.parent?.field) return []
    if (kind === 'one')
      return [{ holder: content, field, key: field, as: relation.name, pointer: '', target }]
    const { key, as } = relation
    const elements = content[field] as Content[] // checked by the type's schema
    return elements.map((holder, index) => ({
      holder,
      field,
      key,
      as,
      pointer: `/${field}/${index}`,
      target,
    }))
  })
}

async function linkOrMake(
  trx: WriteTrx,
  type: ContentType,
  inline: Content,
  publication: Publication,
  edit: Edit,
): Promise<string> {
  const slug = await slugOf(type, inline)
  const known = await resolve(trx, type, slug)
  // A note tells of what was asked for, and is erased with that: what is made in passing stays.
  if (!known) return create(trx, type, inline, publication, { ...edit, note: null })
  edit.notices.push({
    code: 'linked_to_existing',
    detail: `The ${type.type} "${slug}" is there already: it was linked, and not changed.`,
    id: known,
  })
  return known
}

async function slugOf({ slugFrom = '' }: ContentType, { slug, ...content }: Content): Promise<string> {
  return String(slug ?? (await slugify(String(content[slugFrom]))))
}

/** The instant at which what is made in passing goes live: that of what it is made for. */
async function whenToPublish(
  trx: WriteTrx,
  type: ContentType,
  content: Content,
  publication: Publication,
  edit: Edit,
): Promise<Publication> {
  if (!edit.mayPublish) return 'no'
  if (publication !== undefined) return publication
  if (type.whenNew !== 'with-parent') return type.whenNew === 'live' ? 'now' : 'no'
  const key = String(content[type.parent?.field ?? ''])
  const parent = type.parent && (await resolve(trx, type.parent.type, named(edit.names, key) ?? key))
  if (!type.parent || !parent) return 'no' // `create` refuses it
  const intent = await intentOfNewPart(trx, type, { [type.parent.field]: parent })
  return intent.kind === 'publish' ? intent.at : 'no'
}

/** All that is wrong with the places at once, before anything is made. */
async function assertLinkable(
  trx: Trx,
  places: readonly Place[],
  { names }: Edit,
  known: Known,
): Promise<void> {
  const items: ErrorItem[] = []
  for (const { holder, field, key, as, pointer, target } of places) {
    const inline = holder[as]
    const isGiven = inline !== undefined && inline !== null
    const hasId = holder[key] !== undefined && holder[key] !== null
    if (isGiven && hasId)
      items.push({
        pointer: `${pointer}/${as}`,
        code: 'repeated',
        detail: `is given, and so is ${key}. Send one of them.`,
      })
    else if (typeof inline !== 'string' || known.has(`${field} ${inline}`)) continue
    else if (!(await resolve(trx, target, named(names, inline) ?? inline)))
      items.push(missing({ given: inline, pointer: `${pointer}/${as}`, target }))
  }
  if (items.length === 0) return
  const detail = items.map((item) => `${item.pointer}: ${item.detail}`).join(' ')
  throw new DatelineError('invalid_content', detail, { items })
}
