import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FirstAnswers } from './before-router.ts'
import { codingFor, encode } from './encoding.ts'
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
  app.addHook('onSend', async (request, reply, payload) => {
    try {
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      const isTagged = reply.statusCode === 200 && reply.hasHeader('etag')
      return isRead && isTagged && Buffer.isBuffer(payload)
        ? await finish(request, reply, payload, first)
        : payload
    } finally {
      first.release(request.raw)
    }
  })
}

/** A read with its tag is compressed if anyone may read it, is kept, and is sent, or 304 in its place when the client has it. */
async function finish(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: Buffer,
  first: FirstAnswers,
): Promise<Buffer | Readable | null> {
  const body = isPublic(reply) ? await compress(request, reply, payload) : payload
  const tag = String(reply.getHeader('etag'))
  const seen = seenBy.get(request)
  if (seen) first.keep(request.raw, toAnswer(reply, body, tag), seen)
  if (!matches(request.headers['if-none-match'], tag)) return body
  reply.code(304)
  for (const name of OF_CONTENT) reply.removeHeader(name)
  // Fastify gives every answer to HEAD the length of its payload, but for a stream's.
  return request.method === 'HEAD' ? Readable.from([]) : null
}

/** A representation in another coding has a tag of its own (RFC 9110, section 8.8.3). */
async function compress(request: FastifyRequest, reply: FastifyReply, payload: Buffer): Promise<Buffer> {
  varyBy(reply, ['accept-encoding'])
  const coding = codingFor(request.headers['accept-encoding'])
  const body = await encode(payload, coding)
  if (body === payload) return body
  reply.header('content-encoding', coding)
  reply.header('etag', String(reply.getHeader('etag')).replace(/"$/, `-${coding}"`))
  return body
}

function toAnswer(reply: FastifyReply, body: Buffer, tag: string): KeptAnswer {
  const headers = { ...reply.getHeaders(), 'content-length': body.length }
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)])
  return {
    tag,
    head: entries.flat(),
    headUnchanged: entries.filter(([name = '']) => !OF_CONTENT.has(name)).flat(),
    body: body.length <= SHORT ? body.toString('latin1') : body,
  }
}
