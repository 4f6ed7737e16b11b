import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { openApiDocument } from '../../src/http/openapi.ts'
import { start } from '../support/dateline.ts'
import { isAccess, type Operation, operationsOf, resolve, walk } from './operation.ts'

const root = new URL('../../', import.meta.url)
const dateline = await start(t, { seeded: true })
const document = await openApiDocument(dateline.app)
const operations = operationsOf(document)

t.test('openapi/openapi.json is what the code generates', async (t) => {
  const committed = await readFile(new URL('openapi/openapi.json', root), 'utf8')
  const isSame = committed === `${JSON.stringify(document, null, 2)}\n`
  t.ok(isSame, 'openapi/openapi.json is out of date: run `npm run openapi`')
})

t.test('Redocly finds nothing wrong with it', async (t) => {
  const { code, output } = await run('redocly', ['lint', 'openapi/openapi.json', '--format=json'])
  const { totals } = JSON.parse(output)
  t.strictSame({ code, errors: totals?.errors }, { code: 0, errors: 0 }, output)
})

t.test('Spectral finds no error in it', async (t) => {
  const { code, output } = await run('spectral', ['lint', 'openapi/openapi.json', '--format=json', '--quiet'])
  const errors = JSON.parse(output).filter(({ severity }: { severity: number }) => severity === 0)
  t.strictSame(errors, [])
  t.equal(code, 0)
})

t.test('/openapi.json serves it', async (t) => {
  const { status, headers, body } = await dateline.get('/openapi.json')
  t.equal(status, 200)
  t.match(headers['content-type'], /^application\/json\b/)
  t.same(body, document)
})

t.test('it is OpenAPI 3.1 and says what it describes', async (t) => {
  const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'))
  t.match(document.openapi, /^3\.1\.\d+$/)
  t.match(document.info, { title: 'Dateline', version, license: { identifier: 'MIT' } })
  t.match(document.components.securitySchemes, { token: { type: 'http', scheme: 'bearer' } })
})

t.test(
  'every operation has an id of its own, a summary, and a tag that the document describes',
  async (t) => {
    const ids = operations.map(({ operationId }) => operationId)
    t.strictSame([...new Set(ids)], ids)
    const described = (document as unknown as { tags: { name: string }[] }).tags.map(({ name }) => name) // not in the type
    const wanting = operations.filter(
      ({ summary = '', tags = [] }) =>
        summary === '' || !described.includes(tags[0] ?? '') || tags.length > 1,
    )
    t.strictSame(idsOf(wanting), [])
  },
)

t.test('every parameter has a description and a type', async (t) => {
  const wanting = operations.flatMap(({ operationId, parameters = [] }) =>
    parameters
      .filter(({ description = '', schema }) => description === '' || schema.type === undefined)
      .map(({ name }) => `${operationId}: ${name}`),
  )
  t.strictSame(wanting, [])
})

t.test('every parameter in a path is declared and required', async (t) => {
  for (const { operationId, path, parameters = [] } of operations) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = parameters.filter((parameter) => parameter.in === 'path' && parameter.required)
    t.strictSame(
      declared.map(({ name }) => name),
      names,
      operationId,
    )
  }
})

/** Reads of nothing that is public. */
const forEditors = ['listSchedule', 'getArticleSource', 'listArticleSuggestions']

t.test('every operation says who may use it', async (t) => {
  for (const operation of operations) {
    const { operationId, path, method, security } = operation
    const isOpen = method === 'GET' && !isAccess(operation) && !forEditors.includes(operationId)
    const anyone = isOpen ? [{}, { token: [] }] : [{ token: [] }]
    t.strictSame(security, path.startsWith('/v1/') ? anyone : [], operationId)
  }
})

t.test('every operation names the errors that it can answer with', async (t) => {
  const missing = operations.flatMap((operation) =>
    errorsOf(operation)
      .filter((status) => !(status in operation.responses))
      .map((status) => `${operation.operationId}: ${status}`),
  )
  t.strictSame(missing, [])
})

t.test('every error is problem+json', async (t) => {
  const referred = new Set<string>()
  for (const { operationId, responses } of operations)
    for (const [status, response] of Object.entries(responses).filter(([status]) => Number(status) >= 400)) {
      t.strictSame(response, { $ref: `#/components/responses/Problem${status}` }, operationId)
      referred.add(`Problem${status}`)
    }
  const { responses = {} } = document.components
  t.strictSame(Object.keys(responses).sort(), [...referred].sort())
  const schema = { $ref: '#/components/schemas/Problem' }
  for (const response of Object.values(responses))
    t.match(response, { content: { 'application/problem+json': { schema } } })
})

t.test('every $ref leads somewhere, and every schema is referred to', async (t) => {
  const used = new Set<string>()
  walk(document, (value) => '$ref' in value && used.add(String(value.$ref)))
  t.strictSame(
    [...used].filter((ref) => at(ref) === undefined),
    [],
  )
  const schemas = Object.keys(document.components.schemas ?? {})
  t.strictSame(
    schemas.filter((name) => !used.has(`#/components/schemas/${name}`)),
    [],
  )
})

t.test('every member of a document is always there, but for what has to be asked for', async (t) => {
  const optional = (name: string) => {
    const { properties = {}, required = [] } = resolve(document, { $ref: `#/components/schemas/${name}` })
    return Object.keys(properties).filter((member) => !required.includes(member))
  }
  t.strictSame(optional('Article'), ['hasUnpublishedChanges', 'quotes', 'relatedLinks', 'notices'])
  t.strictSame(optional('Quote'), ['hasUnpublishedChanges', 'article', 'speaker', 'notices'])
  t.strictSame(optional('Person'), ['hasUnpublishedChanges', 'notices'])
  t.strictSame(optional('RelatedLink'), ['hasUnpublishedChanges', 'article', 'targetArticle', 'notices'])
})

/** Runs a linter on this Node, with nobody to call: a proxy that is not there stands for the network. */
function run(program: string, parameters: readonly string[]): Promise<{ code: number; output: string }> {
  const nobody = 'http://127.0.0.1:9'
  const env = {
    PATH: process.env.PATH,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    HTTP_PROXY: nobody,
    HTTPS_PROXY: nobody,
  }
  const script = fileURLToPath(new URL(`node_modules/.bin/${program}`, root))
  return new Promise((done) => {
    execFile(process.execPath, [script, ...parameters], { cwd: root, env }, (error, output) =>
      done({ code: Number(error?.code ?? 0), output }),
    )
  })
}

function idsOf(some: readonly Operation[]): string[] {
  return some.map(({ operationId }) => operationId)
}

function errorsOf(operation: Operation): string[] {
  const { method, path } = operation
  const errors = ['400', '414', '431', '500', '503']
  if (path.startsWith('/v1/')) errors.push('401', '403')
  if (path.includes('{')) errors.push('404')
  if (method === 'GET') return path.includes('{id}') ? [...errors, '406', '410'] : errors
  const changes = (path.includes('{') || path === '/v1/batch') && !isAccess(operation)
  return [...errors, '409', '413', '415', '422', ...(changes ? ['404', '410', '412', '428'] : [])]
}

function at(ref: string): unknown {
  const [start, ...keys] = ref.split('/')
  if (start !== '#') return undefined
  const plain = (key: string) => key.replace(/~1/g, '/').replace(/~0/g, '~')
  return keys.reduce<unknown>((value, key) => Object(value)[plain(key)], document)
}
