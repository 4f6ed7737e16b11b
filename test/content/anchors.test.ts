import t, { type Test } from 'tap'
import { assertProblem } from '../http/problem.ts'
import { STORY, start } from '../support/dateline.ts'
import { readTables } from '../support/tables.ts'

const viewer = { as: 'viewer' } as const
const lost = { state: 'lost', parts: [] }
/** A character of two UTF-16 units, so that places are those of code points. */
const BODY = '🌧 “Hold on,” she said, “to the rope.”'
const PARTS = [
  { exact: 'Hold on', prefix: '🌧 “', suffix: ',” she said, “to the rope.”', start: 3, end: 10 },
  { exact: 'to the rope.', prefix: '🌧 “Hold on,” she said, “', suffix: '”', start: 24, end: 36 },
]

t.test('a quote tells where its words are in its article, wherever it is read', async (t) => {
  const { dateline, quote } = await stormy(t)
  const anchor = { state: 'exact', parts: PARTS }
  t.strictSame(quote.anchor, anchor, 'in the answer to the write')
  t.strictSame((await dateline.get(`/v1/quotes/${quote.id}`)).body.anchor, anchor)
  for (const url of ['/v1/quotes', '/v1/articles/storm/quotes', '/v1/quotes?include=article.quotes']) {
    const [first] = (await dateline.get(url)).body.data
    t.strictSame(first.anchor, anchor, url)
    if (first.article) t.strictSame(first.article.quotes[0].anchor, anchor)
  }
  t.strictSame((await dateline.get('/v1/articles/storm?include=quotes')).body.quotes[0].anchor, anchor)
  const whole = { headline: 'Wind', body: BODY, quotes: [{ text: 'Hold on to a rope.' }] }
  t.strictSame((await dateline.post('/v1/articles', whole)).body.quotes[0].anchor, {
    state: 'moved',
    parts: PARTS,
  })
  const changed = await dateline.patch(`/v1/quotes/${quote.id}`, { text: 'Nobody knows about that.' })
  t.strictSame(changed.body.anchor, lost)
})

t.test('an anchor is of the version of the article that the reader sees', async (t) => {
  const { dateline, quote } = await stormy(t)
  dateline.clock.advance(60_000)
  const edited = { body: BODY.replace('to the rope', 'to your ropes') }
  await dateline.patch('/v1/articles/storm?publish=no', edited)
  const anchorAt = async (query: string) =>
    (await dateline.get(`/v1/quotes/${quote.id}${query}`, viewer)).body.anchor
  const tag = async () => (await dateline.get(`/v1/quotes/${quote.id}`)).headers.etag
  const before = await tag()
  t.equal((await anchorAt('')).state, 'exact', 'a draft changes nothing for readers')
  t.equal((await anchorAt('?at=latest')).state, 'moved')
  await dateline.patch('/v1/articles/storm?publish=now', { body: 'It was quiet.' })
  t.strictSame(await anchorAt(''), lost)
  t.not(await tag(), before, 'the ETag tells of it')
  t.strictSame(await anchorAt(`?at=${quote.updatedAt}`), { state: 'exact', parts: PARTS })
})

t.test('a quote has no Last-Modified, because its article changes what it answers', async (t) => {
  const { dateline, quote } = await stormy(t)
  t.equal((await dateline.get(`/v1/quotes/${quote.id}`)).headers['last-modified'], undefined)
})

t.test('what was only tried is not remembered', async (t) => {
  const { dateline, quote } = await stormy(t)
  const words = { text: 'Hold on to a rope.' }
  const tried = await dateline.patch(`/v1/quotes/${quote.id}?dryRun=true`, words)
  t.equal(tried.body.version, 2)
  t.equal(tried.body.anchor.state, 'moved')
  const saved = await dateline.patch(`/v1/quotes/${quote.id}`, { text: 'to the rope' })
  t.equal(saved.body.version, 2)
  t.strictSame((await dateline.get(`/v1/quotes/${quote.id}`)).body.anchor.parts[0].exact, 'to the rope')
})

