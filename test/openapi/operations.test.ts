import t, { type Test } from 'tap'
import { type Role, roles, type Scope } from '../../src/http/auth.ts'
import { openApiDocument } from '../../src/http/openapi.ts'
import { problemTypes } from '../../src/http/problem-types.ts'
import { type Answer, type Dateline, start } from '../support/dateline.ts'
import { isAccess, needsToken, type Operation, operationsOf } from './operation.ts'
import { fillIn, type Prepared, prepare } from './prepared.ts'

interface Request {
  /** What stands in the path: a name from `Prepared`, or the thing itself. */
  readonly key?: string
  readonly query?: string
  readonly body?: unknown
}

/** For every operation a request that succeeds. */
const successes: Readonly<Record<string, Request>> = {
  listArticles: {},
  createArticle: { body: { headline: 'A new story' } },
  getArticle: { key: '~article~' },
  updateArticle: { key: '~article~', body: { headline: 'A better headline' } },
  replaceArticle: { key: '~article~', body: { headline: 'Another headline', quotes: [{ text: 'Words' }] } },
  deleteArticle: { key: '~article~' },
  listArticleQuotes: { key: '~article~' },
  listArticleRelatedLinks: { key: '~article~' },
  publishArticle: { key: '~draftArticle~' },
  withdrawArticle: { key: '~article~' },
  restoreArticle: { key: '~article~', body: { version: 1 } },
  listArticleVersions: { key: '~article~' },
  getArticleVersion: { key: '~article~' },
  diffArticleVersion: { key: '~article~' },
  getArticleSource: { key: '~pasted~' },
  listArticleSuggestions: { key: '~article~' },
  listQuotes: {},
  createQuote: { body: { articleId: '~article~', text: 'Words' } },
  getQuote: { key: '~quote~' },
  updateQuote: { key: '~quote~', body: { text: 'Other words' } },
  deleteQuote: { key: '~quote~' },
  publishQuote: { key: '~quote~' },
  withdrawQuote: { key: '~quote~' },
  restoreQuote: { key: '~quote~', body: { version: 1 } },
  listQuoteVersions: { key: '~quote~' },
  getQuoteVersion: { key: '~quote~' },
  diffQuoteVersion: { key: '~quote~' },
  listPeople: {},
  createPerson: { body: { name: 'Somebody New' } },
  getPerson: { key: '~person~' },
  updatePerson: { key: '~person~', body: { name: 'Somebody Else' } },
  replacePerson: { key: '~person~', body: { name: 'Somebody Else' } },
  deletePerson: { key: '~person~' },
  listPersonArticles: { key: '~person~' },
  listPersonQuotes: { key: '~person~' },
  publishPerson: { key: '~person~' },
  withdrawPerson: { key: '~person~' },
  restorePerson: { key: '~person~', body: { version: 1 } },
  listPersonVersions: { key: '~person~' },
  getPersonVersion: { key: '~person~' },
  diffPersonVersion: { key: '~person~' },
  listRelatedLinks: {},
  createRelatedLink: { body: { articleId: '~article~', title: 'Read this too' } },
  getRelatedLink: { key: '~link~' },
  updateRelatedLink: { key: '~link~', body: { title: 'Read that too' } },
  deleteRelatedLink: { key: '~link~' },
  publishRelatedLink: { key: '~link~' },
  withdrawRelatedLink: { key: '~link~' },
  restoreRelatedLink: { key: '~link~', body: { version: 1 } },
  listRelatedLinkVersions: { key: '~link~' },
  getRelatedLinkVersion: { key: '~link~' },
  diffRelatedLinkVersion: { key: '~link~' },
  doBatch: {
    body: {
      operations: [
        { do: 'create', type: 'person', name: 'speaker', content: { name: 'Somebody New' } },
        { do: 'update', type: 'quote', id: '~quote~', content: { speakerId: '$speaker' } },
      ],
    },
  },
  listTags: {},
  search: { query: 'q=words' },
  listSchedule: {},
  listTokens: {},
  createToken: { body: { name: 'A new desk', role: 'editor' } },
  getToken: { key: '~token~' },
  revokeToken: { key: '~token~' },
  listAudit: {},
  getArticlesRss: {},
  getArticlesAtom: {},
  getArticlesJsonFeed: {},
  getSitemapIndex: {},
  getSitemap: { key: '2020-10' },
  getNewsSitemap: {},
  getRobots: {},
  isLive: {},
  isReady: {},
  listProblems: {},
  getProblem: { key: 'not_found' },
  getIndex: {},
}

/** Operations that change something and are open to everybody. It may only shrink. */
const exempt: readonly string[] = []

t.setTimeout(120_000)

const WRONG = 'dl_this-token-is-known-to-nobody'

t.test(
  'every operation of the document has a request that succeeds, and every such request an operation',
  async (t) => {
    const { operations } = await documented(t)
    t.strictSame(
      Object.keys(successes).sort(),
      operations.map(({ operationId }) => operationId).sort(),
      'an operation that is new needs an entry in `successes`; one that is gone takes its entry with it',
    )
  },
)

t.test('every operation succeeds', async (t) => {
  const { dateline, operations } = await documented(t)
  let about = await prepare(dateline)
  for (const operation of operations) {
    const token = needsToken(operation)
      ? dateline.tokens[isAccess(operation) ? 'admin' : 'editor']
      : undefined
    const answer = await request(dateline, operation, about, token)
    t.equal(answer.status, operation.success, operation.operationId)
    if (answer.status === 201) await assertCreated(t, dateline, operation, answer)
    else if (operation.method !== 'GET') about = await prepare(dateline)
  }
})

