import t, { type Test } from 'tap'
import type { ErrorItem } from '../../src/errors.ts'
import { type Answer, STORY, start } from '../support/dateline.ts'
import { assertProblem } from './problem.ts'

function assertFaults(t: Test, answer: Answer, instance: string, errors: readonly ErrorItem[]): void {
  const detail = errors.map((item) => `${item.pointer || 'The body'}: ${item.detail}`).join(' ')
  assertProblem(t, answer, { status: 422, code: 'invalid_content', detail, instance, errors })
}

t.test('every fault of a body is named at once, each with a JSON Pointer', async (t) => {
  const dateline = await start(t)
  const answer = await dateline.post('/v1/articles', {
    headline: 5,
    kind: 'gossip',
    standfirst: ['a'],
    image: { url: 'ftp://example.org', width: 3 },
    tags: ['middle-east', 'Middle East', 5],
    people: [{ personId: 'sergey-lavrov', as: 'suspect' }, {}],
    hedline: 'A',
  })
  assertFaults(t, answer, '/v1/articles', [
    { pointer: '/headline', code: 'wrong_type', detail: 'must be a string.' },
    {
      pointer: '/kind',
      code: 'not_allowed',
      detail: 'must be one of news, opinion, analysis, interview, explainer, live.',
    },
    { pointer: '/standfirst', code: 'wrong_type', detail: 'must be a string.' },
    { pointer: '/image/url', code: 'malformed', detail: 'must be an http or https URL.' },
    { pointer: '/image/width', code: 'unknown', detail: 'is not known here.' },
    {
      pointer: '/tags/1',
      code: 'malformed',
      detail: 'must be lower-case letters a-z, digits and single hyphens, such as middle-east.',
    },
    { pointer: '/tags/2', code: 'wrong_type', detail: 'must be a string.' },
    { pointer: '/people/0/as', code: 'not_allowed', detail: 'must be one of subject, mentioned, author.' },
    { pointer: '/people/1/personId', code: 'required', detail: 'is required: it, or person.' },
    { pointer: '/hedline', code: 'unknown', detail: 'is not known here. Did you mean "headline"?' },
  ])
})

t.test('every reference to nothing is named at once', async (t) => {
  const dateline = await start(t, { seeded: true })
  const people = [{ personId: 'nobody' }, { personId: 'sergey-lavrov' }, { personId: 'no-one' }]
  const answer = await dateline.post('/v1/articles', { headline: 'A', people })
  t.match(answer, {
    status: 422,
    body: {
      type: '/problems/invalid_content',
      errors: [
        {
          pointer: '/people/0/personId',
          code: 'not_found',
          detail: 'There is no person "nobody". Create it first.',
        },
        {
          pointer: '/people/2/personId',
          code: 'not_found',
          detail: 'There is no person "no-one". Create it first.',
        },
      ],
    },
  })
  t.equal(answer.body.errors.length, 2)
})

t.test('an unknown member is refused, and the nearest known name is suggested', async (t) => {
  const dateline = await start(t)
  const cases = [
    ['headlin', ' Did you mean "headline"?'],
    ['HEADLINE', ' Did you mean "headline"?'],
    ['canonicalURL', ' Did you mean "canonicalUrl"?'],
    ['tag', ' Did you mean "tags"?'],
    ['xyzzy', ''],
  ] as const
  for (const [name, hint] of cases)
    assertFaults(t, await dateline.post('/v1/articles', { headline: 'A', [name]: 'A' }), '/v1/articles', [
      { pointer: `/${name}`, code: 'unknown', detail: `is not known here.${hint}` },
    ])
})

t.test('what an answer holds and a request may not set is unknown in a body', async (t) => {
  const dateline = await start(t)
  for (const name of [
    'id',
    'type',
    'version',
    'status',
    'createdAt',
    'publishedAt',
    'updatedAt',
    'wordCount',
  ]) {
    const { status, body } = await dateline.post('/v1/articles', { headline: 'A', [name]: null })
    t.equal(status, 422, name)
    t.match(body.errors, [{ pointer: `/${name}`, code: 'unknown' }], name)
    t.equal(body.errors.length, 1, name)
  }
})

