import fc from 'fast-check'
import type { OpenApi } from '../../src/http/openapi-document.ts'
import { oddTexts } from './oddities.ts'
import { neededIn, referredBy, resolve, type Schema, twinOf } from './operation.ts'

/** Anything JSON, and what JSON has but a schema seldom thinks of. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.constantFrom<unknown>(null, true, 0, -0, -1, 0.5, 1e21, 1e308, 2 ** 53, [], {}, [[]], [null], { a: 1 }),
  fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
  fc.nat(100).map(nested),
  fc.constantFrom(301, 2049, 20_001, 100_000).map((length) => 'ü'.repeat(length)),
)

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 'deep')
}

/** Values that the schema takes, but for rules that JSON Schema cannot say. */
export function valuesOf(document: OpenApi, given: Schema): fc.Arbitrary<unknown> {
  const schema = resolve(document, given)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => choiceOf(document, withTold(each, schema))))
  switch (schema.type) {
    case 'string':
      return textsOf(schema)
    case 'integer':
    case 'number':
      return integersOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(valuesOf(document, schema.items ?? {}), { maxLength: 3 })
    case 'object':
      return objectsOf(document, schema)
    default:
      return fc.constant(null)
  }
}

/** Null is one of the choices, and seldom the one that is taken. */
function choiceOf(document: OpenApi, schema: Schema) {
  return { weight: schema.type === 'null' ? 1 : 5, arbitrary: valuesOf(document, schema) }
}

/** What is told of a nullable value is told outside its alternatives. */
function withTold(schema: Schema, { examples, description }: Schema): Schema {
  return { ...(examples && { examples }), ...(description && { description }), ...schema }
}

/** Most of them are among the least, such as the numbers of versions that there are. */
function integersOf({ minimum: min = -1e6, maximum: max = 1e6 }: Schema): fc.Arbitrary<number> {
  const least = fc.constantFrom(min, min, Math.min(max, min + 1))
  return fc.oneof({ weight: 3, arbitrary: least }, { weight: 1, arbitrary: fc.integer({ min, max }) })
}

/** The id of a part is left out: only the one to whom the part belongs can know it. */
function objectsOf(document: OpenApi, schema: Schema): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {})
    .filter(([, { description = '' }]) => !/^Of a part that is there already/.test(description))
    .map(([name, member]) => [name, valuesOf(document, member)])
  return fc
    .record<Record<string, unknown>>(Object.fromEntries(members), { requiredKeys: neededIn(schema) })
    .map((value) => withoutTwins(schema, value))
}

/** What is sent whole is not named by its id as well. */
function withoutTwins(schema: Schema, value: Record<string, unknown>): unknown {
  const twins = Object.keys(value).filter((name) => {
    const twin = twinOf(name, schema)
    return name.endsWith('Id') && twin && (value[twin] ?? null) !== null
  })
  return Object.fromEntries(Object.entries(value).filter(([name]) => !twins.includes(name)))
}

function textsOf(schema: Schema): fc.Arbitrary<string> {
  const { examples = [], pattern, format, minLength = 0, maxLength = 1000 } = schema
  const referred = referredBy(schema)
  if (referred === 'article')
    return fc.constantFrom('~article~', '~articleId~', '~draftArticle~', '~oldSlug~')
  if (referred === 'person') return fc.constantFrom('~person~', '~personId~', 'sergey-lavrov')
  const shown = fc.constantFrom(...(examples.length > 0 ? examples.map(String) : ['en']))
  if (pattern) {
    const matching = fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= maxLength)
    return examples.length > 0
      ? fc.oneof({ weight: 4, arbitrary: shown }, { weight: 1, arbitrary: matching })
      : matching
  }
  if (format === 'uri') return fc.oneof(shown, fc.webUrl())
  if (maxLength < 100) return shown
  const most = Math.min(maxLength, 40)
  return fc.oneof(
    { weight: 9, arbitrary: fc.string({ unit: 'grapheme', minLength: 3, maxLength: most }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength, maxLength: most }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('x', 'ü', '😀').map((unit) => unit.repeat(Math.min(maxLength, 20_000))),
    },
    { weight: examples.length > 0 ? 2 : 0, arbitrary: shown },
  )
}
