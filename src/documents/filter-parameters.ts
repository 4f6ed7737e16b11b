import { z } from 'zod'
import type { ItemCode } from '../errors.ts'
import { flagParameter, parameter } from '../http/parameter.ts'
import type { ContentType } from './content-type.ts'
import { slug } from './fields.ts'
import type { Filter, Operator } from './filters.ts'
import { idPattern, isId } from './ids.ts'
import { parseInstant } from './instants.ts'
import { aOrAn } from './schemas.ts'
import { wordQuery } from './word-query.ts'

/** What a request narrows a list by: a filter, its operator and the value, or values, to compare with. */
export interface Asked {
  readonly filter: Filter
  readonly operator: Operator
  readonly value: unknown
  /** It lets so many documents through that a page of them fills sooner along its order than they are found. */
  readonly isCommon?: boolean
}

/** How one value is read from an address; undefined for what it cannot be. */
interface Reading {
  readonly read: (text: string) => unknown
  readonly refusal: (text: string) => string
  readonly schema: Record<string, unknown>
  readonly code?: ItemCode
}

/** The parameters of all the filters that a type has: `kind`, `kind.in`, `publishedAt.gte` … */
export function filterParameters(type: ContentType): Record<string, z.ZodType> {
  const schemas: Record<string, z.ZodType> = {}
  for (const filter of type.listFilters) {
    const reading = filter.place.kind === 'words' ? undefined : readingOf(type, filter)
    for (const operator of filter.operators)
      schemas[nameOf(filter, operator)] = parameterOf(filter, operator, reading)
  }
  return schemas
}

/** What a query that those parameters have read asks for. */
export function askedOf(type: ContentType, query: Readonly<Record<string, unknown>>): Asked[] {
  const asked: Asked[] = []
  for (const { name, filter, operator } of parametersIn(type))
    if (query[name] !== undefined) asked.push({ filter, operator, value: query[name] })
  return asked
}

interface Parameter {
  readonly name: string
  readonly filter: Filter
  readonly operator: Operator
}

const parameters = new WeakMap<ContentType, readonly Parameter[]>()

function parametersIn(type: ContentType): readonly Parameter[] {
  const known =
    parameters.get(type) ??
    type.listFilters.flatMap((filter) =>
      filter.operators.map((operator) => ({ name: nameOf(filter, operator), filter, operator })),
    )
  parameters.set(type, known)
  return known
}

function nameOf({ name }: Filter, operator: Operator): string {
  return operator === 'eq' ? name : `${name}.${operator}`
}

function parameterOf(filter: Filter, operator: Operator, reading: Reading | undefined): z.ZodType {
  if (!reading) return wordQuery
  const told = descriptions[operator](filter.name)
  if (operator === 'exists') return flagParameter(told, {})
  const { read, refusal, schema, code } = reading
  const description = [told, schema.description].filter(Boolean).join(' ')
  if (operator !== 'in') return parameter(read, refusal, { ...schema, description }, code)
  return parameter(
    (text) => readList(text, read),
    (text) =>
      `${refusal(text.split(',').find((each) => read(each) === undefined) ?? '')}; several are separated by commas`,
    { type: 'array', items: schema, description },
    code,
  )
}

const descriptions: Readonly<Record<Operator, (name: string) => string>> = {
  eq: (name) => `Only those whose \`${name}\` is this.`,
  in: (name) =>
    `Only those whose \`${name}\` is one of these, separated by commas. An empty list finds none.`,
  has: (name) => `Only those with this among their \`${name}\`.`,
  exists: (name) => `\`true\`: only those with a \`${name}\`; \`false\`: only those without.`,
  gt: (name) => `Only those whose \`${name}\` is after this.`,
  gte: (name) => `Only those whose \`${name}\` is this or later.`,
  lt: (name) => `Only those whose \`${name}\` is before this.`,
  lte: (name) => `Only those whose \`${name}\` is this or earlier.`,
}

function readList(text: string, read: (text: string) => unknown): unknown[] | undefined {
  const values = text === '' ? [] : text.split(',').map(read)
  return values.includes(undefined) ? undefined : values
}

function readingOf(type: ContentType, { place, target, values }: Filter): Reading {
  if (target) return ofReferences(target)
  if (place.kind === 'id') return ofIds(type)
  if (place.kind === 'slug') return ofSchema(slug())
  return place.kind === 'publishedAt' || place.kind === 'updatedAt' ? instants : ofSchema(values)
}

const instants: Reading = {
  read: parseInstant,
  refusal: () =>
    'must be an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15',
  schema: { type: 'string', examples: ['2020-10-15T00:00:00Z'] },
}

function ofIds({ type }: ContentType): Reading {
  const example = `${type}_01h455vb4pex5vsknk084sn02q`
  return {
    read: (text) => (isId(type, text) ? text : undefined),
    refusal: () => `must be the id of ${aOrAn(type)}, such as ${example}`,
    schema: { type: 'string', pattern: idPattern(type).source, examples: [example] },
  }
}

function ofReferences({ type, slugFrom }: ContentType): Reading {
  const wanted = `the id ${slugFrom ? 'or slug ' : ''}of ${aOrAn(type)}`
  const isSlug = (text: string) => slugFrom !== undefined && slug().safeParse(text).success
  return {
    read: (text) => (isId(type, text) || isSlug(text) ? text : undefined),
    refusal: () => `must be ${wanted}`,
    schema: { type: 'string', description: `T${wanted.slice(1)}.` },
  }
}

/** A value is what a request may set the field to. */
function ofSchema(values: z.ZodType): Reading {
  const { $schema, default: _, ...schema } = z.toJSONSchema(values, { io: 'input', unrepresentable: 'any' })
  const read = (text: string) => values.safeParse(text).data
  if (schema.enum)
    return { read, refusal: () => `must be one of ${schema.enum?.join(', ')}`, schema, code: 'not_allowed' }
  const refusal = (text: string) => {
    const messages = values.safeParse(text).error?.issues.map(({ message }) => message) ?? []
    return (
      messages.find((message) => /^must /.test(message)) ?? `must have 1 to ${schema.maxLength} characters`
    )
  }
  return { read, refusal, schema }
}
