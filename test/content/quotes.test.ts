import t from 'tap'
import { type Dateline, start } from '../support/dateline.ts'

/** Clocks are set a millisecond earlier: readers are told the instant before the one that a write takes. */
const NOON = '2026-02-01T12:00:00.000Z'
const LATER = '2026-02-01T13:30:00.000Z'

const lost = { state: 'lost', parts: [] }

const full = {
  position: 3,
  text: 'Such a partnership has a strategic nature\nin many areas.',
  role: 'Foreign minister',
  saidOn: '2020-10-14',
  setting: 'Interview with radio stations, Moscow',
  via: 'BirGün',
  original: { text: 'Такое партнёрство…', language: 'ru' },
}

t.test('a quote needs an article and its words, and is live with its article', async (t) => {
  const { dateline, article } = await stormy(t)
  const { status, headers, body } = await dateline.post('/v1/quotes', {
    articleId: 'storm',
    text: '\n Hold on. ',
  })
  t.equal(status, 201)
  t.equal(headers.location, `/v1/quotes/${body.id}`)
  t.match(body.id, /^quote_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  const expected = {
    id: body.id,
    type: 'quote',
    version: 1,
    status: 'live',
    createdAt: NOON,
    publishedAt: NOON,
    updatedAt: NOON,
    articleId: article,
    position: 1,
    speakerId: null,
    text: 'Hold on.',
    role: null,
    saidOn: null,
    setting: null,
    via: null,
    original: null,
    anchor: lost,
  }
  t.strictSame(body, { ...expected, hasUnpublishedChanges: false })
  t.strictSame((await dateline.get(`/v1/quotes/${body.id}`)).body, expected)
  t.strictSame((await dateline.get('/v1/quotes')).body.data, [expected])
  t.strictSame((await dateline.get('/v1/articles/storm/quotes')).body.data, [expected])
})

t.test('a quote with everything is read back, and changed by a merge patch', async (t) => {
  const { dateline, article, speaker } = await stormy(t)
  const given = { ...full, articleId: article, speakerId: 'anna-seghers' }
  const { body } = await dateline.post('/v1/quotes', given)
  const expected = {
    id: body.id,
    type: 'quote',
    version: 1,
    status: 'live',
    createdAt: NOON,
    publishedAt: NOON,
    updatedAt: NOON,
    ...full,
    articleId: article,
    speakerId: speaker,
    anchor: lost,
  }
  t.strictSame((await dateline.get(`/v1/quotes/${body.id}`)).body, expected)
  t.strictSame((await dateline.get('/v1/people/anna-seghers/quotes')).body.data, [expected])
  dateline.clock.now = Date.parse(LATER) - 1
  const patch = { speakerId: null, saidOn: '2020-10', via: null, original: { language: null } }
  t.equal((await dateline.patch(`/v1/quotes/${body.id}`, patch)).status, 200)
  t.strictSame((await dateline.get(`/v1/quotes/${body.id}`)).body, {
    ...expected,
    version: 2,
    updatedAt: LATER,
    speakerId: null,
    saidOn: '2020-10',
    via: null,
    original: { text: full.original.text, language: null },
  })
  t.strictSame((await dateline.get('/v1/people/anna-seghers/quotes')).body.data, [])
})

t.test('a quote was said on a day, in a month or in a year', async (t) => {
  const { dateline } = await stormy(t)
  for (const saidOn of ['2020-02-29', '2020-10', '2020', '1999-12-31']) {
    const { status, body } = await dateline.post('/v1/quotes', {
      articleId: 'storm',
      text: 'Hold on.',
      saidOn,
    })
    t.equal(status, 201)
    t.equal(body.saidOn, saidOn)
  }
})

t.test('saving a quote again as it is appends nothing and keeps the ETag', async (t) => {
  const { dateline, article } = await stormy(t)
  const content = { ...full, articleId: article, speakerId: 'anna-seghers' }
  const created = await dateline.post('/v1/quotes', content)
  dateline.clock.advance(60_000)
  const unchanged = {
    code: 'unchanged',
    detail: 'It was like this already: version 1 of this quote stays its newest.',
  }
  for (const patch of [{}, content, { articleId: 'storm' }, { original: { language: 'RU' } }]) {
    const { headers, body } = await dateline.patch(`/v1/quotes/${created.body.id}`, patch)
    t.equal(headers.etag, created.headers.etag)
    t.strictSame(body, { ...created.body, notices: [unchanged] })
  }
})

t.test(
  'the article and the speaker of a quote must exist, and both are named when they do not',
  async (t) => {
    const { dateline, article } = await stormy(t)
    const given = { text: 'Hold on.', articleId: 'fog', speakerId: article }
    const { status, body } = await dateline.post('/v1/quotes', given)
    const details = [
      'There is no article "fog". Create it first.',
      `"${article}" is the id of a document of type article; give the id or slug of a document of type person.`,
    ]
    t.equal(status, 422)
    t.equal(body.detail, details.join(' '))
    t.strictSame(body.errors, [
      { pointer: '/articleId', code: 'not_found', detail: details[0] },
      { pointer: '/speakerId', code: 'not_found', detail: details[1] },
    ])
    t.strictSame((await dateline.get('/v1/quotes?count=true')).body.page.total, 0)
  },
)

t.test('a quote stays with its article', async (t) => {
  const { dateline, article } = await stormy(t)
  const { id } = (await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Hold on.' })).body
  await dateline.post('/v1/articles', { headline: 'Fog' })
  const { status, body } = await dateline.patch(`/v1/quotes/${id}`, { articleId: 'fog' })
  t.equal(status, 422)
  t.strictSame(body.errors, [
    {
      pointer: '/articleId',
      code: 'immutable',
      detail: 'A quote stays with its article. Withdraw this one and post it anew under the other.',
    },
  ])
  const cleared = await dateline.patch(`/v1/quotes/${id}`, { articleId: null })
  t.match(cleared.body.errors, [{ pointer: '/articleId', code: 'required' }])
  t.equal((await dateline.get(`/v1/quotes/${id}`)).body.articleId, article)
})

t.test('the quotes of an article come in the order of their positions, then of their ids', async (t) => {
  const { dateline } = await stormy(t)
  const texts = await posted(dateline, [5, undefined, 0, 5, undefined])
  const order = async () =>
    (await dateline.get('/v1/articles/storm/quotes')).body.data.map(
      ({ text, position }: { text: string; position: number }) => [text, position],
    )
  t.strictSame(await order(), [
    ['third', 0],
    ['first', 5],
    ['fourth', 5],
    ['second', 6],
    ['fifth', 7],
  ])
  await dateline.patch(`/v1/quotes/${texts.get('third')}`, { position: null })
  await dateline.patch(`/v1/quotes/${texts.get('fifth')}`, { position: 5 })
  const now = ['first', 'fourth', 'fifth', 'second', 'third']
  t.strictSame(
    (await order()).map(([text]: [string]) => text),
    now,
  )
  const { quotes } = (await dateline.get('/v1/articles/storm?include=quotes')).body
  t.strictSame(
    quotes.map(({ text }: { text: string }) => text),
    now,
  )
})

t.test('a quote after the one at the highest position is read back, or refused', async (t) => {
  const { dateline } = await stormy(t)
  await posted(dateline, [1_000_000])
  const url = '/v1/quotes'
  const headers = { authorization: `Bearer ${dateline.tokens.editor}` }
  const payload = { articleId: 'storm', text: 'last' }
  const { statusCode } = await dateline.app.inject({ method: 'POST', url, headers, payload })
  t.ok([201, 409, 422].includes(statusCode), `it is answered with ${statusCode}`)
  const { body } = await dateline.get('/v1/articles/storm/quotes')
  const texts = body.data.map(({ text }: { text: string }) => text)
  t.strictSame(texts, statusCode === 201 ? ['first', 'last'] : ['first'])
})

t.test('a withdrawn quote is gone, keeps its place in the record, and can be published again', async (t) => {
  const { dateline } = await stormy(t)
  const { id } = (await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Hold on.' })).body
  dateline.clock.advance(1_000)
  const { status, body } = await dateline.post(`/v1/quotes/${id}/withdraw`)
  t.equal(status, 200)
  t.equal(body.status, 'withdrawn')
  t.equal(body.version, 2)
  for (const at of ['', `?at=${NOON}`]) {
    const { status, body } = await dateline.get(`/v1/quotes/${id}${at}`)
    t.equal(status, 410)
    t.equal(body.detail, `The quote "${id}" was published here and has been withdrawn.`)
  }
  t.strictSame((await dateline.get('/v1/articles/storm/quotes?count=true')).body.page.total, 0)
  t.strictSame((await dateline.get(`/v1/articles/storm?include=quotes&at=${NOON}`)).body.quotes, [])
  t.equal((await dateline.post(`/v1/quotes/${id}/publish`)).body.status, 'live')
  t.equal((await dateline.get(`/v1/quotes/${id}?at=${NOON}`)).status, 200)
})

/** Posts quotes of `storm` at these positions. @returns their ids by their texts */
async function posted(dateline: Dateline, positions: (number | undefined)[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const [index, text] of ['first', 'second', 'third', 'fourth', 'fifth'].entries()) {
    if (index >= positions.length) break
    const position = positions[index]
    const { body } = await dateline.post('/v1/quotes', { articleId: 'storm', text, position })
    ids.set(text, body.id)
  }
  return ids
}

/** A live article, `storm`, and a person, `anna-seghers`; then it is noon. */
async function stormy(
  t: Parameters<typeof start>[0],
): Promise<{ dateline: Dateline; article: string; speaker: string }> {
  const dateline = await start(t)
  const article = (await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })).body.id
  const speaker = (await dateline.post('/v1/people', { name: 'Anna Seghers' })).body.id
  dateline.clock.now = Date.parse(NOON) - 1
  return { dateline, article, speaker }
}
