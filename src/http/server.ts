import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { DatelineError } from '../errors.ts'
import { logFirstAnswers, logRequests } from './answer-log.ts'
import { withoutCompilers } from './aside.ts'
import { FirstAnswers, type FirstAnswersOptions } from './before-router.ts'
import { finishReads } from './finish.ts'
import { toRoutable } from './limits.ts'
import { sendProblem, toDatelineError } from './problems.ts'
import { refuseBrokenRequest } from './socket-problem.ts'

/** An `import` would read every name of the module, and so load what is behind `fetch`: 12 MB, and nothing here uses it. */
const { createServer: createHttpServer } = process.getBuiltinModule('node:http')

export interface ServerOptions extends Omit<FirstAnswersOptions, 'answered'> {
  readonly logger: FastifyServerOptions['logger']
  /** The networks of proxies that are believed. */
  readonly trustProxy: string[] | undefined
}

/** A server with the limits that Node and Fastify keep: sizes in bytes, times in milliseconds. */
export function createServer({ logger, trustProxy, present, dependsOn }: ServerOptions): FastifyInstance {
  const first = new FirstAnswers({ present, dependsOn, answered: (...answer) => logAnswer(...answer) })
  const app = fastify({
    logger: logger ?? false,
    ...withoutCompilers,
    ...(trustProxy ? { trustProxy } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 4 * 1024 * 1024,
    return503OnClosing: false,
    serverFactory: (handler) =>
      limited(
        createHttpServer(limits, (request, response) =>
          first.answer(request, response, () => handler(request, response)),
        ),
      ),
    rewriteUrl: ({ url = '/' }) => toRoutable(url),
    genReqId: () => randomUUID(),
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
  const logAnswer = logFirstAnswers(app.log, trustProxy)
  logRequests(app)
  finishReads(app, first)
  app.addHook('preClose', async () => first.close())
  return app
}

const limits = {
  requestTimeout: 10_000,
  headersTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
  requireHostHeader: false, // Node's own refusal has no body; ours is in `limits.ts`
}

function limited(server: Server): Server {
  server.keepAliveTimeout = 5_000
  server.setTimeout(30_000)
  return server
}
