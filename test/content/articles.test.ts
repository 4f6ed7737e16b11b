import t from 'tap'
import { type Answer, start } from '../support/dateline.ts'

/** Clocks are set a millisecond earlier: readers are told the instant before the one that a write takes. */
const NOON = '2026-02-01T12:00:00.000Z'
const LATER = '2026-02-01T13:30:00.000Z'
const many = (length: number) => 'x'.repeat(length)

/** What an article has where a request says nothing. */
const blank = {
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
}

const full = {
  slug: 'the-harbour-at-night',
  headline: 'The harbour at night',
  kind: 'interview',
  standfirst: 'What the pilots see.',
  body: 'First words.\n\nThe *second* paragraph, with “quotes” and l’accent.',
  language: 'en-GB',
  place: 'Hamburg',
  byline: 'Anna Seghers and Bruno Apitz',
  source: { name: 'The Daily', url: 'https://daily.example/harbour' },
  image: { url: 'https://pictures.example/1.jpg', caption: 'The harbour.\nAt night.', credit: 'A. Agency' },
  tags: ['harbour', 'night-life', '2026'],
  canonicalUrl: 'http://daily.example/harbour?id=1#top',
}

t.test('an article needs a headline and nothing else, and starts as a draft', async (t) => {
  const dateline = await start(t)
  dateline.clock.now = Date.parse(NOON) - 1
  const { status, headers, body } = await dateline.post('/v1/articles', { headline: '  Storm over Izmir ' })
  t.equal(status, 201)
  t.equal(headers.location, '/v1/articles/storm-over-izmir?at=latest')
  t.match(headers.etag, /^"1-[\w-]{22}"$/)
  t.equal(headers['cache-control'], 'private, no-store')
  t.match(body.id, /^article_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  const expected = {
    id: body.id,
    type: 'article',
    slug: 'storm-over-izmir',
    version: 1,
    status: 'draft',
    createdAt: NOON,
    publishedAt: null,
    updatedAt: NOON,
    hasUnpublishedChanges: true,
    headline: 'Storm over Izmir',
    ...blank,
  }
  t.strictSame(body, expected)
  t.strictSame((await dateline.get(String(headers.location), { as: 'viewer' })).body, expected)
  t.strictSame((await dateline.get(`/v1/articles/${body.id}?at=latest`, { as: 'viewer' })).body, expected)
})

t.test('an article with everything is read back as it was given', async (t) => {
  const dateline = await start(t)
  const anna = (await dateline.post('/v1/people', { name: 'Anna Seghers' })).body.id
  const bruno = (await dateline.post('/v1/people', { name: 'Bruno Apitz' })).body.id
  dateline.clock.now = Date.parse(NOON) - 1
  const people = [{ personId: anna, as: 'author' }, { personId: 'bruno-apitz' }]
  const { status, headers, body } = await dateline.post('/v1/articles?publish=now', { ...full, people })
  t.equal(status, 201)
  t.equal(headers.location, '/v1/articles/the-harbour-at-night')
  const expected = {
    id: body.id,
    type: 'article',
    version: 1,
    status: 'live',
    createdAt: NOON,
    publishedAt: NOON,
    updatedAt: NOON,
    ...full,
    people: [
      { personId: anna, as: 'author' },
      { personId: bruno, as: 'mentioned' },
    ],
    wordCount: 9,
    corrections: [],
  }
  t.strictSame(body, { ...expected, hasUnpublishedChanges: false })
  t.strictSame((await dateline.get('/v1/articles/the-harbour-at-night')).body, expected)
  t.strictSame((await dateline.get('/v1/articles')).body.data, [expected])
})

t.test('text is stored in NFC, and language tags in their canonical form', async (t) => {
  const dateline = await start(t)
  const given = { headline: 'Cafe\u0301', body: '  e\u0301\r\n', language: 'PT-br', tags: ['cafe'] }
  const { body } = await dateline.post('/v1/articles', given)
  t.equal(body.headline, 'Caf\u00e9')
  t.equal(body.body, '  \u00e9\r\n')
  t.equal(body.language, 'pt-BR')
})

t.test('lengths count characters, and the longest of everything is taken', async (t) => {
  const dateline = await start(t)
  const longest = {
    slug: many(80),
    headline: '🗞️'.repeat(150),
    standfirst: '\u{1F600}'.repeat(2000),
    body: many(1_000_000),
    place: many(200),
    byline: many(500),
    source: { name: many(200), url: null },
    image: { url: null, caption: many(2000), credit: many(500) },
    tags: Array.from({ length: 50 }, (_, index) => `tag-${index}`),
    canonicalUrl: `https://a.example/${many(2048 - 18)}`,
  }
  const { status, body } = await dateline.post('/v1/articles', longest)
  t.equal(status, 201)
  t.match(body, longest)
})

t.test('a merge patch merges objects, clears with null, replaces lists and leaves the rest', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna Seghers' })
  const people = [{ personId: 'anna-seghers', as: 'author' }]
  dateline.clock.now = Date.parse(NOON) - 1
  const { body: before } = await dateline.post('/v1/articles?publish=now', { ...full, people })
  dateline.clock.now = Date.parse(LATER) - 1
  const patch = {
    byline: null,
    source: { url: null },
    image: { caption: 'Dawn.' },
    tags: ['dawn'],
    body: 'Two words',
  }
  const { status, body, headers } = await dateline.patch('/v1/articles/the-harbour-at-night', patch)
  t.equal(status, 200)
  t.match(headers.etag, /^"2-/)
  t.strictSame(body, {
    ...before,
    version: 2,
    updatedAt: LATER,
    byline: null,
    source: { name: 'The Daily', url: null },
    image: { ...full.image, caption: 'Dawn.' },
    tags: ['dawn'],
    body: 'Two words',
    wordCount: 2,
  })
  const { hasUnpublishedChanges, ...live } = body
  t.equal(hasUnpublishedChanges, false)
  t.strictSame((await dateline.get('/v1/articles/the-harbour-at-night')).body, live)
})

t.test('null in a merge patch brings every field back to what it is when absent', async (t) => {
  const dateline = await start(t)
  const { body: before } = await dateline.post('/v1/articles?publish=now', full)
  const names = Object.keys(full).filter((name) => name !== 'headline' && name !== 'slug')
  const { body } = await dateline.patch(
    `/v1/articles/${before.id}`,
    Object.fromEntries([...names, 'people'].map((name) => [name, null])),
  )
  t.strictSame(body, { ...before, ...blank, version: 2, updatedAt: body.updatedAt })
})

t.test(
  'a merge patch may come as application/merge-patch+json, and an object for what was null',
  async (t) => {
    const dateline = await start(t)
    await dateline.post('/v1/articles', { headline: 'Storm' })
    const headers = { 'content-type': 'application/merge-patch+json' }
    const image = { credit: 'A. Agency' }
    const { body } = await dateline.patch('/v1/articles/storm', { image }, { headers })
    t.strictSame(body.image, { url: null, caption: null, credit: 'A. Agency' })
    const refused = await dateline.patch('/v1/articles/storm', { source: { url: 'https://a.example' } })
    t.strictSame(faults(refused), ['/source/name required'])
  },
)

t.test('a person that an article names must exist, and each that does not is pointed at', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna Seghers' })
  const unknown = 'person_01h455vb4pex5vsknk084sn02q'
  const other = 'article_01h455vb4pex5vsknk084sn02q'
  const ids = ['nobody', 'anna-seghers', unknown, other]
  const { requestId, ...problem } = (
    await dateline.post('/v1/articles', { headline: 'Storm', people: ids.map((personId) => ({ personId })) })
  ).body
  t.type(requestId, 'string')
  const details = [
    'There is no person "nobody". Create it first.',
    `There is no person "${unknown}". Create it first.`,
    `"${other}" is the id of a document of type article; give the id or slug of a document of type person.`,
  ]
  t.strictSame(problem, {
    type: '/problems/invalid_content',
    title: 'The content breaks its schema',
    status: 422,
    detail: details.join(' '),
    instance: '/v1/articles',
    errors: [0, 2, 3].map((place, index) => ({
      pointer: `/people/${place}/personId`,
      code: 'not_found',
      detail: details[index],
    })),
  })
})

