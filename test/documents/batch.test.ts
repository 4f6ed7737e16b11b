import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { type Answer, type Dateline, type RequestOptions, START, start } from '../support/dateline.ts'
import { readTables } from '../support/tables.ts'
import { anonymous } from '../support/writes.ts'

const MINUTE = 60_000
const MEBIBYTE = 1024 * 1024
const viewer = { as: 'viewer' } as const
const writer = { as: 'writer' } as const

type Operation = Record<string, unknown>

t.setTimeout(3 * MINUTE) // the largest batch takes a while on PostgreSQL

t.test('each operation does in a batch what it does alone', async (t) => {
  const alone = await start(t)
  const together = await start(t)
  const content = { headline: 'Story', quotes: [{ text: 'One.', speaker: { name: 'Anna' } }] }
  const replaced = { headline: 'Replaced', quotes: [{ text: 'Two.' }], tags: ['a'] }
  const single = [
    await alone.post('/v1/articles?publish=no', content),
    await alone.patch('/v1/articles/story', { byline: 'Jo' }),
    await alone.post('/v1/articles/story/publish'),
    await alone.patch('/v1/articles/story?publish=no', { byline: 'Draft' }),
    await alone.patch('/v1/articles/story?base=live', { place: 'Oslo' }),
    await alone.put('/v1/articles/story?publish=now', replaced),
    await alone.post('/v1/articles/story/restore', { version: 1 }),
    await alone.post(`/v1/articles/story/publish?at=${instant(START + MINUTE)}`),
    await alone.post('/v1/articles/story/publish?at=never'),
    await alone.post(`/v1/articles/story/withdraw?at=${instant(START + MINUTE)}`),
    await alone.post('/v1/articles/story/withdraw?at=never'),
    await alone.delete('/v1/articles/story'),
    await alone.put('/v1/people/bo', { name: 'Bo' }),
    await alone.patch('/v1/people/bo?publish=now', { slug: 'bob' }),
  ]
  const id = 'story'
  const { status, headers, body } = await batch(together, [
    { do: 'create', type: 'article', content, publish: 'no' },
    { do: 'update', type: 'article', id, content: { byline: 'Jo' } },
    { do: 'publish', type: 'article', id },
    { do: 'update', type: 'article', id, content: { byline: 'Draft' }, publish: 'no' },
    { do: 'update', type: 'article', id, content: { place: 'Oslo' }, base: 'live' },
    { do: 'replace', type: 'article', id, content: replaced, publish: 'now' },
    { do: 'restore', type: 'article', id, version: 1 },
    { do: 'publish', type: 'article', id, at: instant(START + MINUTE) },
    { do: 'publish', type: 'article', id, at: 'never' },
    { do: 'withdraw', type: 'article', id, at: instant(START + MINUTE) },
    { do: 'withdraw', type: 'article', id, at: 'never' },
    { do: 'withdraw', type: 'article', id },
    { do: 'replace', type: 'person', id: 'bo', content: { name: 'Bo' } },
    { do: 'update', type: 'person', id: 'bo', content: { slug: 'bob' }, publish: 'now' },
  ])
  t.equal(status, 200)
  t.equal(headers.location, undefined)
  t.match(headers.etag, /^"[\w-]{22}"$/)
  t.strictSame(
    body.results.map(anonymous),
    single.map(({ status, body: document }) => anonymous({ status, document })),
  )
  t.equal((await together.get('/v1/articles/story')).status, 404, 'nobody has seen it meanwhile')
  t.match(await together.get('/v1/people/bo'), { status: 404 }, 'nor under that slug')
  t.equal((await together.get('/v1/people/bob')).status, 200)
})

