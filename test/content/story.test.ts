import t from 'tap'
import { type Answer, type Dateline, START, start } from '../support/dateline.ts'
import { readTables } from '../support/tables.ts'

const MINUTE = 60_000
const FUTURE = instant(START + 10 * MINUTE)
const viewer = { as: 'viewer' } as const
const UNKNOWN = 'person_01h455vb4pex5vsknk084sn02q'

t.setTimeout(3 * MINUTE) // many databases are made here, which takes a while on PostgreSQL

t.test('a story is saved with its people, quotes and links in one request', async (t) => {
  const dateline = await start(t)
  const { id: known } = (await dateline.post('/v1/people', { name: 'Anna Keller' })).body
  const { id: other } = (await dateline.post('/v1/articles?publish=now', { headline: 'Other' })).body
  const before = await clockOf(dateline)
  const { status, headers, body } = await dateline.post('/v1/articles?publish=now&note=First', talks(known))
  const after = await clockOf(dateline)
  t.equal(after.generation, before.generation + 1, 'in one commit')
  t.equal(status, 201)
  t.equal(headers.location, '/v1/articles/talks-begin')
  const { id: articleId, people, quotes } = body
  const [, { personId: jo }] = people
  const [, { speakerId: holm }] = quotes
  const anna = { slug: 'anna-keller', name: 'Anna Keller' }
  const perHolm = { slug: 'per-holm', name: 'Per Holm', country: 'NO' }
  const quote = (position: number, fields: object) => ({ articleId, position, ...fields })
  t.strictSame(contentOf(body), {
    slug: 'talks-begin',
    headline: 'Talks begin',
    kind: 'news',
    body: '“We will see,” she said. “So they say.” “Nobody knows who said this.”',
    wordCount: 13,
    people: [
      { personId: known, as: 'subject', person: anna },
      { personId: jo, as: 'author', person: { slug: 'jo-reporter', name: 'Jo Reporter', role: 'Reporter' } },
    ],
    quotes: [
      quote(1, { speakerId: known, text: 'We will see.', saidOn: '2026-01', speaker: anna }),
      quote(2, { speakerId: holm, text: 'So they say.', role: 'Mediator', speaker: perHolm }),
      quote(3, { text: 'Nobody knows who said this.' }),
    ],
    relatedLinks: [
      quote(1, { kind: 'opinion', title: 'What it means', url: 'https://example.org/what' }),
      quote(2, { kind: 'read', title: 'Before', targetArticleId: other }),
    ],
  })
  const at = instant(after.instant)
  const common = { version: 1, status: 'live', createdAt: at, publishedAt: at, updatedAt: at }
  for (const made of [body, people[1].person, ...quotes, quotes[1].speaker, ...body.relatedLinks]) {
    t.match(made, common)
    const { data } = (await dateline.get(`/v1/${paths[made.type]}/${made.id}/versions`, viewer)).body
    // People outlive the story, and what was said of it must be erased with it.
    const note = made.type === 'person' ? null : 'First'
    t.match(data, [{ action: 'create', note, savedAt: at }], 'the note stands at the story and its parts')
  }
  const read = await dateline.get(`${headers.location}?include=people,quotes.speaker,relatedLinks`, viewer)
  t.strictSame(read.body, body, 'as it is read afterwards')
  t.equal(read.headers.etag, headers.etag)
})

