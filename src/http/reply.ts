import type { FastifyReply, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { DatelineError } from '../errors.ts'
import { entityTag, matches } from './etag.ts'

const JSON_TYPE = 'application/json'

/**
 * Sends an answer through the route's response schema, with its tag and with the one rule for caches:
 * what anyone may read is kept for five seconds, what a token may read is kept by nobody. A GET whose
 * `If-None-Match` lists the tag gets 304.
 */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
  version?: number,
): FastifyReply {
  const payload = `${reply.serialize(body)}\n`
  const tag = entityTag(payload, version)
  reply.header('etag', tag)
  reply.header('cache-control', request.caller ? 'private, no-store' : 'public, max-age=5')
  reply.header('vary', 'accept, authorization')
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && matches(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type(`${JSON_TYPE}; charset=utf-8`).send(payload)
}

/** @throws DatelineError `not_acceptable` when the client takes no JSON */
export function assertAcceptsJson({ headers }: FastifyRequest): void {
  if (new Negotiator({ headers }).mediaType([JSON_TYPE]) !== undefined) return
  throw new DatelineError(
    'not_acceptable',
    `There is no form of this as ${headers.accept}. It can be had as ${JSON_TYPE}.`,
  )
}

/** The address that was asked for, with other query parameters. Relative, so that it holds behind any proxy. */
export function withParameters(request: FastifyRequest, changes: Readonly<Record<string, string>>): string {
  const [path = '/', query = ''] = request.url.split('?')
  const parameters = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) parameters.set(name, value)
  return `${path}?${parameters}`
}
