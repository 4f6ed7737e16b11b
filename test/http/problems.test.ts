import t from 'tap'
import { errorCodes } from '../../src/errors.ts'
import { problemTypes } from '../../src/http/problem-types.ts'
import { STORY, start } from '../support/dateline.ts'
import { assertProblem, told } from './problem.ts'

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

t.test('the list of error codes and the table of their statuses have the same codes', async (t) => {
  t.strictSame(Object.keys(problemTypes).sort(), [...errorCodes].sort())
})

t.test('every error code is explained at /problems/<code>', async (t) => {
  const dateline = await start(t)
  for (const code of errorCodes) {
    const { status, body, headers } = await dateline.get(`/problems/${code}`)
    t.equal(status, 200, code)
    t.equal(headers['content-type'], 'application/json; charset=utf-8', code)
    t.strictSame(body, { code, ...problemTypes[code] }, code)
  }
})

t.test('/problems lists every error code', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.get('/problems')
  t.strictSame(body, { data: errorCodes.map((code) => ({ code, ...problemTypes[code] })) })
})

t.test('a browser gets every explanation as a page that loads nothing', async (t) => {
  const dateline = await start(t)
  for (const code of errorCodes) {
    const { status, headers, text } = await dateline.get(`/problems/${code}`, {
      headers: { accept: BROWSER },
    })
    t.equal(status, 200, code)
    t.equal(headers['content-type'], 'text/html; charset=utf-8', code)
    t.equal(headers.vary, 'accept', code)
    t.match(headers['content-security-policy'], /^default-src 'none'/, code)
    t.ok(text.includes(`<code>${problemTypes[code].status} ${code}</code>`), `${code}: named on its page`)
    t.notMatch(text, /<script|<link|src=/, code)
  }
})

t.test('a code that does not exist is explained by a 404', async (t) => {
  const dateline = await start(t)
  assertProblem(t, await dateline.get('/problems/nonsense'), {
    status: 404,
    code: 'unknown_address',
    detail: 'There is no such error code. GET /problems lists them.',
    instance: '/problems/nonsense',
  })
})

t.test('an address without a route is 404, with its query in the instance only', async (t) => {
  const dateline = await start(t)
  const meant = {
    ...{ '/nope': '', '/v1': '', '/v1/nope': '', '/v1/articles/a/b/c': '' },
    '//v1/articles': ' Did you mean "/v1/articles"?',
    '/V1/articles': ' Did you mean "/v1/articles"?',
    '/v1/links': ' Did you mean "/v1/related-links"?',
    '/v1/article': ' Did you mean "/v1/articles"?',
    '/articles/a': ' Did you mean "/v1/articles/a"?',
  }
  for (const [path, hint] of Object.entries(meant))
    assertProblem(t, await dateline.get(`${path}?x=1`), {
      status: 404,
      code: 'unknown_address',
      detail: `There is nothing at ${path}.${hint} GET / lists where to start.`,
      instance: `${path}?x=1`,
    })
})