t.test('a speaker is known by id, by slugs past and present, and by the slug of the name', async (t) => {
  const dateline = await start(t)
  const { body: anna } = await dateline.post('/v1/people', { name: 'Anna Keller', role: 'Mediator' })
  await dateline.patch('/v1/people/anna-keller', { slug: 'anna' })
  const { body: draft } = await dateline.post('/v1/people?publish=no', { name: 'A Draft' })
  const people = await dateline.get('/v1/people?at=latest', viewer)
  const ways = [
    { speaker: anna.id },
    { speaker: 'anna' },
    { speaker: 'anna-keller' },
    { speakerId: 'anna-keller' },
    { speaker: { name: ' Anna  Keller'.replace('  ', ' '), role: 'Somebody else' } },
    { speaker: { name: 'Another name', slug: 'anna' } },
  ]
  const quotes = [...ways, { speaker: { name: 'A Draft' } }].map((way, index) => ({
    text: `${index}`,
    ...way,
  }))
  const { status, body } = await dateline.post('/v1/articles?publish=now', { headline: 'Story', quotes })
  t.equal(status, 201)
  t.strictSame(
    body.quotes.map(({ speakerId }: { speakerId: string }) => speakerId),
    [...ways.map(() => anna.id), draft.id],
  )
  t.match(body.quotes[0].speaker, { version: 2, role: 'Mediator', name: 'Anna Keller' })
  t.strictSame((await dateline.get('/v1/people?at=latest', viewer)).body, people.body, 'nobody is changed')
  const linked = (id: string, slug: string) => ({
    code: 'linked_to_existing',
    detail: `The person "${slug}" is there already: it was linked, and not changed.`,
    id,
  })
  t.match(body.notices, [
    linked(anna.id, 'anna-keller'),
    linked(anna.id, 'anna'),
    linked(draft.id, 'a-draft'),
    { code: 'reference_not_live', id: draft.id },
  ])
  t.equal(body.notices.length, 4)
})

t.test('one who is new is made once, however often the story names them', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.post('/v1/articles?publish=now', {
    headline: 'Story',
    people: [{ person: { name: 'Nova Lind', role: 'Minister' } }],
    quotes: [
      { text: 'One.', speaker: { name: 'Nova Lind' } },
      { text: 'Two.', speaker: 'nova-lind' },
      { text: 'Three.', speaker: { name: 'Someone Else', slug: 'nova-lind' } },
    ],
  })
  const { data } = (await dateline.get('/v1/people')).body
  t.match(data, [{ slug: 'nova-lind', version: 1, name: 'Nova Lind', role: 'Minister' }])
  t.equal(data.length, 1)
  t.strictSame(
    body.quotes.map(({ speakerId }: { speakerId: string }) => speakerId),
    Array(3).fill(data[0].id),
  )
  t.equal(body.people[0].personId, data[0].id)
})

t.test('parts stand in the order of the list, unless they say where', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.post('/v1/articles', {
    headline: 'Story',
    quotes: [
      { text: 'first' },
      { text: 'last', position: 9 },
      { text: 'third', position: null },
      { text: 'zero', position: 0 },
    ],
    relatedLinks: [
      { title: 'b', position: 2 },
      { title: 'a', position: 1 },
    ],
  })
  const order = (parts: { position: number; text?: string; title?: string }[]) =>
    parts.map(({ position, text, title }) => [position, text ?? title])
  t.strictSame(order(body.quotes), [
    [0, 'zero'],
    [1, 'first'],
    [3, 'third'],
    [9, 'last'],
  ])
  t.strictSame(order(body.relatedLinks), [
    [1, 'a'],
    [2, 'b'],
  ])
  await dateline.post('/v1/quotes', { articleId: body.id, text: 'added' })
  const { data } = (await dateline.get(`/v1/articles/${body.id}/quotes?at=latest`, viewer)).body
  t.match(data.at(-1), { position: 10, text: 'added' })
})

const PAST = '2020-10-15T14:07:00.000Z'

