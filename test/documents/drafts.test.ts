import t from 'tap'
import { type Answer, type Dateline, START, start } from '../support/dateline.ts'

const NOON = '2026-02-01T12:00:00.000Z'
const SOON = '2026-02-01T14:00:00.000Z'
const viewer = { as: 'viewer' } as const
const writer = { as: 'writer' } as const

t.test('nothing that is hidden changes any answer to a reader without a token', async (t) => {
  const dateline = await newsroom(t)
  const before = await everythingPublic(dateline)
  await hide(dateline)
  const after = await everythingPublic(dateline)
  for (const [request, answer] of before) t.strictSame(after.get(request), answer, request)
})

t.test('what is hidden is 404 in the very words of what does not exist', async (t) => {
  const dateline = await newsroom(t)
  const hidden = await hide(dateline)
  const past = `?at=${new Date(START + 60_000).toISOString()}`
  for (const path of hidden)
    for (const query of ['', past, '?include=quotes']) {
      if (query.includes('quotes') && !/^articles\/[^/]*$/.test(path)) continue
      const [, key = ''] = path.split('/')
      const other = key.includes('_') ? `${key.split('_')[0]}_01h455vb4pex5vsknk084sn02q` : 'missing'
      const url = `/v1/${path}${query}`
      const answer = await dateline.get(url)
      t.equal(answer.status, 404, url)
      t.strictSame(anonymous(answer, key), anonymous(await dateline.get(url.replace(key, other)), other), url)
    }
})

t.test('an article scheduled two seconds ahead is 404, then 200, by the clock alone', async (t) => {
  const dateline = await start(t)
  dateline.clock.now = Date.parse(NOON)
  const publishAt = '2026-02-01T12:00:02.000Z'
  const created = await dateline.post(`/v1/articles?publish=${publishAt}`, { headline: 'Soon' })
  t.equal(created.headers.location, '/v1/articles/soon?at=latest')
  t.equal(created.body.status, 'scheduled')
  await dateline.post('/v1/quotes', { articleId: 'soon', text: 'Not yet.' })
  const url = '/v1/articles/soon?include=quotes'
  dateline.clock.now = Date.parse(publishAt) - 1
  const early = await dateline.get(url)
  t.equal(early.status, 404)
  t.strictSame((await dateline.get('/v1/articles?count=true')).body.page.total, 0)
  dateline.clock.now = Date.parse(publishAt)
  const { status, body } = await dateline.get(url)
  t.equal(status, 200)
  t.strictSame(body, {
    id: created.body.id,
    type: 'article',
    slug: 'soon',
    version: 1,
    status: 'live',
    createdAt: '2026-02-01T12:00:00.001Z',
    publishedAt: publishAt,
    updatedAt: publishAt,
    headline: 'Soon',
    kind: 'news',
    standfirst: null,
    body: '',
    language: null,
    place: null,
    byline: null,
    source: null,
    image: null,
    tags: [],
    canonicalUrl: null,
    people: [],
    wordCount: 0,
    corrections: [],
    quotes: body.quotes,
  })
  t.match(body.quotes, [{ text: 'Not yet.', status: 'live', publishedAt: publishAt }])
  t.equal((await dateline.get('/v1/quotes?count=true')).body.page.total, 1)
})

t.test('what is scheduled and then withdrawn was never public: it stays 404', async (t) => {
  const dateline = await start(t)
  dateline.clock.now = Date.parse(NOON)
  await dateline.post(`/v1/articles?publish=${SOON}`, { headline: 'Soon' })
  await dateline.delete('/v1/articles/soon')
  dateline.clock.now = Date.parse(SOON) + 1_000
  t.equal((await dateline.get('/v1/articles/soon')).status, 404)
  t.equal((await dateline.get(`/v1/articles/soon?at=${SOON}`)).status, 404)
})

