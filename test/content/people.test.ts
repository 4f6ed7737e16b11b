import t from 'tap'
import { start } from '../support/dateline.ts'

/** Clocks are set a millisecond earlier: readers are told the instant before the one that a write takes. */
const NOON = '2026-02-01T12:00:00.000Z'
const LATER = '2026-02-01T13:30:00.000Z'

const full = {
  slug: 'seghers',
  name: 'Anna Seghers',
  aliases: ['Netty Reiling', 'A. Seghers'],
  role: 'Novelist',
  affiliation: 'Academy of Arts',
  country: 'DE',
  description: 'Wrote *Transit*.\n\nAnd more.',
  sameAs: ['https://www.wikidata.org/wiki/Q57186', 'http://people.example/seghers'],
  image: { url: 'https://pictures.example/seghers.jpg', caption: 'In 1966.', credit: null },
}

t.test('a person needs a name and nothing else, and is live at once', async (t) => {
  const dateline = await start(t)
  dateline.clock.now = Date.parse(NOON) - 1
  const { status, headers, body } = await dateline.post('/v1/people', { name: ' Sabahattin Ali ' })
  t.equal(status, 201)
  t.equal(headers.location, '/v1/people/sabahattin-ali')
  t.match(body.id, /^person_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  const expected = {
    id: body.id,
    type: 'person',
    slug: 'sabahattin-ali',
    version: 1,
    status: 'live',
    createdAt: NOON,
    publishedAt: NOON,
    updatedAt: NOON,
    name: 'Sabahattin Ali',
    aliases: [],
    role: null,
    affiliation: null,
    country: null,
    description: null,
    sameAs: [],
    image: null,
  }
  t.strictSame(body, { ...expected, hasUnpublishedChanges: false })
  t.strictSame((await dateline.get('/v1/people/sabahattin-ali')).body, expected)
  t.strictSame((await dateline.get(`/v1/people/${body.id}`)).body, expected)
  t.strictSame((await dateline.get('/v1/people')).body.data, [expected])
})

t.test('a person with everything is read back as it was given', async (t) => {
  const dateline = await start(t)
  dateline.clock.now = Date.parse(NOON) - 1
  const { headers, body } = await dateline.post('/v1/people', full)
  t.equal(headers.location, '/v1/people/seghers')
  t.strictSame((await dateline.get('/v1/people/seghers')).body, {
    id: body.id,
    type: 'person',
    version: 1,
    status: 'live',
    createdAt: NOON,
    publishedAt: NOON,
    updatedAt: NOON,
    ...full,
  })
})

t.test('a merge patch of a person merges objects, clears with null and replaces lists', async (t) => {
  const dateline = await start(t)
  dateline.clock.now = Date.parse(NOON) - 1
  const { body: before } = await dateline.post('/v1/people', full)
  dateline.clock.now = Date.parse(LATER) - 1
  const patch = { country: null, sameAs: ['https://a.example/'], image: { credit: 'An archive', url: null } }
  const { status, body } = await dateline.patch('/v1/people/seghers', patch)
  t.equal(status, 200)
  t.strictSame(body, {
    ...before,
    version: 2,
    updatedAt: LATER,
    country: null,
    sameAs: ['https://a.example/'],
    image: { url: null, caption: 'In 1966.', credit: 'An archive' },
  })
  t.strictSame((await dateline.patch('/v1/people/seghers', { image: null })).body, {
    ...body,
    version: 3,
    updatedAt: '2026-02-01T13:30:00.001Z',
    image: null,
  })
})

t.test('saving a person again as it is appends nothing and keeps the ETag', async (t) => {
  const dateline = await start(t)
  const created = await dateline.post('/v1/people', full)
  dateline.clock.advance(60_000)
  const unchanged = {
    code: 'unchanged',
    detail: 'It was like this already: version 1 of this person stays its newest.',
  }
  for (const patch of [{}, full, { name: ' Anna Seghers', role: 'Novelist ' }]) {
    const { headers, body } = await dateline.patch('/v1/people/seghers', patch)
    t.equal(headers.etag, created.headers.etag)
    t.strictSame(body, { ...created.body, notices: [unchanged] })
  }
})

t.test('a person can be given a past of its own by its first publication', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.post('/v1/people?publish=2020-10-15T14:07:00Z', { name: 'Anna Seghers' })
  t.equal(body.publishedAt, '2020-10-15T14:07:00.000Z')
  t.equal((await dateline.get('/v1/people/anna-seghers?at=2020-10-15T14:07:00Z')).status, 200)
  t.equal((await dateline.get('/v1/people/anna-seghers?at=2020-10-15T14:06:59Z')).status, 404)
})

