import { z } from 'zod'
import type { VersionTable } from '../storage/schema.ts'
import { correctionsField } from './corrections.ts'
import type { Definition } from './definition.ts'
import { isOnRecord, referenceOf } from './fields.ts'
import { type Filter, filtersOf, type IndexedList, indexedLists } from './filters.ts'
import { buildSchemas, type Schemas } from './schemas.ts'

/** How documents lead to others. `name` is what `include` calls it and where the others appear. */
export type Relation =
  /** `field` holds an id. */
  | { readonly kind: 'one'; readonly name: string; readonly field: string; readonly target: ContentType }
  /** `field` is a list of objects with an id under `key`; the other appears beside it, as `as`. */
  | {
      readonly kind: 'each'
      readonly name: string
      readonly field: string
      readonly key: string
      readonly as: string
      readonly target: ContentType
    }
  /** The parts of this document: the documents of `target` whose `field` holds its id. */
  | { readonly kind: 'many'; readonly name: string; readonly field: string; readonly target: ContentType }

export interface Column {
  readonly field: string
  readonly column: string
  readonly isJson: boolean
}

/** A definition with everything that follows from it and from the others. */
export interface ContentType extends Definition {
  readonly table: VersionTable
  readonly columns: readonly Column[]
  readonly relations: readonly Relation[]
  readonly parent: { readonly field: string; readonly column: string; readonly type: ContentType } | undefined
  readonly children: readonly ContentType[]
  readonly listFilters: readonly Filter[]
  /** The lists in a version that have an index of their elements. */
  readonly indexedLists: readonly IndexedList[]
  /** The fields whose changes can be explained by a correction. A type with any has `corrections`. */
  readonly onRecord: readonly string[]
  readonly schemas: Schemas
}

type Building = { -readonly [Key in keyof ContentType]: ContentType[Key] }

/**
 * Ties definitions together by what their fields refer to.
 *
 * @throws Error when a field refers to a type that is not in the list
 */
export function relate(definitions: readonly Definition[]): readonly ContentType[] {
  // Relations are circular (an article has quotes, a quote has an article), so they are filled in below.
  const types: Building[] = definitions.map((definition) => ({
    ...definition,
    table: `${definition.type}_versions`,
    columns: columnsOf(definition),
    relations: [],
    parent: undefined,
    children: [],
    listFilters: [],
    indexedLists: [],
    onRecord: onRecordIn(definition),
    schemas: {} as Schemas, // replaced before anyone sees it
  }))
  const find = (name: string): Building => {
    const found = types.find(({ type }) => type === name)
    if (!found) throw new Error(`A field refers to the type ${name}, which is not in the list of content.`)
    return found
  }
  for (const type of types) type.relations = outwardRelations(type, find)
  for (const type of types) type.parent = parentOf(type, find)
  for (const type of types) {
    type.children = types.filter((other) => other.parent?.type === type)
    type.relations = [...type.relations, ...type.children.map(partsRelation)]
  }
  for (const type of types) {
    type.listFilters = filtersOf(type)
    type.indexedLists = indexedLists(type)
  }
  buildSchemas(types)
  return types
}

/** A reader's name for a type's documents: `relatedLinks`. */
export function collectionName({ path }: Definition): string {
  return path.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** The table that holds, for each version, what is in one of its lists, with a copy of its window. */
export function listIndex({ type }: Definition, { field }: { field: string }): `${string}_index` {
  return `${type}_${toColumn(field)}_index`
}

export function toColumn(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function onRecordIn({ fields }: Definition): string[] {
  return Object.keys(fields).filter((field) => fields[field] && isOnRecord(fields[field]))
}

function columnsOf(definition: Definition): Column[] {
  const { fields, derived = {} } = definition
  const derivedFields = Object.entries(derived).map(([field, { schema }]) => [field, schema] as const)
  const kept = onRecordIn(definition).length > 0 ? [['corrections', correctionsField] as const] : []
  return [...Object.entries(fields), ...derivedFields, ...kept].map(([field, schema]) => {
    const inner = bare(schema)
    return {
      field,
      column: toColumn(field),
      isJson: inner instanceof z.ZodObject || inner instanceof z.ZodArray,
    }
  })
}

function outwardRelations(type: Definition, find: (name: string) => ContentType): Relation[] {
  return Object.entries(type.fields).flatMap(([field, schema]): Relation[] => {
    const single = referenceOf(schema)
    if (single) return [{ kind: 'one', name: withoutId(field), field, target: find(single.to) }]
    const inner = bare(schema)
    const element = inner instanceof z.ZodArray ? inner.element : undefined
    if (!(element instanceof z.ZodObject)) return []
    return Object.entries(element.shape).flatMap(([key, member]): Relation[] => {
      const listed = referenceOf(member as z.ZodType) // a shape's values are schemas
      if (!listed) return []
      return [{ kind: 'each', name: field, field, key, as: withoutId(key), target: find(listed.to) }]
    })
  })
}

function parentOf(type: Definition, find: (name: string) => ContentType): ContentType['parent'] {
  for (const [field, schema] of Object.entries(type.fields)) {
    const target = referenceOf(schema)
    if (target?.isParent) return { field, column: toColumn(field), type: find(target.to) }
  }
  return undefined
}

function partsRelation(child: ContentType): Relation {
  return { kind: 'many', name: collectionName(child), field: child.parent?.field ?? '', target: child }
}

function withoutId(field: string): string {
  return field.replace(/Id$/, '')
}

/** The schema without its `null` and its default. */
export function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return bare(schema.unwrap() as z.ZodType)
  return schema
}