t.test('a batch is one commit at one instant, and answers what is read afterwards', async (t) => {
  const dateline = await start(t)
  const before = await clockOf(dateline)
  const { body } = await batch(dateline, [
    { do: 'create', type: 'person', name: 'p', content: { name: 'Anna' } },
    { do: 'create', type: 'article', content: { headline: 'Story' }, publish: 'now' },
    { do: 'create', type: 'article', content: { headline: 'Draft', people: [{ personId: '$p' }] } },
  ])
  const after = await clockOf(dateline)
  t.equal(after.generation, before.generation + 1)
  t.strictSame(Object.keys(body.results[0]), ['name', 'status', 'document'])
  t.strictSame(Object.keys(body.results[1]), ['status', 'document'])
  const paths = ['people/anna', 'articles/story', 'articles/draft']
  for (const [index, path] of paths.entries()) {
    const { document } = body.results[index]
    t.strictSame((await dateline.get(`/v1/${path}?at=latest`, viewer)).body, document)
    t.equal(document.createdAt, instant(after.instant))
  }
})

t.test('what an operation names can stand wherever an id or a slug can', async (t) => {
  const dateline = await start(t)
  const { status, body } = await batch(dateline, [
    { do: 'create', type: 'person', name: 'anna', content: { name: 'Anna' } },
    { do: 'create', type: 'person', name: 'bo-2_x', content: { name: 'Bo' } },
    { do: 'create', type: 'article', name: 'other', content: { headline: 'Other' }, publish: 'now' },
    {
      do: 'create',
      type: 'article',
      name: 'story',
      publish: 'now',
      content: {
        headline: 'Story',
        people: [{ personId: '$anna', as: 'author' }, { person: '$bo-2_x' }],
        quotes: [
          { text: 'One.', speaker: '$anna' },
          { text: 'Two.', speakerId: '$bo-2_x' },
        ],
        relatedLinks: [{ title: 'Other', targetArticleId: '$other' }],
      },
    },
    {
      do: 'create',
      type: 'quote',
      name: 'quote',
      content: { articleId: '$story', text: 'Three.', speaker: '$anna' },
    },
    { do: 'create', type: 'link', name: 'link', content: { articleId: '$story', title: 'More' } },
    { do: 'update', type: 'quote', id: '$quote', content: { articleId: '$story', speakerId: '$bo-2_x' } },
    { do: 'update', type: 'link', id: '$link', content: { targetArticleId: '$other' } },
    {
      do: 'update',
      type: 'article',
      id: '$other',
      name: 'again',
      content: { people: [{ personId: '$anna' }] },
    },
    { do: 'replace', type: 'person', id: '$anna', content: { name: 'Anna Keller' } },
    { do: 'restore', type: 'article', id: '$again', version: 1 },
    { do: 'withdraw', type: 'link', id: '$link' },
    { do: 'publish', type: 'link', id: '$link' },
  ])
  t.equal(status, 200)
  const {
    anna,
    'bo-2_x': bo,
    story,
    other,
  } = Object.fromEntries(
    body.results.flatMap(({ name, document }: { name?: string; document: { id: string } }) =>
      name ? [[name, document.id]] : [],
    ),
  )
  const read = await dateline.get('/v1/articles/story?include=quotes.speaker,relatedLinks')
  t.match(read.body, {
    people: [{ personId: anna }, { personId: bo }],
    quotes: [
      { speakerId: anna, speaker: { name: 'Anna Keller' } },
      { speakerId: bo },
      { articleId: story, speakerId: bo, text: 'Three.' },
    ],
    relatedLinks: [{ targetArticleId: other }, { targetArticleId: other }],
  })
  t.match((await dateline.get('/v1/articles/other')).body, { version: 3, people: [] })
})

