import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FirstAnswers } from './before-router.ts'
import { type Coding, codingFor, encode } from './encoding.ts'
import { matches } from './etag.ts'
import type { KeptAnswer, Seen } from './kept-answers.ts'
import { isPublic, varyBy } from './reply.ts'

/** What the reads of a request have seen; null when they saw different states. */
const seenBy = new WeakMap<FastifyRequest, Seen | null>()

/**
 * For a read whose answer may be kept: it is the same for everybody who asks without a token, until something
 * is committed or a window opens or closes.
 *
 * @returns undefined where it is not: for a caller with a token, and for another instant than the present
 */
export function witness(request: FastifyRequest): ((seen: Seen) => void) | undefined {
  const { at } = request.query as { at?: unknown } // checked by the route's schema, where it has one
  if (request.caller || at !== undefined) return undefined
  return (seen) => {
    const before = seenBy.get(request)
    const isSame = before === undefined || before?.generation === seen.generation
    seenBy.set(request, isSame ? { ...seen, until: Math.min(seen.until, before?.until ?? seen.until) } : null)
  }
}

/** In bytes. */
const SHORT = 16_384

/** What only an answer with content has. */
const OF_CONTENT = new Set(['content-type', 'content-encoding', 'content-length'])

/** The end of every answer; requests for the same wait for it no longer. */
export function finishReads(app: FastifyInstance, first: FirstAnswers): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const release = () => first.release(request.raw)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const isTagged = reply.statusCode === 200 && reply.hasHeader('etag')
    if (!isRead || !isTagged || !Buffer.isBuffer(payload)) {
      release()
      return done(null, payload)
    }
    const finish = (body: Buffer) => {
      const sent = finished(request, reply, body, first)
      release()
      done(null, sent)
    }
    const body = isPublic(reply) ? compressed(request, reply, payload) : payload
    if (!(body instanceof Promise)) return finish(body)
    body.then(finish, (error) => {
      release()
      done(error)
    })
  })
}

/** A read with its tag is kept and sent, or 304 in its place when the client has it. */
function finished(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
  first: FirstAnswers,
): Buffer | Readable | null {
  const tag = String(reply.getHeader('etag'))
  const seen = seenBy.get(request)
  if (seen) first.keep(request.raw, () => toAnswer(reply, body, tag), seen)
  if (!matches(request.headers['if-none-match'], tag)) return body
  reply.code(304)
  for (const name of OF_CONTENT) reply.removeHeader(name)
  // Fastify gives every answer to HEAD the length of its payload, but for a stream's.
  return request.method === 'HEAD' ? Readable.from([]) : null
}

/** What anyone may read, in the coding that the client likes best; at once where that is none. */
function compressed(request: FastifyRequest, reply: FastifyReply, payload: Buffer): Buffer | Promise<Buffer> {
  varyBy(reply, ['accept-encoding'])
  const coding = codingFor(request.headers['accept-encoding'])
  return coding === 'identity' ? payload : compress(reply, payload, coding)
}

/** A representation in another coding has a tag of its own (RFC 9110, section 8.8.3). */
async function compress(reply: FastifyReply, payload: Buffer, coding: Coding): Promise<Buffer> {
  const body = await encode(payload, coding)
  if (body === payload) return body
  reply.header('content-encoding', coding)
  reply.header('etag', String(reply.getHeader('etag')).replace(/"$/, `-${coding}"`))
  return body
}

function toAnswer(reply: FastifyReply, body: Buffer, tag: string): KeptAnswer {
  const head: string[] = []
  const headUnchanged: string[] = []
  const headers = { ...reply.getHeaders(), 'content-length': body.length }
  for (const [name, value] of Object.entries(headers)) {
    head.push(name, String(value))
    if (!OF_CONTENT.has(name)) headUnchanged.push(name, String(value))
  }
  return { tag, head, headUnchanged, body: body.length <= SHORT ? body.toString('latin1') : body }
}
