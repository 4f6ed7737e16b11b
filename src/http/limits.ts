import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { DatelineError } from '../errors.ts'
import { writeProblem } from './socket-problem.ts'

const URL_LIMIT = 8 * 1024
const CONNECTIONS = 10_000
const REQUESTS = 2_000

/** Refuses what is too much or malformed, before any route, and everything once the server is stopping. */
export function limitTraffic(app: FastifyInstance): void {
  limitConnections(app)
  app.addHook('onRequest', ({ originalUrl, raw }, _, done) => {
    if (originalUrl.length > URL_LIMIT)
      throw new DatelineError(
        'url_too_long',
        `The address has ${originalUrl.length} bytes; ${URL_LIMIT} are possible.`,
      )
    if (!isDecodable(originalUrl))
      throw new DatelineError('malformed_request', 'The address is not properly percent-encoded.')
    const hosts = raw.rawHeaders.filter(
      (name, index) => index % 2 === 0 && name.toLowerCase() === 'host',
    ).length
    const isOld = raw.httpVersionMajor === 1 && raw.httpVersionMinor === 0
    if (raw.httpVersionMajor < 1 || hosts > 1 || (hosts === 0 && !isOld))
      throw new DatelineError('malformed_request', 'Send HTTP/1.1 with exactly one Host header.')
    done()
  })
}

/**
 * Counts the connections and the requests in flight on each. When the server stops, requests in flight
 * are finished, and a connection without one is closed: Node would wait for it.
 */
function limitConnections(app: FastifyInstance): void {
  const open = new Map<Socket, number>()
  let inFlight = 0
  let isClosing = false
  const count = (socket: Socket, change: number) => {
    inFlight += change
    const before = open.get(socket)
    if (before !== undefined) open.set(socket, before + change)
  }
  app.server.on('connection', (socket: Socket) => {
    open.set(socket, 0)
    socket.once('close', () => open.delete(socket))
    if (open.size > CONNECTIONS)
      writeProblem(socket, 'unavailable', 'Too many connections are open. Try again in a few seconds.')
  })
  app.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1)
    response.once('close', () => count(socket, -1))
  })
  app.addHook('preClose', async () => {
    isClosing = true
    for (const [socket, requests] of open) if (requests === 0) socket.destroy()
  })
  app.addHook('onRequest', (_request, _reply, done) => {
    if (isClosing)
      throw new DatelineError('unavailable', 'The server is stopping. Try again in a few seconds.')
    if (inFlight > REQUESTS)
      throw new DatelineError('unavailable', 'Too many requests are in flight. Try again in a few seconds.')
    done()
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close')
    done()
  })
}

/** A proxy may send the whole address (RFC 9112, section 3.2.2), and routes know only paths that can be decoded. */
export function toRoutable(url: string): string {
  const path = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '')
  const routable = path.startsWith('/') ? path : `/${path}`
  return isDecodable(routable) ? routable : '/'
}

function isDecodable(url: string): boolean {
  if (!url.includes('%')) return true
  try {
    decodeURIComponent(url.split('?')[0] ?? '')
    return true
  } catch {
    return false
  }
}
