import { setImmediate as turn } from 'node:timers/promises'
import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType, Relation } from './content-type.ts'
import { create } from './create.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { linkInline } from './inline.ts'
import type { Publication } from './publication.ts'
import { within } from './within.ts'

/**
 * A document in one piece with its parts: `quotes: [ … ]` inside of an article. All of it is saved in the
 * caller's transaction.
 */
export type PartsRelation = Extract<Relation, { kind: 'many' }>

export interface Split {
  /** Without the lists of parts, and without what is not content. */
  readonly own: Content
  /** Those lists that were given. */
  readonly parts: readonly { readonly relation: PartsRelation; readonly given: readonly Content[] }[]
}

/** Takes a body apart. */
export function split(type: ContentType, body: Content): Split {
  const own = { ...body }
  const parts = type.relations.flatMap((relation) => {
    const given = own[relation.name] as readonly Content[] | undefined // checked by the type's schema
    if (relation.kind !== 'many') return []
    delete own[relation.name]
    return given === undefined ? [] : [{ relation, given }]
  })
  return { own, parts }
}

/**
 * Creates a document, those of its people that are not known yet, and its parts.
 *
 * @param body as the type's schema `whole` gives it
 * @returns its id
 * @throws DatelineError as `create` does, with pointers from the top of the body
 */
export async function createWhole(
  trx: WriteTrx,
  type: ContentType,
  body: Content,
  publication: Publication,
  edit: Edit,
): Promise<string> {
  const { own, parts } = split(type, body)
  const linked = await linkInline(trx, type, own, publication, edit)
  const id = await create(trx, type, linked, publication, edit)
  let until = performance.now() + IN_A_ROW
  for (const { relation, given } of parts)
    for (const [index, part] of given.entries()) {
      if (performance.now() > until) {
        await turn()
        until = performance.now() + IN_A_ROW
      }
      await within(`/${relation.name}/${index}`, () =>
        createWhole(trx, relation.target, ofParent(relation, id, part, index), publication, edit),
      )
    }
  return id
}

/** In milliseconds. SQLite answers at once, so that nobody else would have a turn before all of the parts are there. */
const IN_A_ROW = 2

/** A part as it is created below its parent; its place in the list is its place in the order. */
export function ofParent({ field }: PartsRelation, id: string, part: Content, index: number): Content {
  return { ...part, [field]: id, position: part.position ?? index + 1 }
}

/** What an answer expands, so that it shows everything that was sent: `quotes.speaker,relatedLinks,people`. */
export function includeOfBody(type: ContentType, body: Content): string | undefined {
  const names = type.relations.flatMap((relation): string[] => {
    if (relation.kind === 'many' && body[relation.name] !== undefined)
      return [relation.name, ...outward(relation.target, type).map((name) => `${relation.name}.${name}`)]
    return isInlineIn(relation, body) ? [relation.name] : []
  })
  return names.length > 0 ? names.join(',') : undefined
}

function outward(type: ContentType, parent: ContentType): string[] {
  return type.relations
    .filter(({ kind, target }) => kind !== 'many' && target !== parent)
    .map(({ name }) => name)
}

function isInlineIn(relation: Relation, body: Content): boolean {
  if (relation.kind === 'one') return body[relation.name] !== undefined
  if (relation.kind === 'many') return false
  const elements = body[relation.field] as readonly Content[] | undefined // checked by the type's schema
  return elements?.some((element) => element[relation.as] !== undefined) ?? false
}
