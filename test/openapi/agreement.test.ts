import fc from 'fast-check'
import t from 'tap'
import type { ErrorItem } from '../../src/errors.ts'
import { openApiDocument } from '../../src/http/openapi.ts'
import { type Answer, start } from '../support/dateline.ts'
import { type Operation, operationsOf, resolve, type Schema } from './operation.ts'
import { fillIn, prepare } from './prepared.ts'
import { probesOf } from './probes.ts'
import { schemaChecker } from './schema-checker.ts'
import { valuesOf } from './values.ts'

/**
 * The schema of a body and what the server takes are the same, except for rules that JSON Schema cannot
 * say. Those are told in a description: of the member, of what it is in, or of the document for what
 * holds everywhere. Each is listed here with the words by which it is known there.
 */
const rules: readonly { readonly refusal: RegExp; readonly told: RegExp }[] = [
  { refusal: /must be one line/, told: /one line/i },
  { refusal: /must not be empty|at least 1 characters/, told: /trim|blank|white ?space/i },
  { refusal: /without NUL/, told: /\bNUL\b/ },
  { refusal: /at most \d+ characters/, told: /\bNFC\b/ },
  { refusal: /http or https URL/, told: /\bhttps?\b/i },
  { refusal: /BCP 47/, told: /BCP 47/ },
  { refusal: /ISO 3166/, told: /ISO 3166/ },
  { refusal: /day that exists/, told: /day that exists|calendar/i },
  { refusal: /^There is no (article|person) |is not (the|an) id|is the id of/, told: /id or slug of/ },
  { refusal: /is required/, told: /\brequired\b/ },
  { refusal: /stays with its/, told: /never changes|cannot change|stays/i },
]

const REQUESTS = process.env.TORTURE ? 2_000 : 60

t.setTimeout(REQUESTS * 60_000)
const dateline = await start(t, { seeded: true })
const document = openApiDocument(dateline.app)
const { description: everywhere } = (document as unknown as { info: { description: string } }).info // not in the type
const check = schemaChecker(document)
const about = await prepare(dateline)
let sent = 0

for (const operation of operationsOf(document)) {
  const { operationId, method, body: schema } = operation
  if (!schema) continue

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
  const isTaken = answer.status < 300 || answer.status === 409 // what it conflicts with is not in the body
  if (isTaken)
    return fault && !isToldAsNormal(schema, JSON.parse(text))
      ? [`is taken, and by the schema ${fault.split(',')[0]}`]
      : []
  if (answer.status !== 422) return [`is answered ${answer.status}`]
  if (fault) return []
  const items: readonly ErrorItem[] = answer.body.errors
  return items
    .filter((item) => !isTold(operation, schema, item))
    .map(({ pointer, detail }) => `is valid by the schema, and ${pointer} ${detail}`)
}

function sendBody({ method, path, operationId }: Operation, payload: string): Promise<Answer> {
  const key = { updateArticle: 'draftArticle', updatePerson: 'person', updateQuote: 'draftQuote' }[
    operationId
  ]
  return dateline.send({
    method,
    url: fillIn(path.replace('{id}', `~${key ?? 'draftLink'}~`), about),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${dateline.tokens.editor}` },
    payload,
  })
}

/** The text is one that is stored in another form, and the document says which forms those are. */
function isToldAsNormal(schema: Schema, body: unknown): boolean {
  const change = (how: (text: string) => string) =>
    JSON.parse(JSON.stringify(body), (_, value) => (typeof value === 'string' ? how(value) : value))
  const told = `${everywhere} ${resolve(document, schema).description}`
  const isValid = (how: (text: string) => string) => check(schema, change(how)) === undefined
  return (
    (/\bNFC\b/.test(told) && isValid((text) => text.normalize('NFC'))) ||
    (/trim|blank|white ?space/i.test(told) && isValid((text) => text.trim()))
  )
}

function isTold(operation: Operation, schema: Schema, { pointer = '', detail }: ErrorItem): boolean {
  const here = descriptionsAt(schema, pointer.split('/').slice(1))
  const told = [everywhere, operation.description, ...here].join(' ')
  return rules.some((rule) => rule.refusal.test(detail) && rule.told.test(told))
}

/** The descriptions on the way from a schema to one of its members. */
function descriptionsAt(given: Schema, path: readonly string[]): string[] {
  const schema = resolve(document, given)
  const here = [schema.description ?? '', ...(schema.anyOf ?? []).map(({ description = '' }) => description)]
  const [name, ...rest] = path
  if (name === undefined) return here
  const holders = [schema, ...(schema.anyOf ?? []).map((each) => resolve(document, each))]
  const next = holders
    .map(({ properties, items }) => properties?.[name] ?? items)
    .find((each) => each !== undefined)
  return next ? [...here, ...descriptionsAt(next, rest)] : here
}

/** What TAP can print on one line. */
function inAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
