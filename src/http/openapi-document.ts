import { errorCodes } from '../errors.ts'
import { problemTypes } from './problem-types.ts'
import { PROBLEM_JSON } from './problems.ts'

/**
 * Finishes the generated OpenAPI document: keeps the schemas that are used, under one name each, and
 * says of every operation what the routes have in common: its headers and every problem that it can
 * answer with.
 */
export interface OpenApi {
  openapi: string
  info: { version: string }
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
}

export interface Operation {
  operationId: string
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, Response>
}

interface Parameter {
  name: string
  in: string
  schema: { type?: string; pattern?: string }
  style?: string
  explode?: boolean
}

interface Response {
  $ref?: string
  description?: string
  headers?: Record<string, unknown>
  content?: Record<string, unknown>
}

/** For each method and path, such as `GET /v1/…/{id}`, the media types of answers and bodies besides JSON. */
export type OtherTypes = Map<string, Others>

interface Others {
  readonly answers: readonly string[]
  readonly bodies: readonly string[]
}

export function finishDocument(generated: OpenApi, others: OtherTypes): OpenApi {
  const document = withUsedSchemas(generated)
  document.components.headers = headers
  document.components.responses = {}
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      finishOperation(path, method, operation)
      addTypes(operation, others.get(`${method.toUpperCase()} ${path}`))
      for (const status of problemsOf(path, method)) {
        operation.responses[status] = { $ref: `#/components/responses/Problem${status}` }
        document.components.responses[`Problem${status}`] ??= problemResponse(status)
      }
    }
  return document
}

/** What is done to documents: the routes of tokens and of the audit have a tag of their own. */
function isEditing(path: string, method: string): boolean {
  return path.startsWith('/v1/') && method !== 'get' && !path.startsWith('/v1/tokens')
}

const STILL_THERE = 'What `If-None-Match` lists is still what there is.'
const OLD_SLUG = 'The slug is an old one; this is where it leads.'

function finishOperation(path: string, method: string, operation: Operation): void {
  const isContent = path.startsWith('/v1/')
  operation.security ??= isContent ? [{}, { token: [] }] : []
  for (const parameter of operation.parameters ?? [])
    if (parameter.in === 'query' && parameter.schema.type === 'array')
      Object.assign(parameter, { style: 'form', explode: false }) // separated by commas
  for (const [status, response] of Object.entries(operation.responses)) {
    response.description =
      status === '201'
        ? 'Created.'
        : response.description === 'Default Response'
          ? 'As asked for.'
          : (response.description ?? '')
    if (isContent)
      response.headers = {
        ...response.headers,
        ...refs(status === '201' ? ['ETag', 'Cache-Control', 'Vary', 'Location'] : contentHeaders(method)),
      }
  }
  if (path === '/')
    operation.responses['302'] = {
      description: 'A browser goes on to the reference page.',
      headers: refs(['Location']),
    }
  if (isForPrograms(path)) finishFeed(path, operation)
  if (isContent && method === 'get') {
    const modified = /^\/v1\/(?!tokens)[^/]*\/\{id\}$/.test(path) ? refs(['Last-Modified']) : {}
    Object.assign(operation.responses['200']?.headers ?? {}, modified)
    operation.responses['304'] = {
      description: STILL_THERE,
      headers: { ...refs(contentHeaders('get')), ...modified },
    }
    if (operation.parameters?.some(({ name, schema }) => name === 'id' && !schema.pattern))
      operation.responses['308'] = {
        description: OLD_SLUG,
        headers: refs(['Location', 'Cache-Control', 'Vary']),
      }
  }
  if (isEditing(path, method)) finishWrite(path, method, operation)
  if (method === 'patch' && operation.requestBody) {
    const { content } = operation.requestBody
    content['application/merge-patch+json'] = content['application/json']
  }
}

function addTypes(operation: Operation, others: Others | undefined): void {
  for (const type of others?.answers ?? []) ok(operation).content[type] = { schema: schemaOf(type) }
  for (const type of others?.bodies ?? [])
    if (operation.requestBody) operation.requestBody.content[type] = { schema: schemaOf(type) }
}

/** Text is told no further, and JSON in the words of others only that it is an object. */
function schemaOf(mediaType: string): { type: string } {
  return { type: mediaType.endsWith('json') ? 'object' : 'string' }
}

/** What other programs follow: the same for everybody. */
function isForPrograms(path: string): boolean {
  return /^\/(feeds|sitemap|robots)/.test(path)
}

function finishFeed(path: string, { responses }: Operation): void {
  const always = refs(['ETag', 'Cache-Control'])
  for (const response of Object.values(responses)) response.headers = always
  responses['304'] = { description: STILL_THERE, headers: always }
  if (path.startsWith('/feeds/'))
    responses['308'] = { description: OLD_SLUG, headers: refs(['Location', 'Cache-Control']) }
}

function finishWrite(path: string, method: string, operation: Operation): void {
  const { responses } = operation
  const onExisting = path.includes('{id}') ? [ifMatch] : []
  const onCreation = method === 'put' ? [ifNoneMatch] : []
  operation.parameters = [
    ...(operation.parameters ?? []),
    ...onExisting,
    ...onCreation,
    idempotencyKey,
    prefer,
    datelineNote,
  ]
  for (const status of ['200', '201'])
    if (responses[status]) Object.assign(responses[status].headers ?? {}, refs(['Idempotency-Replayed']))
  responses['204'] = {
    description: 'Done, with `Prefer: return=minimal` or `purge=true`.',
    headers: refs([
      'Cache-Control',
      'Vary',
      'ETag',
      'Location',
      'Preference-Applied',
      'Idempotency-Replayed',
    ]),
  }
}

