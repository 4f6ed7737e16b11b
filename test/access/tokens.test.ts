import t from 'tap'
import { hashToken, type Role, roles } from '../../src/http/auth.ts'
import { startLogged } from '../http/logged.ts'
import { assertProblem } from '../http/problem.ts'
import { type Answer, type Dateline, START, start } from '../support/dateline.ts'

const admin = { as: 'admin' } as const
const ID = /^token_[0-7][0-9a-hjkmnp-tv-z]{25}$/
const SECRET = /^dateline_[\w-]{43}$/
const UNKNOWN = 'token_01h455vb4pex5vsknk084sn02q'

/** Makes a token over HTTP. @returns the answer's body */
async function make({ post }: Dateline, body: Record<string, unknown> = {}) {
  const { status, body: token } = await post('/v1/tokens', { name: 'Desk', role: 'viewer', ...body }, admin)
  if (status !== 201) throw new Error(token.detail)
  return token
}

/** Reads with a secret what only a token may read. */
function readDrafts({ send }: Dateline, secret: string): Promise<Answer> {
  return send({ url: '/v1/articles?at=latest', headers: { authorization: `Bearer ${secret}` } })
}

t.test('a token is created with its secret, and read without it', async (t) => {
  const dateline = await start(t)
  const given = { name: ' The foreign desk ', role: 'writer', expiresAt: '2026-02-01' }
  const { status, headers, body } = await dateline.post('/v1/tokens', given, admin)
  const { id, secret, ...rest } = body
  const { data } = (await dateline.get('/v1/tokens', admin)).body
  t.equal(status, 201)
  t.match(id, ID)
  t.match(secret, SECRET)
  t.strictSame(rest, {
    name: 'The foreign desk',
    role: 'writer',
    scopes: ['read:drafts', 'write'],
    createdAt: new Date(START + 5).toISOString(), // four tokens were made before, and a write is ahead of reads
    createdBy: data.find(({ name }: { name: string }) => name === 'admin').id,
    expiresAt: '2026-02-01T00:00:00.000Z',
    revokedAt: null,
    lastUsedAt: null,
  })
  t.match(headers, { location: `/v1/tokens/${id}`, 'cache-control': 'private, no-store' })
  const read = await dateline.get(`/v1/tokens/${id}`, admin)
  t.strictSame(read.body, { id, ...rest })
  t.equal(read.headers.etag, headers.etag)
  t.strictSame(data[0], { id, ...rest })
  const again = { ...admin, headers: { 'if-none-match': String(headers.etag) } }
  t.equal((await dateline.get(`/v1/tokens/${id}`, again)).status, 304)
})

t.test('a token may do what its role says', async (t) => {
  const dateline = await start(t)
  for (const role of Object.keys(roles) as Role[]) {
    const { secret, scopes } = await make(dateline, { role })
    t.strictSame(scopes, roles[role])
    const headers = { authorization: `Bearer ${secret}` }
    const ask = async (method: 'GET' | 'POST', url: string, payload?: object) =>
      (await dateline.send({ method, url, headers, ...(payload && { payload }) })).status
    const statuses = [
      await ask('GET', '/v1/articles?at=latest'),
      await ask('POST', '/v1/people', { name: `A ${role}` }),
      await ask('POST', '/v1/people?publish=now', { name: `A public ${role}` }),
      await ask('GET', '/v1/tokens'),
    ]
    const wanted = {
      viewer: [200, 403, 403, 403],
      writer: [200, 201, 403, 403],
      editor: [200, 201, 201, 403],
    }
    t.strictSame(statuses, role === 'admin' ? [200, 201, 201, 200] : wanted[role], role)
  }
})

