import type { FastifyReply, FastifyRequest } from 'fastify'
import { DatelineError } from '../errors.ts'
import { type Caller, requireScope } from '../http/auth.ts'
import { expectedVersions } from '../http/etag.ts'
import { renderJson, sendJson } from '../http/reply.ts'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { isPublicOrWillBe, publish, withdraw } from './change-state.ts'
import type { ContentType } from './content-type.ts'
import { type Author, create } from './create.ts'
import type { Content } from './definition.ts'
import { find, idOf } from './find.ts'
import { formatInstant } from './instants.ts'
import { mergePatch } from './merge-patch.ts'
import type { Publication } from './publication.ts'
import { addressOf } from './reading.ts'
import { type Expected, revise } from './revise.ts'
import type { Document } from './rows.ts'

type Writing = FastifyRequest<{ Querystring: { publish?: Publication }; Body: Content }>
type Changing = FastifyRequest<{
  Params: { id: string }
  Querystring: { publish?: Publication }
  Body: Content
}>
type Moving = FastifyRequest<{ Params: { id: string }; Querystring: { at?: Instant | undefined } }>

/** Answers a POST of a new document with 201 and the address at which it can be read. */
export async function answerCreate(
  storage: Storage,
  type: ContentType,
  request: Writing,
  reply: FastifyReply,
): Promise<void> {
  const { publish: publication } = request.query
  const author = authorOf(request, publication)
  reply.code(201)
  const { document, payload } = await storage.write(async (trx) => {
    const id = await create(trx, type, request.body, publication, author)
    return rendered(reply, await readNewest(trx, type, id))
  })
  const draft = document.status === 'live' ? '' : '?at=latest'
  reply.header('location', addressOf(type, document) + draft)
  sendJson(request, reply, payload, document.version)
}

/** Answers a PATCH: JSON Merge Patch (RFC 7396) of the newest version. */
export async function answerPatch(
  storage: Storage,
  type: ContentType,
  request: Changing,
  reply: FastifyReply,
): Promise<void> {
  const { publish: publication } = request.query
  const author = authorOf(request, publication)
  return answerChange(storage, type, request, reply, (trx, id, expected) =>
    revise(trx, type, id, (content) => mergePatch(content, request.body), { publication, author, expected }),
  )
}

export async function answerPublish(
  storage: Storage,
  type: ContentType,
  request: Moving,
  reply: FastifyReply,
): Promise<void> {
  const { id: by } = callerOf(request)
  return answerChange(storage, type, request, reply, (trx, id, expected) =>
    publish(trx, type, id, { at: request.query.at, by, expected }),
  )
}

/** Answers a withdrawal. A draft that nobody has seen needs only the scope `write`. */
export async function answerWithdraw(
  storage: Storage,
  type: ContentType,
  request: Moving,
  reply: FastifyReply,
): Promise<void> {
  const caller = callerOf(request)
  const { at } = request.query
  return answerChange(storage, type, request, reply, async (trx, id, expected) => {
    if (at !== undefined && at < trx.now) throw inThePast(at)
    if (await isPublicOrWillBe(trx, type, id)) requireScope(caller, 'publish')
    await withdraw(trx, type, id, { at, by: caller.id, expected })
  })
}

async function answerChange(
  storage: Storage,
  type: ContentType,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  change: (trx: WriteTrx, id: string, expected: Expected) => Promise<void>,
): Promise<void> {
  const expected = expectedVersions(request.headers['if-match'])
  const { document, payload } = await storage.write(async (trx) => {
    const id = await idOf(trx, type, request.params.id)
    await change(trx, id, expected)
    return rendered(reply, await readNewest(trx, type, id))
  })
  sendJson(request, reply, payload, document.version)
}

function rendered(reply: FastifyReply, document: Document): { document: Document; payload: string } {
  return { document, payload: renderJson(reply, document) }
}

/** The document as the writer left it. */
async function readNewest(trx: WriteTrx, type: ContentType, id: string): Promise<Document> {
  const found = await find(trx, type, id, { at: 'latest', now: trx.now, drafts: true })
  if ('movedTo' in found) throw new Error('A document read by its id cannot have moved.')
  return found.document
}

/** @throws DatelineError `scope_missing` when a publication is asked for by who may not publish */
function authorOf(request: FastifyRequest, publication: Publication): Author {
  const caller = callerOf(request)
  if (publication !== undefined && publication !== 'no') requireScope(caller, 'publish')
  return { by: caller.id, mayPublish: caller.scopes.has('publish') }
}

function callerOf({ caller }: FastifyRequest): Caller {
  requireScope(caller, 'write')
  return caller
}

function inThePast(at: Instant): DatelineError {
  const detail = `${formatInstant(at)} is past, and the past cannot be rewritten. Leave it out to withdraw now.`
  return new DatelineError('invalid_query', `at ${detail}`, {
    items: [{ parameter: 'at', code: 'not_allowed', detail }],
  })
}
