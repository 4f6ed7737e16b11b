import type { FastifyReply, FastifyRequest } from 'fastify'
import { DatelineError } from '../errors.ts'
import { type Caller, requireScope } from '../http/auth.ts'
import { idempotencyKey, noteOf, prefersMinimal, prefersStrict, requestHash } from '../http/preferences.ts'
import { type Sent, sendWritten } from '../http/reply.ts'
import type { Storage } from '../storage/open.ts'
import { findReply, keepReply } from '../storage/replies.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { Edit } from './edit.ts'

/** What a server asks of every write. */
export interface Rules {
  /** A change of what exists must say, with `If-Match`, which version it was made from. */
  readonly requireIfMatch: boolean
  /** A change of what readers rely on must be explained to them. */
  readonly requireChangeNote: boolean
}

/** The answer to a write, rendered while the write can still be undone. */
export interface Outcome {
  readonly status: number
  readonly payload: string
  readonly tag: string
  readonly location: string | null
}

export interface WriteQuery {
  readonly note?: string | undefined
  readonly minor?: boolean | undefined
  readonly dryRun?: boolean | undefined
}

/** An outcome that is saved, now or, under the same key, before. */
export interface Committed extends Outcome {
  readonly isReplayed: boolean
}

type Work = (trx: WriteTrx, edit: Edit) => Promise<Outcome>

/** Answers a request that writes, as `commit` does it. */
export async function answerWrite(
  storage: Storage,
  rules: Rules,
  request: FastifyRequest<{ Querystring: WriteQuery }>,
  reply: FastifyReply,
  work: Work,
): Promise<Sent> {
  return sendOutcome(request, reply, await commit(storage, rules, request, work))
}

/** @param mediaType of the payload; JSON when absent */
export function sendOutcome(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: Committed,
  mediaType?: string,
): Sent {
  if (outcome.isReplayed) reply.header('idempotency-replayed', 'true')
  return sendWritten(request, reply, outcome, prefersMinimal(request), mediaType)
}

/** @throws DatelineError `scope_missing` for whoever may not write */
export function writerOf({ caller }: FastifyRequest): Caller {
  requireScope(caller, 'write')
  return caller
}

/**
 * Does what a request asks for: its work, the reply that is kept for its `Idempotency-Key` and the lines
 * of the audit are one transaction. A second request with the same key waits for the first one and gets
 * its answer. With `dryRun=true` everything is done and answered, and undone.
 *
 * @throws DatelineError `scope_missing`, `key_reused`, and what the work throws
 */
export async function commit(
  storage: Storage,
  rules: Rules,
  request: FastifyRequest<{ Querystring: WriteQuery }>,
  work: Work,
): Promise<Committed> {
  const caller = writerOf(request)
  const key = idempotencyKey(request)
  const isDry = request.query.dryRun === true
  const once = () =>
    storage.write(async (trx) => {
      const kept = key === undefined ? undefined : await replay(trx, request, caller, key)
      if (kept) return { ...kept, isReplayed: true }
      const outcome = await work(trx, editOf(request, caller, rules))
      if (isDry) throw new Undone(outcome)
      if (key !== undefined) await keep(trx, request, caller, key, outcome)
      return { ...outcome, isReplayed: false }
    })
  return isDry ? tried(once) : once()
}

/** Carries the answer of a dry run out of the transaction that it undoes. */
class Undone extends Error {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super('undone')
    this.outcome = outcome
  }
}

async function tried(once: () => Promise<Committed>): Promise<Committed> {
  try {
    return await once()
  } catch (error) {
    if (!(error instanceof Undone)) throw error
    const { status, ...outcome } = error.outcome
    return { ...outcome, status: status === 201 ? 200 : status, location: null, isReplayed: false }
  }
}

function editOf(
  request: FastifyRequest<{ Querystring: WriteQuery }>,
  caller: Caller,
  { requireChangeNote }: Rules,
): Edit {
  return {
    by: caller.id,
    address: request.ip,
    requestId: request.id,
    mayPublish: caller.scopes.has('publish'),
    note: noteOf(request, request.query.note),
    isMinor: request.query.minor === true,
    mustExplain: requireChangeNote,
    isStrict: prefersStrict(request),
    keepsIds: false,
    names: new Map(),
    notices: [],
  }
}

async function replay(
  trx: WriteTrx,
  request: FastifyRequest,
  caller: Caller,
  key: string,
): Promise<Outcome | undefined> {
  const kept = await findReply(trx, { token_id: caller.id, key })
  if (!kept) return undefined
  if (kept.request_hash !== requestHash(request))
    throw new DatelineError(
      'key_reused',
      'This Idempotency-Key was sent with another request. Send the same method, address and body again, or make a new key.',
      { items: [{ header: 'idempotency-key', code: 'repeated', detail: 'belongs to another request.' }] },
    )
  if (kept.payload === null)
    throw new DatelineError(
      'gone',
      'The request was done. What it answered has been taken down since, and erased.',
    )
  return { status: kept.status, payload: kept.payload, tag: kept.etag ?? '', location: kept.location }
}

async function keep(
  trx: WriteTrx,
  request: FastifyRequest,
  caller: Caller,
  key: string,
  { status, payload, tag, location }: Outcome,
): Promise<void> {
  await keepReply(trx, {
    token_id: caller.id,
    key,
    request_hash: requestHash(request),
    status,
    payload,
    etag: tag,
    location,
  })
}
