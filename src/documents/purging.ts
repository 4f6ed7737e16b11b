import type { FastifyReply } from 'fastify'
import { DatelineError } from '../errors.ts'
import { requireScope } from '../http/auth.ts'
import type { Sent } from '../http/reply.ts'
import type { Storage } from '../storage/open.ts'
import { commit, type Rules, sendOutcome, writerOf } from './commit.ts'
import type { ContentType } from './content-type.ts'
import { idOf, tombstone } from './find.ts'
import { purge } from './purge.ts'
import { answerOperation, conditionOf, type Writing } from './writing.ts'

type Deleting = Writing & { query: { purge?: boolean | undefined } }

/**
 * Answers a DELETE: a withdrawal or, with `purge=true`, the end of the document: 204. One whose content is
 * erased already is left as it is, whatever `If-Match` says, and the files are seen to again: the first
 * request may not have been able to.
 */
export async function answerDelete(
  storage: Storage,
  rules: Rules,
  type: ContentType,
  request: Deleting,
  reply: FastifyReply,
): Promise<Sent> {
  const { purge: isPurge, ...query } = request.query
  if (!isPurge) return answerOperation(storage, rules, type, 'withdraw', request, reply)
  requireScope(writerOf(request), 'admin')
  if (query.at !== undefined) throw notLater()
  const { expected } = conditionOf(request, rules, 'purge')
  const { id: key } = request.params as { id: string } // by the route's schema
  const outcome = await commit(storage, rules, request, async (trx, edit) => {
    const id = await idOf(trx, type, key)
    if (!(await tombstone(trx, type, id))) await purge(trx, type, id, { edit, expected })
    return { status: 204, payload: '', tag: '', location: null }
  })
  if (query.dryRun !== true) await storage.scrub().catch(sayWhatIsDone)
  return sendOutcome(request, reply, outcome)
}

function notLater(): DatelineError {
  const detail = 'cannot be given with purge=true: what is erased is erased at once.'
  return new DatelineError('invalid_query', `at ${detail}`, {
    items: [{ parameter: 'at', code: 'not_allowed', detail }],
  })
}

/** The document is erased by now; what failed is taking its words out of the files. */
function sayWhatIsDone(error: unknown): never {
  if (!(error instanceof DatelineError)) throw error
  const detail = `The document is erased, and nobody can read it. ${error.message} Send this request again until it answers 204.`
  throw new DatelineError('unavailable', detail, { cause: error })
}
