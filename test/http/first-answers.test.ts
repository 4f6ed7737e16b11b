import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import t from 'tap'
import { FirstAnswers } from '../../src/http/before-router.ts'
import { STORY, start } from '../support/dateline.ts'
import { startLogged } from './logged.ts'
import { overSocket, pastCache } from './over-socket.ts'

const ARTICLE = `/v1/articles/${STORY}`
const READS = [
  ARTICLE,
  `${ARTICLE}?include=quotes.speaker,relatedLinks,people`,
  `${ARTICLE}.html`,
  `${ARTICLE}/quotes`,
  '/v1/articles?limit=5&count=true',
  '/v1/search?q=turkey',
  '/v1/tags',
  '/feeds/articles.atom',
  '/sitemap.xml',
]
const local = { host: 'localhost' }

t.test('an answer that is kept is the same to the byte as one that is made', async (t) => {
  const { app, statements } = await start(t, { seeded: true })
  const [ask, anew] = [await overSocket(t, app), pastCache(app)]
  for (const url of READS)
    for (const coding of [undefined, 'gzip', 'gzip, deflate, br', 'br;q=0']) {
      const headers = { ...local, ...(coding ? { 'accept-encoding': coding } : {}) }
      const made = await anew(url, { headers })
      for (const time of ['first', 'second'])
        t.strictSame(await ask(url, { headers }), made, `${url} as ${coding}, the ${time} time`)
      statements.length = 0
      t.strictSame(await ask(url, { headers }), made, `${url} as ${coding}, kept`)
      const headed = await ask(url, { headers, method: 'HEAD' })
      t.strictSame(headed, { ...made, body: '' }, `HEAD ${url} as ${coding}`)
      const tag = String(made.headers.etag)
      const unchanged = await ask(url, { headers: { ...headers, 'if-none-match': `"other", W/${tag}` } })
      t.strictSame(statements, [], 'the database was not read')
      t.strictSame(unchanged, await anew(url, { headers: { ...headers, 'if-none-match': tag } }))
      t.match(unchanged, { status: 304, body: '', headers: { etag: tag } })
      t.notOk('content-length' in unchanged.headers || 'content-type' in unchanged.headers)
    }
})

t.test('an answer is kept when it is asked for again, or by many at once', async (t) => {
  const { app, statements, post } = await start(t)
  const ask = await overSocket(t, app)
  const isKept = async (url: string) => {
    statements.length = 0
    await ask(url)
    return statements.length === 0
  }
  await post('/v1/articles?publish=now', { headline: 'One' })
  t.strictSame([await isKept('/v1/articles'), await isKept('/v1/articles')], [false, false])
  t.ok(await isKept('/v1/articles'), 'the third time')
  await post('/v1/articles?publish=now', { headline: 'Another' })
  t.notOk(await isKept('/v1/articles'), 'something was committed')
  t.ok(await isKept('/v1/articles'), 'it is known that it is asked for again')
  await Promise.all(Array.from({ length: 3 }, () => ask('/v1/articles?limit=2')))
  t.ok(await isKept('/v1/articles?limit=2'))
})

t.test('a change is seen by the next request', async (t) => {
  const { app, patch } = await start(t, { seeded: true })
  const ask = await overSocket(t, app)
  for (let change = 1; change <= 50; change += 1) {
    const headline = `Headline ${change}`
    t.equal((await patch(ARTICLE, { headline })).status, 200)
    t.equal(JSON.parse((await ask(ARTICLE)).body).headline, headline)
  }
})

t.test('the clock alone changes what is kept', async (t) => {
  const { app, clock, post } = await start(t)
  const ask = await overSocket(t, app)
  const at = new Date(clock.now + 60_000).toISOString()
  const { body } = await post(`/v1/articles?publish=${at}`, { headline: 'Soon' })
  const address = `/v1/articles/${body.id}`
  const total = async () => JSON.parse((await ask('/v1/articles?count=true')).body).page.total
  t.strictSame([await total(), await total(), (await ask(address)).status], [0, 0, 404])
  clock.advance(59_999)
  t.strictSame([await total(), (await ask(address)).status], [0, 404])
  clock.advance(1)
  t.strictSame([await total(), (await ask(address)).status], [1, 200])
  clock.advance(-60_000)
  t.equal(await total(), 0, 'also where it is set back')
})

