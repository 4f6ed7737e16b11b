import type { FastifyReply, FastifyRequest } from 'fastify'
import { expectedVersions, forbidsExisting } from '../http/etag.ts'
import type { Sent } from '../http/reply.ts'
import { sentText } from '../http/text-body.ts'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import { answerWrite, type Rules, type WriteQuery, writerOf } from './commit.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import { type Condition, type OperationName, operations } from './operations.ts'
import type { Publication } from './publication.ts'
import { ifMatchMissing } from './staleness.ts'
import { includeOfBody } from './whole.ts'
import { outcomeOf, readWritten } from './written.ts'

interface Query extends WriteQuery {
  readonly publish?: Publication | undefined
  readonly at?: Instant | 'never' | undefined
  readonly base?: 'live' | undefined
}

export type Writing = FastifyRequest<{ Params?: unknown; Querystring: Query; Body?: unknown }>

/** Answers a request that does one thing to one document. */
export async function answerOperation(
  storage: Storage,
  rules: Rules,
  type: ContentType,
  name: OperationName,
  request: Writing,
  reply: FastifyReply,
): Promise<Sent> {
  const caller = writerOf(request)
  const { publish, at, base } = request.query
  const body = (request.body ?? {}) as Content // checked by the route's schema
  const { id: key } = (request.params ?? {}) as { id?: string } // by the route's schema, too
  const condition = key === undefined ? {} : conditionOf(request, rules, name)
  return answerWrite(storage, rules, request, reply, async (trx, edit) => {
    const asked = { type, body, publish, at, base, ...condition, ...(key === undefined ? {} : { key }) }
    const done = await operations[name](trx, asked, edit, caller)
    const written = await readWritten(trx, type, done, edit, { include: includeOfBody(type, body), base })
    return outcomeOf(reply, type, written, done.before === undefined)
  })
}

/**
 * What the request says of the version that it changes; a text may have it inside, and `If-Match` says more.
 *
 * @throws DatelineError `if_match_missing` where the server asks for it
 */
export function conditionOf(request: Writing, rules: Rules, name: OperationName | 'purge'): Condition {
  const { headers } = request
  const version = headers['if-match'] === undefined ? sentText(request)?.version : undefined
  const isUnsaid = rules.requireIfMatch && headers['if-match'] === undefined && version === undefined
  if (isUnsaid && name !== 'replace') throw ifMatchMissing()
  return {
    expected: version === undefined ? expectedVersions(headers['if-match']) : [version],
    mustBeNew: name === 'replace' && forbidsExisting(headers['if-none-match']),
    isUnsaid,
  }
}