t.test('saving the same content again appends nothing and keeps the ETag', async (t) => {
  const dateline = await start(t)
  const clock = () => dateline.storage.read(({ db }) => db.selectFrom('clock').selectAll().execute())
  const created = await dateline.post('/v1/articles?publish=now', full)
  const before = await clock()
  const url = '/v1/articles/the-harbour-at-night'
  const tag = (await dateline.get(url)).headers.etag
  dateline.clock.advance(60_000)
  const unchanged = {
    code: 'unchanged',
    detail: 'It was like this already: version 1 of this article stays its newest.',
  }
  const same = [
    {},
    { kind: 'interview' },
    full,
    { people: null, image: {} },
    { language: 'EN-gb', headline: ` ${full.headline} ` },
  ]
  for (const patch of same) {
    const { status, headers, body } = await dateline.patch(url, patch)
    t.equal(status, 200)
    t.equal(headers.etag, created.headers.etag)
    t.strictSame(body, { ...created.body, notices: [unchanged] })
  }
  t.strictSame((await dateline.patch(`${url}?publish=now`, full)).body, {
    ...created.body,
    notices: [unchanged],
  })
  t.strictSame(await clock(), before)
  t.equal((await dateline.get(url)).headers.etag, tag)
})

function faults({ body }: Answer): string[] {
  return body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)
}

t.test('an address has only what a URI may have, and a tag is there once', async (t) => {
  const { post } = await start(t)
  const given = { headline: 'Odd', canonicalUrl: 'https://e.example/a,b;c>d?x=<"y">', tags: ['a', 'b', 'a'] }
  const { body } = await post('/v1/articles', given)
  t.equal(body.canonicalUrl, 'https://e.example/a,b;c%3Ed?x=%3C%22y%22%3E')
  t.strictSame(body.tags, ['a', 'b'])
})

t.test(
  'words are counted in letters of any script, and an apostrophe, hyphen or point inside is of the word',
  async (t) => {
    const dateline = await start(t)
    for (const [body, count] of [
      ['Plain words, and “quotes” — so it is.', 7],
      ['Don’t stop: O’Brien’s state-owned 3.5 km', 6],
      ["l'été, Ünal’ın évé-nement 東京\n\nIt is ASCII’s line.", 8],
      ['a\u00adb ١٢٣ x_y', 5],
    ] as const) {
      const { body: article } = await dateline.post('/v1/articles', { headline: 'Counted', body })
      t.equal(article.wordCount, count, body)
    }
  },
)