t.test('anchors take one statement for all quotes, and none where they are not shown', async (t) => {
  const { dateline } = await stormy(t)
  const count = async (url: string) => {
    dateline.statements.length = 0
    t.equal((await dateline.get(url)).status, 200)
    return dateline.statements.length
  }
  const urls = ['/v1/quotes', '/v1/articles?include=quotes', '/v1/quotes?include=article.quotes']
  const counts = async () => {
    const all: number[] = []
    for (const url of urls) all.push(await count(url))
    return all
  }
  const few = await counts()
  for (const name of ['rain', 'snow', 'hail'])
    await dateline.post('/v1/articles?publish=now', {
      headline: name,
      body: BODY,
      quotes: [{ text: 'Hold on' }],
    })
  t.strictSame(await counts(), few)
  t.equal(await count('/v1/quotes?fields=anchor'), await count('/v1/quotes'))
  t.equal(await count('/v1/quotes?fields=text'), (await count('/v1/quotes')) - 1)
})

t.test('an anchor is not for requests to set', async (t) => {
  const { dateline, quote } = await stormy(t)
  const { status, body } = await dateline.patch(`/v1/quotes/${quote.id}`, { anchor: lost })
  t.equal(status, 422)
  t.match(body.errors, [{ pointer: '/anchor', code: 'unknown' }])
})

t.test('the quotes of the seeded story are found in it', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { quotes } = (await dateline.get(`/v1/articles/${STORY}?include=quotes`)).body
  t.strictSame(
    quotes.map(({ anchor }: { anchor: { state: string; parts: [] } }) => [anchor.state, anchor.parts.length]),
    [
      ['exact', 2],
      ['exact', 1],
    ],
  )
})

t.test('Prefer: handling=strict refuses what loses a quote, and saves nothing of it', async (t) => {
  const { dateline, quote } = await stormy(t)
  const before = await readTables(dateline.storage)
  const strict = { headers: { prefer: 'return=minimal, handling=strict' } }
  const { post, patch, put } = dateline
  const gone = { body: 'It was quiet.' }
  const update = { do: 'update', type: 'article', id: 'storm', content: gone }
  const refused = await patch('/v1/articles/storm', gone, strict)
  const detail =
    'The words of these quotes are not in the body. Leave out "Prefer: handling=strict" to save it all the same.'
  assertProblem(t, refused, {
    status: 422,
    code: 'words_lost',
    detail,
    instance: '/v1/articles/storm',
    errors: [{ header: 'prefer', code: 'not_allowed', detail: 'asks for a refusal.' }],
    extensions: { ids: [quote.id] },
  })
  for (const send of [
    () => patch('/v1/articles/storm?base=live', gone, strict),
    () => patch('/v1/articles/storm?publish=no', gone, strict),
    () => put('/v1/articles/storm', { headline: 'Storm' }, strict),
    () => patch(`/v1/quotes/${quote.id}`, { text: 'Nobody knows about that.' }, strict),
    () => post('/v1/quotes', { articleId: 'storm', text: 'Nobody knows about that.' }, strict),
    () => post('/v1/articles', { headline: 'A', ...gone, quotes: [{ text: 'Nobody knows.' }] }, strict),
    () => post('/v1/batch', { operations: [update] }, strict),
  ])
    t.match(await send(), { status: 422, body: { type: '/problems/words_lost' } })
  t.strictSame(await readTables(dateline.storage), before)
  const moved = { body: BODY.replace('the rope', 'a rope') }
  t.equal((await patch('/v1/articles/storm', moved, strict)).status, 204, 'what is moved is saved')
  t.equal((await patch('/v1/articles/storm', { byline: 'Jo' }, strict)).status, 204)
  const { body } = await patch('/v1/articles/storm', gone)
  t.strictSame(
    body.notices.map(({ code }: { code: string }) => code),
    ['quotes_lost'],
  )
  t.equal((await patch('/v1/articles/storm', { byline: 'Bo' }, strict)).status, 204, 'it was lost before')
  t.notOk('notices' in (await patch('/v1/articles/storm', { body: BODY })).body, 'and is back')
})

async function stormy(t: Test) {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm', body: BODY })
  const { body } = await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Hold on to the rope.' })
  return { dateline, quote: body }
}
