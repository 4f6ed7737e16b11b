import type { ErrorItem } from '../../src/errors.ts'
import type { OpenApi } from '../../src/http/openapi-document.ts'
import { alternativesOf, type Operation, resolve, type Schema } from './operation.ts'
import type { Check } from './schema-checker.ts'

/**
 * The schema of a body and what the server takes are the same, except for rules that JSON Schema cannot
 * say. Those are told in a description: of the member, of what it is in, of the operation, or of the
 * document for what holds everywhere. Each is listed here with the words by which it is known there.
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
  { refusal: /^There is no (quote|link) .* in this document/, told: /part that is there already/ },
  { refusal: /^There is no version /, told: /earlier version/ },
  { refusal: /must be an instant/, told: /RFC 3339/ },
  { refusal: /in the future/, told: /in the future/ },
  { refusal: /is required/, told: /\brequired\b/ },
  { refusal: /stays with its/, told: /never changes|cannot change|stays/i },
]

/** What the document tells of the bodies of one operation. */
export interface Told {
  /** Those of the faults that nothing in the document tells of. */
  untold(items: readonly ErrorItem[]): ErrorItem[]
  /** The text is one that is stored in another form, and the document says which forms those are. */
  isToldAsNormal(body: unknown): boolean
}

export function toldOf(document: OpenApi, check: Check, operation: Operation, schema: Schema): Told {
  const { description: everywhere } = (document as unknown as { info: { description: string } }).info // not in the type
  const { summary, description } = operation
  const isTold = ({ pointer = '', detail }: ErrorItem) => {
    const here = descriptionsAt(document, schema, pointer.split('/').slice(1))
    const told = [everywhere, summary, description, ...here].join(' ')
    return rules.some((rule) => rule.refusal.test(detail) && rule.told.test(told))
  }
  return {
    untold: (items) => items.filter((item) => !isTold(item)),
    isToldAsNormal: (body) => {
      const isValid = (how: (text: string) => string) => check(schema, withTexts(body, how)) === undefined
      const told = `${everywhere} ${resolve(document, schema).description}`
      return (
        (/\bNFC\b/.test(told) && isValid((text) => text.normalize('NFC'))) ||
        (/trim|blank|white ?space/i.test(told) && isValid((text) => text.trim()))
      )
    },
  }
}

function withTexts(body: unknown, change: (text: string) => string): unknown {
  return JSON.parse(JSON.stringify(body), (_, value) => (typeof value === 'string' ? change(value) : value))
}

/** The descriptions on the way from a schema to one of its members. */
function descriptionsAt(document: OpenApi, given: Schema, path: readonly string[]): string[] {
  const ways = alternativesOf(document, given)
  const here = ways.map(({ description = '' }) => description)
  const [name, ...rest] = path
  if (name === undefined) return here
  const next = ways
    .map(({ properties, items }) => properties?.[name] ?? items)
    .find((each) => each !== undefined)
  return next ? [...here, ...descriptionsAt(document, next, rest)] : here
}
