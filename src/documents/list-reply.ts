import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { decodeCursor, encodeCursor, numberKey, textKey } from '../http/cursor.ts'
import { integerParameter } from '../http/parameter.ts'
import { assertAcceptsJson, renderJson, type Sent, sendJson } from '../http/reply.ts'
import type { Page, PageRequest } from './page.ts'
import { cursor } from './parameters.ts'
import { linkPages } from './reading.ts'
import { page } from './schemas.ts'

/** The parameters that every list has. */
export const pageParameters = {
  limit: integerParameter(1, 100, 20, 'How many entries a page has at most.'),
  cursor,
}

/** The schema of a page of these. */
export function pageOf(entry: z.ZodType) {
  return z.object({ data: z.array(entry), page })
}

type Listing = FastifyRequest<{
  Params?: unknown
  Querystring: { limit?: number | undefined; cursor?: string | undefined; count?: boolean | undefined }
}>

/** What a request asks for, and the query that its cursors belong to: everything in the address but what may change on the way. */
export interface AskedPage<Key extends number | string = number> extends PageRequest<Key> {
  readonly query: string
}

/**
 * @param of what the list is of; a document is told by its id, because a cursor goes along when an old
 *   slug leads to a new one
 * @throws DatelineError `invalid_cursor`, `not_acceptable`
 */
export function askedPage(request: Listing, of: unknown = request.params): AskedPage {
  return asked(request, of, numberKey)
}

/** The same, of a list that is in the order of texts. */
export function askedPageOfTexts(request: Listing): AskedPage<string> {
  return asked(request, request.params, textKey)
}

function asked<Key extends number | string>(
  request: Listing,
  of: unknown,
  key: z.ZodType<[Key, string, number, string]>,
): AskedPage<Key> {
  assertAcceptsJson(request)
  const { limit = 20, cursor, count: _, ...filters } = request.query
  const query = JSON.stringify([request.routeOptions.url, of, filters])
  return { limit, query, from: cursor === undefined ? undefined : decodeCursor(cursor, query, key) }
}

/** Answers a GET of a list with the page that was read. */
export function sendPage<Row, Key extends number | string>(
  request: Listing,
  reply: FastifyReply,
  { limit, query }: AskedPage<Key>,
  { rows, next, prev, total }: Page<Row, Key>,
  show: (row: Row) => unknown,
): Sent {
  const cursors = { next: next && encodeCursor(next, query), prev: prev && encodeCursor(prev, query) }
  linkPages(request, reply, cursors)
  const page = { limit, ...cursors, ...(total === undefined ? {} : { total }) }
  return sendJson(request, reply, renderJson(reply, { data: rows.map(show), page }))
}