t.test('what is withdrawn is 410 now and in the past, with everything under it', async (t) => {
  const dateline = await newsroom(t)
  const quote = (await dateline.get('/v1/articles/storm/quotes')).body.data[0].id
  const draft = (await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Unheard.' }, writer)).body.id
  dateline.clock.now = Date.parse(SOON)
  await dateline.post('/v1/articles/storm/withdraw')
  for (const at of ['', `?at=${NOON}`]) {
    const { requestId, ...problem } = (await dateline.get(`/v1/articles/storm${at}`)).body
    t.type(requestId, 'string')
    t.strictSame(problem, {
      type: '/problems/gone',
      title: 'The document was withdrawn',
      status: 410,
      detail: 'The article "storm" was published here and has been withdrawn.',
      instance: `/v1/articles/storm${at}`,
    })
    for (const path of ['articles/storm/quotes', 'articles/storm/related-links', `quotes/${quote}`])
      t.equal((await dateline.get(`/v1/${path}${at}`)).status, 410)
    t.equal((await dateline.get(`/v1/quotes/${draft}${at}`)).status, 404)
    for (const path of ['articles', 'quotes', 'related-links', 'people/anna-seghers/quotes'])
      t.strictSame((await dateline.get(`/v1/${path}${at}`)).body.data, [], path)
  }
  await dateline.post('/v1/articles/storm/publish')
  t.equal((await dateline.get(`/v1/articles/storm?at=${NOON}`)).status, 200)
  t.equal((await dateline.get(`/v1/quotes/${quote}?at=${NOON}`)).status, 200)
})

t.test('readers of drafts read the past of what is withdrawn, and its newest version', async (t) => {
  const dateline = await newsroom(t)
  dateline.clock.now = Date.parse(SOON)
  await dateline.post('/v1/articles/storm/withdraw')
  const url = '/v1/articles/storm'
  const now = await dateline.get(url, viewer)
  t.equal(now.status, 410)
  t.equal(
    now.body.detail,
    'The article "storm" was published here and has been withdrawn. Add ?at=latest to read its newest version.',
  )
  t.match((await dateline.get(`${url}?at=${NOON}`, viewer)).body, { status: 'live', version: 2 })
  t.match((await dateline.get(`${url}?at=latest`, viewer)).body, { status: 'withdrawn', version: 3 })
  t.strictSame((await dateline.get('/v1/articles?at=latest', viewer)).body.data, [])
})

t.test(
  'with at=latest, readers of drafts see the newest version of everything, newest created first',
  async (t) => {
    const dateline = await newsroom(t)
    await hide(dateline)
    const told = async (path: string, field: string) =>
      (await dateline.get(`/v1/${path}?at=latest&count=true`, viewer)).body.data.map(
        (each: Record<string, unknown>) => [each[field], each.status, each.hasUnpublishedChanges],
      )
    t.strictSame(await told('articles', 'headline'), [
      ['Hidden plan', 'scheduled', true],
      ['Hidden draft', 'draft', true],
      ['Hidden headline', 'draft', true],
    ])
    t.strictSame(await told('people', 'name'), [
      ['Hidden person', 'draft', true],
      ['Anna Seghers', 'draft', true],
    ])
    t.strictSame(await told('articles/hidden-storm/quotes', 'text'), [
      ['Hidden words.', 'draft', true],
      ['Hidden addition.', 'draft', true],
    ])
    t.strictSame(await told('articles/hidden-plan/quotes', 'text'), [['Hidden promise.', 'scheduled', true]])
    t.equal((await dateline.get('/v1/quotes?at=latest&count=true', viewer)).body.page.total, 4)
    const slugs: string[] = []
    for (let cursor = ''; ; ) {
      const { data, page } = (await dateline.get(`/v1/articles?at=latest&limit=1${cursor}`, viewer)).body
      slugs.push(...data.map(({ slug }: { slug: string }) => slug))
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    t.strictSame(slugs, ['hidden-plan', 'hidden-draft', 'hidden-storm'])
  },
)

t.test('a token changes no plain read but for hasUnpublishedChanges', async (t) => {
  const dateline = await newsroom(t)
  await hide(dateline)
  for (const path of [
    'articles/storm?include=quotes.speaker,relatedLinks,people',
    'people',
    'quotes?count=true',
  ]) {
    const plain = await dateline.get(`/v1/${path}`)
    const told = await dateline.get(`/v1/${path}`, viewer)
    t.strictSame(JSON.parse(JSON.stringify(told.body), without('hasUnpublishedChanges')), plain.body)
    t.equal(told.headers['cache-control'], 'private, no-store')
    t.equal(plain.headers['cache-control'], 'public, max-age=5')
  }
  t.equal((await dateline.get('/v1/articles/storm', viewer)).body.hasUnpublishedChanges, true)
  await dateline.post('/v1/articles/storm/publish')
  t.equal((await dateline.get('/v1/articles/hidden-storm', viewer)).body.hasUnpublishedChanges, false)
})

t.test('the 404 of a draft says to its readers how to read it', async (t) => {
  const dateline = await newsroom(t)
  await hide(dateline)
  for (const key of ['hidden-draft', 'hidden-plan']) {
    const { requestId, ...problem } = (await dateline.get(`/v1/articles/${key}`, viewer)).body
    t.type(requestId, 'string')
    t.strictSame(problem, {
      type: '/problems/not_found',
      title: 'There is no such document',
      status: 404,
      detail: `There is no article "${key}" that is published at this instant. Add ?at=latest to read its newest version.`,
      instance: `/v1/articles/${key}`,
    })
    t.equal((await dateline.get(`/v1/articles/${key}?at=latest`, viewer)).status, 200)
  }
  const missing = await dateline.get('/v1/articles/missing', viewer)
  t.equal(missing.body.detail, 'There is no article "missing".')
})

t.test('the newest versions and the future need the scope read:drafts', async (t) => {
  const dateline = await newsroom(t)
  await hide(dateline)
  for (const path of ['articles', 'articles/hidden-plan', 'articles/missing', 'people/anna-seghers/quotes'])
    for (const at of ['latest', SOON]) {
      const { status, headers, body } = await dateline.get(`/v1/${path}?at=${at}`)
      t.equal(status, 401, `${path} ${at}`)
      t.equal(headers['www-authenticate'], 'Bearer realm="dateline"')
      t.equal(
        body.detail,
        'This needs a token with the scope read:drafts. Send Authorization: Bearer <token>.',
      )
    }
  const plan = await dateline.get(`/v1/articles/hidden-plan?at=${SOON}&include=quotes`, viewer)
  t.equal(plan.body.status, 'live')
  t.equal(plan.body.quotes.length, 1)
  t.equal((await dateline.get(`/v1/articles?at=${SOON}&count=true`, viewer)).body.page.total, 2)
})

t.test('what a writer saves is unpublished, and publishing is refused with 403', async (t) => {
  const dateline = await newsroom(t)
  const quote = (await dateline.get('/v1/quotes')).body.data[0].id
  const saves: [string, Record<string, unknown>][] = [
    ['articles', { headline: 'Calm' }],
    ['people', { name: 'Bruno Apitz' }],
    ['quotes', { articleId: 'storm', text: 'Words.' }],
    ['related-links', { articleId: 'storm', title: 'More' }],
  ]
  for (const [path, content] of saves) {
    for (const publish of ['', '?publish=no'])
      t.match(await dateline.post(`/v1/${path}${publish}`, content, writer), {
        status: 201,
        body: { status: 'draft' },
      })
    for (const publish of ['now', SOON, '2020-01-01'])
      assertNoScope(t, await dateline.post(`/v1/${path}?publish=${publish}`, content, writer))
  }
  for (const path of ['articles/storm', 'people/anna-seghers', `quotes/${quote}`]) {
    const change = path.startsWith('quotes') ? { via: 'Nobody' } : { image: {} }
    t.equal((await dateline.patch(`/v1/${path}`, change, writer)).body.status, 'draft')
    assertNoScope(t, await dateline.patch(`/v1/${path}?publish=now`, change, writer))
    assertNoScope(t, await dateline.post(`/v1/${path}/publish`, undefined, writer))
    assertNoScope(t, await dateline.post(`/v1/${path}/withdraw`, undefined, writer))
    assertNoScope(t, await dateline.delete(`/v1/${path}`, writer))
    t.equal((await dateline.get(`/v1/${path}`)).body.status, 'live')
  }
  t.equal((await dateline.delete('/v1/articles/calm', writer)).status, 200)
})

/** A live article `storm` with a quote by `anna-seghers`, a link and an earlier version, and then it is noon. */
async function newsroom(t: Parameters<typeof start>[0]): Promise<Dateline> {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna Seghers' })
  const people = [{ personId: 'anna-seghers' }]
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm', people })
  await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Hold on.', speakerId: 'anna-seghers' })
  await dateline.post('/v1/related-links', { articleId: 'storm', title: 'After the storm' })
  dateline.clock.advance(60_000)
  await dateline.patch('/v1/articles/storm', { kind: 'analysis' })
  dateline.clock.now = Date.parse(NOON)
  return dateline
}

/** Saves everything that can be saved unseen. @returns addresses at which there is nothing for the public */
async function hide(dateline: Dateline): Promise<string[]> {
  const create = async (path: string, content: object, query = '', options = {}) =>
    (await dateline.post(`/v1/${path}${query}`, content, options)).body.id
  const quote = (await dateline.get('/v1/articles/storm/quotes')).body.data[0].id
  const person = await create('people', { name: 'Hidden person' }, '?publish=no')
  const people = [{ personId: person }]
  const draft = await create('articles', { headline: 'Hidden draft', people })
  const draftQuote = await create('quotes', {
    articleId: draft,
    text: 'Hidden quote.',
    speakerId: 'anna-seghers',
  })
  const draftLink = await create('related-links', {
    articleId: draft,
    title: 'Hidden link',
    targetArticleId: 'storm',
  })
  const edit = { headline: 'Hidden headline', slug: 'hidden-storm', people, body: 'Hidden body.' }
  await dateline.patch('/v1/articles/storm?publish=no', edit)
  await dateline.patch(`/v1/quotes/${quote}?publish=no`, { text: 'Hidden words.', speakerId: person })
  await dateline.patch('/v1/people/anna-seghers', { slug: 'hidden-anna', role: 'Hidden role' }, writer)
  const added = await create('quotes', { articleId: 'storm', text: 'Hidden addition.' }, '', writer)
  const link = await create('related-links', { articleId: 'storm', title: 'Hidden line' }, '', writer)
  const plan = await create('articles', { headline: 'Hidden plan' }, `?publish=${SOON}`)
  const promise = await create('quotes', { articleId: plan, text: 'Hidden promise.' })
  const documents = [`articles/${draft}`, 'articles/hidden-draft', `articles/${plan}`, 'articles/hidden-plan']
  const renamed = ['articles/hidden-storm', 'people/hidden-anna']
  const parts = [draftQuote, added, promise].map((id) => `quotes/${id}`)
  const links = [draftLink, link].map((id) => `related-links/${id}`)
  const persons = [`people/${person}`, 'people/hidden-person']
  const below = documents.flatMap((path) => [`${path}/quotes`, `${path}/related-links`])
  const belowPersons = persons.flatMap((path) => [`${path}/quotes`, `${path}/articles`])
  return [...documents, ...renamed, ...parts, ...links, ...persons, ...below, ...belowPersons]
}

/** Every kind of answer that the public gets, without what differs each time. */
async function everythingPublic(dateline: Dateline): Promise<Map<string, unknown>> {
  const types = ['articles', 'quotes', 'people', 'related-links']
  const below = [
    'articles/storm/quotes',
    'articles/storm/related-links',
    'people/anna-seghers/quotes',
    'people/anna-seghers/articles',
  ]
  const paths = [...types, ...below].flatMap((path) => [path, `${path}?limit=1&count=true`])
  const includes = [
    'articles?include=quotes.speaker,relatedLinks,people',
    'quotes?include=article.people,article.quotes,speaker',
    'related-links?include=article,targetArticle',
    'articles/storm?include=quotes.speaker.x',
  ]
  const items = [
    'articles/storm',
    'people/anna-seghers',
    'articles/storm?include=quotes.speaker,relatedLinks,people',
    'articles/none',
  ]
  const now = [...paths, ...includes, ...items]
  const past = now.map((path) => `${path}${path.includes('?') ? '&' : '?'}at=2026-01-15`)
  const answers = new Map<string, unknown>()
  for (const path of [...now, ...past])
    for (const method of ['GET', 'HEAD'] as const) {
      const { status, headers, body } = await dateline.send({ method, url: `/v1/${path}` })
      const { date, ...told } = headers
      answers.set(`${method} ${path}`, { status, body: { ...body, requestId: '' }, headers: told })
    }
  return answers
}

/** An answer without what may differ between two that say the same of two keys. */
function anonymous({ status, headers, text }: Answer, key: string): unknown {
  const { date, 'content-length': length, ...told } = headers // keys differ in length
  const body = JSON.parse(text.replaceAll(key, 'KEY'), without('requestId'))
  return { status, headers: told, body }
}

function without(name: string) {
  return (key: string, value: unknown) => (key === name ? undefined : value)
}

function assertNoScope(
  t: { equal(one: unknown, other: unknown): void },
  { status, headers, body }: Answer,
): void {
  t.equal(status, 403)
  t.equal(body.type, '/problems/scope_missing')
  t.equal(body.scope, 'publish')
  t.equal(headers['www-authenticate'], 'Bearer realm="dateline", error="insufficient_scope", scope="publish"')
}