t.test('a name is known only from its operation on, in its own batch, and for its own type', async (t) => {
  const dateline = await start(t)
  const named = { do: 'create', type: 'person', name: 'p', content: { name: 'Anna' } }
  t.equal((await batch(dateline, [named])).status, 200)
  const quoting = {
    do: 'create',
    type: 'article',
    content: { headline: 'A', quotes: [{ text: 'a', speaker: '$p' }] },
  }
  const refusals: [Operation[], status: number, pointer: string, code: string][] = [
    [[quoting, named], 422, '/operations/0/content/quotes/0/speaker', 'not_found'],
    [[{ ...named, name: 'P' }, quoting], 422, '/operations/1/content/quotes/0/speaker', 'not_found'],
    [[{ do: 'update', type: 'person', id: '$p', content: {} }, named], 404, '/operations/0', 'not_allowed'],
    [[named, { do: 'update', type: 'article', id: '$p', content: {} }], 404, '/operations/1', 'not_allowed'],
    [
      [named, { do: 'create', type: 'quote', content: { articleId: '$p', text: 'a' } }],
      422,
      '/operations/1/content/articleId',
      'not_found',
    ],
    [[named, { ...named, content: { name: 'Bo' } }], 422, '/operations/1/name', 'repeated'],
  ]
  const before = await readTables(dateline.storage)
  for (const [list, status, pointer, code] of refusals)
    t.match(await batch(dateline, list), { status, body: { errors: [{ pointer, code }] } }, pointer)
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('a batch is done whole or not at all, and says which operation is at fault', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Taken' })
  await dateline.post(`/v1/articles?publish=${instant(START + MINUTE)}`, { headline: 'Planned' })
  await dateline.post('/v1/people', { name: 'Gone' })
  await dateline.delete('/v1/people/gone?purge=true', { as: 'admin' })
  const good: Operation[] = [
    { do: 'create', type: 'person', name: 'p', content: { name: 'Anna' } },
    {
      do: 'update',
      type: 'article',
      id: 'taken',
      content: { slug: 'renamed', people: [{ personId: '$p' }] },
    },
    { do: 'withdraw', type: 'article', id: 'taken' },
  ]
  const before = await readTables(dateline.storage)
  for (const [operation, refusal] of refusals) {
    const { status, body } = await batch(dateline, [...good, operation])
    t.strictSame(`${status} ${faultsIn(body, '/operations/3')}`, refusal)
    t.equal(body.instance, '/v1/batch')
    t.ok(body.detail.startsWith('/operations/3'), body.detail)
    t.strictSame(await readTables(dateline.storage), before, `${refusal}: nothing is saved`)
  }
  t.equal((await batch(dateline, good)).status, 200)
})

const created = (type: string, content: object) => ({ do: 'create', type, content })
const updated = (content: object) => ({ do: 'update', type: 'article', id: 'planned', content })
const replaced = (id: string, content: object) => ({ do: 'replace', type: 'article', id, content })
const quotes = [{ text: 'a' }, { text: 'a', speaker: { name: '' } }]
const correction = { kind: 'correction', text: 'a' }

/** An operation that is refused, how, and where it is wrong. */
const refusals: [operation: Operation, refusal: string][] = [
  [created('article', {}), '422 /content/headline required'],
  [created('article', { headline: 'A', id: 'a' }), '422 /content/id unknown'],
  [created('article', { headline: 'A', slug: 'taken' }), '409 /content/slug not_allowed'],
  [created('article', { headline: 'A', quotes }), '422 /content/quotes/1/speaker/name too_short'],
  [
    created('article', { headline: 'A', quotes: [{ text: 'a', speaker: 'nobody' }] }),
    '422 /content/quotes/0/speaker not_found',
  ],
  [created('quote', { articleId: 'taken', text: '' }), '422 /content/text too_short'],
  [created('quote', { articleId: 'taken', text: 'a', position: -1 }), '422 /content/position too_small'],
  [{ ...created('quote', { articleId: 'planned', text: 'a' }), publish: 'now' }, '409  not_allowed'],
  [updated({ headline: null }), '422 /content/headline required'],
  [updated({ tags: ['A'] }), '422 /content/tags/0 malformed'],
  [updated({ quotes: [] }), '422 /content/quotes unknown'],
  [updated({ correction }), '422 /content/correction not_allowed'],
  [{ ...updated({}), publish: 'now' }, '409  not_allowed'],
  [{ ...updated({}), base: 'live' }, '409  not_allowed'],
  [{ ...updated({}), id: 'nothing' }, '404  not_allowed'],
  [{ ...updated({}), type: 'person', id: 'gone' }, '410  not_allowed'],
  [{ ...updated({ byline: 'A' }), ifMatch: '"9"' }, '412  not_allowed'],
  [
    replaced('planned', { headline: 'A', quotes: [{ id: 'a', text: 'a' }] }),
    '422 /content/quotes/0/id not_found',
  ],
  [replaced('free', { headline: 'A', slug: 'other' }), '422 /content/slug not_allowed'],
  [{ do: 'publish', type: 'article', id: 'planned', at: '2020-01-01' }, '409  not_allowed'],
  [{ do: 'restore', type: 'article', id: 'planned', version: 9 }, '422 /version not_found'],
]

t.test('the members of an operation are those that it takes', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna' })
  const id = 'anna'
  const content = { name: 'Bo' }
  const person = { do: 'create', type: 'person', content }
  const every = { id, content, publish: 'now', at: '2027-01-01', base: 'live', version: 1, ifMatch: '*' }
  const cases: [operation: Operation, faults: string][] = [
    [
      { ...every, do: 'create', type: 'person' },
      '/at unknown, /base unknown, /id unknown, /ifMatch unknown, /version unknown',
    ],
    [{ ...every, do: 'update', type: 'person' }, '/at unknown, /version unknown'],
    [{ ...every, do: 'replace', type: 'person' }, '/at unknown, /base unknown, /version unknown'],
    [
      { ...every, do: 'publish', type: 'person' },
      '/base unknown, /content unknown, /publish unknown, /version unknown',
    ],
    [
      { ...every, do: 'withdraw', type: 'person' },
      '/base unknown, /content unknown, /publish unknown, /version unknown',
    ],
    [{ ...every, do: 'restore', type: 'person' }, '/at unknown, /base unknown'],
    [{ do: 'create', type: 'person' }, '/content required'],
    [{ do: 'update', type: 'person' }, '/content required, /id required'],
    [{ do: 'replace', type: 'person' }, '/content required, /id required'],
    [{ do: 'publish', type: 'person' }, '/id required'],
    [{ do: 'withdraw', type: 'person' }, '/id required'],
    [{ do: 'restore', type: 'person' }, '/id required, /version required'],
    [{ do: 'replace', type: 'quote', id, content }, '/do not_allowed'],
    [{ do: 'purge', type: 'person', id }, '/do not_allowed'],
    [{ do: 'create', type: 'token', content }, '/type not_allowed'],
    [{ ...person, name: '$p' }, '/name malformed'],
    [{ ...person, name: '' }, '/name malformed'],
    [{ ...person, publish: 'soon' }, '/publish malformed'],
    [{ ...person, publish: null }, '/publish malformed'],
    [{ do: 'publish', type: 'person', id, at: '14:07' }, '/at malformed'],
    [{ do: 'update', type: 'person', id, content, base: 'draft' }, '/base not_allowed'],
    [{ ...person, dryRun: true }, '/dryRun unknown'],
    [{ ...person, content: [] }, '/content wrong_type'],
    [{ ...person, minor: 'true' }, '/minor wrong_type'],
    [{ ...person, note: 'x'.repeat(1001) }, '/note too_long'],
  ]
  const before = await readTables(dateline.storage)
  for (const [operation, faults] of cases) {
    const { status, body } = await batch(dateline, [person, operation])
    t.strictSame([status, faultsIn(body, '/operations/1')], [422, faults])
  }
  for (const body of [{}, { operations: {} }, { operations: [] }, { operations: [5] }, [], null, 'a'])
    t.equal((await dateline.post('/v1/batch', body)).status, 422, JSON.stringify(body))
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('1,000 operations are done at once, and reads go on meanwhile; 1,001 are refused', async (t) => {
  const dateline = await start(t)
  const list = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      do: 'create',
      type: 'person',
      content: { name: `Person ${index}` },
    }))
  const total = async () => (await dateline.get('/v1/people?limit=1&count=true')).body.page.total
  const tooMany = await batch(dateline, list(1001))
  t.match(tooMany, { status: 422, body: { errors: [{ pointer: '/operations', code: 'too_long' }] } })
  let answer: Answer | undefined
  const running = batch(dateline, list(1000)).then((done) => {
    answer = done
  })
  const seen: number[] = []
  while (answer === undefined) {
    const count = await total()
    if (answer === undefined) seen.push(count)
    await turn()
  }
  await running
  t.equal(answer.status, 200)
  t.equal(answer.body.results.length, 1000)
  t.ok(seen.length > 10, 'reads are answered')
  t.strictSame([...new Set(seen)], [0], 'and see nothing of it before it is done')
  t.equal(await total(), 1000)
})

