import type { FastifyReply, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { DatelineError } from '../errors.ts'
import { bytesOf } from './bytes.ts'
import { entityTag } from './etag.ts'

const JSON_TYPE = 'application/json'

/** What a handler returns when its answer is on its way: the reply, which Fastify wants and its types for routes with schemas refuse. */
export type Sent = undefined

export function sent(reply: FastifyReply): Sent {
  return reply as unknown as Sent // see its type
}

/**
 * The text of an answer, through the response schema of the route and the status. A writer makes it inside
 * its transaction, so that nothing is saved that cannot be answered.
 */
export function renderJson(reply: FastifyReply, body: unknown): string {
  return `${reply.serialize(body)}\n`
}

/**
 * Sends a rendered answer with its tag.
 *
 * @param version of the document that it shows
 */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: string | Buffer,
  version?: number,
): Sent {
  return sendText(request, reply, payload, { mediaType: JSON_TYPE, version })
}

/** The same for another form of what is shown. */
export function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string | Buffer,
  { mediaType, version }: { mediaType: string; version?: number | undefined },
): Sent {
  const bytes = typeof text === 'string' ? bytesOf(text) : text
  setCaching(request, reply)
  return sendTagged(reply, mediaType, bytes, entityTag(bytes, version))
}

/** Sends what is the same for everybody, whoever asks and whatever they accept: a text of that media type. */
export function sendToAll(reply: FastifyReply, type: string, text: string): Sent {
  reply.header('cache-control', PUBLIC)
  const bytes = bytesOf(text)
  return sendTagged(reply, type, bytes, entityTag(bytes))
}

/** A GET whose `If-None-Match` lists the tag gets 304 in the end (`finish.ts`). */
function sendTagged(reply: FastifyReply, type: string, bytes: Buffer, tag: string): Sent {
  reply.header('etag', tag)
  const named = type.includes('charset=') ? type : `${type}; charset=utf-8`
  return sent(reply.type(named).send(bytes))
}

/**
 * Sends the answer to a write: 204 with the headers alone where that is preferred (RFC 7240).
 *
 * @param written its tag is that of the document as a reader gets it, without what only the writer is told
 */
export function sendWritten(
  request: FastifyRequest,
  reply: FastifyReply,
  written: { status: number; payload: string; tag: string; location: string | null },
  isMinimal: boolean,
  mediaType = JSON_TYPE,
): Sent {
  if (written.tag !== '') reply.header('etag', written.tag)
  if (written.location !== null) reply.header('location', written.location)
  setCaching(request, reply)
  if (isMinimal) reply.header('preference-applied', 'return=minimal')
  if (isMinimal || written.status === 204) return sent(reply.code(204).send())
  const bytes = Buffer.from(written.payload)
  return sent(reply.code(written.status).type(`${mediaType}; charset=utf-8`).send(bytes))
}

/** The one rule for caches: what anyone may read is kept for five seconds, what a token may read is kept by nobody. */
export function setCaching(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('cache-control', request.caller ? 'private, no-store' : PUBLIC)
  varyBy(reply)
}

const PUBLIC = 'public, max-age=5'

export function isPublic(reply: FastifyReply): boolean {
  return reply.getHeader('cache-control') === PUBLIC
}

/** What every answer below `/v1` depends on. */
const DEPENDS_ON = ['accept', 'authorization']

/** Adds to what the answer depends on, such as `Origin` for CORS. */
export function varyBy(reply: FastifyReply, names: readonly string[] = DEPENDS_ON): void {
  const given = String(reply.getHeader('vary') ?? '')
  const all = given === '' ? names : new Set([...given.split(', '), ...names])
  reply.header('vary', [...all].join(', '))
}

/** @throws DatelineError `not_acceptable` when the client takes no JSON */
export function assertAcceptsJson(request: FastifyRequest): void {
  preferred(request, [JSON_TYPE])
}

/**
 * Which of these media types the client likes best (RFC 9110, section 12.5.1); the first where it does not
 * mind. A profile or UTF-8 that it asks for is what it gets, or nearly.
 *
 * @param extensions of the address that give the same, for each media type that has one
 * @throws DatelineError `not_acceptable` with the `forms` that there are, when it takes none of them
 */
export function preferred(
  request: FastifyRequest,
  types: readonly string[],
  extensions: Readonly<Record<string, string>> = {},
): string {
  const type = acceptable(request, types)
  if (type !== undefined) return type
  const forms = types.map((mediaType) => ({ mediaType, extension: extensions[mediaType] }))
  const named = forms.map(({ mediaType, extension }) =>
    extension ? `${mediaType} (.${extension})` : mediaType,
  )
  throw new DatelineError(
    'not_acceptable',
    `There is no form of this as ${request.headers.accept}. It can be had as ${named.join(' or ')}.`,
    { extensions: { forms } },
  )
}

export function acceptable(
  { headers: { accept } }: FastifyRequest,
  types: readonly string[],
): string | undefined {
  if (accept === undefined) return types[0]
  const key = `${types} ${accept}`
  const type = known.has(key) ? known.get(key) : negotiate(accept, types)
  if (known.size < KNOWN) known.set(key, type)
  return type
}

/** Clients send few different headers; so many of them are not read again. */
const KNOWN = 200
const known = new Map<string, string | undefined>()

function negotiate(given: string, types: readonly string[]): string | undefined {
  const accept = given.toLowerCase().replace(/;\s*(?:charset="?utf-?8"?|profile=(?:"[^"]*"|[^;,]*))/g, '')
  return new Negotiator({ headers: { accept } }).mediaType([...types])
}

/** The address that was asked for, with other query parameters. Relative, so that it holds behind any proxy. */
export function withParameters(request: FastifyRequest, changes: Readonly<Record<string, string>>): string {
  const [path = '/', query = ''] = request.url.split('?')
  const parameters = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) parameters.set(name, value)
  return `${path}?${parameters}`
}
