import type { Socket } from 'node:net'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { v7 } from 'uuid'
import { DatelineError, type ErrorCode } from '../errors.ts'
import { PROBLEM_JSON, problem, sendProblem, toDatelineError } from './problems.ts'

const BODY_LIMIT = 4 * 1024 * 1024
const URL_LIMIT = 8 * 1024
/** Connections open and requests in flight at one time; what comes beyond gets 503. */
const CONNECTIONS = 10_000
const REQUESTS = 2_000

/** Everything about the server that limits a client, and the answers that come before any route. */
export function createServer({
  logger,
  trustProxy,
}: {
  logger: FastifyServerOptions['logger']
  trustProxy: string[] | undefined
}): FastifyInstance {
  const app = fastify({
    logger: logger ?? false,
    ...(trustProxy ? { trustProxy } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    http: {
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
      requireHostHeader: false, // Node's own refusal has no body; ours is below
    },
    rewriteUrl: (request) => toOriginForm(request.url ?? '/'),
    genReqId: () => v7(),
    routerOptions: { maxParamLength: URL_LIMIT, ignoreTrailingSlash: true },
    exposeHeadRoutes: true,
    frameworkErrors: (error, request, reply) => {
      const known =
        toDatelineError(error) ?? new DatelineError('malformed_request', 'The request cannot be routed.')
      sendProblem(request, reply, known)
    },
    clientErrorHandler: refuseBrokenRequest,
  })
  // Expectations other than 100-continue may be ignored (RFC 9110, section 10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  limitConnections(app)
  refuseWhileClosing(app)
  refuseMalformed(app)
  app.addHook('onResponse', async (request, reply) => {
    const { method, url, ip } = request
    request.log.info(
      { method, url, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime * 100) / 100, ip },
      'request',
    )
  })
  return app
}

function limitConnections(app: FastifyInstance): void {
  let open = 0
  app.server.on('connection', (socket) => {
    open += 1
    socket.once('close', () => {
      open -= 1
    })
    if (open > CONNECTIONS)
      writeProblem(socket, 'unavailable', 'Too many connections are open. Try again in a few seconds.')
  })
  let inFlight = 0
  app.addHook('onRequest', async (request) => {
    inFlight += 1
    request.raw.once('close', () => {
      inFlight -= 1
    })
    if (inFlight > REQUESTS)
      throw new DatelineError('unavailable', 'Too many requests are in flight. Try again in a few seconds.')
  })
}

function refuseWhileClosing(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onRequest', async (_, reply) => {
    if (!isClosing) return
    reply.header('connection', 'close')
    throw new DatelineError('unavailable', 'The server is stopping. Try again in a few seconds.')
  })
}

function refuseMalformed(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url, raw }) => {
    if (url.length > URL_LIMIT)
      throw new DatelineError(
        'url_too_long',
        `The address has ${url.length} bytes; ${URL_LIMIT} are possible.`,
      )
    const hosts = raw.rawHeaders.filter(
      (name, index) => index % 2 === 0 && name.toLowerCase() === 'host',
    ).length
    const isOld = raw.httpVersionMajor === 1 && raw.httpVersionMinor === 0
    if (raw.httpVersionMajor < 1 || hosts > 1 || (hosts === 0 && !isOld))
      throw new DatelineError('malformed_request', 'Send HTTP/1.1 with exactly one Host header.')
  })
}

/** A proxy may send the whole address (RFC 9112, section 3.2.2); routes know only paths. */
function toOriginForm(url: string): string {
  if (url.startsWith('/')) return url
  const path = url.replace(/^https?:\/\/[^/?]*/i, '')
  return path.startsWith('/') ? path : `/${path}`
}

const socketErrors: Readonly<Record<string, [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: [
    'headers_too_large',
    'The request line and the headers together have more than 16 KiB.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive whole within ten seconds.'],
}

/** What Node cannot parse never becomes a request, so the answer is written to the socket by hand. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [code, detail] = socketErrors[error.code ?? ''] ?? [
    'malformed_request',
    'This is not a valid HTTP/1.1 request.',
  ]
  writeProblem(socket, code, detail)
}

function writeProblem(socket: Socket, code: ErrorCode, detail: string): void {
  const { status, body } = problem(code, detail, { instance: '', requestId: v7() })
  const text = JSON.stringify(body)
  const lines = [
    `HTTP/1.1 ${status} ${body.title}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Cache-Control: no-store',
    ...(status === 503 ? ['Retry-After: 5'] : []),
    'Connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
