import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { InjectOptions } from 'fastify'
import type { OpenApi } from '../../src/http/openapi-document.ts'
import type { Answer } from './dateline.ts'

/** The headers that a client relies on: one that is sent is declared, where the address is. */
const DECLARED = [
  'etag',
  'last-modified',
  'location',
  'link',
  'x-robots-tag',
  'www-authenticate',
  'retry-after',
] as const

interface Checker {
  readonly document: OpenApi
  readonly ajv: Ajv2020.default
  readonly routes: { readonly path: string; readonly pattern: RegExp }[]
}

/** The committed document, which is what the code makes (a test); compiling it takes longer than most tests. */
const committed = new URL('../../openapi/openapi.json', import.meta.url)
let checker: Checker | undefined

/** Fails when an answer is not one that the OpenAPI document gives for its operation. */
export function assertDocumented({ method = 'GET', url = '/' }: InjectOptions, answer: Answer): void {
  checker ??= makeChecker()
  const path = String(url).split('?')[0] ?? '/'
  const what = `${method} ${String(url).slice(0, 200)} → ${answer.status}`
  assert.ok(answer.status < 500, `${what}: ${answer.text}`)
  const route = checker.routes.find(({ pattern }) => pattern.test(path))
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  const operation = route && checker.document.paths[route.path]?.[verb]
  if (!operation || !route) {
    if (method !== 'HEAD') assertProblem(checker, answer, what)
    return
  }
  const declared = operation.responses[answer.status]
  assert.ok(declared, `${what} is not in the document: ${answer.text}`)
  const { pointer, response } = resolve(
    checker.document,
    declared,
    `/paths/${inPointer(route.path)}/${verb}/responses/${answer.status}`,
  )
  assertHeaders(response, answer, what)
  assertBody(checker, pointer, response, answer, method, what)
}

function assertHeaders(
  response: { headers?: Record<string, unknown> },
  { status, headers }: Answer,
  what: string,
): void {
  const declared = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase())
  for (const name of DECLARED)
    assert.ok(
      headers[name] === undefined || declared.includes(name),
      `${what}: the header ${name} is not declared`,
    )
  // A 204 is the answer to several kinds of write: only some of them make or leave a document.
  const always = ['cache-control', 'www-authenticate', ...(status === 204 ? [] : ['etag', 'location'])]
  for (const name of declared.filter((each) => always.includes(each)))
    assert.ok(headers[name] !== undefined, `${what}: the header ${name} is declared and missing`)
}

function assertBody(
  checker: Checker,
  pointer: string,
  response: { content?: Record<string, unknown> },
  answer: Answer,
  method: string,
  what: string,
): void {
  const mediaType = String(answer.headers['content-type'] ?? '').split(';')[0] ?? ''
  if (!response.content) {
    assert.equal(answer.text, '', `${what} has a body`)
    return
  }
  assert.ok(mediaType in response.content, `${what}: ${mediaType} is not declared`)
  if (method === 'HEAD') return
  const schema = `openapi#${pointer}/content/${inPointer(mediaType)}/schema`
  const validate = checker.ajv.getSchema(schema) ?? checker.ajv.compile({ $ref: schema })
  assert.ok(
    validate(answer.body ?? answer.text),
    `${what}: ${checker.ajv.errorsText(validate.errors)}: ${answer.text.slice(0, 500)}`,
  )
}

function assertProblem({ ajv }: Checker, answer: Answer, what: string): void {
  if (answer.status < 400) return
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/, what)
  const validate = ajv.getSchema('openapi#/components/schemas/Problem')
  assert.ok(validate?.(answer.body), `${what}: ${ajv.errorsText(validate?.errors)}`)
}

interface Declared {
  readonly headers?: Record<string, unknown>
  readonly content?: Record<string, unknown>
}

function resolve(
  document: OpenApi,
  response: Declared & { readonly $ref?: string },
  pointer: string,
): { pointer: string; response: Declared } {
  const name = response.$ref?.split('/').at(-1)
  if (name === undefined) return { pointer, response }
  const target = document.components.responses?.[name] as {
    headers?: Record<string, unknown>
    content?: Record<string, unknown>
  }
  return { pointer: `/components/responses/${name}`, response: target }
}

function makeChecker(): Checker {
  const document: OpenApi = JSON.parse(readFileSync(committed, 'utf8'))
  const ajv = new Ajv2020.default({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ ...document, $id: 'openapi' })
  const routes = Object.keys(document.paths)
    .sort((one, other) => Number(one.includes('{')) - Number(other.includes('{')))
    .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }))
  return { document, ajv, routes }
}

function inPointer(text: string): string {
  return encodeURI(text.replace(/~/g, '~0').replace(/\//g, '~1'))
}
