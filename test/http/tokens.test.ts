import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t from 'tap'
import { createToken } from '../../src/access/tokens.ts'
import { hashToken, type Role } from '../../src/http/auth.ts'
import { STORY, start } from '../support/dateline.ts'
import { type Logged, startLogged } from './logged.ts'

const ADMIN = 'an-administrators-own-token'

function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

t.test('a writer withdraws a draft that nobody has seen, and needs publish for what was seen', async (t) => {
  const dateline = await start(t, { seeded: true })
  const draft = await dateline.post('/v1/articles', { headline: 'A' }, { as: 'writer' })
  t.equal(draft.body.status, 'draft')
  t.match(await dateline.delete(`/v1/articles/${draft.body.id}`, { as: 'writer' }), {
    status: 200,
    body: { status: 'withdrawn' },
  })
  t.match(await dateline.delete(`/v1/articles/${STORY}`, { as: 'writer' }), {
    status: 403,
    body: { scope: 'publish' },
  })
  t.equal((await dateline.get(`/v1/articles/${STORY}`)).status, 200)
})

t.test(
  'what a writer saves is unpublished by default, people and changes of live articles too',
  async (t) => {
    const dateline = await start(t, { seeded: true })
    const url = `/v1/articles/${STORY}`
    t.match(await dateline.post('/v1/people', { name: 'Ada' }, { as: 'writer' }), {
      status: 201,
      body: { status: 'draft', publishedAt: null },
    })
    t.equal((await dateline.get('/v1/people/ada')).status, 404)
    const before = await dateline.get(url)
    t.equal((await dateline.patch(url, { place: 'Paris' }, { as: 'writer' })).status, 200)
    t.strictSame((await dateline.get(url)).body, before.body)
  },
)

t.test('a refused write saves nothing', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.post('/v1/people?publish=now', { name: 'Ada' }, { as: 'writer' })
  await dateline.post('/v1/people', { name: 'Ada' }, { as: 'viewer' })
  await dateline.send({ method: 'POST', url: '/v1/people', payload: { name: 'Ada' } })
  const { body } = await dateline.get('/v1/people?at=latest&count=true', { as: 'editor' })
  t.equal(body.page.total, 3)
})

t.test('ADMIN_TOKEN may do everything, and others go on working beside it', async (t) => {
  const { app, token } = await startLogged(t, { ADMIN_TOKEN: ADMIN })
  const post = (url: string, headers: Record<string, string>) =>
    app.inject({ method: 'POST', url, headers, payload: { name: 'Ada' } })
  t.equal((await post('/v1/people?publish=now', bearer(ADMIN))).statusCode, 201)
  t.equal((await post('/v1/people?publish=now', bearer(token))).statusCode, 201)
  t.equal((await post('/v1/people', bearer(`${ADMIN}x`))).statusCode, 401)
  t.equal((await app.inject({ url: '/v1/articles?at=latest', headers: bearer(ADMIN) })).statusCode, 200)
})

t.test('ADMIN_TOKEN is no token where it is not set', async (t) => {
  const { app } = await startLogged(t)
  t.equal((await app.inject({ url: '/v1/articles', headers: bearer(ADMIN) })).statusCode, 401)
  t.equal((await app.inject({ url: '/v1/articles', headers: bearer('undefined') })).statusCode, 401)
})

t.test('the files of the database hold the hash of a token and not the token', async (t) => {
  const { storage, app, file, token } = await startLogged(t, { ADMIN_TOKEN: ADMIN })
  const tokens = [token]
  for (const role of ['viewer', 'writer', 'editor', 'admin'] satisfies Role[])
    tokens.push(await createToken(storage, { name: role, role }))
  for (const each of [...tokens, ADMIN])
    await app.inject({ method: 'POST', url: '/v1/people', headers: bearer(each), payload: { name: 'Ada' } })
  const folder = dirname(file)
  const names = await readdir(folder)
  const bytes = Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))))
  for (const each of tokens) {
    t.ok(bytes.includes(hashToken(each)), 'the hash is there')
    t.notOk(bytes.includes(each), 'the token is not')
    t.notOk(bytes.includes(each.slice('dateline_'.length, 30)), 'nor a part of it')
  }
  t.notOk(bytes.includes(ADMIN), 'nor ADMIN_TOKEN')
})

t.test('a token is in no log line, whatever becomes of its request', async (t) => {
  const logged = await startLogged(t, { ADMIN_TOKEN: ADMIN })
  await useTokens(logged, [logged.token, ADMIN, 'dateline_a-token-that-nobody-has'])
  t.ok(logged.lines.length > 20, 'something was logged')
  for (const line of logged.lines) {
    t.equal(typeof JSON.parse(line), 'object', 'a line is one JSON object')
    t.equal(line.indexOf('\n'), line.length - 1, 'and one line')
    for (const token of [logged.token, ADMIN, 'a-token-that-nobody-has'])
      t.notOk(line.includes(token), line.slice(0, 300))
  }
})

t.test('a token that was put into the address is refused, and in no log line either', async (t) => {
  const logged = await startLogged(t)
  for (const name of ['access_token', 'token', 'authorization']) {
    const { statusCode } = await logged.app.inject(`/v1/articles?${name}=${logged.token}`)
    t.equal(statusCode, 400)
  }
  for (const line of logged.lines) t.notOk(line.includes(logged.token), line.slice(0, 300))
})

/** Sends each token with requests that succeed, are refused in every layer, and fail. */
async function useTokens({ app, storage }: Logged, tokens: readonly string[]): Promise<void> {
  for (const token of tokens) {
    const headers = bearer(token)
    for (const url of [
      '/',
      '/nope',
      '/v1/articles',
      '/v1/articles?at=latest',
      '/v1/articles?x=1',
      '/v1/articles/%',
    ])
      await app.inject({ url, headers })
    for (const payload of ['{"name":"Ada"}', '{"name":5}', '{', ''])
      await app.inject({
        method: 'POST',
        url: '/v1/people',
        headers: { ...headers, 'content-type': 'application/json' },
        payload,
      })
    await app.inject({ method: 'PUT', url: '/v1/people', headers })
    await app.inject({ url: '/v1/people', headers: { authorization: token } })
    await app.inject({ url: '/v1/people', headers: { authorization: `Basic ${token}` } })
  }
  await storage.close()
  for (const token of tokens) await app.inject({ url: '/v1/articles', headers: bearer(token) })
}