t.test('the pointer to a member escapes what RFC 6901 says', async (t) => {
  const dateline = await start(t)
  const answer = await dateline.post('/v1/articles', { headline: 'A', 'a/b~c': 1, '': 2, 'é "': 3 })
  assertFaults(t, answer, '/v1/articles', [
    { pointer: '/a~1b~0c', code: 'unknown', detail: 'is not known here.' },
    { pointer: '/', code: 'unknown', detail: 'is not known here.' },
    { pointer: '/é "', code: 'unknown', detail: 'is not known here.' },
  ])
})

t.test('members named after what objects inherit are unknown ones like any other', async (t) => {
  const dateline = await start(t, { seeded: true })
  const headers = { authorization: `Bearer ${dateline.tokens.editor}`, 'content-type': 'application/json' }
  for (const [method, url] of [
    ['POST', '/v1/articles'],
    ['PATCH', `/v1/articles/${STORY}`],
  ] as const)
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      for (const [payload, pointer] of [
        [`{"headline":"A","${name}":{"headline":"B"}}`, `/${name}`],
        [`{"headline":"A","image":{"${name}":{"url":null}}}`, `/image/${name}`],
      ] as const)
        assertFaults(t, await dateline.send({ method, url, headers, payload }), url, [
          { pointer, code: 'unknown', detail: 'is not known here.' },
        ])
  t.equal(Object.hasOwn(Object.prototype, 'headline'), false, 'no object is changed')
})

t.test('NUL and lone surrogates are refused in every kind of text', async (t) => {
  const dateline = await start(t)
  const detail = 'must be well-formed Unicode without NUL.'
  for (const text of ['a\0b', 'a\ud800b', '\udc00', '\0'])
    assertFaults(
      t,
      await dateline.post('/v1/articles', {
        headline: `A ${text} B`,
        standfirst: text,
        body: text,
        image: { caption: text, credit: `A${text}B` },
        source: { name: `A${text}B` },
      }),
      '/v1/articles',
      ['/headline', '/standfirst', '/body', '/source/name', '/image/caption', '/image/credit'].map(
        (pointer) => ({ pointer, code: 'malformed', detail }),
      ),
    )
})

t.test('whole surrogate pairs and any other character are kept', async (t) => {
  const dateline = await start(t)
  const text = '😀 \u{10ffff} e\u0301 \u200f\u2028 “” \ufffd'
  const { status, body } = await dateline.post('/v1/articles', { headline: 'A 😀', body: text })
  t.equal(status, 201)
  t.equal(body.headline, 'A 😀')
  t.equal(body.body, text.normalize('NFC'))
})

t.test('a merge patch that would leave a required member empty is 422', async (t) => {
  const dateline = await start(t, { seeded: true })
  const url = `/v1/articles/${STORY}`
  for (const [patch, pointer] of [
    [{ headline: null }, '/headline'],
    [{ kind: null, headline: null }, '/headline'],
    [{ source: { url: 'https://example.org' } }, '/source/name'],
  ] as const) {
    const { status, body } = await dateline.patch(url, patch)
    t.equal(status, 422, pointer)
    t.ok(
      body.errors.some((item: ErrorItem) => item.pointer === pointer),
      pointer,
    )
  }
  t.match(await dateline.get(url), { status: 200, body: { version: 1 } })
})

t.test('a request with faults in its query and in its body saves nothing', async (t) => {
  const dateline = await start(t)
  const { status } = await dateline.post('/v1/articles?publish=soon', { headline: 5 })
  t.ok([400, 422].includes(status), `${status}`)
  t.equal((await dateline.post('/v1/articles?publish=soon', { headline: 'A' })).status, 400)
  t.equal((await dateline.post('/v1/articles?publish=no', { headline: 5 })).status, 422)
  const { body } = await dateline.get('/v1/articles?at=latest&count=true', { as: 'editor' })
  t.equal(body.page.total, 0)
})
