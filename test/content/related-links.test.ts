import t from 'tap'
import { type Dateline, start } from '../support/dateline.ts'

/** Clocks are set a millisecond earlier: readers are told the instant before the one that a write takes. */
const NOON = '2026-02-01T12:00:00.000Z'
const LATER = '2026-02-01T13:30:00.000Z'

t.test('a related link needs an article and a title, and is live with its article', async (t) => {
  const { dateline, article } = await stormy(t)
  const { status, headers, body } = await dateline.post('/v1/related-links', {
    articleId: 'storm',
    title: ' Calm ',
  })
  t.equal(status, 201)
  t.equal(headers.location, `/v1/related-links/${body.id}`)
  t.match(body.id, /^link_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  const expected = {
    id: body.id,
    type: 'link',
    version: 1,
    status: 'live',
    createdAt: NOON,
    publishedAt: NOON,
    updatedAt: NOON,
    articleId: article,
    kind: 'read',
    title: 'Calm',
    url: null,
    targetArticleId: null,
    position: 1,
  }
  t.strictSame(body, { ...expected, hasUnpublishedChanges: false })
  t.strictSame((await dateline.get(`/v1/related-links/${body.id}`)).body, expected)
  t.strictSame((await dateline.get('/v1/related-links')).body.data, [expected])
  t.strictSame((await dateline.get('/v1/articles/storm/related-links')).body.data, [expected])
})

t.test('a related link with everything is read back, and changed by a merge patch', async (t) => {
  const { dateline, article, other } = await stormy(t)
  const content = { kind: 'watch', title: 'After the storm', url: 'https://films.example/1', position: 7 }
  const { body } = await dateline.post('/v1/related-links', {
    ...content,
    articleId: article,
    targetArticleId: 'calm',
  })
  const expected = {
    id: body.id,
    type: 'link',
    version: 1,
    status: 'live',
    createdAt: NOON,
    publishedAt: NOON,
    updatedAt: NOON,
    articleId: article,
    ...content,
    targetArticleId: other,
  }
  t.strictSame((await dateline.get(`/v1/related-links/${body.id}`)).body, expected)
  dateline.clock.now = Date.parse(LATER) - 1
  const { id } = body
  const { status } = await dateline.patch(`/v1/related-links/${id}`, {
    url: null,
    kind: 'opinion',
    position: 0,
  })
  t.equal(status, 200)
  t.strictSame((await dateline.get(`/v1/related-links/${body.id}`)).body, {
    ...expected,
    version: 2,
    updatedAt: LATER,
    url: null,
    kind: 'opinion',
    position: 0,
  })
})

t.test('saving a related link again as it is appends nothing and keeps the ETag', async (t) => {
  const { dateline } = await stormy(t)
  const content = { articleId: 'storm', title: 'Calm', targetArticleId: 'calm' }
  const created = await dateline.post('/v1/related-links', content)
  dateline.clock.advance(60_000)
  const unchanged = {
    code: 'unchanged',
    detail: 'It was like this already: version 1 of this link stays its newest.',
  }
  for (const patch of [{}, content, { url: null }, { kind: null }]) {
    const { headers, body } = await dateline.patch(`/v1/related-links/${created.body.id}`, patch)
    t.equal(headers.etag, created.headers.etag)
    t.strictSame(body, { ...created.body, notices: [unchanged] })
  }
})

t.test('both articles that a related link names must exist', async (t) => {
  const { dateline } = await stormy(t)
  const person = 'person_01h455vb4pex5vsknk084sn02q'
  const given = { title: 'Calm', articleId: 'fog', targetArticleId: person }
  const { status, body } = await dateline.post('/v1/related-links', given)
  t.equal(status, 422)
  t.strictSame(body.errors, [
    { pointer: '/articleId', code: 'not_found', detail: 'There is no article "fog". Create it first.' },
    {
      pointer: '/targetArticleId',
      code: 'not_found',
      detail: `"${person}" is the id of a document of type person; give the id or slug of a document of type article.`,
    },
  ])
})

t.test('a related link stays with its article', async (t) => {
  const { dateline, article } = await stormy(t)
  const { id } = (await dateline.post('/v1/related-links', { articleId: 'storm', title: 'Calm' })).body
  const { status, body } = await dateline.patch(`/v1/related-links/${id}`, { articleId: 'calm' })
  t.equal(status, 422)
  t.match(body.errors, [{ pointer: '/articleId', code: 'immutable' }])
  for (const articleId of ['storm', article]) {
    const same = await dateline.patch(`/v1/related-links/${id}`, { articleId })
    t.equal(same.status, 200)
    t.equal(same.body.version, 1)
  }
})

t.test('a related link can be withdrawn on its own, and comes back when it is published', async (t) => {
  const { dateline } = await stormy(t)
  const { id } = (await dateline.post('/v1/related-links', { articleId: 'storm', title: 'Calm' })).body
  dateline.clock.advance(1_000)
  t.equal((await dateline.delete(`/v1/related-links/${id}`)).body.status, 'withdrawn')
  t.equal((await dateline.get(`/v1/related-links/${id}`)).status, 410)
  t.strictSame((await dateline.get('/v1/articles/storm?include=relatedLinks')).body.relatedLinks, [])
  t.strictSame((await dateline.post(`/v1/related-links/${id}/publish`)).body.status, 'live')
  const { body } = await dateline.get(`/v1/related-links/${id}`)
  t.equal(body.version, 3)
  t.equal(body.publishedAt, NOON)
})

t.test('a link to an article that is not public gives its id and nothing else of it', async (t) => {
  const { dateline } = await stormy(t)
  const draft = (await dateline.post('/v1/articles', { headline: 'Fog' })).body.id
  await dateline.post('/v1/related-links', { articleId: 'storm', title: 'Fog', targetArticleId: 'fog' })
  const url = '/v1/related-links?include=targetArticle'
  const { data } = (await dateline.get(url)).body
  t.equal(data[0].targetArticleId, draft)
  t.equal(data[0].targetArticle, null)
  const latest = await dateline.get(`${url}&at=latest`, { as: 'viewer' })
  t.match(latest.body.data, [{ targetArticleId: draft, targetArticle: { headline: 'Fog', status: 'draft' } }])
})

/** Two live articles, `storm` and `calm`, at noon. */
async function stormy(
  t: Parameters<typeof start>[0],
): Promise<{ dateline: Dateline; article: string; other: string }> {
  const dateline = await start(t)
  const article = (await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })).body.id
  const other = (await dateline.post('/v1/articles?publish=now', { headline: 'Calm' })).body.id
  dateline.clock.now = Date.parse(NOON) - 1
  return { dateline, article, other }
}
