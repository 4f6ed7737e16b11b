import t, { type Test } from 'tap'
import { type Dateline, STORY, start } from '../support/dateline.ts'
import { assertProblem } from './problem.ts'

const MOST = 4 * 1024 * 1024
const JSON_TYPE = { 'content-type': 'application/json' }

/** Posts bytes to /v1/articles as an editor. */
function postBytes(
  { send, tokens }: Dateline,
  payload: string | Buffer,
  headers: Record<string, string> = JSON_TYPE,
) {
  const authorization = `Bearer ${tokens.editor}`
  return send({ method: 'POST', url: '/v1/articles', headers: { authorization, ...headers }, payload })
}

async function assertNothingSaved(t: Test, dateline: Dateline) {
  const { body } = await dateline.get('/v1/articles?at=latest&count=true', { as: 'editor' })
  t.equal(body.page.total, 0, 'nothing is saved')
}

t.test('a body of more than 4 MiB is 413, and one of 4 MiB is not', async (t) => {
  const dateline = await start(t)
  const whole = '{"headline":"Large"}'
  t.equal((await postBytes(dateline, whole.padEnd(MOST))).status, 201)
  assertProblem(t, await postBytes(dateline, whole.padEnd(MOST + 1)), {
    status: 413,
    code: 'body_too_large',
    detail: 'The body is too large: 4 MiB are possible, and 16 MiB for a batch. Send less.',
    instance: '/v1/articles',
  })
})

t.test('a body that is not JSON by its Content-Type is 415', async (t) => {
  const dateline = await start(t)
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/csv',
    'application/ld+json',
    'application/jsonx',
    'image/png; a=application/json',
  ]
  for (const type of types)
    assertProblem(t, await postBytes(dateline, '{"headline":"A"}', { 'content-type': type }), {
      status: 415,
      code: 'unsupported_media_type',
      detail: `"${type}" is not taken here. Send JSON with Content-Type: application/json, or text as text/markdown or text/plain or text/html; with curl, use --json instead of -d.`,
      instance: '/v1/articles',
    })
  assertProblem(
    t,
    await postBytes(dateline, 'Ferry staysThe ferry stays.', {
      'content-type': 'application/x-www-form-urlencoded',
    }),
    {
      status: 415,
      code: 'unsupported_media_type',
      detail:
        '"application/x-www-form-urlencoded" is not taken here. Send text as text/markdown or text/plain or text/html, or JSON with Content-Type: application/json; with curl, use -H "content-type: text/plain" --data-binary @story.txt, because -d takes the line ends out.',
      instance: '/v1/articles',
    },
  )
  await assertNothingSaved(t, dateline)
})

t.test('a body without a Content-Type is 415', async (t) => {
  const dateline = await start(t)
  assertProblem(t, await postBytes(dateline, '{"headline":"A"}', {}), {
    status: 415,
    code: 'unsupported_media_type',
    detail:
      'The body has no Content-Type. Send JSON with Content-Type: application/json, or text as text/markdown or text/plain or text/html; with curl, use --json instead of -d.',
    instance: '/v1/articles',
  })
})

t.test('a Content-Type that is none is 415', async (t) => {
  const dateline = await start(t)
  for (const type of ['garbage', '/', 'application'])
    assertProblem(t, await postBytes(dateline, '{"headline":"A"}', { 'content-type': type }), {
      status: 415,
      code: 'unsupported_media_type',
      detail: 'Send JSON with Content-Type: application/json; with curl, use --json.',
      instance: '/v1/articles',
    })
})

t.test('a charset other than UTF-8 is 415', async (t) => {
  const dateline = await start(t)
  for (const charset of ['iso-8859-1', 'utf-16', 'latin1', 'utf-7'])
    assertProblem(
      t,
      await postBytes(dateline, '{"headline":"A"}', {
        'content-type': `application/json; charset=${charset}`,
      }),
      {
        status: 415,
        code: 'unsupported_media_type',
        detail: `The body must be in UTF-8, not ${charset}.`,
        instance: '/v1/articles',
      },
    )
})

t.test('every way to say JSON in UTF-8 is taken', async (t) => {
  const dateline = await start(t)
  const types = [
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'APPLICATION/JSON',
    'application/merge-patch+json',
  ]
  for (const type of types)
    t.equal((await postBytes(dateline, '{"headline":"A"}', { 'content-type': type })).status, 201, type)
})