t.test('everything in the story goes live at the instant of the request', async (t) => {
  const dateline = await start(t)
  const cases = [
    ['', 'draft', null],
    ['?publish=no', 'draft', null],
    ['?publish=now', 'live', undefined],
    [`?publish=${PAST}`, 'live', PAST],
    [`?publish=${FUTURE}`, 'scheduled', FUTURE],
  ] as const
  for (const [index, [query, status, publishedAt]] of cases.entries()) {
    const answer = await dateline.post(`/v1/articles${query}`, story(`${index}`))
    const { instant: written } = await clockOf(dateline)
    const at = publishedAt === undefined ? instant(written) : publishedAt
    const { body } = answer
    const all = [body, body.people[0].person, body.quotes[0], body.quotes[0].speaker, body.relatedLinks[0]]
    for (const document of all) t.match(document, { status, publishedAt: at }, `${query}: ${document.type}`)
    t.equal(answer.headers.location, `/v1/articles/story-${index}${status === 'live' ? '' : '?at=latest'}`)
    t.equal(body.notices, undefined)
  }
  const seen = await dateline.get(
    `/v1/articles/story-3?at=${PAST}&include=people,quotes.speaker,relatedLinks`,
  )
  t.match(seen.body, {
    people: [{ person: { name: 'Person 3' } }],
    quotes: [{ speaker: { name: 'Speaker 3' } }],
  })
  const future = ['articles/story-4', 'people/person-4', 'people/speaker-4']
  dateline.clock.now = Date.parse(FUTURE) - 1
  for (const path of future) t.equal((await dateline.get(`/v1/${path}`)).status, 404)
  dateline.clock.advance(1)
  for (const path of future) t.equal((await dateline.get(`/v1/${path}`)).status, 200)
})

t.test('people of a draft story stay drafts when it is published, and the answer says so', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.post('/v1/articles', story('0'))
  const { person } = body.people[0]
  const { speaker } = body.quotes[0]
  const published = await dateline.post(`/v1/articles/${body.id}/publish`)
  t.match(published.body, { status: 'live' })
  t.strictSame(
    published.body.notices.map(({ code, id }: { code: string; id: string }) => [code, id]),
    [
      ['reference_not_live', person.id],
      ['reference_not_live', speaker.id],
    ],
  )
  const read = await dateline.get('/v1/articles/story-0?include=people,quotes.speaker')
  t.match(read.body, {
    people: [{ personId: person.id, person: null }],
    quotes: [{ speakerId: speaker.id, speaker: null }],
  })
  t.notMatch(read.text, /Person 0|Speaker 0/)
})

t.test('a quote alone may bring its speaker, who goes live with it', async (t) => {
  const dateline = await start(t)
  for (const [index, [query, status, publishedAt]] of (
    [
      ['', 'draft', null],
      ['?publish=now', 'live', /./],
      [`?publish=${FUTURE}`, 'scheduled', FUTURE],
    ] as const
  ).entries()) {
    const { body: article } = await dateline.post(`/v1/articles${query}`, { headline: `Story ${index}` })
    const quote = { articleId: article.slug, text: 'One.', speaker: { name: `Speaker ${index}` } }
    const { body } = await dateline.post('/v1/quotes', quote)
    t.match(body, { status, publishedAt, speaker: { status, publishedAt, slug: `speaker-${index}` } })
    t.equal(body.speaker.publishedAt, body.publishedAt)
  }
})

t.test('what a writer sends is a draft, its parts and its people too', async (t) => {
  const dateline = await start(t)
  const asWriter = { as: 'writer' } as const
  const { status, body } = await dateline.post('/v1/articles', story('0'), asWriter)
  t.equal(status, 201)
  const all = [body, body.people[0].person, body.quotes[0], body.quotes[0].speaker, body.relatedLinks[0]]
  for (const document of all) t.match(document, { status: 'draft', publishedAt: null }, document.type)
  const before = await readTables(dateline.storage)
  for (const publish of ['now', PAST, FUTURE]) {
    const refused = await dateline.post(`/v1/articles?publish=${publish}`, story('1'), asWriter)
    t.match(refused, { status: 403, body: { type: '/problems/scope_missing', scope: 'publish' } })
  }
  t.equal((await dateline.post('/v1/articles', story('1'), viewer)).status, 403)
  t.strictSame(await readTables(dateline.storage), before)
})

