import t, { type Test } from 'tap'
import { assertProblem } from '../http/problem.ts'
import { type Dateline, START, start } from '../support/dateline.ts'

const MINUTE = 60_000
const STORM = '/v1/articles/storm'
const viewer = { as: 'viewer' } as const
const writer = { as: 'writer' } as const

/** The instant at which a write stands after `go`, as answers give it. */
const minute = (count: number) => new Date(START + count * MINUTE).toISOString()

const first = { kind: 'correction', text: 'It rained on Monday, not on Sunday.' }
const second = { kind: 'update', text: 'The mayor has answered.' }
const third = { kind: 'clarification', text: 'The "mayor" is the one of Ankara.\n\nNot the other one.' }

t.setTimeout(3 * MINUTE) // many databases are made here, which takes a while on PostgreSQL

t.test('corrections are listed in order, with their instants, and stay with the article', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  go(dateline, 2)
  const { body } = await dateline.patch(STORM, { body: 'Rain on Monday.', correction: first })
  t.match(body, { version: 2, status: 'live', body: 'Rain on Monday.' })
  t.notOk('correction' in body)
  t.strictSame(body.corrections, [{ ...first, at: minute(2) }])
  go(dateline, 3)
  await dateline.put(STORM, { headline: 'Storm', body: 'Rain, he says.', correction: second })
  go(dateline, 4)
  await dateline.post(`${STORM}/restore`, { version: 1, correction: third })
  go(dateline, 5)
  await dateline.patch(STORM, { correction: { kind: 'retraction', text: '  All of it.  ' } })
  go(dateline, 6)
  await dateline.patch(STORM, { byline: 'A. Writer' })
  await dateline.put(STORM, { headline: 'Storm' })
  await dateline.post(`${STORM}/withdraw?at=${minute(60)}`)
  await dateline.delete(STORM)
  await dateline.post(`${STORM}/publish`)
  const all = [
    { ...first, at: minute(2) },
    { ...second, at: minute(3) },
    { ...third, at: minute(4) },
    { kind: 'retraction', text: 'All of it.', at: minute(5) },
  ]
  t.strictSame(await corrections(dateline), all)
  t.strictSame((await dateline.get('/v1/articles')).body.data[0].corrections, all)
})

t.test('at an instant there are those of then, and so in the versions', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  go(dateline, 2)
  await dateline.patch(STORM, { body: 'Rain on Monday.', correction: first })
  go(dateline, 3)
  await dateline.patch(STORM, { correction: second })
  dateline.clock.now = START + 9 * MINUTE
  const both = [
    { ...first, at: minute(2) },
    { ...second, at: minute(3) },
  ]
  for (const [count, expected] of [
    [1, []],
    [2, both.slice(0, 1)],
    [3, both],
  ] as const) {
    t.strictSame(await corrections(dateline, `?at=${minute(count)}`), expected)
    t.strictSame((await dateline.get(`${STORM}/versions/${count}`)).body.content.corrections, expected)
  }
  const { changes } = (await dateline.get(`${STORM}/versions/3/diff`)).body
  t.strictSame(changes, [{ pointer: '/corrections', was: both.slice(0, 1), now: both }])
})

t.test('a correction in an edit that is not published is not public, and is dated when it is', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  go(dateline, 2)
  const { body } = await dateline.patch(STORM, { body: 'Rain on Monday.', correction: first }, writer)
  t.match(body, { version: 2, status: 'draft', corrections: [{ ...first, at: null }] })
  await dateline.patch(`${STORM}?publish=no`, { correction: second })
  t.strictSame(await corrections(dateline), [])
  t.equal((await dateline.get(`${STORM}/versions/2`)).status, 404)
  t.strictSame((await dateline.get(`${STORM}?at=latest`, viewer)).body.corrections, [
    { ...first, at: null },
    { ...second, at: null },
  ])
  go(dateline, 3)
  await dateline.post(`${STORM}/publish`)
  t.strictSame(await corrections(dateline), [
    { ...first, at: minute(3) },
    { ...second, at: minute(3) },
  ])
  await dateline.patch(`${STORM}?publish=no`, { correction: third })
  await dateline.patch(`${STORM}?base=live`, { byline: 'A. Writer' })
  t.equal((await corrections(dateline)).length, 2, 'nor is it by a change beside it')
})

