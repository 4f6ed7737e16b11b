import t from 'tap'
import { type Dateline, STORY, start } from '../support/dateline.ts'
import { assertProblem } from './problem.ts'

const TOO_DEEP = 'The body nests values more than 64 deep.'

function postText({ send, tokens }: Dateline, payload: string) {
  const headers = { authorization: `Bearer ${tokens.editor}`, 'content-type': 'application/json' }
  return send({ method: 'POST', url: '/v1/articles', headers, payload })
}

function lists(deep: number): string {
  return '['.repeat(deep) + ']'.repeat(deep)
}

t.test('a body that nests lists or objects 64 deep is read, and one level more is 400', async (t) => {
  const dateline = await start(t)
  for (const nest of [lists, (deep: number) => `${'{"a":'.repeat(deep - 1)}{}${'}'.repeat(deep - 1)}`]) {
    t.equal((await postText(dateline, nest(64))).status, 422, 'read, and no article')
    assertProblem(t, await postText(dateline, nest(65)), {
      status: 400,
      code: 'malformed_json',
      detail: TOO_DEEP,
      instance: '/v1/articles',
    })
  }
})

t.test('a body that nests a hundred thousand deep is 400', async (t) => {
  const dateline = await start(t)
  assertProblem(t, await postText(dateline, `{"headline":"A","body":${lists(100_000)}}`), {
    status: 400,
    code: 'malformed_json',
    detail: TOO_DEEP,
    instance: '/v1/articles',
  })
})

t.test('a body that opens a hundred thousand lists or objects and closes none is 400', async (t) => {
  const dateline = await start(t)
  for (const payload of ['['.repeat(100_000), '{"a":'.repeat(100_000)]) {
    const { statusCode, headers, body } = await dateline.app.inject({
      method: 'POST',
      url: '/v1/articles',
      headers: { authorization: `Bearer ${dateline.tokens.editor}`, 'content-type': 'application/json' },
      payload,
    })
    t.equal(statusCode, 400)
    t.equal(headers['content-type'], 'application/problem+json')
    t.equal(JSON.parse(body).type, '/problems/malformed_json')
  }
})

t.test('a route that takes no body refuses one with 422, and does nothing', async (t) => {
  const dateline = await start(t, { seeded: true })
  const detail = 'This takes no body. Its options are parameters of the address.'
  const routes = [
    ['POST', `/v1/articles/${STORY}/publish`],
    ['POST', `/v1/articles/${STORY}/withdraw`],
    ['DELETE', `/v1/articles/${STORY}`],
    ['DELETE', '/v1/people/sergey-lavrov'],
  ] as const
  for (const [method, instance] of routes)
    for (const payload of ['{"at":"2030-01-01"}', '{}', '[]', 'null', '0', '""', 'false']) {
      const headers = {
        authorization: `Bearer ${dateline.tokens.editor}`,
        'content-type': 'application/json',
      }
      const answer = await dateline.send({ method, url: instance, headers, payload })
      assertProblem(
        t,
        answer,
        {
          status: 422,
          code: 'invalid_content',
          detail,
          instance,
          errors: [{ pointer: '', code: 'unknown', detail }],
        },
        `${method} ${instance} ${payload}`,
      )
    }
  t.match(await dateline.get(`/v1/articles/${STORY}`), { status: 200, body: { version: 1 } })
  t.match(await dateline.get('/v1/people/sergey-lavrov'), { status: 200, body: { version: 1 } })
})

t.test('a route that takes no body refuses a form with 415, and does nothing', async (t) => {
  const dateline = await start(t, { seeded: true })
  const instance = `/v1/articles/${STORY}/withdraw`
  const headers = {
    authorization: `Bearer ${dateline.tokens.editor}`,
    'content-type': 'application/x-www-form-urlencoded',
  }
  assertProblem(t, await dateline.send({ method: 'POST', url: instance, headers, payload: 'at=2030' }), {
    status: 415,
    code: 'unsupported_media_type',
    detail:
      '"application/x-www-form-urlencoded" is not taken here. Send JSON with Content-Type: application/json; with curl, use --json instead of -d.',
    instance,
  })
  t.match(await dateline.get(`/v1/articles/${STORY}`), { status: 200, body: { version: 1 } })
})
