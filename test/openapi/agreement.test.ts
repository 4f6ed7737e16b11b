import fc from 'fast-check'
import t from 'tap'
import { openApiDocument } from '../../src/http/openapi.ts'
import { type Answer, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'
import { isAccess, type Operation, operationsOf, type Schema } from './operation.ts'
import { fillIn, keyFor, prepare } from './prepared.ts'
import { probesOf } from './probes.ts'
import { schemaChecker } from './schema-checker.ts'
import { toldOf } from './told.ts'
import { valuesOf } from './values.ts'

const REQUESTS = amount({ suite: 40, again: 15, torture: 2_000 })

t.setTimeout(REQUESTS * 60_000)
const dateline = await start(t, { seeded: true })
const document = await openApiDocument(dateline.app)
const check = schemaChecker(document)
let about = await prepare(dateline)
let sent = 0

for (const operation of operationsOf(document)) {
  const { operationId, method, path, body: schema } = operation
  if (!schema || path === '/v1/batch') continue // batches.test.ts

  t.test(`${operationId} takes what its schema takes, at and around every limit`, async (t) => {
    const probes = probesOf(document, schema)
    const some =
      method === 'POST' ? probes : probes.filter(({ value }) => typeof value !== 'string' || value === 'text')
    const found = new Map<string, string>()
    for (const { pointer, value, body } of some)
      for (const fault of await disagreements(operation, schema, body))
        found.set(`${pointer} ${fault}`, JSON.stringify(value).slice(0, 40))
    const lines = [...found].map(([fault, example]) => inAscii(`${fault}, as with ${example}`))
    t.strictSame(lines, [])
  })

  t.test(`${operationId} takes what its schema takes, whatever it is`, async (t) => {
    about = await prepare(dateline) // what is asked at the limits leaves an article with as many parts as it can have
    const property = fc.asyncProperty(valuesOf(document, schema), async (body) => {
      const found = await disagreements(operation, schema, body)
      if (found.length > 0) throw new Error(found.join('\n'))
    })
    await fc.assert(property, { numRuns: REQUESTS })
    t.pass(`${REQUESTS} bodies`)
  })
}

/** Sends a body and compares the verdict with the schema's. */
async function disagreements(operation: Operation, schema: Schema, body: unknown): Promise<string[]> {
  sent += 1
  const text = fillIn(JSON.stringify(body), about).replace('~n~', String(sent))
  const fault = check(schema, JSON.parse(text))
  const answer = await sendBody(operation, text).catch(({ message }: Error) => message)
  if (typeof answer === 'string') return [answer.replace(/, data.*|\{.*/s, '').slice(0, 200)]
  const { isToldAsNormal, untold } = toldOf(document, check, operation, schema)
  const isTaken = answer.status < 300 || answer.status === 409 // what it conflicts with is not in the body
  if (isTaken)
    return fault && !isToldAsNormal(JSON.parse(text))
      ? [`is taken, and by the schema ${fault.split(',')[0]}`]
      : []
  if (answer.status !== 422) return [`is answered ${answer.status}`]
  if (fault) return []
  return untold(answer.body.errors).map(
    ({ pointer, detail }) => `is valid by the schema, and ${pointer} ${detail}`,
  )
}

function sendBody(operation: Operation, payload: string): Promise<Answer> {
  const { method, path } = operation
  const token = dateline.tokens[isAccess(operation) ? 'admin' : 'editor']
  return dateline.send({
    method,
    url: fillIn(path.replace('{id}', keyFor(path)), about),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    payload,
  })
}

/** What TAP can print on one line. */
function inAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
