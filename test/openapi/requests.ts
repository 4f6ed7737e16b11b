import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { encodeCursor } from '../../src/http/cursor.ts'
import type { OpenApi } from '../../src/http/openapi-document.ts'
import type { Dateline } from '../support/dateline.ts'
import * as odd from './oddities.ts'
import { isAccess, needsToken, type Operation, type Parameter, type Schema } from './operation.ts'
import { fillIn, type Prepared } from './prepared.ts'
import { inBatch, stepsOf } from './steps.ts'
import { anyValue, valuesOf } from './values.ts'

/** A request as it is generated; names of prepared documents and of roles are filled in when it is sent. */
export interface Generated {
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | undefined
}

/** Requests to an operation: what the document allows, and what surrounds it. */
export function requestsOf(document: OpenApi, operation: Operation): fc.Arbitrary<Generated> {
  return fc.oneof(
    { weight: 2, arbitrary: allowed(document, operation) },
    { weight: 3, arbitrary: surrounding(document, operation) },
  )
}

export function toInject(generated: Generated, about: Prepared, tokens: Dateline['tokens']): InjectOptions {
  const { method, query, headers, body } = generated
  const path = fillIn(generated.path, about)
  const pairs = query.map(
    ([name, value]) => `${encoded(name)}=${encoded(forge(fillIn(value, about), path, about))}`,
  )
  const roles = Object.entries(tokens)
  const withToken = (value: string) =>
    roles.reduce((text, [role, token]) => text.replace(`~${role}~`, token), value)
  return {
    method: method as 'GET', // or another that `inject` knows
    url: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, withToken(value)])),
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? fillIn(body, about) : body }),
  }
}

function allowed(document: OpenApi, operation: Operation): fc.Arbitrary<Generated> {
  const { method, path, parameters = [], body } = operation
  const given = parameters.filter((parameter) => parameter.in === 'query' && parameter.name !== 'cursor')
  const one = (parameter: Parameter) =>
    fc.tuple(fc.constant(parameter.name), sensible(document, path, parameter))
  const token = { authorization: bearer(operation) }
  const bodies = body ? allowedBodies(document, operation) : fc.constant({ text: undefined, headers: {} })
  return fc
    .record({
      method: fc.constant(method),
      path: fc.tuple(fc.constantFrom(...existing(path)), number).map((keys) => withKeys(path, keys)),
      query: someOf(given).chain((some) => fc.tuple(...some.map(one))),
      headers: fc.tuple(fc.constantFrom(token, needsToken(operation) ? token : {}), acceptOf(operation)),
      body: bodies,
    })
    .map(({ body, headers, ...rest }) => ({
      ...rest,
      headers: Object.assign({}, ...headers, body.headers),
      body: body.text,
    }))
}

/** Those that have to be there and some others, mostly few: of many at once, one is soon refused. */
function someOf(parameters: readonly Parameter[]): fc.Arbitrary<Parameter[]> {
  const [asked = [], others = []] = [true, false].map((must) =>
    parameters.filter(({ required = false }) => required === must),
  )
  const few = fc.subarray(others, { maxLength: Math.min(3, others.length) })
  return fc
    .oneof({ weight: 3, arbitrary: few }, { weight: 1, arbitrary: fc.subarray(others) })
    .map((some) => [...asked, ...some])
}

/** One of the forms that it answers, or none in particular. */
function acceptOf({ responses }: Operation): fc.Arbitrary<Record<string, string>> {
  const { content: forms = {} } = Object(responses[200])
  return fc.constantFrom({}, ...Object.keys(forms).map((accept) => ({ accept })))
}

/** A batch has a meaning only as a list of steps. */
function allowedBodies(document: OpenApi, { path, body = {}, requestBody }: Operation) {
  const steps = fc.array(stepsOf(document), { minLength: 1, maxLength: 3 })
  const bodies =
    path === '/v1/batch' ? steps.map((some) => ({ operations: some.map(inBatch) })) : valuesOf(document, body)
  return fc
    .tuple(bodies, fc.constantFrom(...Object.keys(requestBody?.content ?? {})))
    .map(([value, type]) => ({
      text: type === 'text/markdown' ? withFrontMatter(Object(value)) : JSON.stringify(value),
      headers: { 'content-type': type },
    }))
}

/** JSON is YAML. */
function withFrontMatter({ body = '', ...rest }: Record<string, unknown>): string {
  return `---\n${JSON.stringify(rest)}\n---\n\n${body}\n`
}

function surrounding(document: OpenApi, operation: Operation): fc.Arbitrary<Generated> {
  const { method, path, parameters = [] } = operation
  const known = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const name = fc.constantFrom(...known, ...known, ...known, ...odd.oddParameters)
  const value = fc.oneof(fc.constantFrom(...odd.queryTexts), forged, fc.string({ unit: 'binary' }))
  const keys = [fc.constantFrom(...existing(path)), fc.constantFrom(...odd.oddKeys), anyKey]
  return fc.record({
    method: fc.constantFrom(...(method === 'GET' ? ['GET', 'GET', 'HEAD'] : [method])),
    path: fc.tuple(fc.oneof(...keys), fc.oneof(number, ...keys)).map((some) => withKeys(path, some)),
    query: fc.oneof(fc.constant([]), fc.array(fc.tuple(name, value), { maxLength: 4 })),
    headers: headersOf(operation),
    body: bodiesOf(document, operation),
  })
}

