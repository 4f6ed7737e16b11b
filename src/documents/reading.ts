import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireScope } from '../http/auth.ts'
import { bytesOf } from '../http/bytes.ts'
import { decodeCursor, encodeCursor, numberKey, textKey } from '../http/cursor.ts'
import { witness } from '../http/finish.ts'
import { assertAcceptsJson, type Sent, sendJson, sent, setCaching, withParameters } from '../http/reply.ts'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import type { ReadTrx } from '../storage/transaction.ts'
import { addCompared } from './compared.ts'
import type { ContentType, Relation } from './content-type.ts'
import { type Asked, askedOf } from './filter-parameters.ts'
import { type Found, find } from './find.ts'
import { askedForm, type Forms, sendForm } from './forms.ts'
import { expand, parseInclude } from './include.ts'
import { type ListPosition, list, type Page } from './list.ts'
import { type Moment, needsDrafts } from './moment.ts'
import { isByText, type Sort } from './order.ts'
import type { Document } from './rows.ts'
import { renderersFor } from './shown.ts'
import { selectFields } from './sparse.ts'
import { assertBearable } from './weight.ts'

interface ReadQuery {
  readonly at?: Instant | 'latest' | undefined
  readonly include?: string | undefined
  readonly fields?: readonly string[] | undefined
}

interface ListQuery extends ReadQuery {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly count?: boolean | undefined
  readonly sort?: Sort | undefined
  /** The filters that the type has. */
  readonly [filter: string]: unknown
}

/** Answers a GET of one document, in one of the forms that its type has. */
export async function answerDocument(
  storage: Storage,
  type: ContentType,
  request: FastifyRequest<{ Params: { id: string }; Querystring: ReadQuery }>,
  reply: FastifyReply,
  forms: Forms | undefined,
): Promise<Sent> {
  const { query } = request
  const { form, key, suffix } = askedForm(forms, request)
  const tree = parseInclude(type, form?.include ?? query.include)
  const found = await storage.read(async (trx): Promise<Found> => {
    const moment = momentOf(trx, request)
    const result = await find(trx, type, key, moment)
    if ('movedTo' in result) return result
    await addCompared(trx, type, [result.document], moment, query.fields)
    await expand(trx, [result.document], tree, moment)
    return result
  }, witness(request))
  if ('movedTo' in found) return redirect(request, reply, found.movedTo + suffix)
  const { document } = found
  markPast(query.at, reply, addressOf(type, document))
  if (forms && form) return sendForm(forms, form, request, reply, document, addressOf(type, document))
  if (tree.size === 0 && !type.compared) markModified(request, reply, document)
  const shown = selectFields(document, query.fields, tree)
  assertBearable([shown])
  const { one } = renderersFor(type, tree, query.fields !== undefined)
  return sendJson(request, reply, bytesOf(one(shown), '\n'), document.version)
}

/** Answers a GET of a list: of all documents of a type or, below one document, of those that refer to it. */
export async function answerList(
  storage: Storage,
  type: ContentType,
  request: FastifyRequest<{ Querystring: ListQuery; Params?: unknown }>,
  reply: FastifyReply,
  below?: { readonly type: ContentType; readonly key: string; readonly by: Relation },
): Promise<Sent> {
  assertAcceptsJson(request)
  const { limit = 20, count = false, include, at, sort, fields } = request.query
  const tree = parseInclude(type, include)
  const asked = askedOf(type, request.query)
  const result = await storage.read(async (trx): Promise<Answer | { movedTo: string }> => {
    const moment = momentOf(trx, request)
    const holder = below && (await find(trx, below.type, below.key, moment))
    if (holder && 'movedTo' in holder) return holder
    const referring = below && holder ? { by: below.by, id: holder.document.id } : undefined
    const fingerprint = fingerprintOf(request, referring?.id, asked)
    const from = positionIn(request.query, fingerprint)
    const page = await list(trx, type, { moment, limit, from, count, asked, sort, referring })
    await addCompared(trx, type, page.documents, moment, fields)
    await expand(trx, page.documents, tree, moment)
    return { ...page, fingerprint }
  }, witness(request))
  if ('movedTo' in result) return redirect(request, reply, result.movedTo)
  markPast(at, reply, request.url.split('?')[0] ?? '')
  const { documents, total, fingerprint } = result
  const cursors = { next: toCursor(result.next, fingerprint), prev: toCursor(result.prev, fingerprint) }
  linkPages(request, reply, cursors)
  const page = { limit, ...cursors, ...(total === undefined ? {} : { total }) }
  const data = documents.map((document) => selectFields(document, fields, tree))
  assertBearable(data)
  const { page: render } = renderersFor(type, tree, fields !== undefined)
  return sendJson(request, reply, bytesOf(render({ data, page }), '\n'))
}

