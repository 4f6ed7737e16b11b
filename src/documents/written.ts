import type { FastifyReply } from 'fastify'
import { entityTag } from '../http/etag.ts'
import { renderJson } from '../http/reply.ts'
import type { Instant } from '../storage/clock.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { announce } from './announce.ts'
import type { Outcome } from './commit.ts'
import { addCompared } from './compared.ts'
import type { ContentType } from './content-type.ts'
import type { Edit } from './edit.ts'
import { expand, type IncludeTree, parseInclude } from './include.ts'
import type { Moment } from './moment.ts'
import type { Notice } from './notices.ts'
import type { Done } from './operations.ts'
import { partsOfWritten } from './parts-written.ts'
import { addressOf } from './reading.ts'
import { type Document, toDocument } from './rows.ts'
import { renderersFor } from './shown.ts'
import { tellOfCompared } from './tell-compared.ts'
import { readStandingTold, type Standing } from './timelines.ts'
import { tellOfUnseen } from './unseen.ts'

export interface Written {
  readonly document: Document
  readonly notices: readonly Notice[]
  /** What is expanded in it. */
  readonly tree: IncludeTree
  /** What else only the writer is told. */
  readonly beside?: object
}

/**
 * The document as the writer left it, with what they should know of it: its newest version or, where the
 * change was made to what is live, that.
 */
export async function readWritten(
  trx: WriteTrx,
  type: ContentType,
  { id, before }: Done,
  edit: Edit,
  { include, base }: { include?: string | undefined; base?: 'live' | undefined },
): Promise<Written> {
  const after = await readStandingTold(trx, type, id)
  if (!after) throw new Error('A document that was written is there.')
  const document = toDocument(trx, type, (base === 'live' && after.live) || after.newest)
  const changes = before ? announce(type, before, after, { now: trx.now, base }) : []
  const moment: Moment = { at: base === 'live' ? trx.now : 'latest', now: trx.now, drafts: true }
  await addCompared(trx, type, [document], moment)
  const tree = parseInclude(type, include)
  await expand(trx, [document], tree, moment)
  const parts = partsOfWritten(trx, document, moment, before === undefined)
  const seenFrom = base === 'live' ? trx.now : seenAt(after, trx.now)
  const unseen = seenFrom === undefined ? [] : await tellOfUnseen(trx, type, document, seenFrom, parts)
  const compared = await tellOfCompared(trx, type, document, moment, edit, parts)
  return { document, tree, notices: [...edit.notices.splice(0), ...changes, ...unseen, ...compared] }
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
  { document, notices, tree, beside }: Written,
  isNew: boolean,
): Outcome {
  const status = isNew ? 201 : 200
  reply.code(status)
  const { one } = renderersFor(type, tree, false)
  const plain = `${one(document)}\n`
  const all = notices.length > 0 ? { ...document, notices } : document
  const payload = beside
    ? renderJson(reply, { ...all, ...beside })
    : all === document
      ? plain
      : `${one(all)}\n`
  const draft = document.status === 'live' ? '' : '?at=latest'
  const location = isNew ? addressOf(type, document) + draft : null
  return { status, payload, tag: entityTag(plain, document.version), location }
}
