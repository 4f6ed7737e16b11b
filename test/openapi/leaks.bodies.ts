import type { OpenApi } from '../../src/http/openapi-document.ts'
import { referredBy, resolve, type Schema } from './operation.ts'

/**
 * What every body has between its words and every quote says, so that each is found in the other and what
 * stands around it is told.
 */
const SAID = 'Everybody here says these same words of theirs, over and over again, whatever may come of it.'

/** Gives the word for a place in a body, by its name: `quotes speaker name`. */
export type Plant = (place: string) => string

/**
 * A body with a word of its own in every text that the schema takes: it grows with the schema. What is no
 * text (numbers, enums, references to what must exist) is left to its default.
 */
export function fill(
  document: OpenApi,
  name: string,
  plant: Plant,
  without: readonly string[] = [],
): Record<string, unknown> {
  return filled(document, { $ref: `#/components/schemas/${name}` }, plant, '', without) as Record<
    string,
    unknown
  > // the schema of a body is an object's
}

function filled(
  document: OpenApi,
  given: Schema,
  plant: Plant,
  place: string,
  without: readonly string[],
): unknown {
  const schema = chosen(document, given)
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'string') return textOf(schema, plant, place)
  if (schema.type === 'array') {
    const element = filled(document, schema.items ?? {}, plant, place, without)
    return element === undefined ? undefined : [element]
  }
  if (schema.type !== 'object') return undefined
  const members = Object.entries(schema.properties ?? {})
    .filter(([name]) => !without.includes(name))
    .map(([name, member]) => [name, filled(document, member, plant, `${place} ${name}`.trim(), without)])
    .filter(([, value]) => value !== undefined)
  return members.length > 0 ? Object.fromEntries(members) : undefined
}

/** Of several forms the one that holds most: an object rather than its id, and anything rather than null. */
function chosen(document: OpenApi, given: Schema): Schema {
  const schema = resolve(document, given)
  if (!schema.anyOf) return schema
  const forms = schema.anyOf.map((form) => ({ ...told(schema), ...chosen(document, form) }))
  return (
    forms.find(({ type, properties }) => type === 'object' && properties) ??
    forms.find(({ type }) => type !== 'null') ??
    {}
  )
}

function told({ description, pattern }: Schema): Schema {
  return {
    ...(description === undefined ? {} : { description }),
    ...(pattern === undefined ? {} : { pattern }),
  }
}

function textOf(schema: Schema, plant: Plant, place: string): string | undefined {
  const { pattern, description = '', maxLength = 0 } = schema
  if (referredBy(schema) || place.endsWith('expiresAt')) return undefined
  if (description.includes('BCP 47')) return `en-x-${plant(place).slice(0, 6)}`
  if (pattern?.startsWith('^[hH]')) return `https://${plant(place)}.example/`
  if (pattern && !new RegExp(pattern).test('zqaaaa')) return undefined
  const words = plant(place).slice(0, maxLength)
  if (/(^| )body$/.test(place)) return `${words} ${SAID} ${plant(`${place} end`)}`
  return /^(quotes )?text$/.test(place) ? `${SAID} ${words}` : words
}