function ok({ responses }: Operation): { content: Record<string, unknown> } {
  const response = responses['200'] ?? {}
  response.content ??= {}
  return { content: response.content }
}

function contentHeaders(method: string): string[] {
  return method === 'get'
    ? ['ETag', 'Cache-Control', 'Vary', 'Link', 'X-Robots-Tag']
    : ['ETag', 'Cache-Control', 'Vary']
}

/** The statuses of the problems that a route can answer with, from what it is. */
function problemsOf(path: string, method: string): number[] {
  const always = [400, 401, 408, 414, 431, 500, 503]
  if (path.startsWith('/feeds/')) return [...always, 404, 410].sort()
  if (!path.startsWith('/v1/')) return path.includes('{') ? [...always, 404].sort() : always
  const hasId = path.includes('{id}')
  const reading = method === 'get' ? [403, 406, ...(hasId ? [404, 410] : [])] : []
  const writing = method === 'get' ? [] : [403, 409, 413, 415, 422, ...(hasId ? [404] : [])]
  const changing = hasId || path === '/v1/batch' ? [404, 412, 428] : []
  const editing = isEditing(path, method) ? [410, ...changing] : []
  return [...new Set([...always, ...reading, ...writing, ...editing])].sort()
}

function problemResponse(status: number): Response {
  const codes = errorCodes.filter((code) => problemTypes[code].status === status)
  return {
    description: codes.map((code) => `\`${code}\`: ${problemTypes[code].title}.`).join(' '),
    headers: refs([
      'Cache-Control',
      ...(status === 401 || status === 403 ? ['WWW-Authenticate'] : []),
      ...(status === 503 ? ['Retry-After'] : []),
    ]),
    content: { [PROBLEM_JSON]: { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

const text = (description: string, example: string) => ({
  description,
  schema: { type: 'string', examples: [example] },
})

const headers = {
  ETag: text(
    'The tag of this representation. A document’s begins with its version.',
    '"7-k3JhX0Vd5yq2M1nB8sQw4A"',
  ),
  'Cache-Control': text(
    'What anyone may read is fresh for five seconds; what a token reads is not stored.',
    'public, max-age=5',
  ),
  'Last-Modified': text(
    'When what is shown went live; only without a token and without expansions.',
    'Thu, 15 Oct 2020 14:07:00 GMT',
  ),
  Vary: text('What else the answer depends on.', 'accept, authorization'),
  Link: text(
    'The pages before and after, and where the present is when the past was read.',
    '</v1/…?cursor=WzE2>; rel="next"',
  ),
  Location: text('Where the document is.', '/v1/…/a-slug'),
  'X-Robots-Tag': text('`noindex` on everything read with `at`.', 'noindex'),
  'WWW-Authenticate': text('What kind of token is wanted (RFC 6750).', 'Bearer realm="dateline"'),
  'Preference-Applied': text('The preference that was honoured (RFC 7240).', 'return=minimal'),
  'Idempotency-Replayed': text('The request was done before; this is what it answered then.', 'true'),
  'Retry-After': text('In how many seconds to try again.', '5'),
}

const ifMatch = {
  name: 'if-match',
  in: 'header',
  required: false,
  description:
    'The tag of the version that the change was made from; only its version counts, so `"7"` will do. A newer one answers 412.',
  schema: { type: 'string', examples: ['"7"'] },
}

const ifNoneMatch = {
  name: 'if-none-match',
  in: 'header',
  required: false,
  description: '`*`: create, and never replace. What is there already answers 412.',
  schema: { type: 'string', enum: ['*'] },
}

const idempotencyKey = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description:
    'Makes it safe to send the request again: for 24 hours the same key, method, address and body get the first answer, and nothing is done twice.',
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    examples: ['5a1f8f6e-0c8c-4b7e-9d53-0f8c1b1c7d11'],
  },
}

const prefer = {
  name: 'prefer',
  in: 'header',
  required: false,
  description: '`return=minimal` answers 204 with the headers alone (RFC 7240).',
  schema: { type: 'string', examples: ['return=minimal'] },
}

const datelineNote = {
  name: 'dateline-note',
  in: 'header',
  required: false,
  description: 'What you say about the change, as in a commit message; the parameter `note` does the same.',
  schema: { type: 'string', maxLength: 1000, examples: ['The mayor called back'] },
}

function refs(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

const SCHEMAS = '#/components/schemas/'

/** Every zod schema comes in two forms, `X` and `XInput`. Keeps those that are referred to, as `X` where that is free. */
function withUsedSchemas(generated: OpenApi): OpenApi {
  const all = generated.components.schemas ?? {}
  const used = new Set<string>(['Problem'])
  const visit = (value: unknown): void => {
    for (const name of referredBy(value)) {
      if (used.has(name)) continue
      used.add(name)
      visit(all[name])
    }
  }
  visit([generated.paths, all.Problem])
  const finalName = (name: string) => {
    const plain = name.replace(/Input$/, '')
    return used.has(plain) ? name : plain
  }
  const schemas = Object.fromEntries([...used].sort().map((name) => [finalName(name), all[name]]))
  const whole = { ...generated, components: { ...generated.components, schemas } }
  return JSON.parse(JSON.stringify(whole), (key, value) =>
    key === '$ref' && String(value).startsWith(SCHEMAS)
      ? SCHEMAS + finalName(String(value).slice(SCHEMAS.length))
      : value,
  )
}

function referredBy(value: unknown): string[] {
  return [...JSON.stringify(value ?? null).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  )
}
