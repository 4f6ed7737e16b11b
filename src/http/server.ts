import type { Socket } from 'node:net'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { v7 } from 'uuid'
import { DatelineError, type ErrorCode } from '../errors.ts'
import { PROBLEM_JSON, problem, sendProblem, toDatelineError } from './problems.ts'

const BODY_LIMIT = 4 * 1024 * 1024
const URL_LIMIT = 8 * 1024
const CONNECTIONS = 10_000

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
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16 * 1024 },
    genReqId: () => v7(),
    routerOptions: { maxParamLength: URL_LIMIT },
    exposeHeadRoutes: true,
    frameworkErrors: (error, request, reply) => {
      const known =
        toDatelineError(error) ?? new DatelineError('malformed_request', 'The request cannot be routed.')
      sendProblem(request, reply, known)
    },
    clientErrorHandler: refuseBrokenRequest,
  })
  app.server.maxConnections = CONNECTIONS
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onRequest', async (request, reply) => {
    if (isClosing) {
      reply.header('connection', 'close')
      throw new DatelineError('unavailable', 'The server is stopping. Try again in a few seconds.')
    }
    if (request.url.length > URL_LIMIT)
      throw new DatelineError(
        'url_too_long',
        `The address has ${request.url.length} bytes; 8192 are possible.`,
      )
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, url, ip } = request
    request.log.info(
      { method, url, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime * 100) / 100, ip },
      'request',
    )
  })
  return app
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
  const { status, body } = problem(code, detail, { instance: '', requestId: v7() })
  const text = JSON.stringify(body)
  const lines = [
    `HTTP/1.1 ${status} ${body.title}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
