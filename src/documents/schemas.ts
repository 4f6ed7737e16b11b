import { z } from 'zod'
import { REQUIRED } from '../http/validation.ts'
import { bare, type ContentType, type Relation } from './content-type.ts'
import { correctionsField } from './corrections.ts'
import { referenceOf, slug } from './fields.ts'
import { idPattern } from './ids.ts'
import { noticesSchema } from './notices.ts'
import { correctionOf, wholeSchemas } from './whole-schemas.ts'

/** What a request may send and what an answer holds, derived from a definition. */
export interface Schemas {
  /** The whole content, in a POST and after a change: absent values take their defaults. */
  readonly content: z.ZodType<Record<string, unknown>>
  /** A JSON Merge Patch (RFC 7396) of the content, and a correction where the type has them. */
  readonly patch: z.ZodType<Record<string, unknown>>
  /** The body of a POST: the content, and with it its parts and those it refers to. */
  readonly whole: z.ZodType<Record<string, unknown>>
  /** The body of a PUT: like `whole`, with the ids of the parts that are there, and a correction. */
  readonly replacement: z.ZodType<Record<string, unknown>>
  /** The content of a version, as it is answered. */
  readonly version: z.ZodObject
  readonly document: z.ZodObject
  /** A document as a GET shows it: whole, or with the fields that were asked for. */
  readonly shown: z.ZodType
  readonly page: z.ZodType
}

export const instant = z.string().meta({
  format: 'date-time',
  description: 'RFC 3339, UTC, milliseconds.',
  examples: ['2020-10-15T14:07:00.000Z'],
})

export const page = z
  .object({
    limit: z.int(),
    next: z.string().nullable().meta({ description: 'The cursor of the next page, for `cursor`.' }),
    prev: z.string().nullable().meta({ description: 'The cursor of the page before.' }),
    total: z
      .int()
      .optional()
      .meta({ description: 'How many there are on all pages; only with `count=true`.' }),
  })
  .meta({ id: 'Page' })

/** Fills in `schemas` of every type. All at once, because expansions refer to each other. */
export function buildSchemas(types: { -readonly [Key in keyof ContentType]: ContentType[Key] }[]): void {
  for (const type of types) {
    const content = contentSchema(type)
    const document = documentSchema(type)
    type.schemas = {
      content,
      patch: patchOf(content)
        .extend(correctionOf(type))
        .meta({
          id: `${type.name}Patch`,
          description:
            'JSON Merge Patch (RFC 7396): members that are absent stay, null clears, lists are replaced whole. What is required must be there after the merge.',
        }),
      ...wholeSchemas(type),
      document,
      version: z
        .object({ ...(type.slugFrom ? { slug: slug() } : {}), ...answeredFields(type) })
        .meta({ id: `${type.name}VersionContent` }),
      shown: document,
      page: document,
    }
  }
  for (const type of types) Object.assign(type.schemas, shownSchemas(type))
}

/** What GETs answer, once all documents are there to refer to. */
function shownSchemas({ name, schemas: { document } }: ContentType): Pick<Schemas, 'shown' | 'page'> {
  const selected = document
    .partial()
    .required({ id: true, type: true })
    .meta({ id: `${name}Fields`, description: 'What `fields` asked for.' })
  const pageOf = (entry: z.ZodType, id: string) => z.object({ data: z.array(entry), page }).meta({ id })
  return {
    shown: z.union([document, selected]),
    page: z.union([pageOf(document, `${name}Page`), pageOf(selected, `${name}FieldsPage`)]),
  }
}

export function contentSchema(type: ContentType): z.ZodObject {
  const shape = mapValues(type.fields, (schema) => withDefaults(sent(schema)))
  if (!type.slugFrom) return z.strictObject(shape)
  const description = `Made from the ${type.slugFrom} when absent.`
  return z.strictObject({ slug: slug().nullable().default(null).meta({ description }), ...shape })
}

/** A field as a request gives it: where the answer has an id, a slug will do. */
function sent(schema: z.ZodType): z.ZodType {
  const target = referenceOf(schema)
  if (target && !(schema instanceof z.ZodNullable))
    return z
      .string()
      .min(1)
      .max(200)
      .meta({
        description: `The id or slug of ${aOrAn(target.to)}.${target.isParent ? ' It never changes.' : ''}`,
      })
  if (schema instanceof z.ZodNullable) return keepMeta(schema, sent(schema.unwrap() as z.ZodType).nullable())
  if (schema instanceof z.ZodArray)
    return keepMeta(
      schema,
      schema.clone({ ...schema.def, element: withDefaults(sent(schema.element as z.ZodType)) }),
    )
  if (schema instanceof z.ZodObject)
    return keepMeta(
      schema,
      z.strictObject(mapValues(schema.shape, (member) => withDefaults(sent(member as z.ZodType)))),
    )
  return schema
}

