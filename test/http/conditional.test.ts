import t from 'tap'
import { type Dateline, STORY, start } from '../support/dateline.ts'

const ITEM = `/v1/articles/${STORY}`
const READS = [
  ITEM,
  `${ITEM}?include=quotes.speaker,relatedLinks,people`,
  `${ITEM}?at=2020-10-16`,
  '/v1/articles',
  '/v1/articles?count=true&limit=1',
  `${ITEM}/quotes?include=speaker`,
  '/v1/people/sergey-lavrov',
  '/v1/people/sergey-lavrov/articles',
]

async function tagOf({ get }: Pick<Dateline, 'get'>, url: string, as?: 'editor'): Promise<string> {
  const { headers } = await get(url, as ? { as } : {})
  return String(headers.etag)
}

t.test('every read has a strong tag, and the same one while nothing changes', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const url of READS) {
    const tag = await tagOf(dateline, url)
    t.match(tag, /^"[\w-]+"$/, url)
    t.equal(await tagOf(dateline, url), tag, url)
  }
})

t.test("a document's tag begins with its version, and a list's does not", async (t) => {
  const dateline = await start(t, { seeded: true })
  t.match(await tagOf(dateline, ITEM), /^"1-[\w-]{8,}"$/)
  const changed = await dateline.patch(ITEM, { place: 'Ankara' })
  t.match(changed.headers.etag, /^"2-[\w-]{8,}"$/)
  t.match(await tagOf(dateline, `${ITEM}?include=quotes`), /^"2-[\w-]{8,}"$/)
  t.match(await tagOf(dateline, `${ITEM}?at=2020-10-16`), /^"1-[\w-]{8,}"$/)
  t.notMatch(await tagOf(dateline, '/v1/articles'), /^"\d+-/)
})

t.test('If-None-Match with the tag in any form is 304, without a body', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const url of READS) {
    const tag = await tagOf(dateline, url)
    for (const value of [tag, `W/${tag}`, `"x", ${tag}`, `${tag},"x"`, `"a" , W/"b" ,W/${tag}`, '*', ' * ']) {
      const answer = await dateline.get(url, { headers: { 'if-none-match': value } })
      t.equal(answer.status, 304, `${url} ${value}`)
      t.equal(answer.text, '')
      t.match(answer.headers, {
        etag: tag,
        'cache-control': 'public, max-age=5',
        vary: 'accept, authorization, accept-encoding',
        'content-type': undefined,
      })
    }
  }
})

t.test('If-None-Match with another tag gets the whole answer', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const url of READS) {
    const tag = await tagOf(dateline, url)
    for (const value of [
      '"1"',
      '"x"',
      '',
      tag.replaceAll('"', ''),
      `${tag.slice(0, -1)}x"`,
      '"*"',
      `"${tag}"`,
    ]) {
      const { status, body } = await dateline.get(url, { headers: { 'if-none-match': value } })
      t.equal(status, 200, `${url} ${value}`)
      t.ok(body)
    }
  }
})

t.test('If-None-Match does not hide that there is nothing', async (t) => {
  const dateline = await start(t)
  const { status } = await dateline.get('/v1/articles/nothing', { headers: { 'if-none-match': '*' } })
  t.equal(status, 404)
})

t.test('If-None-Match of a reader with a token is 304 as well, kept by no cache', async (t) => {
  const dateline = await start(t, { seeded: true })
  const tag = await tagOf(dateline, ITEM, 'editor')
  t.not(tag, await tagOf(dateline, ITEM), 'what a token sees has a tag of its own')
  const answer = await dateline.get(ITEM, { as: 'editor', headers: { 'if-none-match': tag } })
  t.match(answer, { status: 304, headers: { etag: tag, 'cache-control': 'private, no-store' } })
  t.equal((await dateline.get(ITEM, { headers: { 'if-none-match': tag } })).status, 200)
})

t.test('the tag covers what is expanded', async (t) => {
  const dateline = await start(t, { seeded: true })
  const [speakers, quotes, plain] = [`${ITEM}?include=quotes.speaker`, `${ITEM}?include=quotes`, ITEM]
  const urls = [speakers, quotes, plain, '/v1/articles?include=quotes.speaker']
  const before = await Promise.all(urls.map((url) => tagOf(dateline, url)))
  await dateline.patch('/v1/people/sergey-lavrov', { role: 'Former minister' })
  const after = await Promise.all(urls.map((url) => tagOf(dateline, url)))
  t.not(after[0], before[0], 'the speaker is part of it')
  t.equal(after[1], before[1], 'and of this only by id')
  t.equal(after[2], before[2])
  t.not(after[3], before[3], 'nor is a list left behind')
  for (const [index, url] of urls.entries()) {
    const { status } = await dateline.get(url, { headers: { 'if-none-match': String(before[index]) } })
    t.equal(status, before[index] === after[index] ? 304 : 200, url)
  }
})

t.test("a list's tag changes with what is on the page", async (t) => {
  const dateline = await start(t, { seeded: true })
  const before = await tagOf(dateline, '/v1/articles')
  const first = await tagOf(dateline, '/v1/articles?limit=1&count=true')
  await dateline.post('/v1/articles', { headline: 'A draft' })
  t.equal(await tagOf(dateline, '/v1/articles'), before, 'a draft is not on it')
  await dateline.post('/v1/articles?publish=2019-01-01', { headline: 'An old story' })
  t.not(await tagOf(dateline, '/v1/articles'), before)
  t.not(await tagOf(dateline, '/v1/articles?limit=1&count=true'), first, 'the count is on the page')
})

t.test('what readers may not see does not change their tags', async (t) => {
  const dateline = await start(t, { seeded: true })
  const before = await Promise.all(READS.map((url) => tagOf(dateline, url)))
  await dateline.patch(`${ITEM}?publish=no`, { headline: 'Another headline' })
  await dateline.patch('/v1/people/sergey-lavrov?publish=2999-01-01', { role: 'A' })
  await dateline.post('/v1/quotes?publish=no', { articleId: STORY, text: 'A' })
  t.strictSame(await Promise.all(READS.map((url) => tagOf(dateline, url))), before)
})

t.test('saving what is there already keeps the tag', async (t) => {
  const dateline = await start(t, { seeded: true })
  const before = await tagOf(dateline, ITEM, 'editor')
  const { body } = await dateline.get(ITEM)
  const saved = await dateline.patch(ITEM, { headline: body.headline, tags: body.tags })
  t.match(saved, { status: 200, headers: { etag: before }, body: { version: 1 } })
})

t.test('HEAD has the headers of GET and no body', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const url of [...READS, '/', '/problems', '/health/live', '/openapi.json']) {
    const get = await dateline.app.inject({ method: 'GET', url })
    const head = await dateline.app.inject({ method: 'HEAD', url })
    t.equal(head.statusCode, 200, url)
    t.equal(head.body, '', url)
    t.strictSame({ ...head.headers, date: '' }, { ...get.headers, date: '' }, url)
  }
  const headers = { 'if-none-match': await tagOf(dateline, ITEM) }
  const unchanged = await dateline.app.inject({ method: 'HEAD', url: ITEM, headers })
  t.equal(unchanged.statusCode, 304)
  t.notOk('content-length' in unchanged.headers)
})
