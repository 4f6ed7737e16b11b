import { z } from 'zod'
import { bare, type ContentType, listIndex, toColumn } from './content-type.ts'
import type { Definition } from './definition.ts'
import { isOrdered, referenceOf } from './fields.ts'

/** What a value is compared by. The parameter is `field=value` for `eq`, else `field.operator=value`. */
export type Operator = 'eq' | 'in' | 'has' | 'exists' | 'gt' | 'gte' | 'lt' | 'lte'

/** One of the ways in which a type's lists can be narrowed. */
export interface Filter {
  readonly name: string
  readonly operators: readonly Operator[]
  /** What one value must be; unless it is the id or slug of a document of `target`. */
  readonly values: z.ZodType
  readonly target?: ContentType
  readonly place: Place
}

/** Where the values are that a filter looks at. */
export type Place =
  | { readonly kind: 'column'; readonly column: string }
  /** In a list that a version holds. */
  | { readonly kind: 'list'; readonly index: `${string}_index` }
  /** In the parts of a document that its reader sees. */
  | { readonly kind: 'parts'; readonly part: ContentType; readonly column: string }
  /** What every document has. */
  | { readonly kind: 'id' | 'slug' | 'publishedAt' | 'updatedAt' | 'words' }

const OF_INSTANTS = ['gt', 'gte', 'lt', 'lte'] as const

/**
 * The filters that a definition lists, and those that all types have.
 *
 * @throws Error when a definition names a field that is not there
 */
export function filtersOf(type: ContentType): Filter[] {
  const own = Object.entries(type.filters).map(([name, path]) => filterAt(type, name, path))
  return [...own, ...common(type)]
}

/** A list whose elements are found by an index: by a member where they are objects, else by what they are. */
export interface IndexedList {
  readonly field: string
  readonly key: string | undefined
}

/** Lists of references, always, and those that a filter is about. */
export function indexedLists(type: ContentType): IndexedList[] {
  const references = type.relations.flatMap((relation) =>
    relation.kind === 'each' ? [{ field: relation.field, key: relation.key }] : [],
  )
  const scalars = Object.values(type.filters).filter((path) => scalarsIn(type, path) !== undefined)
  return [...references, ...scalars.map((field) => ({ field, key: undefined }))]
}

function common(type: ContentType): Filter[] {
  const text = z.string()
  const instants = (['publishedAt', 'updatedAt'] as const).map(
    (name): Filter => ({ name, operators: OF_INSTANTS, values: text, place: { kind: name } }),
  )
  const slug: Filter = { name: 'slug', operators: ['in'], values: text, place: { kind: 'slug' } }
  return [
    { name: 'q', operators: ['eq'], values: text, place: { kind: 'words' } },
    ...instants,
    { name: 'id', operators: ['in'], values: text, place: { kind: 'id' } },
    ...(type.slugFrom ? [slug] : []),
  ]
}

function filterAt(type: ContentType, name: string, path: string): Filter {
  const [field = '', member] = path.split('.')
  const scalar = scalarsIn(type, path)
  if (scalar)
    return {
      name,
      operators: ['has'],
      values: scalar,
      place: { kind: 'list', index: listIndex(type, { field }) },
    }
  const relation = type.relations.find((each) => each.kind !== 'one' && each.name === field)
  if (member && relation?.kind === 'each' && relation.key === member)
    return {
      name,
      operators: ['eq', 'in'],
      values: z.string(),
      target: relation.target,
      place: { kind: 'list', index: listIndex(type, relation) },
    }
  if (member && relation?.kind === 'many') {
    const { target, values } = ofColumn(relation.target, name, member)
    const place: Place = { kind: 'parts', part: relation.target, column: toColumn(member) }
    return { name, operators: ['eq', 'in'], values, place, ...(target ? { target } : {}) }
  }
  return ofColumn(type, name, field)
}

function ofColumn(type: ContentType, name: string, field: string): Filter {
  const schema = type.fields[field]
  if (!schema)
    throw new Error(`The filter ${name} of ${type.type} is about "${field}", which is no field of it.`)
  const values = bare(schema)
  const relation = type.relations.find((each) => each.kind === 'one' && each.field === field)
  const isNullable = schema instanceof z.ZodNullable
  const operators: Operator[] = ['eq', 'in']
  if (relation && isNullable) operators.push('exists')
  if (isOrdered(values)) operators.push(...OF_INSTANTS)
  const place: Place = { kind: 'column', column: toColumn(field) }
  return { name, operators, values, place, ...(relation ? { target: relation.target } : {}) }
}

/** What the elements of a list are, where they are plain values. */
function scalarsIn({ fields }: Definition, path: string): z.ZodType | undefined {
  const schema = fields[path]
  const list = schema && bare(schema)
  if (!(list instanceof z.ZodArray)) return undefined
  const element = list.element as z.ZodType
  return element instanceof z.ZodObject || referenceOf(element) ? undefined : element
}
