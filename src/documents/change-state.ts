import type { Instant } from '../storage/clock.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { type Intent, isSettled, wasLive } from './lifecycle.ts'
import { assertParentLive, publishParts, unscheduleParts } from './parts.ts'
import { assertNothingScheduled } from './publication.ts'
import { type Expected, standingOf } from './revise.ts'
import { contentOf } from './rows.ts'
import { appendNext } from './save.ts'

interface Change {
  /** When; absent: now. */
  readonly at: Instant | undefined
  readonly by: string
  readonly expected: Expected
}

/**
 * Publishes the newest version of a document, and of its parts, now or at an instant.
 *
 * @throws DatelineError `not_found`, `stale_version`, `already_scheduled`, `already_published`, `parent_not_live`
 */
export async function publish(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  { at, by, expected }: Change,
): Promise<void> {
  const standing = await standingOf(trx, type, id, expected)
  const intent: Intent = { kind: 'publish', at: at ?? trx.now }
  assertNothingScheduled(standing.timeline, intent, trx.now)
  await assertParentLive(trx, type, contentOf(trx, type, standing.newest), intent.at)
  if (!isSettled(standing.timeline, intent, trx.now)) await appendNext(trx, type, standing, intent, { by })
  await publishParts(trx, type, id, intent.at, by)
}

/**
 * Takes a document out of public view, past and present, now or at an instant. What was scheduled is
 * cancelled; its parts stay as they are, unseen, and come back with it.
 *
 * @throws DatelineError `not_found`, `stale_version`, `not_live`
 */
export async function withdraw(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  { at, by, expected }: Change,
): Promise<void> {
  const standing = await standingOf(trx, type, id, expected)
  const intent: Intent = { kind: 'withdraw', at: at ?? trx.now }
  if (isSettled(standing.timeline, intent, trx.now)) return
  await appendNext(trx, type, standing, intent, { by })
  if (intent.at <= trx.now) await unscheduleParts(trx, type, id, by)
}

/** True when the public has seen the document, or will: withdrawing it takes something from somebody. */
export async function isPublicOrWillBe(trx: WriteTrx, type: ContentType, id: string): Promise<boolean> {
  const { timeline } = await standingOf(trx, type, id, undefined)
  return timeline.planned !== undefined || wasLive(timeline.newest, trx.now)
}