t.test(
  'every operation that needs a token refuses none, a wrong one and every one without its scope, and saves nothing',
  async (t) => {
    const { dateline, operations } = await documented(t)
    const about = await prepare(dateline)
    const before = await clock(dateline)
    for (const operation of operations.filter(needsToken)) {
      const scope = scopeOf(operation)
      const { missing, invalid, insufficient } = refusals(scope)
      assertRefused(t, operation, missing, await request(dateline, operation, about))
      assertRefused(t, operation, invalid, await request(dateline, operation, about, WRONG))
      for (const role of rolesWithout(scope)) {
        const answer = await request(dateline, operation, about, dateline.tokens[role])
        assertRefused(t, operation, insufficient, answer)
      }
    }
    t.strictSame(await clock(dateline), before, 'no transaction has been written')
  },
)

t.test('every operation that is not a read needs a token', async (t) => {
  const { operations } = await documented(t)
  const open = operations.filter((operation) => operation.method !== 'GET' && !needsToken(operation))
  t.strictSame(
    open.map(({ operationId }) => operationId),
    exempt,
  )
})

t.test('every read of content refuses a wrong token instead of taking it for none', async (t) => {
  const { dateline, operations } = await documented(t)
  const about = await prepare(dateline)
  for (const operation of operations.filter(isRead))
    assertRefused(t, operation, refusals('').invalid, await request(dateline, operation, about, WRONG))
})

t.test('every read of content answers a viewer as it answers everybody, for them alone', async (t) => {
  const { dateline, operations } = await documented(t)
  const about = await prepare(dateline)
  for (const operation of operations.filter((each) => isRead(each) && !needsToken(each))) {
    const answer = await request(dateline, operation, about, dateline.tokens.viewer)
    t.equal(answer.status, operation.success, operation.operationId)
    t.equal(answer.headers['cache-control'], 'private, no-store', operation.operationId)
  }
})

function isRead({ method, path }: Operation): boolean {
  return method === 'GET' && path.startsWith('/v1/')
}

/** The scope that an operation for which a token is needed asks for first. */
function scopeOf(operation: Operation): Scope {
  if (isAccess(operation)) return 'admin'
  if (operation.method === 'GET') return 'read:drafts'
  return operation.operationId.startsWith('publish') ? 'publish' : 'write'
}

function rolesWithout(scope: Scope): Role[] {
  return (Object.keys(roles) as Role[]).filter((role) => !roles[role].some((each) => each === scope)) // the keys are roles
}

async function documented(t: Test): Promise<{ dateline: Dateline; operations: Operation[] }> {
  const dateline = await start(t, { seeded: true })
  return { dateline, operations: operationsOf(await openApiDocument(dateline.app)) }
}

function request(
  { send }: Dateline,
  { operationId, method, path }: Operation,
  about: Prepared,
  token?: string,
): Promise<Answer> {
  const { key = '', query = '', body } = successes[operationId] ?? {}
  return send({
    method,
    url: path.replace('{n}', '1').replace(/\{\w+\}/, fillIn(key, about)) + (query && `?${query}`),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: fillIn(JSON.stringify(body), about) }),
  })
}

async function assertCreated(
  t: Test,
  { get }: Dateline,
  operation: Operation,
  answer: Answer,
): Promise<void> {
  const found = await get(String(answer.headers.location), { as: 'admin' })
  const { secret: _, ...shown } = answer.body // a token's, which is shown once
  t.same(found.body, shown, `${operation.operationId}: what was created is at its Location`)
  t.equal(found.headers.etag, answer.headers.etag, operation.operationId)
}

interface Refusal {
  readonly code: 'token_missing' | 'token_invalid' | 'scope_missing'
  readonly challenge: string
  readonly detail: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

function refusals(scope: string) {
  return {
    missing: {
      code: 'token_missing',
      challenge: 'Bearer realm="dateline"',
      detail: `This needs a token with the scope ${scope}. Send Authorization: Bearer <token>.`,
    },
    invalid: {
      code: 'token_invalid',
      challenge: 'Bearer realm="dateline", error="invalid_token"',
      detail: 'This token is not known here. Check that it was copied whole.',
    },
    insufficient: {
      code: 'scope_missing',
      challenge: `Bearer realm="dateline", error="insufficient_scope", scope="${scope}"`,
      detail: `The token does not have the scope ${scope}. Use one whose role has it.`,
      extensions: { scope },
    },
  } as const satisfies Record<string, Refusal> // `as const` keeps the codes from widening to string
}

function assertRefused(
  t: Test,
  { operationId }: Operation,
  { code, challenge, detail, extensions = {} }: Refusal,
  { status, headers, body }: Answer,
): void {
  const type = problemTypes[code]
  const { instance, requestId, ...said } = body
  const expected = {
    type: `/problems/${code}`,
    title: type.title,
    status: type.status,
    detail,
    ...extensions,
  }
  t.strictSame(said, expected, `${operationId}: ${code}`)
  t.equal(status, type.status, operationId)
  t.equal(headers['www-authenticate'], challenge, operationId)
  t.equal(headers['cache-control'], 'no-store', operationId)
}

/** What every transaction that writes changes. */
function clock({ storage }: Dateline): Promise<unknown> {
  return storage.read((trx) => trx.db.selectFrom('clock').selectAll().executeTakeFirstOrThrow())
}