function headersOf(operation: Operation): fc.Arbitrary<Record<string, string>> {
  const code = fc.integer({ min: 0x20, max: 0xff }).filter((each) => each !== 0x7f) // what Node lets through
  const any = fc.string({ unit: code.map((each) => String.fromCharCode(each)) })
  const record = Object.entries(odd.headers).map(([name, texts]) => [
    name,
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...texts) }, { weight: 1, arbitrary: any }),
  ])
  const usual = needsToken(operation) ? { authorization: bearer(operation) } : {}
  return fc
    .tuple(
      fc.record<Record<string, string>>(Object.fromEntries(record), { requiredKeys: [] }),
      fc.constantFrom(...odd.contentTypes),
      fc.boolean(),
    )
    .map(([some, type, asUsual]) => ({
      ...(asUsual ? {} : some),
      ...(asUsual || !('authorization' in some) ? usual : {}),
      ...(operation.body ? { 'content-type': asUsual ? 'application/json' : type } : {}),
    }))
}

function bodiesOf(document: OpenApi, { method, body }: Operation): fc.Arbitrary<string | Buffer | undefined> {
  const none = fc.constant(undefined)
  if (method === 'GET') return none
  const raw = fc.constantFrom(...odd.oddBodies)
  const json = anyValue.map((value) => JSON.stringify(value))
  if (!body) return fc.oneof({ weight: 8, arbitrary: none }, { weight: 1, arbitrary: fc.oneof(raw, json) })
  const names = Object.keys(propertiesOf(document, body))
  const member = fc.tuple(fc.constantFrom(...names, ...names, ...odd.oddMembers), anyValue)
  const broken = fc
    .tuple(valuesOf(document, body), fc.array(member, { minLength: 1, maxLength: 3 }))
    .map(([value, members]) => withMembers(JSON.stringify(value), members))
  return fc.oneof(
    { weight: 7, arbitrary: broken },
    { weight: 1, arbitrary: raw },
    { weight: 1, arbitrary: json },
  )
}

/** Adds members to the text of an object, so that `__proto__` is one and a name can come twice. */
function withMembers(object: string, members: readonly (readonly [string, unknown])[]): string {
  const added = members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()
  return object === '{}' ? `{${added}}` : `${object.slice(0, -1)},${added}}`
}

function propertiesOf({ components }: OpenApi, { $ref = '' }: { readonly $ref?: string }): object {
  const schema = components.schemas?.[$ref.split('/').at(-1) ?? '']
  return Object(Object(schema).properties)
}

function bearer(operation: Operation): string {
  return `Bearer ~${isAccess(operation) ? 'admin' : 'editor'}~`
}

/** What stands where a path has a parameter, and exists. */
function existing(path: string): string[] {
  if (path.includes('{code}')) return ['not_found', 'gone']
  if (path.includes('{period}')) return ['2020-10', '2020-10-15', '2026-01']
  if (path.endsWith('/source')) return ['~pasted~']
  if (path.endsWith('/restore') && path.startsWith('/v1/articles')) return ['~article~', '~articleId~']
  if (path.startsWith('/v1/articles'))
    return ['~article~', '~articleId~', '~draftArticle~', '~scheduledArticle~']
  if (path.startsWith('/v1/tokens')) return ['~token~']
  if (path.startsWith('/v1/people')) return ['~person~', '~personId~']
  return path.startsWith('/v1/quotes') ? ['~quote~', '~draftQuote~'] : ['~link~', '~draftLink~']
}

/** Of a version; most documents have two at the most. */
const number = fc.constantFrom('1', '1', '1', '2', '7')

function withKeys(path: string, [key, number]: readonly [key: string, number: string]): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'n' ? number : key))
}

function sensible(document: OpenApi, path: string, parameter: Parameter): fc.Arbitrary<string> {
  const { name, schema, example, description } = parameter
  if (name === 'against') return number
  if (name === 'token' || name === 'document') return fc.constant(String(example))
  if (name === 'publish') return fc.constantFrom('no', 'now', '2026-06-01')
  if (name === 'note') return fc.constantFrom('The mayor called back', 'ü')
  if (isInstant(parameter))
    return fc.constantFrom('2026-06-01T00:00:00Z', path.match(/(publish|withdraw)$/) ? 'never' : 'latest')
  if (schema.type === 'array')
    return fc.uniqueArray(one(document, schema.items ?? {}), { maxLength: 3 }).map((some) => some.join())
  return one(document, { ...(description && { description }), examples: [example], ...schema })
}

function one(document: OpenApi, schema: Schema): fc.Arbitrary<string> {
  return valuesOf(document, schema).map(String)
}

/** What is an instant is told by its example alone. */
function isInstant({ example }: Parameter): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(String(example))
}

/** Dots alone are left out: they would be resolved on the way, and lead to another address. */
const anyKey = fc
  .string({ minLength: 1, unit: 'binary' })
  .filter((key) => !/^\.+$/.test(key))
  .map(encoded)

const forged = fc
  .tuple(
    fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(0, 1e308, -1e308, 2 ** 63)),
    fc.oneof(fc.constantFrom(...odd.oddTexts), fc.string({ unit: 'binary' })),
    fc.boolean(),
  )
  .map((cursor) => `forged:${JSON.stringify(cursor)}`)

/** Makes a cursor as the server does for a list without filters, with anything in it. */
function forge(value: string, path: string, { articleId, personId }: Prepared): string {
  if (!value.startsWith('forged:')) return value
  const [sort, id, backwards] = JSON.parse(value.slice('forged:'.length))
  const [, , type, key, below] = path.split('/')
  const route = below === undefined ? path : `/v1/${type}/:id/${below}`
  const holder = key === undefined ? undefined : type === 'people' ? personId : articleId
  const query = JSON.stringify([route, holder, undefined, undefined, []])
  return encodeCursor({ key: [sort, id], backwards, inclusive: false }, query)
}

/** Percent-encodes all but what a torn surrogate cannot be encoded as; that goes as the bytes a bad client sends. */
function encoded(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : `%ed%a0%80${encodeURIComponent(text.toWellFormed())}`
}
