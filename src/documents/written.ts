import type { FastifyReply } from 'fastify'
import { entityTag } from '../http/etag.ts'
import { renderJson } from '../http/reply.ts'
import type { Instant } from '../storage/clock.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { announce } from './announce.ts'
import type { Outcome } from './commit.ts'
import type { ContentType } from './content-type.ts'
import type { Edit } from './edit.ts'
import { find } from './find.ts'
import { expand, parseInclude } from './include.ts'
import type { Moment } from './moment.ts'
import type { Notice } from './notices.ts'
import type { Done } from './operations.ts'
import { addressOf } from './reading.ts'
import type { Document } from './rows.ts'
import { readStanding, type Standing } from './timelines.ts'
import { tellOfUnseen } from './unseen.ts'

export interface Written {
  readonly document: Document
  readonly notices: readonly Notice[]
}

/** The document as the writer left it, with what they should know of it. */
export async function readWritten(
  trx: WriteTrx,
  type: ContentType,
  { id, before }: Done,
  edit: Edit,
  { include, base }: { include?: string | undefined; base?: 'live' | undefined },
): Promise<Written> {
  const moment: Moment = { at: 'latest', now: trx.now, drafts: true }
  const found = await find(trx, type, id, moment)
  if ('movedTo' in found) throw new Error('A document read by its id cannot have moved.')
  const { document } = found
  const after = await readStanding(trx, type, id)
  const changes = before && after ? announce(type, before, after, { now: trx.now, base }) : []
  const seenFrom = after && seenAt(after, trx.now)
  const unseen = seenFrom === undefined ? [] : await tellOfUnseen(trx, type, document, seenFrom)
  await expand(trx, [document], parseInclude(type, include), moment)
  return { document, notices: [...edit.notices.splice(0), ...changes, ...unseen] }
}

/** When readers see the newest version, or else what is live; undefined when they see none. */
function seenAt({ newest, timeline: { live, planned } }: Standing, now: Instant): Instant | undefined {
  if (planned && (planned.version === newest.version || !live)) return planned.from
  return live && now
}

/** Renders it. The tag is that of what a reader gets with the same expansions: notices are the writer's alone. */
export function outcomeOf(
  reply: FastifyReply,
  type: ContentType,
  { document, notices }: Written,
  isNew: boolean,
): Outcome {
  const status = isNew ? 201 : 200
  reply.code(status)
  const plain = renderJson(reply, document)
  const payload = notices.length > 0 ? renderJson(reply, { ...document, notices }) : plain
  const draft = document.status === 'live' ? '' : '?at=latest'
  const location = isNew ? addressOf(type, document) + draft : null
  return { status, payload, tag: entityTag(plain, document.version), location }
}