/** What a story cannot have as the last of a list, and what is wrong in it. */
t.test('what many quotes have in common is asked for once', async (t) => {
  const dateline = await start(t)
  const { body: anna } = await dateline.post('/v1/people', { name: 'Anna Seghers' })
  const readsFor = async (count: number) => {
    const quotes = Array.from({ length: count }, (_, index) => ({
      text: `Word ${index}.`,
      speaker: anna.slug,
    }))
    dateline.statements.length = 0
    const { status } = await dateline.post('/v1/articles?publish=now', { headline: `With ${count}`, quotes })
    t.equal(status, 201)
    return dateline.statements.filter((statement) => /^\s*select/i.test(statement)).length
  }
  await readsFor(1)
  t.equal(await readsFor(20), await readsFor(2))
})

const wrong: Readonly<Record<'people' | 'quotes' | 'relatedLinks', [last: unknown, fault: string][]>> = {
  people: [
    [{ person: 'nobody' }, '/person not_found'],
    [{ personId: 'nobody' }, '/personId not_found'],
    [{ as: 'author' }, '/personId required'],
    [{ person: 'taken', personId: 'taken' }, '/person repeated'],
    [{ person: { name: '' } }, '/person/name too_short'],
    [{ person: { role: 'a' } }, '/person/name required'],
    [{ person: { name: 'a', quotes: [] } }, '/person/quotes unknown'],
    [{ person: 5 }, '/person wrong_type'],
  ],
  quotes: [
    [{ text: 'a', speaker: 'nobody' }, '/speaker not_found'],
    [{ text: 'a', speaker: UNKNOWN }, '/speaker not_found'],
    [{ text: 'a', speaker: '$name' }, '/speaker not_found'],
    [{ text: 'a', speakerId: 'nobody' }, '/speakerId not_found'],
    [{ text: 'a', speaker: 'taken', speakerId: 'taken' }, '/speaker repeated'],
    [{ text: 'a', speaker: {} }, '/speaker/name required'],
    [{ text: 'a', speaker: { name: 'a', country: 'XX' } }, '/speaker/country malformed'],
    [{ text: 'a', speaker: { name: 'a', slug: 'A' } }, '/speaker/slug malformed'],
    [{}, '/text required'],
    [{ text: 'a', articleId: 'taken' }, '/articleId unknown'],
    [{ text: 'a', id: UNKNOWN }, '/id unknown'],
    [{ text: 'a', original: {} }, '/original/text required'],
  ],
  relatedLinks: [
    [{ title: 'a', targetArticleId: 'nothing' }, '/targetArticleId not_found'],
    [{ title: 'a', url: 'example.org' }, '/url malformed'],
    [{ title: 'a', targetArticle: {} }, '/targetArticle unknown'],
    ['a', ' wrong_type'],
  ],
}

const refusals: [change: object, fault: string][] = [
  [{ slug: 'taken' }, '/slug not_allowed'],
  [{ quotes: {} }, '/quotes wrong_type'],
  [{ quotes: null }, '/quotes wrong_type'],
  [{ quotes: Array(1001).fill({ text: 'a' }) }, '/quotes too_long'],
  [{ correction: null }, '/correction unknown'],
  ...(['people', 'quotes', 'relatedLinks'] as const).flatMap((list) =>
    wrong[list].map(([last, fault]): [object, string] => [
      { [list]: [...story('0')[list], last] },
      `/${list}/1${fault}`,
    ]),
  ),
]

t.test('all of it is saved or nothing: not a row, not a slug', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles', { headline: 'Taken', slug: 'taken' })
  await dateline.post('/v1/people', { name: 'Taken' })
  const before = await readTables(dateline.storage)
  for (const [change, fault] of refusals) {
    const answer = await dateline.post('/v1/articles?publish=now', { ...story('0'), ...change })
    t.equal(answer.status, fault.startsWith('/slug') ? 409 : 422, fault)
    t.strictSame(faultsOf(answer), [fault])
    t.strictSame(await readTables(dateline.storage), before, `${fault}: nothing is saved`)
  }
  const { body } = await dateline.post('/v1/articles?publish=now', story('0'))
  t.match(body, { slug: 'story-0', people: [{ person: { slug: 'person-0' } }] })
  t.equal(body.notices, undefined)
})