t.test('a scheduled correction has the instant of its schedule, and moves with it', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const schedule = `${STORM}?publish=${minute(10)}`
  const { body } = await dateline.patch(schedule, { body: 'Rain on Monday.', correction: first })
  t.strictSame(body.corrections, [{ ...first, at: minute(10) }])
  t.strictSame((await dateline.patch(STORM, { correction: second })).body.corrections, [
    { ...first, at: minute(10) },
    { ...second, at: minute(10) },
  ])
  const at = async () => (await corrections(dateline, '?at=latest')).map((each) => each.at)
  await dateline.post(`${STORM}/publish?at=${minute(20)}`)
  t.strictSame(await at(), [minute(20), minute(20)])
  await dateline.post(`${STORM}/publish?at=never`)
  t.strictSame(await at(), [null, null])
  await dateline.post(`${STORM}/publish?at=${minute(30)}`)
  await dateline.post(`${STORM}/withdraw?at=${minute(60)}`)
  t.strictSame(await at(), [minute(30), minute(30)])
  dateline.clock.now = START + 30 * MINUTE - 1
  t.strictSame(await corrections(dateline), [])
  dateline.clock.now = START + 30 * MINUTE
  t.strictSame(
    (await corrections(dateline)).map((each) => each.at),
    [minute(30), minute(30)],
  )
  go(dateline, 40)
  await dateline.patch(STORM, { byline: 'A. Writer' })
  t.strictSame(
    (await corrections(dateline)).map((each) => each.at),
    [minute(30), minute(30)],
    'what was public keeps its instant',
  )
})

t.test('a correction that goes live by the clock keeps its instant in the edit above it', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const at = async (query = '') => (await corrections(dateline, query)).map((each) => each.at)
  await dateline.patch(`${STORM}?publish=${minute(10)}`, { body: 'Rain on Monday.', correction: first })
  await dateline.patch(`${STORM}?publish=no`, { byline: 'A. Writer', correction: second })
  t.strictSame(await at('?at=latest'), [minute(10), null])
  await dateline.post(`${STORM}/withdraw?at=${minute(60)}`)
  t.strictSame(await at('?at=latest'), [minute(10), null], 'nor does an end move it')
  go(dateline, 12)
  t.strictSame(await at(), [minute(10)])
  await dateline.post(`${STORM}/publish`)
  t.strictSame(await at(), [minute(10), minute(12)])
})

t.test('a correction of a schedule that is given up has no instant in the edit above it', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const at = async (query = '') => (await corrections(dateline, query)).map((each) => each.at)
  await dateline.patch(`${STORM}?publish=${minute(10)}`, { body: 'Rain on Monday.', correction: first })
  await dateline.patch(`${STORM}?publish=no`, { byline: 'A. Writer' })
  await dateline.post(`${STORM}/publish?at=${minute(20)}`)
  t.strictSame(await at('?at=latest'), [minute(20)], 'it moves with the edit that takes the slot')
  await dateline.patch(`${STORM}?publish=no`, { byline: 'B. Writer' })
  await dateline.post(`${STORM}/publish?at=never`)
  t.strictSame(await at('?at=latest'), [null])
  go(dateline, 21)
  await dateline.post(`${STORM}/publish`)
  t.strictSame(await at(), [minute(21)])
})

