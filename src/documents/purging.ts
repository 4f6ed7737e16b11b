import type { FastifyReply } from 'fastify'
import { DatelineError } from '../errors.ts'
import { requireScope } from '../http/auth.ts'
import type { Storage } from '../storage/open.ts'
import { commit, type Rules, sendOutcome, writerOf } from './commit.ts'
import type { ContentType } from './content-type.ts'
import { idOf } from './find.ts'
import { purge } from './purge.ts'
import { answerOperation, conditionOf, type Writing } from './writing.ts'

type Deleting = Writing & { query: { purge?: boolean | undefined } }

/** Answers a DELETE: a withdrawal or, with `purge=true`, the end of the document: 204. */
export async function answerDelete(
  storage: Storage,
  rules: Rules,
  type: ContentType,
  request: Deleting,
  reply: FastifyReply,
): Promise<void> {
  const { purge: isPurge, ...query } = request.query
  if (!isPurge) return answerOperation(storage, rules, type, 'withdraw', request, reply)
  requireScope(writerOf(request), 'admin')
  if (query.at !== undefined) throw notLater()
  const { expected } = conditionOf(request, rules, 'purge')
  const { id: key } = request.params as { id: string } // by the route's schema
  const outcome = await commit(storage, rules, request, async (trx, edit) => {
    await purge(trx, type, await idOf(trx, type, key), { edit, expected })
    return { status: 204, payload: '', tag: '', location: null }
  })
  if (query.dryRun !== true) await storage.scrub()
  sendOutcome(request, reply, outcome)
}

function notLater(): DatelineError {
  const detail = 'cannot be given with purge=true: what is erased is erased at once.'
  return new DatelineError('invalid_query', `at ${detail}`, {
    items: [{ parameter: 'at', code: 'not_allowed', detail }],
  })
}