t.test('a secret is in the answer to its creation and in nothing else, log lines included', async (t) => {
  const ADMIN_TOKEN = 'an-administrators-own-token'
  const { app, lines } = await startLogged(t, { ADMIN_TOKEN })
  const answers: string[] = []
  const ask = async (secret: string, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => {
    const headers = { authorization: `Bearer ${secret}` }
    const answer = await app.inject({ method, url, headers, ...(payload && { payload }) })
    answers.push(JSON.stringify(answer.headers), answer.body)
    return answer
  }
  const created = await ask(ADMIN_TOKEN, 'POST', '/v1/tokens', { name: 'Desk', role: 'admin' })
  const { id, secret } = created.json()
  answers.length = 0
  await ask(secret, 'GET', '/v1/tokens')
  await ask(secret, 'GET', `/v1/tokens/${id}`)
  await ask(secret, 'POST', '/v1/tokens', { name: secret, role: 'nothing' })
  await ask(secret, 'GET', '/v1/audit')
  await ask(secret, 'DELETE', `/v1/tokens/${id}`)
  await ask(secret, 'GET', '/v1/tokens')
  await app.close()
  t.equal(answers.length, 12)
  for (const text of [...answers, ...lines])
    for (const hidden of [secret, hashToken(secret), ADMIN_TOKEN]) t.notOk(text.includes(hidden), text)
  t.equal(created.body.split(secret).length, 2, 'and in that one once')
})

t.test('ADMIN_TOKEN is in no list, and is named where it made something', async (t) => {
  const ADMIN_TOKEN = 'an-administrators-own-token'
  const { app } = await startLogged(t, { ADMIN_TOKEN })
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const payload = { name: 'Desk', role: 'viewer' }
  await app.inject({ method: 'POST', url: '/v1/tokens', headers, payload })
  const { data } = (await app.inject({ url: '/v1/tokens', headers })).json()
  t.match(data, [
    { name: 'Desk', createdBy: 'ADMIN_TOKEN', lastUsedAt: null },
    { name: 'desk', createdBy: 'command-line', lastUsedAt: null },
  ])
  t.equal(data.length, 2)
})

t.test('tokens are listed newest first, in pages both ways', async (t) => {
  const dateline = await start(t)
  for (const name of ['one', 'two']) await make(dateline, { name })
  const page = async (query: string) => {
    const { headers, body } = await dateline.get(`/v1/tokens?${query}`, admin)
    return { names: body.data.map(({ name }: { name: string }) => name), page: body.page, link: headers.link }
  }
  const first = await page('limit=2')
  t.strictSame(first.names, ['two', 'one'])
  t.equal(first.page.prev, null)
  t.equal(first.link, `</v1/tokens?limit=2&cursor=${first.page.next}>; rel="next"`)
  await make(dateline, { name: 'three' })
  const second = await page(`limit=2&cursor=${first.page.next}`)
  t.strictSame(second.names, ['admin', 'editor'])
  const [next, prev] = ['next', 'prev'].map(
    (rel) => `</v1/tokens?limit=2&cursor=${second.page[rel]}>; rel="${rel}"`,
  )
  t.equal(second.link, `${next}, ${prev}`)
  const third = await page(`limit=2&cursor=${second.page.next}`)
  t.strictSame([third.names, third.page.next], [['writer', 'viewer'], null])
  t.strictSame((await page(`limit=2&cursor=${second.page.prev}`)).names, ['two', 'one'])
  const back = await page(`limit=3&cursor=${third.page.prev}`)
  t.strictSame(back.names, ['one', 'admin', 'editor'])
  const newest = await page(`limit=4&cursor=${back.page.prev}`)
  t.strictSame([newest.names, newest.page.prev], [['three', 'two'], null])
})

t.test('a revoked token is refused from that moment on, and who holds it is told', async (t) => {
  const dateline = await start(t)
  const [token, other] = [await make(dateline), await make(dateline)]
  t.equal((await readDrafts(dateline, token.secret)).status, 200)
  dateline.clock.advance(60_000)
  const revoked = await dateline.delete(`/v1/tokens/${token.id}`, admin)
  const { secret: _, ...shown } = token
  const [revokedAt, lastUsedAt] = [START + 60_001, START].map((at) => new Date(at).toISOString())
  t.equal(revoked.status, 200)
  t.strictSame(revoked.body, { ...shown, revokedAt, lastUsedAt })
  const refused = await readDrafts(dateline, token.secret)
  assertProblem(t, refused, {
    status: 401,
    code: 'token_invalid',
    detail: `This token was revoked at ${revokedAt}. Ask an administrator for a new one.`,
    instance: '/v1/articles?at=latest',
  })
  t.equal(refused.headers['www-authenticate'], 'Bearer realm="dateline", error="invalid_token"')
  t.equal((await readDrafts(dateline, other.secret)).status, 200)
  dateline.clock.advance(60_000)
  const again = await dateline.delete(`/v1/tokens/${token.id}`, admin)
  t.strictSame([again.body, again.headers.etag], [revoked.body, revoked.headers.etag], 'only once')
  t.strictSame((await dateline.get(`/v1/tokens/${token.id}`, admin)).body, revoked.body)
})

t.test('an administrator can revoke the token of the request itself', async (t) => {
  const dateline = await start(t)
  const { id, secret } = await make(dateline, { role: 'admin' })
  const headers = { authorization: `Bearer ${secret}` }
  t.equal((await dateline.send({ method: 'DELETE', url: `/v1/tokens/${id}`, headers })).status, 200)
  t.equal((await dateline.send({ method: 'DELETE', url: `/v1/tokens/${id}`, headers })).status, 401)
})

t.test('a token is refused from the instant at which it expires, and who holds it is told', async (t) => {
  const dateline = await start(t)
  const expiresAt = new Date(START + 60_000).toISOString()
  const { secret } = await make(dateline, { expiresAt })
  dateline.clock.advance(59_999)
  t.equal((await readDrafts(dateline, secret)).status, 200)
  dateline.clock.advance(1)
  assertProblem(t, await readDrafts(dateline, secret), {
    status: 401,
    code: 'token_invalid',
    detail: `This token expired at ${expiresAt}. Ask an administrator for a new one.`,
    instance: '/v1/articles?at=latest',
  })
})

t.test('what a token cannot be is refused with every fault, and makes none', async (t) => {
  const { post, get } = await start(t)
  const anInstant =
    'must be an instant with its zone, such as 2099-12-31T00:00:00Z, or a date such as 2099-12-31.'
  const cases: [Record<string, unknown>, [string, string, string][]][] = [
    [
      {},
      [
        ['/name', 'required', 'is required: a string.'],
        ['/role', 'not_allowed', 'must be one of viewer, writer, editor, admin.'],
      ],
    ],
    [{ name: ' ', role: 'viewer' }, [['/name', 'too_short', 'must not be empty.']]],
    [{ name: 'x'.repeat(201), role: 'viewer' }, [['/name', 'too_long', 'must have at most 200 characters.']]],
    [
      { name: 'Desk', role: 'boss', secret: 'mine' },
      [
        ['/role', 'not_allowed', 'must be one of viewer, writer, editor, admin.'],
        ['/secret', 'unknown', 'is not known here.'],
      ],
    ],
    [{ name: 'Desk', role: 'viewer', expiresAt: 'soon' }, [['/expiresAt', 'malformed', anInstant]]],
    [
      { name: 'Desk', role: 'viewer', expiresAt: '2025-12-31T23:59:59Z' },
      [['/expiresAt', 'too_small', 'must be in the future.']],
    ],
  ]
  for (const [body, faults] of cases) {
    const answer = await post('/v1/tokens', body, admin)
    t.equal(answer.status, 422)
    const found = answer.body.errors.map((item: Record<string, string>) => [
      item.pointer,
      item.code,
      item.detail,
    ])
    t.strictSame(found, faults)
  }
  t.equal((await get('/v1/tokens', admin)).body.data.length, Object.keys(roles).length)
})

t.test('what is no id of a token is 400, and one that nobody has 404', async (t) => {
  const { get, delete: revoke } = await start(t)
  for (const ask of [get, revoke]) {
    for (const id of ['nothing', UNKNOWN.toUpperCase(), UNKNOWN.replace('token', 'article'), `${UNKNOWN}0`])
      assertProblem(t, await ask(`/v1/tokens/${id}`, admin), {
        status: 400,
        code: 'invalid_id',
        detail: `"${id}" is not the id of a token. Give one such as ${UNKNOWN}.`,
        instance: `/v1/tokens/${id}`,
      })
    assertProblem(t, await ask(`/v1/tokens/${UNKNOWN}`, admin), {
      status: 404,
      code: 'not_found',
      detail: `There is no token with the id "${UNKNOWN}".`,
      instance: `/v1/tokens/${UNKNOWN}`,
    })
  }
})
