import { z } from 'zod'
import type { ContentType, Relation } from './content-type.ts'
import { givenCorrection } from './corrections.ts'
import { aOrAn, contentSchema, keepMeta, type Schemas } from './schemas.ts'

/** Parts of one type that a document may have, so that its expansion has an end. */
export const MOST_PARTS = 1_000

/** What a request may send of a document with its parts and with those it refers to. */
export function wholeSchemas(type: ContentType): Pick<Schemas, 'whole' | 'replacement'> {
  const whole = wholeSchema(type, {}).meta({ id: `${type.name}Content` })
  if (type.children.length === 0 && type.onRecord.length === 0) return { whole, replacement: whole }
  const replacement = wholeSchema(type, { id: partId }).extend(correctionOf(type))
  return { whole, replacement: replacement.meta({ id: `${type.name}Replacement` }) }
}

export function correctionOf(type: ContentType): z.core.$ZodLooseShape {
  return type.onRecord.length > 0 ? { correction: givenCorrection } : {}
}

/** Only what is published for itself, and at once, is made in passing. */
export function isMadeInline(target: ContentType): boolean {
  return target.whenNew === 'live' && target.slugFrom !== undefined
}

const partId = z
  .string()
  .max(200)
  .optional()
  .meta({ description: 'Of a part that is there already; absent: a new one.' })

function wholeSchema(type: ContentType, ofParts: z.core.$ZodLooseShape): z.ZodObject {
  const shape: z.core.$ZodLooseShape = { ...contentSchema(type).shape }
  for (const relation of type.relations) nest(shape, relation, ofParts)
  return z.strictObject(shape)
}

function nest(shape: z.core.$ZodLooseShape, relation: Relation, ofParts: z.core.$ZodLooseShape): void {
  const { name, target } = relation
  if (relation.kind === 'many') shape[name] = partsSchema(relation, ofParts)
  else if (!isMadeInline(target)) return
  else if (relation.kind === 'one')
    shape[name] = inlineSchema(target, (schema) => schema.nullable().optional())
  else {
    const list = shape[relation.field] as z.ZodDefault<z.ZodArray<z.ZodObject>> // a field with a list of references
    const array = list.unwrap()
    const { [relation.key]: id, ...rest } = array.element.shape
    const either = z.strictObject({
      [relation.key]: (id as z.ZodType).optional(),
      [relation.as]: inlineSchema(target, (schema) => schema.optional()),
      ...rest,
    })
    const element = either.refine(hasOneOf(relation), {
      path: [relation.key],
      message: `is required: it, or ${relation.as}`,
      params: { code: 'required' },
      when: () => true, // whatever else is wrong is told as well
    })
    shape[relation.field] = keepMeta(list, array.clone({ ...array.def, element }).default([]))
  }
}

function hasOneOf({ key, as }: Extract<Relation, { kind: 'each' }>) {
  return (element: unknown) => {
    const isObject = typeof element === 'object' && element !== null && !Array.isArray(element)
    const given = Object(element)
    return !isObject || given[key] !== undefined || (given[as] !== undefined && given[as] !== null)
  }
}

function partsSchema({ field, target }: Relation, ofParts: z.core.$ZodLooseShape): z.ZodType {
  const { [field]: _, ...own } = contentSchema(target).shape
  const shape: z.core.$ZodLooseShape = { ...ofParts, ...own }
  for (const relation of target.relations) if (relation.field !== field) nest(shape, relation, ofParts)
  return z.array(z.strictObject(shape)).max(MOST_PARTS).optional().meta({
    description: 'Its parts, in their order, saved with it or not at all. Absent: none are added or changed.',
  })
}

function inlineSchema(target: ContentType, mayBeLeftOut: (schema: z.ZodType) => z.ZodType): z.ZodType {
  const schema = z.union([z.string().min(1).max(200), contentSchema(target)])
  return mayBeLeftOut(schema).meta({
    description: `The id or slug of ${aOrAn(target.type)}, or a new one: it is made when its slug, or the one made from its ${target.slugFrom}, is not known yet.`,
  })
}