t.test('a compressed body is 415', async (t) => {
  const dateline = await start(t)
  for (const encoding of ['gzip', 'br', 'deflate', 'gzip, identity'])
    assertProblem(
      t,
      await postBytes(dateline, '{"headline":"A"}', { ...JSON_TYPE, 'content-encoding': encoding }),
      {
        status: 415,
        code: 'unsupported_media_type',
        detail: `Content-Encoding ${encoding} is not supported. Send the body as it is.`,
        instance: '/v1/articles',
      },
    )
  const plain = { ...JSON_TYPE, 'content-encoding': 'identity' }
  t.equal((await postBytes(dateline, '{"headline":"A"}', plain)).status, 201, 'identity is no encoding')
})

t.test('malformed JSON is 400, with the line and column of its first fault', async (t) => {
  const dateline = await start(t)
  const cases: [body: string, fault: string, line: number, column: number][] = [
    ['{"headline":"A",}', 'property name expected', 1, 17],
    ['{\n  "headline": "A"\n  "kind": "news"\n}', 'comma expected', 3, 3],
    ['{\r\n  "tags": [\r\n    "a",\r\n  ]\r\n}', 'value expected', 4, 3],
    ["{'headline':'A'}", 'invalid symbol', 1, 2],
    ['{"headline":"A"} x', 'invalid symbol', 1, 18],
    ['{"headline":"A"', 'close brace expected', 1, 16],
    ['{headline:"A"}', 'invalid symbol', 1, 2],
    ['{"headline": NaN}', 'invalid symbol', 1, 14],
  ]
  for (const [body, fault, line, column] of cases)
    assertProblem(
      t,
      await postBytes(dateline, body),
      {
        status: 400,
        code: 'malformed_json',
        detail: `The body is not JSON: ${fault} at line ${line}, column ${column}.`,
        instance: '/v1/articles',
        extensions: { line, column },
      },
      JSON.stringify(body),
    )
  assertProblem(t, await postBytes(dateline, 'Ferry stays\n\nThe ferry stays.'), {
    status: 400,
    code: 'malformed_json',
    detail:
      'The body is not JSON: invalid symbol at line 1, column 1. To send text with curl, use -H "content-type: text/plain" --data-binary @story.txt instead of --json.',
    instance: '/v1/articles',
    extensions: { line: 1, column: 1 },
  })
})

t.test('an empty body is 400', async (t) => {
  const dateline = await start(t)
  for (const body of ['', '   ', '\r\n\t'])
    assertProblem(t, await postBytes(dateline, body), {
      status: 400,
      code: 'malformed_json',
      detail: 'The body is empty. Send a JSON object.',
      instance: '/v1/articles',
    })
})

t.test('a body that is not UTF-8 is 400', async (t) => {
  const dateline = await start(t)
  const broken = [
    Buffer.from('{"headline":"Caf\xe9"}', 'latin1'),
    Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
    Buffer.from([...Buffer.from('{"headline":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
    Buffer.from([...Buffer.from('{"headline":"'), 0xc0, 0xaf, ...Buffer.from('"}')]),
  ]
  for (const body of broken)
    assertProblem(t, await postBytes(dateline, body), {
      status: 400,
      code: 'malformed_json',
      detail: 'The body is not valid UTF-8.',
      instance: '/v1/articles',
    })
  await assertNothingSaved(t, dateline)
})

t.test('a byte order mark before the JSON does no harm', async (t) => {
  const dateline = await start(t)
  const { status, body } = await postBytes(dateline, '\ufeff{"headline":"Marked"}')
  t.equal(status, 201)
  t.equal(body.headline, 'Marked')
})

t.test('a body without a value is 422 like any other that is no object', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const body of ['null', '[]', '"A"', '5', 'true', '[{"headline":"A"}]'])
    for (const [method, url] of [
      ['POST', '/v1/articles'],
      ['PATCH', `/v1/articles/${STORY}`],
    ] as const) {
      const headers = { authorization: `Bearer ${dateline.tokens.editor}`, ...JSON_TYPE }
      assertProblem(t, await dateline.send({ method, url, headers, payload: body }), {
        status: 422,
        code: 'invalid_content',
        detail: 'The body: must be an object.',
        instance: url,
        errors: [{ pointer: '', code: 'wrong_type', detail: 'must be an object.' }],
      })
    }
})
