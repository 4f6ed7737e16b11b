import type { OpenApi } from '../../src/http/openapi-document.ts'
import { amount } from '../support/torture.ts'
import { oddMembers } from './oddities.ts'
import { neededIn, referredBy, resolve, type Schema, twinOf } from './operation.ts'

/** A body with one odd value in one place. */
export interface Probe {
  readonly pointer: string
  readonly value: unknown
  readonly body: Readonly<Record<string, unknown>>
}

interface Place {
  readonly pointer: string
  readonly schema: Schema
  readonly put: (value: unknown) => Record<string, unknown>
}

/** Bodies at and around the limits of a schema: every member in turn has each value that is apt to break it. */
export function probesOf(document: OpenApi, schema: Schema): Probe[] {
  const whole = resolve(document, schema)
  const put = (members: Record<string, unknown>) => leastWith(document, whole, members)
  const unknown = oddMembers.map((name) => ({ pointer: `/${name}`, value: 1, body: put({ [name]: 1 }) }))
  const odd = placesIn(document, whole, '', put).flatMap(({ pointer, schema, put }) =>
    [...ofOtherTypes, ...aptFor(document, schema)].map((value) => ({ pointer, value, body: put(value) })),
  )
  return [...unknown, ...odd]
}

/** Every member that a body can have, members of its objects and elements of its lists included. */
function placesIn(
  document: OpenApi,
  { properties = {} }: Schema,
  under: string,
  wrap: (members: Record<string, unknown>) => Record<string, unknown>,
): Place[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const place = { pointer: `${under}/${name}`, schema, put: (value: unknown) => wrap({ [name]: value }) }
    const inner = present(document, schema)
    const element = inner.items && present(document, inner.items)
    const inList = { ...place, pointer: `${place.pointer}/0`, put: (value: unknown) => place.put([value]) }
    if (inner.properties) return [place, ...inside(document, inner, place)]
    if (element?.properties) return [place, ...inside(document, element, inList)]
    return inner.items ? [place, { ...inList, schema: inner.items }] : [place]
  })
}

function inside(
  document: OpenApi,
  schema: Schema,
  { pointer, put }: Pick<Place, 'pointer' | 'put'>,
): Place[] {
  return placesIn(document, schema, pointer, (members) => put(leastWith(document, schema, members)))
}

/** The schema of what a member is when it is not null. */
function present(document: OpenApi, given: Schema): Schema {
  const schema = resolve(document, given)
  const [value] = (schema.anyOf ?? []).filter(({ type }) => type !== 'null')
  return value ? resolve(document, value) : schema
}

/** The least that a schema takes; `~n~` stands for a number that is new in every request. */
export function minimal(document: OpenApi, schema: Schema): Record<string, unknown> {
  const { properties = {} } = schema
  return Object.fromEntries(
    neededIn(schema).map((name) => [name, leastOf(present(document, properties[name] ?? {}))]),
  )
}

function leastOf(schema: Schema): unknown {
  const referred = referredBy(schema)
  if (referred) return `~${referred}~`
  return schema.enum?.[0] ?? schema.minimum ?? 'Words ~n~'
}

/** The least that a schema takes with these members, and without what they stand for. */
function leastWith(document: OpenApi, schema: Schema, members: Record<string, unknown>) {
  const least = minimal(document, schema)
  for (const name of Object.keys(members)) delete least[twinOf(name, schema) ?? '']
  return { ...least, ...members }
}

const ofOtherTypes = [null, true, 1, 0.5, [], {}, [null], 'text']

const texts = ['', ' ', ' padded ', 'two\nlines', 'two\u2028lines', 'nul\0', '\ttab', 'שלום', 'İ']

const addresses = [
  ...['https://example.org/x', ' https://example.org/x ', 'https://example.org/ü', 'https://example.org/a b'],
  ...[
    'HTTPS://EXAMPLE.ORG',
    'mailto:desk@example.org',
    'ftp://example.org/x',
    '//example.org/x',
    'https://',
    'a:b',
  ],
  ...[
    'https://[::1]/',
    'http://1.2.3',
    'https://example.org/%zz',
    'https://example.org/{x}',
    'https://ü.example',
  ],
]

/** Slugs, languages, countries and dates, and what is nearly one. */
const codes = [
  ...['a-b', 'A-b', '-a', 'a--b', 'en', 'EN-gb', 'zh-Hant-TW', 'en_GB', 'tlh-x', 'no-such-language'],
  ...[
    'TR',
    'XK',
    'ZZ',
    'tr',
    '2020-10-14',
    '2020-10',
    '2020',
    '2020-13',
    '2021-02-29',
    '2020-02-29',
    '0000-01-01',
  ],
]

const keys = ['~article~', '~person~', '~quote~', 'nobody', 'person_01h455vb4pex5vsknk084sn02q', 'person_1']

function aptFor(document: OpenApi, given: Schema): unknown[] {
  const schema = present(document, given)
  const { type, minimum = 0, maximum = 9, maxItems = 0 } = schema
  if (schema.enum) return [...schema.enum, String(schema.enum[0]).toUpperCase()]
  if (type === 'integer') return [minimum, maximum, minimum - 1, maximum + 1, 1e21, -0, '1']
  if (type === 'array' && schema.items) return manyOf(document, schema.items, maxItems)
  if (type !== 'string') return []
  return [...texts, ...aptTexts(schema), ...(schema.maxLength ? asLongAs(schema.maxLength) : [])]
}

function aptTexts(schema: Schema): string[] {
  if (schema.format === 'uri') return addresses
  if (referredBy(schema)) return keys
  return schema.pattern || (schema.maxLength ?? 0) < 100 ? codes : []
}

/** In code points: just long enough, one too long, and what grows or shrinks when it is normalised. */
function asLongAs(length: number): string[] {
  const half = 'e\u0301'.repeat(length)
  return ['x'.repeat(length), 'x'.repeat(length + 1), '😀'.repeat(length), half, '\u0958'.repeat(length)]
}

/** So many parts take seconds to save: that they are taken is seen in a long run alone. */
const MANY = 1_000

function manyOf(document: OpenApi, items: Schema, most: number): unknown[] {
  const schema = present(document, items)
  const element = schema.properties
    ? minimal(document, schema)
    : schema.format === 'uri'
      ? 'https://a.example'
      : 'a'
  const lengths = amount({ suite: most < MANY ? 1 : 0, torture: 1 }) ? [most, most + 1] : [most + 1]
  return lengths.map((length) => Array.from({ length }, () => element))
}
