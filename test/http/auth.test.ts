import t from 'tap'
import { hashToken, type Role, type Scope } from '../../src/http/auth.ts'
import { type Dateline, STORY, start } from '../support/dateline.ts'
import { assertProblem } from './problem.ts'

const UNKNOWN = 'This token is not known here. Check that it was copied whole.'
const FORM = 'Authorization must be "Bearer <token>".'

interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly body?: Record<string, unknown>
}

/** Every kind of request that needs a token, and the scope without which it is refused. */
const protectedRequests: readonly (Request & { readonly scope: Scope })[] = [
  { scope: 'read:drafts', method: 'GET', url: '/v1/articles?at=latest' },
  { scope: 'read:drafts', method: 'GET', url: `/v1/articles/${STORY}?at=latest` },
  { scope: 'read:drafts', method: 'GET', url: '/v1/articles?at=2999-01-01' },
  { scope: 'read:drafts', method: 'GET', url: '/v1/people/sergey-lavrov/quotes?at=latest' },
  { scope: 'write', method: 'POST', url: '/v1/articles', body: { headline: 'A' } },
  { scope: 'write', method: 'POST', url: '/v1/people', body: { name: 'Ada' } },
  { scope: 'write', method: 'POST', url: '/v1/quotes', body: { articleId: STORY, text: 'A' } },
  { scope: 'write', method: 'POST', url: '/v1/related-links', body: { articleId: STORY, title: 'A' } },
  { scope: 'write', method: 'PATCH', url: `/v1/articles/${STORY}`, body: { place: 'Moscow' } },
  { scope: 'write', method: 'PATCH', url: '/v1/people/sergey-lavrov?publish=no', body: { role: 'A' } },
  { scope: 'publish', method: 'POST', url: '/v1/articles?publish=now', body: { headline: 'A' } },
  { scope: 'publish', method: 'POST', url: '/v1/people?publish=2999-01-01', body: { name: 'Ada' } },
  { scope: 'publish', method: 'POST', url: '/v1/people?publish=2001-01-01', body: { name: 'Ada' } },
  { scope: 'publish', method: 'PATCH', url: `/v1/articles/${STORY}?publish=now`, body: { place: 'Moscow' } },
  { scope: 'publish', method: 'POST', url: `/v1/articles/${STORY}/publish` },
  { scope: 'publish', method: 'POST', url: '/v1/people/sergey-lavrov/publish?at=2999-01-01' },
  { scope: 'publish', method: 'POST', url: `/v1/articles/${STORY}/withdraw` },
  { scope: 'publish', method: 'DELETE', url: '/v1/people/sergey-lavrov' },
]

const scopes: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: ['read:drafts'],
  writer: ['read:drafts', 'write'],
  editor: ['read:drafts', 'write', 'publish'],
  admin: ['read:drafts', 'write', 'publish', 'admin'],
}

function ask(dateline: Dateline, { method, url, body }: Request, authorization?: string) {
  return dateline.send({
    method,
    url,
    headers: authorization === undefined ? {} : { authorization },
    ...(body ? { payload: body } : {}),
  })
}

t.test('what needs a token is 401 without one, and says which scope', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const request of protectedRequests) {
    const { method, url } = request
    const isPublish = method === 'POST' && /\/publish(\?|$)/.test(url)
    const scope = method === 'GET' ? 'read:drafts' : isPublish ? 'publish' : 'write'
    const answer = await ask(dateline, request)
    t.equal(answer.headers['www-authenticate'], 'Bearer realm="dateline"')
    assertProblem(
      t,
      answer,
      {
        status: 401,
        code: 'token_missing',
        detail: `This needs a token with the scope ${scope}. Send Authorization: Bearer <token>.`,
        instance: url,
      },
      `${method} ${url}`,
    )
  }
})

t.test('a wrong token is 401 everywhere, also where none is needed', async (t) => {
  const dateline = await start(t, { seeded: true })
  const open = [
    '/v1/articles',
    `/v1/articles/${STORY}`,
    '/v1/articles/nothing',
    '/',
    '/problems',
    '/health/live',
    '/nope',
  ]
  const requests = [...protectedRequests, ...open.map((url): Request => ({ method: 'GET', url }))]
  for (const request of requests)
    for (const [authorization, detail] of [
      ['Bearer nonsense', UNKNOWN],
      [`Bearer ${dateline.tokens.editor}x`, UNKNOWN],
      [`Bearer ${dateline.tokens.editor.slice(0, -1)}`, UNKNOWN],
      [`Bearer ${hashToken(dateline.tokens.editor)}`, UNKNOWN],
      ['Bearer', FORM],
      ['Basic ZWRpdG9yOmVkaXRvcg==', FORM],
      [dateline.tokens.editor, FORM],
      [`Bearer ${dateline.tokens.editor} x`, FORM],
    ] as const) {
      const answer = await ask(dateline, request, authorization)
      t.equal(answer.headers['www-authenticate'], 'Bearer realm="dateline", error="invalid_token"')
      assertProblem(
        t,
        answer,
        { status: 401, code: 'token_invalid', detail, instance: request.url },
        authorization,
      )
    }
})

t.test('the word Bearer may be written in any case', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const word of ['Bearer', 'bearer', 'BEARER'])
    t.equal(
      (
        await ask(
          dateline,
          { method: 'GET', url: '/v1/articles?at=latest' },
          `${word} ${dateline.tokens.viewer}`,
        )
      ).status,
      200,
    )
})

for (const role of Object.keys(scopes) as Role[]) // its keys are the roles
  t.test(
    `a token of the role ${role} does what its scopes say, and else is 403 that names the scope`,
    async (t) => {
      const dateline = await start(t, { seeded: true })
      for (const request of protectedRequests) {
        const answer = await ask(dateline, request, `Bearer ${dateline.tokens[role]}`)
        const name = `${request.method} ${request.url}`
        const needed: Scope[] = request.method === 'GET' ? ['read:drafts'] : ['write', request.scope]
        const lacking = needed.filter((scope) => !scopes[role].includes(scope))
        if (lacking.length === 0) t.ok(answer.status < 300, `${name}: ${answer.status}`)
        else assertScopeMissing(t, answer, lacking, request.url, name)
      }
    },
  )

function assertScopeMissing(
  t: Parameters<typeof assertProblem>[0],
  answer: Awaited<ReturnType<typeof ask>>,
  lacking: readonly Scope[],
  instance: string,
  name: string,
): void {
  const scope = answer.body.scope
  t.ok(lacking.includes(scope), `${name}: ${scope} is lacking`)
  t.equal(
    answer.headers['www-authenticate'],
    `Bearer realm="dateline", error="insufficient_scope", scope="${scope}"`,
  )
  assertProblem(
    t,
    answer,
    {
      status: 403,
      code: 'scope_missing',
      detail: `The token does not have the scope ${scope}. Use one whose role has it.`,
      instance,
      extensions: { scope },
    },
    name,
  )
}
