import { sql } from 'kysely'
import { DatelineError, type ErrorItem } from '../errors.ts'
import { run } from '../storage/statement.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import { whatIsWrong } from './find.ts'
import { isId } from './ids.ts'
import { keptOnce, Statement } from './kept-statements.ts'
import { mayBeSlug } from './slugs.ts'

/** The references that were in a content before: `field id`. Their targets may have been erased since. */
export type Known = ReadonlySet<string>

interface Place {
  readonly holder: Content
  readonly field: string
  readonly key: string
  readonly pointer: string
  readonly target: ContentType
}

/**
 * Replaces every slug in the content's references, and every local name such as `$speaker`, by the id that
 * it leads to, in a copy.
 *
 * @param known these stay as they are
 * @throws DatelineError `invalid_content` that names each reference to something that does not exist
 */
export async function resolveReferences(
  trx: Trx,
  type: ContentType,
  given: Content,
  names: ReadonlyMap<string, string>,
  known: Known,
): Promise<Content> {
  const content = withOwnReferences(type, given)
  const items: ErrorItem[] = []
  const places = placesIn(type, content).filter(
    ({ holder, field, key }) => !known.has(`${field} ${holder[key]}`),
  )
  await lookTogether(trx, places)
  for (const place of places) {
    const key = String(place.holder[place.key])
    const id = await resolve(trx, place.target, named(names, key) ?? key)
    if (id) place.holder[place.key] = id
    else items.push(missing({ ...place, given: key }))
  }
  if (items.length > 0)
    throw new DatelineError('invalid_content', items.map(({ detail }) => detail).join(' '), { items })
  return content
}

/** A copy in which references can be replaced: nothing of it that has one is the original's. */
export function withOwnReferences(type: ContentType, content: Content): Content {
  const copy = { ...content }
  for (const { kind, field } of type.relations)
    if (kind === 'each') copy[field] = (content[field] as Content[]).map((element) => ({ ...element })) // checked by the type's schema
  return copy
}

/** The references in contents as they are stored. */
export function referencesIn(type: ContentType, contents: readonly Content[]): Known {
  const places = contents.flatMap((content) => placesIn(type, content))
  return new Set(places.map(({ holder, field, key }) => `${field} ${holder[key]}`))
}

/** The id that a local name stands for. Neither ids nor slugs begin with `$`. */
export function named(names: ReadonlyMap<string, string>, key: string): string | undefined {
  return key.startsWith('$') ? names.get(key.slice(1)) : undefined
}

function placesIn(type: ContentType, content: Content): Place[] {
  return type.relations.flatMap((relation): Place[] => {
    const { kind, field, target } = relation
    if (kind === 'many' || content[field] === null) return []
    if (kind === 'one') return [{ holder: content, field, key: field, pointer: `/${field}`, target }]
    const elements = content[field] as Content[] // checked by the type's schema
    return elements.map((holder, index) => ({
      holder,
      field,
      key: relation.key,
      pointer: `/${field}/${index}/${relation.key}`,
      target,
    }))
  })
}

/** What was found in a transaction: a thousand quotes of ten people ask for ten people. */
const found = new WeakMap<Trx, Map<string, string>>()

function foundIn(trx: Trx): Map<string, string> {
  const known = found.get(trx) ?? new Map<string, string>()
  found.set(trx, known)
  return known
}

/** Asks for all that are given by their ids, where they are several, with one statement. */
async function lookTogether(trx: Trx, places: readonly Place[]): Promise<void> {
  const known = foundIn(trx)
  const wanted = new Map<string, string>()
  for (const { holder, key, target } of places) {
    const id = String(holder[key])
    const asked = `${target.type} ${id}`
    if (isId(target.type, id) && !known.has(asked)) wanted.set(id, asked)
  }
  if (wanted.size < 2) return
  const statement = keptOnce(trx, 'documents by their ids', () => {
    const among = trx.dialect.among(MARK)
    return new Statement(
      sql`select id from documents where id in ${among} and purged_at is null`.compile(trx.db),
      [MARK],
    )
  })
  for (const { id } of await statement.rows(trx, [[...wanted.keys()]]))
    known.set(wanted.get(String(id)) ?? '', String(id))
}

/** No id is empty. */
const MARK = ['']

/** @returns the id of an existing document, or undefined */
export async function resolve(trx: Trx, type: ContentType, key: string): Promise<string | undefined> {
  const known = foundIn(trx)
  const asked = `${type.type} ${key}`
  const id = known.get(asked) ?? (await look(trx, type, key))
  if (id !== undefined) known.set(asked, id)
  return id
}

/** For a transaction that erases a document: whatever was found before may be that. */
export function forgetFound(trx: Trx): void {
  found.delete(trx)
}

async function look(trx: Trx, type: ContentType, key: string): Promise<string | undefined> {
  const isGivenById = isId(type.type, key)
  if (!isGivenById && !(type.slugFrom && mayBeSlug(key))) return undefined
  const [row] = isGivenById
    ? await run<{ id: string }>(
        trx,
        'a document by its id',
        [key],
        (id) => sql`select id from documents where id = ${id} and purged_at is null`,
      )
    : await run<{ id: string }>(
        trx,
        'a document by its slug',
        [type.type, key],
        (type, slug) => sql`select d.id from slugs as s join documents as d on d.id = s.document_id
          where s.type = ${type} and s.slug = ${slug} and d.purged_at is null`,
      )
  return row?.id
}

/** What to say of a reference that leads nowhere. */
export function missing({
  given,
  pointer,
  target,
}: Pick<Place, 'pointer' | 'target'> & { given: string }): ErrorItem {
  if (given.startsWith('$'))
    return {
      pointer,
      code: 'not_found',
      detail: `No earlier operation of this batch has the name "${given}".`,
    }
  const wellFormed = isId(target.type, given) || (target.slugFrom !== undefined && !given.includes('_'))
  const detail = wellFormed
    ? `There is no ${target.type} "${given}". Create it first.`
    : whatIsWrong(target, given)
  return { pointer, code: 'not_found', detail }
}