t.test('nothing is kept for who has a token, and nothing of theirs', async (t) => {
  const { app, post, patch, tokens, statements } = await start(t, { seeded: true })
  const ask = await overSocket(t, app)
  const { body } = await post('/v1/articles', { headline: 'A draft' })
  await patch(ARTICLE, { headline: 'Another one' })
  const authorization = `Bearer ${tokens.viewer}`
  for (const url of [`/v1/articles/${body.id}?at=latest`, `${ARTICLE}?at=latest`]) {
    t.equal((await ask(url, { headers: { authorization } })).status, 200)
    t.equal((await ask(url)).status, 401)
  }
  for (const url of READS.filter((each) => each.startsWith('/v1'))) {
    const own = await ask(url, { headers: { authorization } })
    t.equal(own.headers['cache-control'], 'private, no-store')
    t.equal((await ask(url)).headers['cache-control'], 'public, max-age=5')
    statements.length = 0
    t.equal((await ask(url, { headers: { authorization: 'Bearer nobody' } })).status, 401)
    t.strictSame(await ask(url, { headers: { authorization } }), own)
    t.ok(statements.length > 0)
  }
})

t.test('what is asked for at once after a change is made once', async (t) => {
  const { app, statements, patch } = await start(t, { seeded: true })
  const ask = await overSocket(t, app)
  const url = `${ARTICLE}?fields=headline`
  const countAfterChange = async (headline: string, ask: () => Promise<void>) => {
    await patch(ARTICLE, { headline })
    statements.length = 0
    await ask()
    return statements.length
  }
  const alone = await countAfterChange('One', async () => void (await ask(url)))
  const together = await countAfterChange('Two', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(url)))
    t.strictSame(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size, 1)
  })
  t.equal(together, alone)
})

t.test('what is not there is asked for by everybody', async (t) => {
  const { app, post } = await start(t)
  const ask = await overSocket(t, app)
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask('/v1/articles/nothing')))
  t.strictSame(new Set(answers.map(({ status }) => status)), new Set([404]))
  await post('/v1/articles?publish=now', { headline: 'Nothing' })
  t.equal((await ask('/v1/articles/nothing')).status, 200)
})

t.test('an answer depends on the address that was asked, where no PUBLIC_URL is set', async (t) => {
  const { app } = await start(t, { seeded: true })
  const ask = await overSocket(t, app)
  for (const host of ['one.example', 'two.example', 'one.example'])
    t.match((await ask('/feeds/articles.atom', { headers: { host } })).body, `http://${host}/feeds`)
})

t.test('a kept answer is logged like any other', async (t) => {
  const { app, lines } = await startLogged(t)
  const ask = await overSocket(t, app)
  const url = `${ARTICLE}?fields=headline`
  for (const tag of ['"other"', '"other"', '*']) await ask(url, { headers: { 'if-none-match': tag } })
  const logged = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request')
  t.strictSame(
    logged.map(({ method, url, status, ip }) => [method, url, status, ip]),
    [200, 200, 304].map((status) => ['GET', url, status, '127.0.0.1']),
  )
  const [made, kept] = logged
  t.strictSame(Object.keys(kept), Object.keys(made))
  t.equal(new Set(logged.map(({ reqId }) => reqId)).size, 3)
})

t.test('who waits is let on when the answer is made, and by nothing else', async (t) => {
  const first = new FirstAnswers({
    present: () => ({ generation: 1, now: 1 }),
    dependsOn: [],
    answered: () => {},
  })
  const letOn: string[] = []
  const ask = (name: string) => {
    const head = {
      method: 'GET',
      url: '/',
      httpVersion: '1.1',
      headers: { host: 'a' },
      rawHeaders: ['Host', 'a'],
    }
    const request = Object.assign(new IncomingMessage(new Socket()), head)
    const response = new ServerResponse(request)
    first.answer(request, response, () => letOn.push(name))
    return { request, response }
  }
  const one = ask('one')
  ask('two')
  t.strictSame(letOn, ['one'])
  first.release(one.request)
  t.strictSame(letOn, ['one', 'two'])
  const three = ask('three')
  ask('four')
  one.response.emit('close')
  t.strictSame(letOn, ['one', 'two', 'three'], 'not when an earlier one has been sent')
  three.response.emit('close')
  t.strictSame(letOn, ['one', 'two', 'three', 'four'], 'but when the client has gone for whom it is made')
})
