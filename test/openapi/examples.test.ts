import t from 'tap'
import { openApiDocument } from '../../src/http/openapi.ts'
import { start } from '../support/dateline.ts'
import { operationsOf, type Parameter, resolve, type Schema, walk } from './operation.ts'
import { schemaChecker } from './schema-checker.ts'

const dateline = await start(t, { seeded: true })
const document = await openApiDocument(dateline.app)
const operations = operationsOf(document)
const check = schemaChecker(document)

t.test('every operation that takes something shows an example of it', async (t) => {
  const without = operations.filter(({ parameters = [], body }) => {
    const schemas = body ? [resolve(document, body)] : []
    return (
      parameters.length + schemas.length > 0 &&
      parameters.every((parameter) => examplesOf(parameter).length === 0) &&
      !schemas.some(hasExampleInside)
    )
  })
  t.strictSame(
    without.map(({ operationId }) => operationId),
    [],
  )
})

t.test('every example and every default is valid by its schema', async (t) => {
  const wrong: string[] = []
  const note = (schema: Schema, value: unknown, where: string) => {
    const fault = check(schema, value)
    if (fault) wrong.push(`${where}: ${JSON.stringify(value)} ${fault}`)
  }
  walk({ ...document.components.schemas }, (value, pointer) => {
    const schema = value as Schema // a part of one that has neither member is passed over
    if (Array.isArray(schema.examples)) for (const each of schema.examples) note(schema, each, pointer)
    if ('default' in schema) note(schema, schema.default, pointer)
  })
  for (const { operationId, parameters = [] } of operations)
    for (const parameter of parameters)
      for (const each of examplesOf(parameter))
        note(parameter.schema, each, `${operationId}: ${parameter.name}`)
  t.strictSame(wrong, [])
})

t.test('the limit of a list is documented as it is: 1 to 100, and 20 when absent', async (t) => {
  const lists = operations.filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'limit'))
  t.equal(lists.length, 17)
  for (const { operationId, parameters = [] } of lists) {
    const limit = parameters.find(({ name }) => name === 'limit')
    t.match(limit?.schema, { type: 'integer', minimum: 1, maximum: 100, default: 20 }, operationId)
  }
})

t.test('a number outside the documented bounds of a parameter is refused, one inside is taken', async (t) => {
  for (const { path, operationId, security, parameters = [] } of operations.filter(
    ({ method }) => method === 'GET',
  ))
    for (const { name, schema } of parameters) {
      const { minimum, maximum } = schema
      if (minimum === undefined || maximum === undefined || path.includes('{')) continue
      const as = security.some((way) => !('token' in way)) ? undefined : 'admin'
      const needed = operationId === 'search' ? 'q=words&' : ''
      const status = async (value: number) =>
        (await dateline.get(`${path}?${needed}${name}=${value}`, { as })).status
      t.strictSame([await status(minimum), await status(maximum)], [200, 200], path)
      t.strictSame([await status(minimum - 1), await status(maximum + 1)], [400, 400], path)
    }
})

/** OpenAPI has three places for them. */
function examplesOf({ schema, example, examples = {} }: Parameter): unknown[] {
  const named = Object.values(examples).map(({ value }) => value)
  return [...(schema.examples ?? []), ...named, ...(example === undefined ? [] : [example])]
}

function hasExampleInside(schema: Schema): boolean {
  let found = false
  walk(schema, (value) => {
    found ||= 'examples' in value
  })
  return found
}
