import { errorCodes } from '../errors.ts'
import {
  datelineNote,
  headers,
  idempotencyKey,
  ifMatch,
  ifNoneMatch,
  prefer,
  refs,
} from './openapi-headers.ts'
import { withUsedSchemas } from './openapi-schemas.ts'
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
  for (const type of others?.answers ?? [])
    for (const { content = {} } of successesOf(operation)) content[type] = { schema: schemaOf(type) }
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

function successesOf({ responses }: Operation): Response[] {
  return [responses['200'], responses['201']].filter((response) => response !== undefined)
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