type Answer = Page & { readonly fingerprint: string }

/** The list that a cursor belongs to, whichever name its holder has by now. It may be shown in other ways. */
function fingerprintOf(
  { routeOptions, query: { at, sort } }: FastifyRequest<{ Querystring: ListQuery }>,
  holder: string | undefined,
  asked: readonly Asked[],
): string {
  const filters = asked.map(({ filter, operator, value }) => [filter.name, operator, value])
  return JSON.stringify([routeOptions.url, holder, at, sort, filters])
}

function positionIn({ cursor, sort }: ListQuery, fingerprint: string): ListPosition | undefined {
  if (cursor === undefined) return undefined
  return decodeCursor<number | string>(cursor, fingerprint, isByText(sort) ? textKey : numberKey)
}

/**
 * What a request sees.
 *
 * @throws DatelineError `token_missing` or `scope_missing` for the newest versions and the future
 */
export function momentOf(
  { now, reach }: ReadTrx,
  { caller, query }: FastifyRequest<{ Querystring: ReadQuery }>,
): Moment {
  if (typeof query.at === 'number') reach(query.at)
  if (needsDrafts(query.at, now)) requireScope(caller, 'read:drafts')
  const drafts = caller?.scopes.has('read:drafts') ?? false
  return { at: query.at ?? now, now, drafts }
}

/** Old slugs lead on to the new one, with everything else that was asked. */
export function redirect(
  request: FastifyRequest<{ Params?: unknown }>,
  reply: FastifyReply,
  slug: string,
): Sent {
  const [path = '', query] = request.url.split('?')
  const segments = path.split('/').with(3, slug) // /v1/<type>/<slug>
  setCaching(request, reply)
  const location = segments.join('/') + (query === undefined ? '' : `?${query}`)
  return sent(reply.code(308).header('location', location).send())
}

/** The past is not for search engines: they are sent to what is there now. */
export function markPast(at: Instant | 'latest' | undefined, reply: FastifyReply, canonical: string): void {
  if (at !== undefined) keepFromSearch(reply, canonical)
}

/**
 * `Last-Modified` is for the public and for what a document has of itself. A draft changes what a token reads,
 * a part that is withdrawn changes an expansion, and the parent what is compared with it, and none leaves a date.
 */
function markModified({ caller }: FastifyRequest, reply: FastifyReply, { updatedAt }: Document): void {
  if (!caller) reply.header('last-modified', new Date(updatedAt).toUTCString())
}

export function keepFromSearch(reply: FastifyReply, canonical: string): void {
  reply.header('x-robots-tag', 'noindex')
  reply.header('link', `<${canonical}>; rel="canonical"`)
}

/** Where a document is, by its slug if it has one. */
export function addressOf(type: ContentType, document: Document): string {
  return `/v1/${type.path}/${document.slug ?? document.id}`
}

function toCursor(position: ListPosition | null, fingerprint: string): string | null {
  return position && encodeCursor(position, fingerprint)
}

export function linkPages(
  request: FastifyRequest,
  reply: FastifyReply,
  cursors: { next: string | null; prev: string | null },
): void {
  const links = [reply.getHeader('link')].filter((link) => typeof link === 'string')
  for (const [rel, cursor] of Object.entries(cursors))
    if (cursor) links.push(`<${withParameters(request, { cursor })}>; rel="${rel}"`)
  if (links.length > 0) reply.header('link', links.join(', '))
}