t.test('a correction of what is live is in what waits as well, before what that says itself', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const texts = async (query = '') => (await corrections(dateline, query)).map(({ at, text }) => [text, at])
  await dateline.patch(`${STORM}?publish=${minute(10)}`, { body: 'Rain on Monday.', correction: first })
  await dateline.patch(`${STORM}?publish=no`, { byline: 'A. Writer', correction: second })
  go(dateline, 2)
  const { body } = await dateline.patch(`${STORM}?base=live`, { correction: third })
  t.strictSame(body.corrections, [{ ...third, at: minute(2) }])
  t.notOk('notices' in body, 'what waits has it, too')
  t.strictSame(await texts(), [[third.text, minute(2)]])
  const waiting = [
    [third.text, minute(2)],
    [first.text, minute(10)],
  ]
  t.strictSame(await texts('?at=latest'), [...waiting, [second.text, null]])
  go(dateline, 12)
  t.strictSame(await texts(), waiting)
  await dateline.post(`${STORM}/publish`)
  t.strictSame(await texts(), [...waiting, [second.text, minute(12)]])
})

t.test('what waits does not say once more what has been said with base=live', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const change = { body: 'Rain on Monday.', correction: first }
  await dateline.patch(`${STORM}?publish=no`, { ...change, byline: 'A. Writer' })
  go(dateline, 2)
  await dateline.patch(`${STORM}?base=live`, change)
  t.strictSame(await corrections(dateline, '?at=latest'), [{ ...first, at: minute(2) }])
  go(dateline, 3)
  await dateline.post(`${STORM}/publish`)
  t.strictSame(await corrections(dateline), [{ ...first, at: minute(2) }])
})

t.test('what is restored keeps what has been corrected since', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  go(dateline, 2)
  await dateline.patch(STORM, { body: 'Rain on Monday.', correction: first })
  const { body } = await dateline.post(`${STORM}/restore`, { version: 1 })
  t.match(body, { version: 3, body: 'Rain.', corrections: [{ ...first, at: minute(2) }] })
  t.strictSame(await corrections(dateline), [{ ...first, at: minute(2) }])
})

t.test('the same correction, sent twice, is listed once', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  go(dateline, 2)
  const change = { body: 'Rain on Monday.', correction: first }
  await dateline.patch(STORM, change)
  t.match((await dateline.patch(STORM, change)).body, { version: 2, notices: [{ code: 'unchanged' }] })
  await dateline.patch(STORM, { correction: { kind: first.kind, text: ` ${first.text}\n` } })
  t.strictSame(await corrections(dateline), [{ ...first, at: minute(2) }])
  go(dateline, 3)
  await dateline.patch(STORM, { body: 'Rain on Tuesday.', correction: first })
  t.strictSame(
    await corrections(dateline),
    [
      { ...first, at: minute(2) },
      { ...first, at: minute(3) },
    ],
    'with another change it is another one',
  )
  await dateline.patch(`${STORM}?publish=no`, { correction: second })
  await dateline.patch(`${STORM}?publish=no`, { correction: second })
  t.equal((await corrections(dateline, '?at=latest')).length, 3)
})

t.test('there is nothing to correct in what nobody has seen', async (t) => {
  const dateline = await withStorm(t, '')
  const detail = 'Nobody has seen this article yet, so there is nothing to correct. Leave it out.'
  const refuse = async (path: string, send: (url: string) => ReturnType<Dateline['post']>) =>
    assertProblem(t, await send(path), {
      status: 422,
      code: 'invalid_content',
      detail: `/correction: ${detail}`,
      instance: path,
      errors: [{ pointer: '/correction', code: 'not_allowed', detail }],
    })
  const refuseAll = async () => {
    await refuse(STORM, (url) => dateline.patch(url, { body: 'Wind.', correction: first }))
    await refuse(STORM, (url) => dateline.put(url, { headline: 'Storm', correction: first }))
    await refuse(`${STORM}/restore`, (url) => dateline.post(url, { version: 1, correction: first }))
  }
  await refuseAll()
  await refuse(`${STORM}?publish=now`, (url) => dateline.patch(url, { correction: first }))
  await dateline.post(`${STORM}/publish?at=${minute(10)}`)
  await refuseAll()
  t.equal((await dateline.put('/v1/articles/calm', { headline: 'Calm', correction: first })).status, 422)
  t.equal((await dateline.post('/v1/articles', { headline: 'Calm', correction: first })).status, 422)
  t.match((await dateline.get(`${STORM}?at=latest`, viewer)).body, { version: 2, corrections: [] })
  go(dateline, 10)
  await dateline.delete(STORM)
  const late = await dateline.patch(STORM, { body: 'Wind.', correction: first })
  t.match(late.body, { status: 'withdrawn', corrections: [{ ...first, at: null }] })
})

