import t from 'tap'
import { type Answer, type Dateline, START, start } from '../support/dateline.ts'
import { readTables } from '../support/tables.ts'

const MINUTE = 60_000
const STORY = '/v1/articles/story'
const viewer = { as: 'viewer' } as const
const writer = { as: 'writer' } as const

t.setTimeout(3 * MINUTE) // many databases are made here, which takes a while on PostgreSQL

t.test('PUT at a free slug creates there what POST would', async (t) => {
  const dateline = await start(t)
  const cases = [
    ['/v1/articles', { headline: 'A headline', quotes: [{ text: 'One.' }] }, '?at=latest'],
    ['/v1/articles', { headline: 'A headline', relatedLinks: [] }, '?at=latest'],
    ['/v1/people', { name: 'Anna Keller' }, ''],
  ] as const
  for (const [index, [path, content, ending]] of cases.entries()) {
    const slug = `a-slug-${index}`
    const put = await dateline.put(`${path}/${slug}`, content)
    t.equal(put.status, 201)
    t.equal(put.headers.location, `${path}/${slug}${ending}`)
    const posted = await dateline.post(path, { ...content, slug: `${slug}-2` })
    t.strictSame(anonymous(put), anonymous(posted))
    t.match(put.body, { slug, version: 1 })
    t.equal((await dateline.put(`${path}/${slug}`, { ...content, slug })).status, 200)
  }
  const before = await readTables(dateline.storage)
  const other = await dateline.put('/v1/articles/another', { headline: 'A', slug: 'different' })
  t.match(other, { status: 422, body: { errors: [{ pointer: '/slug', code: 'not_allowed' }] } })
  const corrected = { headline: 'A', correction: { kind: 'correction', text: 'It was wrong.' } }
  t.match(await dateline.put('/v1/articles/another', corrected), {
    status: 422,
    body: { errors: [{ pointer: '/correction', code: 'not_allowed' }] },
  })
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('PUT replaces: what is left out takes its default, but for the slug and the parts', async (t) => {
  const dateline = await start(t)
  const created = await dateline.put(`${STORY}?publish=now`, {
    ...story,
    kind: 'analysis',
    tags: ['europe'],
    source: { name: 'The Daily' },
  })
  t.equal(created.status, 201)
  const {
    status,
    body: { notices: lostQuotes, ...body },
  } = await dateline.put(STORY, { headline: 'Other' })
  t.equal(status, 200)
  const { quotes, relatedLinks, notices, ...document } = created.body
  t.strictSame(body, {
    ...document,
    version: 2,
    updatedAt: body.updatedAt,
    headline: 'Other',
    kind: 'news',
    tags: [],
    source: null,
    people: [],
    body: '',
    wordCount: 0,
  })
  t.strictSame((await dateline.get(STORY, viewer)).body, body)
  const { data } = (await dateline.get(`${STORY}/quotes?include=speaker`, viewer)).body
  const lost = { state: 'lost', parts: [] } // with the body
  t.strictSame(
    data,
    quotes.map((quote: object) => ({ ...quote, anchor: lost })),
  )
  t.strictSame((await dateline.get(`${STORY}/related-links`, viewer)).body.data, relatedLinks)
})

t.test('PUT keeps the slug unless the body has another one; the old one leads to it', async (t) => {
  const dateline = await start(t)
  await dateline.put(`${STORY}?publish=now`, story)
  await dateline.put('/v1/articles/other', { headline: 'Other' })
  for (const slug of [undefined, null, 'story'])
    t.match(await dateline.put(STORY, { ...story, slug }), {
      status: 200,
      body: { slug: 'story', version: 1 },
    })
  const renamed = await dateline.put(STORY, { ...story, slug: 'renamed' })
  t.equal(renamed.body.slug, 'renamed')
  t.ok(codes(renamed).has('old_slug_redirects'))
  t.match(await dateline.get(STORY), { status: 308, headers: { location: '/v1/articles/renamed' } })
  t.match(await dateline.put(STORY, story), { status: 200, body: { slug: 'renamed', version: 2 } })
  t.match(await dateline.put(STORY, { ...story, slug: 'other' }), {
    status: 409,
    body: { errors: [{ pointer: '/slug', code: 'not_allowed' }] },
  })
})

t.test('a list that is given becomes the whole list; one that is not is left alone', async (t) => {
  const dateline = await start(t)
  const before = await dateline.put(`${STORY}?publish=now`, {
    ...story,
    quotes: ['a', 'b', 'c', 'd'].map((text) => ({ text })),
  })
  const [a, b, c, d] = before.body.quotes
  const quotes = [
    { text: 'a' },
    { text: 'new' },
    { id: b.id, text: 'b', role: 'Speaker' },
    { id: d.id, text: 'd', position: 4 },
  ]
  const { status, body } = await dateline.put(STORY, { ...story, relatedLinks: undefined, quotes })
  t.equal(status, 200)
  t.match(body.quotes, [
    { id: a.id, version: 1, position: 1 },
    { text: 'new', version: 1, position: 2, status: 'live' },
    { id: b.id, version: 2, position: 3, role: 'Speaker' },
    { id: d.id, version: 1, position: 4 },
  ])
  t.equal(body.quotes.length, 4)
  t.equal(body.version, 1, 'the article itself is as it was')
  t.equal(body.relatedLinks, undefined)
  t.equal((await dateline.get(`/v1/quotes/${c.id}`)).status, 410)
  t.match((await dateline.get(`/v1/quotes/${c.id}/versions`, viewer)).body.data, [{ action: 'withdraw' }, {}])
  t.strictSame(await texts(dateline), { quotes: ['a', 'new', 'b', 'd'], relatedLinks: ['More', 'Elsewhere'] })
  await dateline.put(STORY, { ...story, quotes: undefined, relatedLinks: [] })
  t.strictSame(await texts(dateline), { quotes: ['a', 'new', 'b', 'd'], relatedLinks: [] })
})

t.test('the same body again changes nothing: no version, no line of the audit', async (t) => {
  const dateline = await start(t)
  const future = instant(START + 10 * MINUTE)
  for (const publish of ['', '?publish=now', '?publish=no', `?publish=${future}`]) {
    const address = `/v1/articles/story${publish.replace(/\W/g, '').toLowerCase()}`
    await dateline.put(`${address}${publish}`, { headline: 'Before' })
    const url = address + (publish === '?publish=now' ? '' : publish)
    const first = await dateline.put(url, story)
    t.equal(first.status, 200)
    const before = await readTables(dateline.storage)
    dateline.clock.advance(MINUTE)
    const again = await dateline.put(url, story)
    t.ok(codes(again).has('unchanged'), url)
    t.equal(again.headers.etag?.toString().split('-')[0], first.headers.etag?.toString().split('-')[0])
    const asRead = {
      ...story,
      quotes: first.body.quotes.map(sent),
      relatedLinks: first.body.relatedLinks.map(sent),
    }
    t.equal((await dateline.put(url, asRead)).status, 200)
    t.strictSame(await readTables(dateline.storage), before, url)
  }
})

t.test('parts of the same content are told apart by their number', async (t) => {
  const dateline = await start(t)
  const quotes = (count: number) => Array(count).fill({ text: 'No.', position: 1 })
  const first = await dateline.put(STORY, { headline: 'Story', quotes: quotes(2) })
  const ids = first.body.quotes.map(({ id }: { id: string }) => id)
  const more = await dateline.put(STORY, { headline: 'Story', quotes: quotes(3) })
  t.strictSame(more.body.quotes.slice(0, 2), first.body.quotes)
  t.equal(more.body.quotes.length, 3)
  const { body } = await dateline.put(STORY, { headline: 'Story', quotes: quotes(1) })
  t.equal(body.quotes.length, 1)
  t.ok(ids.includes(body.quotes[0].id))
})

t.test('a PUT is saved whole or not at all', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Known' })
  const { body: other } = await dateline.put('/v1/articles/other?publish=now', { ...story, slug: 'other' })
  const first = await dateline.put(`${STORY}?publish=now`, {
    ...story,
    quotes: [...story.quotes, { text: 'Left out.' }],
  })
  const { body } = await dateline.put(STORY, story)
  const [one] = body.quotes
  const gone = first.body.quotes.at(-1).id
  const before = await readTables(dateline.storage)
  const refusals: [quotes: unknown[], pointer: string, code: string][] = [
    [[{ text: 'a' }, { id: other.quotes[0].id, text: 'a' }], '/quotes/1/id', 'not_found'],
    [[{ text: 'a' }, { id: body.relatedLinks[0].id, text: 'a' }], '/quotes/1/id', 'not_found'],
    [[{ id: gone, text: 'Left out.' }], '/quotes/0/id', 'not_found'],
    [[{ id: 'quote_01h455vb4pex5vsknk084sn02q', text: 'a' }], '/quotes/0/id', 'not_found'],
    [[{ id: '', text: 'a' }], '/quotes/0/id', 'not_found'],
    [
      [
        { id: one.id, text: 'a' },
        { id: one.id, text: 'b' },
      ],
      '/quotes/1/id',
      'repeated',
    ],
    [[{ id: one.id, text: 'a', speaker: 'nobody' }], '/quotes/0/speaker', 'not_found'],
    [[{ id: one.id, text: 'a', speaker: 'known', speakerId: 'known' }], '/quotes/0/speaker', 'repeated'],
    [[{ id: one.id }], '/quotes/0/text', 'required'],
    [[{ id: one.id, text: 'a', articleId: other.id }], '/quotes/0/articleId', 'unknown'],
    [[{ id: one.id, text: 'a', version: 1 }], '/quotes/0/version', 'unknown'],
  ]
  for (const [quotes, pointer, code] of refusals) {
    const people = [{ person: { name: 'Made For Nothing' } }]
    const refused = await dateline.put(STORY, { ...story, headline: 'Changed', people, quotes })
    t.match(refused, { status: 422, body: { errors: [{ pointer, code }] } })
    t.equal(refused.body.errors?.length, 1, pointer)
    t.strictSame(await readTables(dateline.storage), before, `${pointer}: nothing is saved`)
  }
})

t.test('publish=no prepares the article and its parts, and the public sees none of it', async (t) => {
  const dateline = await start(t)
  const { body: first } = await dateline.put(`${STORY}?publish=now`, story)
  const read = () => dateline.get(`${STORY}?include=quotes.speaker,relatedLinks,people`)
  const before = await read()
  const [kept] = first.quotes
  const { body } = await dateline.put(`${STORY}?publish=no`, { ...edited(first), headline: 'Prepared' })
  t.match(body, { version: 2, status: 'draft', headline: 'Prepared' })
  t.match(body.quotes, [
    { id: kept.id, version: 2, status: 'draft', text: 'Edited.' },
    { id: first.quotes[1].id, version: 1, status: 'live' },
    { version: 1, status: 'draft', text: 'New.', speaker: { name: 'Third Person', status: 'draft' } },
  ])
  t.match(
    body.notices.find(({ code }: { code: string }) => code === 'part_kept'),
    { id: first.quotes[1].id },
  )
  t.ok(codes({ body }).has('not_published'))
  t.strictSame((await read()).body, before.body)
  t.equal((await dateline.get('/v1/people/third-person')).status, 404)
  await dateline.post(`${STORY}/publish`)
  t.strictSame((await texts(dateline)).quotes, ['Edited.', 'Two.', 'New.'])
})

t.test('publish=<instant> brings all of it at that instant: what is new, changed and left out', async (t) => {
  const dateline = await start(t)
  const { body: first } = await dateline.put(`${STORY}?publish=now`, story)
  const at = START + 10 * MINUTE
  const { body } = await dateline.put(`${STORY}?publish=${instant(at)}`, {
    ...edited(first),
    headline: 'Later',
  })
  t.match(body, { status: 'scheduled', headline: 'Later' })
  const read = () => dateline.get(`${STORY}?include=quotes.speaker`)
  dateline.clock.now = at - 1
  const before = (await read()).body
  t.match(before, { headline: 'Story', quotes: [{ text: 'One.' }, { text: 'Two.' }] })
  t.equal((await dateline.get('/v1/people/third-person')).status, 404)
  dateline.clock.now = at
  const after = (await read()).body
  t.match(after, {
    headline: 'Later',
    quotes: [{ text: 'Edited.' }, { text: 'New.', speaker: { name: 'Third Person' } }],
  })
  t.equal(after.quotes.length, 2)
  t.equal((await dateline.get(`/v1/quotes/${first.quotes[1].id}`)).status, 410)
  dateline.clock.now = at + MINUTE
  t.strictSame((await dateline.get(`${STORY}?at=${instant(at - 1)}&include=quotes`)).body.quotes.length, 1)
})

t.test('publish=now publishes a draft with all of its list, and nothing that is not in it', async (t) => {
  const dateline = await start(t)
  const { body: draft } = await dateline.put(STORY, story)
  const { body } = await dateline.put(`${STORY}?publish=now`, edited(draft))
  t.match(body, {
    status: 'live',
    quotes: [
      { text: 'Edited.', status: 'live' },
      { text: 'New.', status: 'live' },
    ],
  })
  const [changed, left] = draft.quotes
  t.equal((await dateline.get(`/v1/quotes/${left.id}`)).status, 404, 'it was never seen')
  const { data } = (await dateline.get(`/v1/quotes/${changed.id}/versions`)).body
  t.equal(data.length, 1, 'its words before were never seen')
  for (let version = 1; version < data[0].version; version += 1)
    t.equal((await dateline.get(`/v1/quotes/${changed.id}/versions/${version}`)).status, 404)
})

t.test('people that a PUT makes go live when the article does, or stay drafts with it', async (t) => {
  const dateline = await start(t)
  const later = instant(START + 10 * MINUTE)
  const cases = [
    ['draft', '', '', 'draft'],
    ['draft', '', '?publish=now', 'live'],
    ['live', '?publish=now', '', 'live'],
    ['live', '?publish=now', '?publish=no', 'draft'],
    ['scheduled', `?publish=${later}`, '', 'scheduled'],
  ] as const
  for (const [index, [was, before, query, status]] of cases.entries()) {
    const url = `/v1/articles/story-${index}`
    t.equal((await dateline.put(`${url}${before}`, { headline: 'Story' })).body.status, was)
    const people = [{ person: { name: `Person ${index}` } }]
    const quotes = [{ text: 'One.', speaker: { name: `Speaker ${index}` } }]
    const { body } = await dateline.put(`${url}${query}`, { headline: 'Story', people, quotes })
    for (const made of [body.people[0].person, body.quotes[0], body.quotes[0].speaker])
      t.match(made, { status, publishedAt: status === 'scheduled' ? later : body.quotes[0].publishedAt })
  }
})

t.test('a writer puts drafts, and changes nothing that the public sees', async (t) => {
  const dateline = await start(t)
  t.match(await dateline.put('/v1/articles/own', story, writer), { status: 201, body: { status: 'draft' } })
  const { body: own } = await dateline.put(
    '/v1/articles/own',
    { ...story, quotes: [story.quotes[0]] },
    writer,
  )
  t.equal(own.quotes.length, 1, 'of a draft, a writer takes parts away')
  const { body: first } = await dateline.put(`${STORY}?publish=now`, story)
  const read = () => dateline.get(`${STORY}?include=quotes.speaker,relatedLinks,people`)
  const before = await read()
  const quotes = [...first.quotes.map(sent), { text: 'New.', speaker: { name: 'Third Person' } }]
  quotes[0].text = 'Edited.'
  const { status, body } = await dateline.put(STORY, { ...story, headline: 'Prepared', quotes }, writer)
  t.equal(status, 200)
  t.match(body, {
    status: 'draft',
    quotes: [{ status: 'draft' }, { status: 'live' }, { status: 'draft', speaker: { status: 'draft' } }],
  })
  t.strictSame((await read()).body, before.body)
  const tables = await readTables(dateline.storage)
  for (const url of [`${STORY}?publish=now`, `/v1/articles/free?publish=${instant(START + MINUTE)}`])
    t.match(await dateline.put(url, story, writer), { status: 403, body: { scope: 'publish' } })
  t.equal((await dateline.put(STORY, story, viewer)).status, 403)
  t.strictSame(await readTables(dateline.storage), tables)
})

t.test('If-Match lets a PUT pass on the newest version alone', async (t) => {
  const dateline = await start(t)
  const { headers } = await dateline.put(STORY, story)
  const tag = String(headers.etag)
  t.match(await dateline.put(STORY, { ...story, headline: 'Two' }, ifMatch(tag)), {
    status: 200,
    body: { version: 2 },
  })
  const before = await readTables(dateline.storage)
  const stale = await dateline.put(
    STORY,
    { headline: 'Three', people: [{ person: { name: 'A' } }] },
    ifMatch(tag),
  )
  t.match(stale, {
    status: 412,
    body: {
      type: '/problems/stale_version',
      current: '"2"',
      changed: [{ pointer: '/headline', was: 'Story', now: 'Two' }],
    },
  })
  const free = await dateline.put('/v1/articles/free', story, ifMatch('"1"'))
  t.match(free, { status: 412, body: { type: '/problems/stale_version' } })
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('If-None-Match: * creates, and never replaces', async (t) => {
  const dateline = await start(t)
  const isNew = { headers: { 'if-none-match': '*' } }
  t.equal((await dateline.put(STORY, story, isNew)).status, 201)
  await dateline.put('/v1/articles/seen?publish=now', story, isNew)
  await dateline.delete('/v1/articles/seen')
  await dateline.put('/v1/articles/erased', story, isNew)
  await dateline.delete('/v1/articles/erased?purge=true', { as: 'admin' })
  const before = await readTables(dateline.storage)
  for (const slug of ['story', 'seen', 'erased'])
    t.match(await dateline.put(`/v1/articles/${slug}`, story, isNew), {
      status: 412,
      body: {
        type: '/problems/already_exists',
        detail: `There is article "${slug}" already. Leave If-None-Match out to replace it.`,
      },
    })
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('where If-Match is required, it is to replace, and not to create', async (t) => {
  const dateline = await start(t, { REQUIRE_IF_MATCH: true })
  t.equal((await dateline.put(STORY, story)).status, 201)
  t.match(await dateline.put(STORY, { headline: 'Two' }), {
    status: 428,
    body: { errors: [{ header: 'if-match', code: 'required' }] },
  })
  t.match(await dateline.put(STORY, { headline: 'Two' }, ifMatch('"1"')), {
    status: 200,
    body: { version: 2 },
  })
})

t.test('a withdrawn article is put in order unseen, and comes back when it is published', async (t) => {
  const dateline = await start(t)
  const { body: first } = await dateline.put(`${STORY}?publish=now`, story)
  await dateline.delete(STORY)
  const { status, body } = await dateline.put(STORY, { ...edited(first), headline: 'Back' })
  t.equal(status, 200)
  t.match(body, { status: 'withdrawn', headline: 'Back' })
  t.equal((await dateline.get(STORY)).status, 410)
  t.equal((await dateline.put(`${STORY}?publish=now`, { headline: 'Back again' })).status, 200)
  t.match((await dateline.get(STORY)).body, { headline: 'Back again', publishedAt: first.publishedAt })
})

t.test('what was purged is 410 for a PUT, and nothing is made for it', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.put(`${STORY}?publish=now`, story)
  await dateline.delete(`${STORY}?purge=true`, { as: 'admin' })
  const before = await readTables(dateline.storage)
  for (const key of ['story', body.id]) {
    const people = [{ person: { name: 'Made For Nothing' } }]
    const gone = await dateline.put(`/v1/articles/${key}?publish=now`, { ...story, people })
    t.match(gone, { status: 410, body: { type: '/problems/gone' } })
  }
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('PUT takes the id of what is there, and makes nothing at an id', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.put(STORY, story)
  t.match(await dateline.put(`/v1/articles/${body.id}`, { headline: 'By id' }), {
    status: 200,
    body: { id: body.id, slug: 'story', version: 2 },
  })
  t.equal((await dateline.put('/v1/articles/article_01h455vb4pex5vsknk084sn02q', story)).status, 404)
  t.equal((await dateline.put('/v1/articles/person_01h455vb4pex5vsknk084sn02q', story)).status, 400)
  const quote = await dateline.put(`/v1/quotes/${body.quotes[0].id}`, { text: 'a' })
  t.match(quote, { status: 405, headers: { allow: 'GET, HEAD, PATCH, DELETE' } })
})

t.test('a PUT of a live article may say what it corrects', async (t) => {
  const dateline = await start(t, { REQUIRE_CHANGE_NOTE: true })
  await dateline.put(`${STORY}?publish=now`, story)
  const changed = { ...story, headline: 'Another' }
  t.match(await dateline.put(STORY, changed), { status: 422, body: { type: '/problems/correction_missing' } })
  const correction = { kind: 'correction', text: 'The headline was wrong.' }
  const { body } = await dateline.put(STORY, { ...changed, correction })
  t.strictSame(body.corrections, [{ ...correction, at: body.updatedAt }])
  const before = await readTables(dateline.storage)
  t.strictSame((await dateline.put(STORY, { ...changed, correction })).body.corrections, body.corrections)
  t.strictSame(await readTables(dateline.storage), before, 'and is not corrected twice by the same request')
  const minor = await dateline.put(`${STORY}?minor=true`, { ...story, headline: 'Another!' })
  t.strictSame(minor.body.corrections, body.corrections, 'what was corrected stays on the record')
})

t.test('a person is put whole, and stays the speaker of their quotes', async (t) => {
  const dateline = await start(t)
  await dateline.put('/v1/people/anna', { name: 'Anna', role: 'Minister', sameAs: ['https://a.example'] })
  await dateline.put(`${STORY}?publish=now`, {
    headline: 'Story',
    quotes: [{ text: 'One.', speaker: 'anna' }],
  })
  const { body } = await dateline.put('/v1/people/anna', { name: 'Anna Keller' })
  t.match(body, { slug: 'anna', version: 2, status: 'live', name: 'Anna Keller', role: null, sameAs: [] })
  const { quotes } = (await dateline.get(`${STORY}?include=quotes.speaker`)).body
  t.match(quotes, [{ speaker: { name: 'Anna Keller', role: null } }])
})

const story = {
  headline: 'Story',
  body: 'One. Two.',
  people: [{ person: { name: 'First Person' }, as: 'author' }],
  quotes: [
    { text: 'One.', speaker: { name: 'First Person' } },
    { text: 'Two.', speaker: { name: 'Second Person' } },
  ],
  relatedLinks: [{ title: 'More', url: 'https://example.org/ü' }, { title: 'Elsewhere' }],
}

/** The story with its first quote changed, the second left out and a new one. */
function edited({ quotes }: { quotes: { id: string }[] }) {
  const [first] = quotes
  return {
    ...story,
    quotes: [
      { id: first?.id, text: 'Edited.' },
      { text: 'New.', speaker: { name: 'Third Person' }, position: 9 },
    ],
  }
}

/** A part as a request may send it back. */
function sent(part: Record<string, unknown>): Record<string, unknown> {
  const { type, version, status, createdAt, publishedAt, updatedAt, hasUnpublishedChanges, ...content } = part
  const { articleId, speaker, anchor, ...rest } = content
  return rest
}

/** An answer without ids, instants and the slug. */
function anonymous({ status, body }: Answer): unknown {
  const names: string[] = []
  const known = (id: string) => `#${names.includes(id) ? names.indexOf(id) : names.push(id) - 1}`
  const text = JSON.stringify({ ...body, slug: 'slug' })
    .replace(/"[a-z]+_[0-9a-z]{26}"/g, (id) => JSON.stringify(known(id)))
    .replace(/"2026-01-01T[^"]*"/g, '"instant"')
  return { status, body: JSON.parse(text) }
}

/** What the public reads in the story. */
async function texts({ get }: Dateline) {
  const { body } = await get(`${STORY}?include=quotes,relatedLinks`)
  return {
    quotes: body.quotes.map(({ text }: { text: string }) => text),
    relatedLinks: body.relatedLinks.map(({ title }: { title: string }) => title),
  }
}

function codes({ body }: Pick<Answer, 'body'>): Set<string> {
  return new Set((body.notices ?? []).map(({ code }: { code: string }) => code))
}

function ifMatch(tag: string) {
  return { headers: { 'if-match': tag } }
}

function instant(at: number): string {
  return new Date(at).toISOString()
}