t.test('a batch may have 16 MiB, and any other body 4 MiB', async (t) => {
  const dateline = await start(t)
  const article = { do: 'create', type: 'article', content: { headline: 'A', body: 'x'.repeat(900_000) } }
  t.equal(
    (await batch(dateline, Array(5).fill(article), { headers: { prefer: 'return=minimal' } })).status,
    204,
  )
  const send = (url: string, size: number) =>
    dateline.send({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${dateline.tokens.editor}`, 'content-type': 'application/json' },
      payload: '{}'.padEnd(size),
    })
  t.equal((await send('/v1/batch', 16 * MEBIBYTE)).status, 422, 'it is read, and has no operations')
  t.match(await send('/v1/batch', 16 * MEBIBYTE + 1), {
    status: 413,
    body: { type: '/problems/body_too_large' },
  })
  t.equal((await send('/v1/articles', 4 * MEBIBYTE)).status, 422)
  t.equal((await send('/v1/articles', 4 * MEBIBYTE + 1)).status, 413)
})

t.test('each operation needs the scope that it needs alone', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Live', quotes: [{ text: 'One.' }] })
  const { status, body } = await batch(
    dateline,
    [
      { do: 'create', type: 'article', name: 'draft', content: { headline: 'Draft' } },
      { do: 'create', type: 'person', content: { name: 'Anna' } },
      { do: 'update', type: 'article', id: 'live', content: { byline: 'Jo' } },
      { do: 'restore', type: 'article', id: 'live', version: 1 },
      { do: 'withdraw', type: 'article', id: '$draft' },
    ],
    writer,
  )
  t.equal(status, 200)
  t.strictSame(
    body.results.map(({ document }: { document: { status: string } }) => document.status),
    ['draft', 'draft', 'draft', 'draft', 'withdrawn'],
  )
  t.match((await dateline.get('/v1/articles/live')).body, { version: 1, byline: null })
  const before = await readTables(dateline.storage)
  const content = { headline: 'A' }
  for (const operation of [
    { do: 'create', type: 'article', content, publish: 'now' },
    { do: 'update', type: 'article', id: 'live', content, publish: instant(START + MINUTE) },
    { do: 'update', type: 'article', id: 'live', content, base: 'live' },
    { do: 'replace', type: 'article', id: 'live', content, publish: 'now' },
    { do: 'publish', type: 'article', id: 'live' },
    { do: 'publish', type: 'article', id: 'live', at: 'never' },
    { do: 'withdraw', type: 'article', id: 'live' },
    { do: 'restore', type: 'article', id: 'live', version: 1, publish: 'now' },
  ]) {
    const harmless = { do: 'create', type: 'article', content }
    const refused = await batch(dateline, [harmless, operation], writer)
    t.match(
      refused,
      { status: 403, body: { scope: 'publish', errors: [{ pointer: '/operations/1' }] } },
      operation.do,
    )
  }
  t.equal((await batch(dateline, [{ do: 'create', type: 'article', content }], viewer)).status, 403)
  t.equal(
    (await dateline.send({ method: 'POST', url: '/v1/batch', payload: { operations: [] } })).status,
    401,
  )
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('ifMatch is held against the newest version at its turn', async (t) => {
  const dateline = await start(t, { REQUIRE_IF_MATCH: true })
  const { headers } = await dateline.post('/v1/people', { name: 'Anna' })
  const update = (role: string, ifMatch?: string) => ({
    do: 'update',
    type: 'person',
    id: 'anna',
    content: { role },
    ifMatch,
  })
  const { body } = await batch(dateline, [
    update('A', String(headers.etag)),
    update('B', '"2"'),
    { do: 'create', type: 'person', name: 'new', content: { name: 'Bo' } },
    { do: 'update', type: 'person', id: '$new', content: { role: 'A' } },
    { do: 'replace', type: 'person', id: 'free', content: { name: 'Free' } },
  ])
  t.match(body.results[1].document, { version: 3, role: 'B' })
  const before = await readTables(dateline.storage)
  t.match(await batch(dateline, [update('C', '"3"'), update('D', '"3"')]), {
    status: 412,
    body: {
      current: '"4"',
      changed: [{ pointer: '/role', was: 'B', now: 'C' }],
      errors: [{ pointer: '/operations/1' }],
    },
  })
  const replace = { do: 'replace', type: 'person', id: 'free', content: { name: 'A' } }
  for (const operation of [update('E'), replace, { do: 'publish', type: 'person', id: 'anna' }])
    t.match(await batch(dateline, [operation]), { status: 428, body: { type: '/problems/if_match_missing' } })
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('a note and minor stand at each operation, or at all of them', async (t) => {
  const dateline = await start(t, { REQUIRE_CHANGE_NOTE: true })
  await dateline.post('/v1/articles?publish=now', { headline: 'Story' })
  const change = (headline: string, rest: Operation) => ({
    do: 'update',
    type: 'article',
    id: 'story',
    content: { headline },
    ...rest,
  })
  const { status } = await batch(
    dateline,
    [change('B', { note: 'Its own' }), change('C', {}), change('D', { minor: true })],
    { query: '?note=For+all&minor=true' },
  )
  t.equal(status, 200)
  const { data } = (await dateline.get('/v1/articles/story/versions', viewer)).body
  t.strictSame(
    data.map(({ note, minor }: Operation) => [note, minor]),
    [
      ['For all', true],
      ['For all', true],
      ['Its own', true],
      [null, false],
    ],
  )
  const unexplained = await batch(dateline, [change('E', { minor: false })], { query: '?minor=true' })
  t.match(unexplained, {
    status: 422,
    body: { type: '/problems/correction_missing', errors: [{ pointer: '/operations/0/content/headline' }] },
  })
})

t.test('a notice is told with the operation that it is about', async (t) => {
  const dateline = await start(t)
  const content = { headline: 'Story', people: [{ person: { name: 'Anna' } }] }
  const { body } = await batch(dateline, [
    { do: 'create', type: 'person', content: { name: 'Anna' } },
    { do: 'create', type: 'article', publish: 'now', content },
    { do: 'update', type: 'article', id: 'story', content: {} },
    { do: 'update', type: 'article', id: 'story', content: { byline: 'Jo' } },
  ])
  t.strictSame(
    body.results.map(({ document }: { document: { notices?: { code: string }[] } }) =>
      (document.notices ?? []).map(({ code }) => code),
    ),
    [[], ['linked_to_existing'], ['unchanged'], []],
  )
})

function batch(
  dateline: Dateline,
  operations: readonly unknown[],
  { query = '', ...options }: RequestOptions & { query?: string } = {},
): Promise<Answer> {
  return dateline.post(`/v1/batch${query}`, { operations }, options)
}

/** What a problem says is wrong in an operation: pointers below it, with their codes. */
function faultsIn({ errors }: Problem, operation: string): string {
  const faults = errors.map(({ pointer, code }) => `${pointer.slice(operation.length)} ${code}`)
  const isElsewhere = errors.some(({ pointer }) => !pointer.startsWith(operation))
  return isElsewhere ? `not in ${operation}` : faults.sort().join(', ')
}

interface Problem {
  readonly errors: readonly { readonly pointer: string; readonly code: string }[]
}

function instant(at: number): string {
  return new Date(at).toISOString()
}

function clockOf({ storage }: Dateline) {
  return storage.read((trx) => trx.db.selectFrom('clock').selectAll().executeTakeFirstOrThrow())
}