t.test('a correction has a kind and a text, and only articles have any', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  for (const [correction, pointer] of [
    [{ kind: 'correction' }, '/correction/text'],
    [{ kind: 'correction', text: ' \n ' }, '/correction/text'],
    [{ kind: 'correction', text: 'a'.repeat(5001) }, '/correction/text'],
    [{ kind: 'erratum', text: 'Wrong.' }, '/correction/kind'],
    [{ ...first, at: minute(1) }, '/correction/at'],
    ['Wrong.', '/correction'],
    [[first], '/correction'],
  ] as const) {
    const { status, body } = await dateline.patch(STORM, { body: 'Wind.', correction })
    t.match({ status, pointer: body.errors[0].pointer }, { status: 422, pointer })
  }
  t.equal((await dateline.patch(STORM, { corrections: [] })).status, 422)
  await dateline.post('/v1/people', { name: 'Ann' })
  t.equal((await dateline.patch('/v1/people/ann', { role: 'Mayor', correction: first })).status, 422)
  t.notOk('corrections' in (await dateline.get('/v1/people/ann')).body)
  const none = await dateline.patch(STORM, { byline: 'A. Writer', correction: null })
  t.match(none.body, { version: 2, corrections: [] })
})

t.test('with REQUIRE_CHANGE_NOTE a change of what is live says what it is', async (t) => {
  const dateline = await withStorm(t, '?publish=now', { REQUIRE_CHANGE_NOTE: true })
  const refuse = async (
    fields: string[],
    path: string,
    send: (url: string) => ReturnType<Dateline['post']>,
  ) =>
    assertProblem(t, await send(path), {
      status: 422,
      code: 'correction_missing',
      detail: `This changes the ${fields.join(', ')} of what is live. Say so to readers with "correction": {"kind": "correction", "text": "…"}, or add ?minor=true.`,
      instance: path,
      errors: fields.map((field) => ({
        pointer: `/${field}`,
        code: 'required',
        detail: 'is changed, so correction is required.',
      })),
    })
  const all = { headline: 'Wind', standfirst: 'It blows.', body: 'Wind.' }
  for (const field of ['headline', 'standfirst', 'body'] as const)
    await refuse([field], STORM, (url) => dateline.patch(url, { [field]: all[field], tags: ['wind'] }))
  for (const query of [
    '',
    '?publish=now',
    '?publish=no',
    `?publish=${minute(10)}`,
    '?base=live',
    '?minor=false',
  ])
    await refuse(Object.keys(all), STORM + query, (url) => dateline.patch(url, all))
  await refuse(['body'], STORM, (url) => dateline.patch(url, { body: 'Wind.' }, writer))
  await refuse(['body'], STORM, (url) => dateline.patch(url, { body: 'Wind.', correction: null }))
  await refuse(['headline', 'body'], STORM, (url) => dateline.put(url, { headline: 'Wind' }))
  t.match((await dateline.get(`${STORM}?at=latest`, viewer)).body, { version: 1, headline: 'Storm' })
  t.match((await dateline.patch(STORM, { byline: 'A. Writer', kind: 'analysis' })).body, { version: 2 })
  t.match((await dateline.patch(`${STORM}?minor=true`, { body: 'Wind.' })).body, {
    version: 3,
    corrections: [],
  })
  await refuse(['body'], `${STORM}/restore`, (url) => dateline.post(url, { version: 1 }))
  t.match((await dateline.post(`${STORM}/restore?minor=true`, { version: 1 })).body, { version: 4 })
  const told = await dateline.patch(STORM, { ...all, correction: first })
  t.match(told.body, { version: 5, corrections: [first] })
  t.match((await dateline.patch(STORM, all)).body, { version: 5 }, 'what is not changed needs no reason')
  const operation = { do: 'update', type: 'article', id: 'storm', content: { body: 'Rain.' } }
  const batch = async (more: object) =>
    (await dateline.post('/v1/batch', { operations: [{ ...operation, ...more }] })).status
  t.strictSame([await batch({}), await batch({ minor: true })], [422, 200])
})

