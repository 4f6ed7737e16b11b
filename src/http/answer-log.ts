import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { FirstAnswersOptions } from './before-router.ts'

interface Line {
  readonly method: string
  readonly url: string
  readonly status: number
  /** How long it took. */
  readonly milliseconds: number
  readonly ip: string
}

/** One line for each request that has come to its route. */
export function logRequests(app: FastifyInstance): void {
  if (!isTold(app.log)) return
  app.addHook('onResponse', (request, reply, done) => {
    const { method, originalUrl: url, ip } = request
    write(request.log, { method, url, status: reply.statusCode, milliseconds: reply.elapsedTime, ip })
    done()
  })
}

function isTold({ level }: FastifyBaseLogger): boolean {
  return ['trace', 'debug', 'info'].includes(level)
}

/** The same line for a request that was answered before the router. */
export function logFirstAnswers(
  log: FastifyBaseLogger,
  trustProxy: string[] | undefined,
): FirstAnswersOptions['answered'] {
  if (!isTold(log)) return () => {}
  const trusted = trustProxy && proxyAddr.compile(trustProxy)
  const ipOf = (request: IncomingMessage) =>
    trusted ? proxyAddr(request, trusted) : (request.socket.remoteAddress ?? '')
  return (request, { statusCode: status }, began) => {
    const { method = '', url = '' } = request
    const milliseconds = performance.now() - began
    write(log, { reqId: randomUUID(), method, url, status, milliseconds, ip: ipOf(request) })
  }
}

function write(log: FastifyBaseLogger, line: Line & { readonly reqId?: string }): void {
  const milliseconds = Math.round(line.milliseconds * 100) / 100
  log.info({ ...line, url: withoutSecrets(line.url), milliseconds }, 'request')
}

/** A token has no place in an address, and is refused there; if somebody puts one there, it is not logged. */
function withoutSecrets(url: string): string {
  return url
    .replace(/dateline_[\w-]+/g, 'dateline_…')
    .replace(/([?&][^=&]*(?:token|auth|key|secret|password)[^=&]*=)[^&]*/gi, '$1…')
}