t.test('the faults of the body, its parts and its people are told at once', async (t) => {
  const dateline = await start(t)
  const answer = await dateline.post('/v1/articles', {
    headline: '',
    people: [{ person: { name: '' }, as: 'boss' }],
    quotes: [{ text: 'a', speaker: { nme: 'x' } }, { speaker: { name: 'x', country: 'XX' } }],
    relatedLinks: [{ url: 'x' }],
  })
  t.strictSame(faultsOf(answer), [
    '/headline too_short',
    '/people/0/as not_allowed',
    '/people/0/person/name too_short',
    '/quotes/0/speaker/name required',
    '/quotes/0/speaker/nme unknown',
    '/quotes/1/speaker/country malformed',
    '/quotes/1/text required',
    '/relatedLinks/0/title required',
    '/relatedLinks/0/url malformed',
  ])
})

t.test('only people are made in passing, and only where something is made or put', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.post('/v1/articles', story('0'))
  const refused: [Promise<Answer>, string][] = [
    [dateline.patch('/v1/articles/story-0', { quotes: [] }), '/quotes'],
    [dateline.patch('/v1/articles/story-0', { people: [{ person: 'person-0' }] }), '/people/0/person'],
    [dateline.patch(`/v1/quotes/${body.quotes[0].id}`, { speaker: { name: 'a' } }), '/speaker'],
    [dateline.post('/v1/quotes', { article: { headline: 'a' }, articleId: body.id, text: 'a' }), '/article'],
    [dateline.post('/v1/people', { name: 'a', quotes: [{ text: 'a' }] }), '/quotes'],
  ]
  for (const [answer, pointer] of refused) {
    t.equal((await answer).status, 422)
    t.ok(faultsOf(await answer).includes(`${pointer} unknown`), pointer)
  }
})

const paths: Readonly<Record<string, string>> = {
  article: 'articles',
  person: 'people',
  quote: 'quotes',
  link: 'related-links',
}

function talks(known: string) {
  return {
    headline: 'Talks begin',
    body: '“We will see,” she said. “So they say.” “Nobody knows who said this.”',
    people: [
      { person: 'anna-keller', as: 'subject' },
      { person: { name: 'Jo Reporter', role: 'Reporter' }, as: 'author' },
    ],
    quotes: [
      { text: 'We will see.', speaker: known, saidOn: '2026-01' },
      { text: 'So they say.', speaker: { name: 'Per Holm', country: 'NO' }, role: 'Mediator' },
      { text: 'Nobody knows who said this.' },
    ],
    relatedLinks: [
      { kind: 'opinion', title: 'What it means', url: 'https://example.org/what' },
      { title: 'Before', targetArticleId: 'other' },
    ],
  }
}

/** What somebody wrote in a document and in those inside of it: without what every document has, and without defaults. */
function contentOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(contentOf)
  if (typeof value !== 'object' || value === null) return value
  const isWritten = ([name, member]: [string, unknown]) =>
    !common.has(name) && member !== null && !(Array.isArray(member) && member.length === 0)
  const members = Object.entries(value).filter(isWritten)
  return Object.fromEntries(members.map(([name, member]) => [name, contentOf(member)]))
}

const common = new Set(
  'anchor id type version status createdAt publishedAt updatedAt hasUnpublishedChanges'.split(' '),
)

function story(name: string) {
  return {
    headline: `Story ${name}`,
    people: [{ person: { name: `Person ${name}` } }],
    quotes: [{ text: 'One.', speaker: { name: `Speaker ${name}` } }],
    relatedLinks: [{ title: 'More' }],
  }
}

/** Where an answer says that the body is wrong, and how, in the order of the alphabet. */
function faultsOf({ body }: Answer): string[] {
  const items = body.errors as readonly { pointer: string; code: string }[] // as the document says
  return items.map(({ pointer, code }) => `${pointer} ${code}`).sort()
}

function instant(at: number): string {
  return new Date(at).toISOString()
}

function clockOf({ storage }: Dateline) {
  return storage.read((trx) => trx.db.selectFrom('clock').selectAll().executeTakeFirstOrThrow())
}