t.test('a person who is withdrawn is gone, and the articles and quotes keep the id alone', async (t) => {
  const dateline = await start(t)
  const { id } = (await dateline.post('/v1/people', { name: 'Anna Seghers' })).body
  const people = [{ personId: id, as: 'author' }]
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm', people })
  await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Hold on.', speakerId: id })
  dateline.clock.now = Date.parse(NOON) - 1
  t.equal((await dateline.delete('/v1/people/anna-seghers')).body.status, 'withdrawn')
  t.equal((await dateline.get('/v1/people/anna-seghers')).status, 410)
  for (const at of ['', '&at=2026-01-02']) {
    const { body } = await dateline.get(`/v1/articles/storm?include=quotes.speaker,people${at}`)
    t.strictSame(body.people, [{ ...people[0], person: null }])
    t.equal(body.quotes.length, 1)
    t.match(body.quotes[0], { speakerId: id, speaker: null })
  }
})

/** Keys that no document of the type has, and how each is answered. */
const keys: [path: string, status: number, code: string, detail: string][] = [
  ['people/nobody', 404, 'not_found', 'There is no person "nobody".'],
  [
    'people/person_01h455vb4pex5vsknk084sn02q',
    404,
    'not_found',
    'There is no person "person_01h455vb4pex5vsknk084sn02q".',
  ],
  [
    'people/article_01h455vb4pex5vsknk084sn02q',
    400,
    'invalid_id',
    '"article_01h455vb4pex5vsknk084sn02q" is the id of a document of type article; give the id or slug of a document of type person.',
  ],
  [
    'people/person_01h455',
    400,
    'invalid_id',
    '"person_01h455" is not the id or slug of a document of type person.',
  ],
  [
    'people/person_81h455vb4pex5vsknk084sn02q',
    400,
    'invalid_id',
    '"person_81h455vb4pex5vsknk084sn02q" is not the id or slug of a document of type person.',
  ],
  [
    'articles/quote_01h455vb4pex5vsknk084sn02q',
    400,
    'invalid_id',
    '"quote_01h455vb4pex5vsknk084sn02q" is the id of a document of type quote; give the id or slug of a document of type article.',
  ],
  ['quotes/storm', 400, 'invalid_id', '"storm" is not an id such as quote_01h455vb4pex5vsknk084sn02q.'],
  [
    'related-links/quote_01h455vb4pex5vsknk084sn02q',
    400,
    'invalid_id',
    '"quote_01h455vb4pex5vsknk084sn02q" is the id of a document of type quote; give an id such as link_01h455vb4pex5vsknk084sn02q.',
  ],
]

t.test('an id of the wrong type or form is 400 and says which is wanted; a missing one is 404', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })
  const titles: Record<string, string> = {
    not_found: 'There is no such document',
    invalid_id: 'That is not an id of this type',
  }
  for (const [path, status, code, detail] of keys) {
    const instance = `/v1/${path}`
    const answers = [
      await dateline.get(instance),
      await dateline.patch(instance, {}),
      await dateline.delete(instance),
    ]
    for (const answer of answers) {
      const { requestId, ...problem } = answer.body
      t.type(requestId, 'string')
      t.strictSame(problem, { type: `/problems/${code}`, title: titles[code], status, detail, instance })
    }
  }
})