function withDefaults(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodNullable) return keepMeta(schema, schema.default(null))
  if (schema instanceof z.ZodArray) return keepMeta(schema, schema.default([]))
  return schema
}

function patchOf(content: z.ZodObject): z.ZodObject {
  return z.strictObject(mapValues(content.shape, (schema) => patched(schema as z.ZodType)))
}

function patched(schema: z.ZodType): z.ZodType {
  const inner = bare(schema)
  const value = inner instanceof z.ZodObject ? patchOf(inner) : inner
  const isClearable = schema instanceof z.ZodDefault
  return keepMeta(schema, isClearable ? value.nullable().optional() : notCleared(value).optional())
}

/** In a merge patch, `null` takes a member away, and this one is required. */
function notCleared(schema: z.ZodType): z.ZodType {
  return schema.clone({ ...schema.def, error: ({ input }) => (input === null ? REQUIRED : undefined) })
}

function documentSchema(type: ContentType): z.ZodObject {
  const shape: z.core.$ZodLooseShape = {
    id: z.string().regex(idPattern(type.type)),
    type: z.literal(type.type),
    ...(type.slugFrom ? { slug: slug() } : {}),
    version: z.int().min(1).meta({ description: 'Counts every write to the document, from 1.' }),
    status: z
      .enum(['draft', 'scheduled', 'live', 'withdrawn'])
      .meta({ description: 'At the instant that is being read.' }),
    createdAt: instant,
    publishedAt: instant
      .nullable()
      .meta({ description: 'When it was, or will be, published for the first time.' }),
    updatedAt: instant.meta({ description: 'When this version was published or, for a draft, saved.' }),
    hasUnpublishedChanges: z
      .boolean()
      .optional()
      .meta({ description: 'Only for readers with the scope `read:drafts`.' }),
  }
  Object.assign(shape, answeredFields(type, true), comparedFields(type))
  for (const relation of type.relations)
    if (relation.kind !== 'each')
      Object.defineProperty(shape, relation.name, { enumerable: true, get: () => expansion(relation) })
  shape.notices = noticesSchema
  return z.object(shape).meta({ id: type.name, description: type.description })
}

function answeredFields(type: ContentType, isExpanded = false): Record<string, z.ZodType> {
  const fields = Object.entries(type.fields).map(
    ([field, schema]) => [field, answered(schema, isExpanded ? relationAt(type, field) : undefined)] as const,
  )
  const derived = Object.entries(type.derived ?? {}).map(([field, { schema }]) => [field, schema] as const)
  const kept = type.onRecord.length > 0 ? { corrections: correctionsField } : {}
  return { ...Object.fromEntries(fields), ...Object.fromEntries(derived), ...kept }
}

function comparedFields({ compared = {}, parent }: ContentType): Record<string, z.ZodType> {
  const description = `Null where the ${parent?.type.type} is not to be seen.`
  return mapValues(compared, ({ schema }) => schema.nullable().meta({ description }))
}

/** A field as an answer holds it: always present, and with no more than is declared. */
function answered(schema: z.ZodType, relation?: Relation): z.ZodType {
  if (schema instanceof z.ZodDefault) return keepMeta(schema, answered(schema.unwrap() as z.ZodType))
  if (schema instanceof z.ZodNullable)
    return keepMeta(schema, answered(schema.unwrap() as z.ZodType, relation).nullable())
  if (schema instanceof z.ZodArray)
    return keepMeta(schema, z.array(answered(schema.element as z.ZodType, relation)))
  if (!(schema instanceof z.ZodObject)) return asStored(schema)
  const shape: z.core.$ZodLooseShape = mapValues(schema.shape, (member) => answered(member as z.ZodType))
  if (relation?.kind === 'each')
    Object.defineProperty(shape, relation.as, {
      enumerable: true,
      get: () => relation.target.schemas.document.nullable().optional(),
    })
  return keepMeta(schema, z.object(shape))
}

/** A value in the form that it was saved in: what brought it there, and was asked of it then, is not done again. */
function asStored(schema: z.ZodType): z.ZodType {
  const checks = schema.def.checks?.filter(
    ({ _zod: { def } }) => !['custom', 'overwrite'].includes(def.check),
  )
  return checks ? keepMeta(schema, schema.clone({ ...schema.def, checks })) : schema
}

function expansion(relation: Relation): z.ZodType {
  const { document } = relation.target.schemas
  const schema = relation.kind === 'many' ? z.array(document) : document.nullable()
  return schema.optional().meta({ description: `Only with \`include=${relation.name}\`.` })
}

function relationAt(type: ContentType, name: string): Relation | undefined {
  return type.relations.find(({ kind, field }) => kind === 'each' && field === name)
}

export function keepMeta<Schema extends z.ZodType>(from: z.ZodType, to: Schema): Schema {
  const meta = from.meta()
  return meta ? to.meta(meta) : to
}

function mapValues<In, Out>(
  shape: Readonly<Record<string, In>>,
  map: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, map(value)]))
}

export function aOrAn(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`
}