t.test(
  'with REQUIRE_CHANGE_NOTE what nobody sees is changed freely, and people and quotes are',
  async (t) => {
    const dateline = await withStorm(t, '', { REQUIRE_CHANGE_NOTE: true })
    t.equal((await dateline.patch(STORM, { body: 'Wind.' })).status, 200)
    await dateline.post(`${STORM}/publish?at=${minute(10)}`)
    t.equal((await dateline.patch(STORM, { body: 'Hail.' })).status, 200)
    await dateline.post('/v1/people', { name: 'Ann' })
    t.equal((await dateline.patch('/v1/people/ann', { name: 'Anna' })).status, 200)
    go(dateline, 10)
    t.equal((await dateline.patch(STORM, { body: 'Snow.' })).status, 422)
    const quote = (await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Rain.' })).body.id
    t.equal((await dateline.patch(`/v1/quotes/${quote}`, { text: 'Snow.' })).status, 200)
  },
)

/** Every way from a live story to another text on the site that leads around the change of what is live. */
const detours: readonly [fact: string, seen: number, unseen: (dateline: Dateline) => Promise<unknown>][] = [
  [
    'edited while it is withdrawn',
    1,
    async ({ patch, delete: remove }) => {
      await remove(STORM)
      await patch(STORM, { body: 'Wind.' })
    },
  ],
  [
    'put while its time is over',
    2,
    async (dateline) => {
      await dateline.post(`${STORM}/withdraw?at=${minute(5)}`)
      go(dateline, 5)
      await dateline.put(STORM, { headline: 'Storm', body: 'Wind.' }, writer)
    },
  ],
  [
    'called minor, and changed again',
    1,
    async ({ patch, delete: remove }) => {
      await remove(STORM)
      await patch(`${STORM}?minor=true`, { body: 'Rain!' })
      await patch(STORM, { body: 'Wind.' })
    },
  ],
]

for (const [fact, version, unseen] of detours)
  t.test(`with REQUIRE_CHANGE_NOTE a change is not published unexplained: ${fact}`, async (t) => {
    const dateline = await withStorm(t, '?publish=now', { REQUIRE_CHANGE_NOTE: true })
    await unseen(dateline)
    const seen = `version ${version}, which readers saw last`
    const refuse = async (path: string, send: (url: string) => ReturnType<Dateline['post']>) =>
      assertProblem(t, await send(path), {
        status: 422,
        code: 'correction_missing',
        detail: `This changes the body of ${seen}. Say so to them with "correction": {"kind": "correction", "text": "…"} in a PATCH, or add ?minor=true.`,
        instance: path,
        errors: [
          {
            parameter: 'minor',
            code: 'required',
            detail: `is required: no correction tells of what was changed since ${seen}.`,
          },
        ],
      })
    await refuse(`${STORM}/publish`, (url) => dateline.post(url))
    await refuse(`${STORM}/publish?at=${minute(20)}`, (url) => dateline.post(url))
    await refuse(`${STORM}?publish=now`, (url) => dateline.patch(url, { byline: 'A. Writer' }))
    await refuse(`${STORM}?publish=${minute(20)}`, (url) =>
      dateline.put(url, { headline: 'Storm', body: 'Wind.' }),
    )
    const publication = { do: 'publish', type: 'article', id: 'storm' }
    const batch = await dateline.post('/v1/batch', { operations: [publication] })
    t.match(batch.body, { status: 422, errors: [{ pointer: '/operations/0/minor' }] })
    t.equal((await dateline.post(`${STORM}/publish?minor=true&dryRun=true`)).status, 200)
    t.equal((await dateline.post(`${STORM}/restore?publish=now&dryRun=true`, { version: 1 })).status, 200)
    t.equal((await dateline.patch(STORM, { correction: first })).status, 200)
    t.match((await dateline.post(`${STORM}/publish`)).body, { status: 'live', corrections: [first] })
  })

t.test('with REQUIRE_CHANGE_NOTE an edit from before the story was live is explained, too', async (t) => {
  const dateline = await withStorm(t, `?publish=${minute(10)}`, { REQUIRE_CHANGE_NOTE: true })
  await dateline.patch(`${STORM}?publish=no`, { body: 'Wind.' })
  go(dateline, 10)
  t.equal((await dateline.post(`${STORM}/publish`)).body.type, '/problems/correction_missing')
  await dateline.patch(`${STORM}?base=live`, { byline: 'A. Writer' })
  await dateline.patch(`${STORM}?base=live&minor=true`, { body: 'Rain!' })
  t.equal(
    (await dateline.post(`${STORM}/publish`)).status,
    422,
    'nor does what is changed beside it tell of it',
  )
  t.match((await dateline.post(`${STORM}/publish?minor=true`)).body, { status: 'live', body: 'Wind.' })
})

t.test('with REQUIRE_CHANGE_NOTE what was called minor stays so until it is published', async (t) => {
  const dateline = await withStorm(t, '?publish=now', { REQUIRE_CHANGE_NOTE: true })
  await dateline.patch(`${STORM}?publish=no&minor=true`, { body: 'Rain!' })
  await dateline.patch(`${STORM}?base=live`, { byline: 'A. Writer' })
  t.equal((await dateline.get(`${STORM}/versions/4`, viewer)).body.minor, true)
  await dateline.patch(STORM, { place: 'Oslo' })
  t.match((await dateline.post(`${STORM}/publish`)).body, { status: 'live', body: 'Rain!' })
  await dateline.delete(STORM)
  t.equal((await dateline.post(`${STORM}/publish`)).status, 200, 'and what is as it was needs no word')
})

t.test('a change that is too small to explain is marked for readers of drafts', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  await dateline.patch(`${STORM}?minor=true`, { body: 'Rain!' })
  t.equal((await dateline.get(`${STORM}/versions/2`, viewer)).body.minor, true)
  t.notOk('minor' in (await dateline.get(`${STORM}/versions/2`)).body)
  t.equal((await dateline.patch(`${STORM}?minor=yes`, { body: 'Rain?' })).status, 400)
})

/** A story that was saved in the first minute. */
async function withStorm(
  t: Test,
  query: string,
  rules: { REQUIRE_CHANGE_NOTE?: boolean } = {},
): Promise<Dateline> {
  const dateline = await start(t, rules)
  go(dateline, 1)
  await dateline.post(`/v1/articles${query}`, { headline: 'Storm', body: 'Rain.' })
  return dateline
}

/** Those that the public reads or, with an instant, a reader of drafts. */
async function corrections(dateline: Dateline, query = ''): Promise<{ at: string | null; text: string }[]> {
  const { body } = await dateline.get(STORM + query, query.includes('latest') ? viewer : {})
  return body.corrections
}

/** The next write stands at this minute exactly. */
function go({ clock }: Dateline, count: number): void {
  clock.now = START + count * MINUTE - 1
}
