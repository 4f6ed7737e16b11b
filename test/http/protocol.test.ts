import type { AddressInfo } from 'node:net'
import t from 'tap'
import { type Dateline, start } from '../support/dateline.ts'
import { assertProblem, type Expected, told } from './problem.ts'
import { connectTo, exchange, parseAnswer } from './socket.ts'

const NOT_HTTP: Expected = {
  status: 400,
  code: 'malformed_request',
  detail: 'This is not a valid HTTP/1.1 request.',
  instance: '',
}

async function listen({ app }: Dateline): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return (app.server.address() as AddressInfo).port // it listens on TCP
}

function postHead({ tokens }: Dateline): string {
  return `POST /v1/people HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${tokens.editor}\r\nContent-Type: application/json\r\n`
}

t.test('bytes that are no HTTP/1.1 are answered with a problem, and the connection is closed', async (t) => {
  const dateline = await start(t)
  const port = await listen(dateline)
  const broken = [
    'garbage\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'FOO / HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET / HTTP/1.1\nHost: a\n\n',
    'GET / HTTP/1.1\r\nHost: a\r\nBad Header: 1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n',
    'GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n',
  ]
  for (const bytes of broken) {
    const answer = parseAnswer(await exchange(port, bytes))
    assertProblem(t, answer, NOT_HTTP, JSON.stringify(bytes))
    t.equal(answer.headers.connection?.toString().toLowerCase(), 'close')
    t.equal(Number(answer.headers['content-length']), Buffer.byteLength(answer.text))
  }
})

t.test('a body whose length is told wrong or twice is answered with a problem', async (t) => {
  const dateline = await start(t)
  const port = await listen(dateline)
  const head = postHead(dateline)
  const broken = [
    `${head}Content-Length: -1\r\n\r\n`,
    `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\nZZ\r\n`,
  ]
  for (const bytes of broken)
    assertProblem(t, parseAnswer(await exchange(port, bytes)), NOT_HTTP, JSON.stringify(bytes.slice(-60)))
})

t.test('headers of more than 16 KiB are 431', async (t) => {
  const dateline = await start(t)
  const port = await listen(dateline)
  const large = [
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(17_000)}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\n${'X: yyyyyyyyyyyyyyyy\r\n'.repeat(1_000)}\r\n`,
    `GET /${'y'.repeat(17_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  ]
  for (const bytes of large)
    assertProblem(t, parseAnswer(await exchange(port, bytes)), {
      status: 431,
      code: 'headers_too_large',
      detail: 'The request line and the headers together have more than 16 KiB.',
      instance: '',
    })
})

t.test('a request without a Host, or with two, is answered with a problem', async (t) => {
  const dateline = await start(t)
  const port = await listen(dateline)
  for (const hosts of ['', 'Host: a\r\nHost: b\r\n'])
    t.match(
      parseAnswer(await exchange(port, `GET /health/live HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`)),
      {
        status: 400,
        headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
        body: { type: '/problems/malformed_request', instance: '/health/live' },
      },
      JSON.stringify(hosts),
    )
})

t.test('HTTP/0.9 is refused with a problem', async (t) => {
  const dateline = await start(t)
  const port = await listen(dateline)
  t.match(parseAnswer(await exchange(port, 'GET /health/live\r\n\r\n')), {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: '/problems/malformed_request' },
  })
})

t.test('a body that is announced or turns out to be too large is 413', async (t) => {
  const dateline = await start(t)
  const port = await listen(dateline)
  const head = postHead(dateline)
  const most = 4 * 1024 * 1024
  const requests = [
    `${head}Content-Length: ${most + 1}\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\n${(most + 1).toString(16)}\r\n${' '.repeat(most + 1)}`,
  ]
  for (const bytes of requests) {
    const answer = parseAnswer(await exchange(port, bytes))
    t.equal(answer.headers.connection, 'close')
    assertProblem(t, answer, {
      status: 413,
      code: 'body_too_large',
      detail: 'The body is too large: 4 MiB are possible, and 16 MiB for a batch. Send less.',
      instance: '/v1/people',
    })
  }
})

t.test('an address of more than 8 KiB is 414 over a connection as well', async (t) => {
  const dateline = await start(t)
  const port = await listen(dateline)
  const instance = `/v1/articles?cursor=${'y'.repeat(9_000)}`
  const answer = await exchange(port, `GET ${instance} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
  assertProblem(t, parseAnswer(answer), {
    status: 414,
    code: 'url_too_long',
    detail: `The address has ${instance.length} bytes; 8192 are possible.`,
    instance: told(instance),
  })
})

t.test('a server that is stopping closes a connection on which no request is in flight', async (t) => {
  const dateline = await start(t)
  const port = await listen(dateline)
  const halves = ['', 'GET /v1/articles HTTP/1.1\r\n', 'GET /v1/articles HTTP/1.1\r\nHost: a\r\nX: ']
  const connections = await Promise.all(halves.map(() => connectTo(port)))
  for (const [index, { send, until }] of connections.entries()) {
    send(`GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n${halves[index]}`)
    await until(/"ok"/)
  }
  await dateline.app.close()
  for (const { ended } of connections) t.equal((await ended).match(/HTTP\/1\.1 /g)?.length, 1)
  await t.rejects(connectTo(port), { code: 'ECONNREFUSED' })
})