t.test('a method that an address does not take is 405, and Allow lists the ones it takes', async (t) => {
  const dateline = await start(t, { seeded: true })
  const cases = [
    ['PUT', '/v1/people', ['GET', 'HEAD', 'POST']],
    ['DELETE', '/v1/quotes', ['GET', 'HEAD', 'POST']],
    ['POST', '/v1/people/sergey-lavrov', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']],
    ['POST', '/v1/quotes/quote_01h455vb4pex5vsknk084sn02q', ['GET', 'HEAD', 'PATCH', 'DELETE']],
    ['PATCH', '/v1/people/sergey-lavrov/quotes', ['GET', 'HEAD']],
    ['GET', '/v1/people/sergey-lavrov/publish', ['POST']],
    ['POST', '/health/live', ['GET', 'HEAD']],
    ['POST', '/problems/not_found', ['GET', 'HEAD']],
    ['POST', '/openapi.json', ['GET', 'HEAD']],
    ['DELETE', '/', ['GET', 'HEAD']],
    ['QUERY', '/v1/articles', ['GET', 'HEAD', 'POST']],
  ] as const
  for (const [method, url, allowed] of cases) {
    const answer = await dateline.send({ method, url })
    t.equal(answer.headers.allow, allowed.join(', '), `${method} ${url}`)
    assertProblem(t, answer, {
      status: 405,
      code: 'method_not_allowed',
      detail: `${method} is not possible at ${url}; ${allowed.join(', ')} ${allowed.length > 1 ? 'are' : 'is'}.`,
      instance: url,
    })
  }
})

t.test('OPTIONS that is no preflight of a browser is never refused in another form', async (t) => {
  const dateline = await start(t)
  for (const url of ['/v1/articles', '/nope', '/']) {
    const { status, headers } = await dateline.app.inject({ method: 'OPTIONS', url }).then((response) => ({
      status: response.statusCode,
      headers: response.headers,
    }))
    t.ok(
      status < 300 || headers['content-type'] === 'application/problem+json',
      `${url}: ${status} ${headers['content-type']}`,
    )
  }
})

t.test('a form that does not exist is 406, and the detail lists the one that does', async (t) => {
  const dateline = await start(t, { seeded: true })
  const paths = ['/v1/articles', '/v1/people/sergey-lavrov', `/v1/articles/${STORY}/quotes`]
  for (const instance of paths)
    for (const accept of [
      'application/xml',
      'image/png;q=0.5, application/pdf',
      'application/json;q=0, text/csv',
    ])
      assertProblem(t, await dateline.get(instance, { headers: { accept } }), {
        status: 406,
        code: 'not_acceptable',
        detail: `There is no form of this as ${accept}. It can be had as application/json.`,
        instance,
        extensions: { forms: [{ mediaType: 'application/json' }] },
      })
})

t.test('every way to ask for JSON gets it', async (t) => {
  const dateline = await start(t, { seeded: true })
  const forms = [
    '*/*',
    'application/*',
    'application/json',
    'APPLICATION/JSON',
    'application/json;charset=utf-8',
    'text/csv, */*;q=0.1',
  ]
  for (const accept of forms) {
    const { status, headers } = await dateline.get(`/v1/articles/${STORY}`, { headers: { accept } })
    t.equal(status, 200, accept)
    t.equal(headers['content-type'], 'application/json; charset=utf-8', accept)
  }
})

t.test('an address that is badly percent-encoded is 400', async (t) => {
  const dateline = await start(t)
  for (const instance of [
    '/v1/articles/%',
    '/v1/articles/%zz',
    '/v1/articles/%E0%A4',
    '/%FF',
    '/v1/people/%C0%AF/quotes',
  ])
    assertProblem(t, await dateline.get(instance), {
      status: 400,
      code: 'malformed_request',
      detail: 'The address is not properly percent-encoded.',
      instance,
    })
})

t.test('an address of more than 8 KiB is 414, and one of 8 KiB is not', async (t) => {
  const dateline = await start(t)
  for (const path of ['/v1/articles?cursor=', '/', '/v1/articles/', '/problems/']) {
    const url = path.padEnd(8193, 'x')
    assertProblem(t, await dateline.get(url), {
      status: 414,
      code: 'url_too_long',
      detail: 'The address has 8193 bytes; 8192 are possible.',
      instance: told(url),
    })
    t.not((await dateline.get(path.padEnd(8192, 'x'))).status, 414, path)
  }
})

t.test('a refused HEAD has the status and the headers of the GET, and no body', async (t) => {
  const dateline = await start(t)
  for (const url of ['/nope', '/v1/articles?limit=0', '/v1/articles/nobody-wrote-this', '/v1/quotes/x']) {
    const get = await dateline.get(url)
    const head = await dateline.app.inject({ method: 'HEAD', url })
    t.equal(head.statusCode, get.status, url)
    t.equal(head.headers['content-type'], 'application/problem+json', url)
    t.equal(head.headers['cache-control'], 'no-store', url)
    t.equal(head.body, '', url)
  }
})
