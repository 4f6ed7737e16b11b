import t from 'tap'
import { STORY, start } from '../support/dateline.ts'
import { assertProblem, wrongParameter } from './problem.ts'

const LISTS = [
  '/v1/articles',
  '/v1/quotes',
  '/v1/people',
  '/v1/related-links',
  `/v1/articles/${STORY}/quotes`,
]
const AT =
  'must be an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15, or latest.'

t.test('a limit that is not a whole number from 1 to 100 is 400', async (t) => {
  const dateline = await start(t, { seeded: true })
  const wrong = [
    '0',
    '-1',
    '101',
    '0x10',
    '1e1',
    '',
    '%205',
    '5%20',
    '+5',
    '%2B5',
    '5.0',
    '05',
    '1_0',
    'ten',
    '٥',
    '999999999999',
  ]
  for (const list of LISTS)
    for (const value of wrong) {
      const instance = `${list}?limit=${encodeURI(decodeURI(value))}`
      assertProblem(
        t,
        await dateline.get(instance),
        wrongParameter('limit', 'malformed', 'must be a whole number from 1 to 100.', instance),
      )
    }
})

t.test('a limit from 1 to 100 is what the page says, and 20 is the standard', async (t) => {
  const dateline = await start(t)
  for (const [query, limit] of [
    ['?limit=1', 1],
    ['?limit=100', 100],
    ['', 20],
    ['?', 20],
  ] as const)
    t.strictSame((await dateline.get(`/v1/people${query}`)).body, {
      data: [],
      page: { limit, next: null, prev: null },
    })
})

t.test('a parameter that is given twice is 400, whatever its values', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const [name, ...values] of [
    ['limit', '5', '5'],
    ['count', 'true', 'false'],
    ['at', '2020-10-15', '2020-10-16'],
    ['include', 'quotes', 'people'],
    ['cursor', 'a', 'b', 'c'],
  ] as const) {
    const instance = `/v1/articles?${values.map((value) => `${name}=${value}`).join('&')}`
    assertProblem(
      t,
      await dateline.get(instance),
      wrongParameter(name, 'repeated', 'is given more than once.', instance),
    )
  }
})

t.test('an unknown parameter is 400 everywhere, and the nearest known name is suggested', async (t) => {
  const dateline = await start(t, { seeded: true })
  const cases = [
    ['/v1/articles', 'lmit', ' Did you mean "limit"?'],
    ['/v1/people', 'Count', ' Did you mean "count"?'],
    ['/v1/quotes', 'cursr', ' Did you mean "cursor"?'],
    [`/v1/articles/${STORY}`, 'includes', ' Did you mean "include"?'],
    [`/v1/articles/${STORY}`, 'xyzzy', ''],
    [`/v1/articles/${STORY}`, 'limit', ''],
    ['/v1/articles', 'limit[]', ' Did you mean "limit"?'],
    ['/v1/articles', 'tag', ' Did you mean "tags.has"?'],
    ['/v1/articles', 'search', ' Did you mean "q"?'],
    [
      '/v1/articles',
      'page',
      ' Did you mean "cursor"? `page.next` of an answer is the cursor of its next page.',
    ],
    [
      '/v1/people',
      'offset',
      ' Did you mean "cursor"? `page.next` of an answer is the cursor of its next page.',
    ],
    ['/v1/articles', 'per_page', ' Did you mean "limit"?'],
    [
      '/v1/quotes',
      'order',
      ' Did you mean "sort"? A minus before the field puts the newest or greatest first.',
    ],
    ['/v1/articles', 'author', ' Did you mean "person"?'],
    ['/v1/quotes', 'author', ' Did you mean "speaker"?'],
    ['/v1/people', 'author', ''],
    ['/v1/articles', 'status', ' Did you mean "at"? `at=latest` reads drafts as well, with a token.'],
    ['/v1/articles', '__proto__', ''],
    ['/v1/articles', 'constructor', ''],
    ['/health/live', 'x', ''],
    ['/problems', 'x', ''],
    ['/', 'x', ''],
  ] as const
  for (const [path, name, hint] of cases) {
    const instance = `${path}?${name}=5`
    assertProblem(
      t,
      await dateline.get(instance),
      wrongParameter(name, 'unknown', `is not known here.${hint}`, instance),
      instance,
    )
  }
})

t.test('an unknown parameter of a write is 400, and nothing is written', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const [path, name] of [
    [`/v1/articles/${STORY}/publish`, 'publish'],
    [`/v1/articles/${STORY}/withdraw`, 'purge'],
  ] as const) {
    const instance = `${path}?${name}=true`
    assertProblem(
      t,
      await dateline.post(instance),
      wrongParameter(name, 'unknown', 'is not known here.', instance),
    )
  }
  t.match(await dateline.get(`/v1/articles/${STORY}`), { status: 200, body: { version: 1 } })
})

t.test('every wrong parameter is named at once', async (t) => {
  const dateline = await start(t)
  const instance = '/v1/articles?limit=0&count=yes&at=soon&x=1'
  const errors = [
    { parameter: 'limit', code: 'malformed', detail: 'must be a whole number from 1 to 100.' },
    { parameter: 'count', code: 'malformed', detail: 'must be true or false.' },
    { parameter: 'at', code: 'malformed', detail: AT },
    { parameter: 'x', code: 'unknown', detail: 'is not known here.' },
  ] as const
  assertProblem(t, await dateline.get(instance), {
    status: 400,
    code: 'invalid_query',
    detail: errors.map(({ parameter, detail }) => `${parameter}: ${detail}`).join(' '),
    instance,
    errors,
  })
})

t.test('count takes true and false and nothing else', async (t) => {
  const dateline = await start(t)
  t.equal((await dateline.get('/v1/people?count=true')).body.page.total, 0)
  t.notOk('total' in (await dateline.get('/v1/people?count=false')).body.page)
  for (const value of ['1', '0', 'TRUE', 'yes', '', 'null']) {
    const instance = `/v1/people?count=${value}`
    assertProblem(
      t,
      await dateline.get(instance),
      wrongParameter('count', 'malformed', 'must be true or false.', instance),
    )
  }
})
