import { DatelineError, type ErrorItem } from '../errors.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import { whatIsWrong } from './find.ts'
import { isId } from './ids.ts'
import { ownerOfSlug } from './slugs.ts'

interface Place {
  readonly holder: Content
  readonly key: string
  readonly pointer: string
  readonly target: ContentType
}

/**
 * Replaces every slug in the content's references by the id that it leads to, in a copy.
 *
 * @throws DatelineError `invalid_content` that names each reference to something that does not exist
 */
export async function resolveReferences(trx: Trx, type: ContentType, given: Content): Promise<Content> {
  const content = structuredClone(given)
  const items: ErrorItem[] = []
  for (const place of placesIn(type, content)) {
    const id = await resolve(trx, place.target, String(place.holder[place.key]))
    if (id) place.holder[place.key] = id
    else items.push(missing(place))
  }
  if (items.length > 0)
    throw new DatelineError('invalid_content', items.map(({ detail }) => detail).join(' '), { items })
  return content
}

function placesIn(type: ContentType, content: Content): Place[] {
  return type.relations.flatMap((relation): Place[] => {
    const { kind, field, target } = relation
    if (kind === 'many' || content[field] === null) return []
    if (kind === 'one') return [{ holder: content, key: field, pointer: `/${field}`, target }]
    const elements = content[field] as Content[] // checked by the type's schema
    return elements.map((holder, index) => ({
      holder,
      key: relation.key,
      pointer: `/${field}/${index}/${relation.key}`,
      target,
    }))
  })
}

async function resolve(trx: Trx, type: ContentType, key: string): Promise<string | undefined> {
  if (!isId(type.type, key)) return type.slugFrom ? ownerOfSlug(trx, type, key) : undefined
  const row = await trx.db
    .selectFrom('documents')
    .select('id')
    .where('id', '=', key)
    .where('purged_at', 'is', null)
    .executeTakeFirst()
  return row?.id
}

function missing({ holder, key, pointer, target }: Place): ErrorItem {
  const given = String(holder[key])
  const wellFormed = isId(target.type, given) || (target.slugFrom !== undefined && !given.includes('_'))
  const detail = wellFormed
    ? `There is no ${target.type} "${given}". Create it first.`
    : whatIsWrong(target, given)
  return { pointer, code: 'not_found', detail }
}
