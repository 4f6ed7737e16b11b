import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { v7 } from 'uuid'
import { DatelineError } from '../errors.ts'
import { toRoutable } from './limits.ts'
import { sendProblem, toDatelineError } from './problems.ts'
import { refuseBrokenRequest } from './socket-problem.ts'

/** A server with the limits that Node and Fastify keep: sizes in bytes, times in milliseconds. */
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
    bodyLimit: 4 * 1024 * 1024,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionTimeout: 30_000,
    return503OnClosing: false,
    http: {
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
      requireHostHeader: false, // Node's own refusal has no body; ours is in `limits.ts`
    },
    rewriteUrl: ({ url = '/' }) => toRoutable(url),
    genReqId: () => v7(),
    routerOptions: { maxParamLength: 8 * 1024, ignoreTrailingSlash: true },
    exposeHeadRoutes: true,
    frameworkErrors: (error, request, reply) => {
      const refusal = new DatelineError('malformed_request', 'The request cannot be routed.')
      sendProblem(request, reply, toDatelineError(error) ?? refusal)
    },
    clientErrorHandler: refuseBrokenRequest,
  })
  // Expectations other than 100-continue may be ignored (RFC 9110, section 10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  app.addHook('onResponse', async (request, reply) => {
    const { method, originalUrl, ip } = request
    const milliseconds = Math.round(reply.elapsedTime * 100) / 100
    request.log.info(
      { method, url: withoutSecrets(originalUrl), status: reply.statusCode, milliseconds, ip },
      'request',
    )
  })
  return app
}

/** A token has no place in an address, and is refused there; if somebody puts one there, it is not logged. */
function withoutSecrets(url: string): string {
  return url
    .replace(/dateline_[\w-]+/g, 'dateline_…')
    .replace(/([?&][^=&]*(?:token|auth|key|secret|password)[^=&]*=)[^&]*/gi, '$1…')
}
