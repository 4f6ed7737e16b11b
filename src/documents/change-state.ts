import { FOREVER, type Instant } from '../storage/clock.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Edit } from './edit.ts'
import { type Intent, isSettled, wasLive } from './lifecycle.ts'
import { assertParentLive, publishParts, unscheduleParts } from './parts.ts'
import { assertNothingScheduled } from './publication.ts'
import { standingOf } from './revise.ts'
import { contentOf } from './rows.ts'
import { appendNext } from './save.ts'
import type { Expected } from './staleness.ts'
import type { Standing } from './timelines.ts'

interface Change {
  /** When; absent: now; `never`: what is waiting to happen will not. */
  readonly at: Instant | 'never' | undefined
  readonly edit: Edit
  readonly expected: Expected
}

/**
 * Publishes the newest version of a document, and of its parts, now or at an instant; `never` cancels
 * what is scheduled.
 *
 * @returns where the document stood before
 * @throws DatelineError `not_found`, `stale_version`, `already_scheduled`, `already_published`, `parent_not_live`
 */
export async function publish(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  { at = trx.now, edit, expected }: Change,
): Promise<Standing> {
  const standing = await standingOf(trx, type, id, expected)
  if (at === 'never') await cancelSchedule(trx, type, standing, edit)
  else {
    const intent: Intent = { kind: 'publish', at }
    assertNothingScheduled(standing.timeline, intent, trx.now)
    await assertParentLive(trx, type, contentOf(trx, type, standing.newest), at)
    if (!isSettled(standing.timeline, intent, trx.now)) await appendNext(trx, type, standing, intent, edit)
    await publishParts(trx, type, id, at, edit)
  }
  return standing
}

async function cancelSchedule(
  trx: WriteTrx,
  type: ContentType,
  standing: Standing,
  edit: Edit,
): Promise<void> {
  const intent: Intent = { kind: 'unschedule' }
  if (isSettled(standing.timeline, intent, trx.now)) return
  await appendNext(trx, type, standing, intent, edit)
  await unscheduleParts(trx, type, standing.newest.document_id, edit)
}

/**
 * Takes a document out of public view, past and present, now or at an instant; `never` takes that
 * instant away. What was scheduled is cancelled by a withdrawal at once; the parts stay as they are,
 * unseen, and come back with the document.
 *
 * @returns where the document stood before
 * @throws DatelineError `not_found`, `stale_version`, `not_live`
 */
export async function withdraw(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  { at = trx.now, edit, expected }: Change,
): Promise<Standing> {
  const standing = await standingOf(trx, type, id, expected)
  const intent: Intent = { kind: 'withdraw', at: at === 'never' ? FOREVER : at }
  if (isSettled(standing.timeline, intent, trx.now)) return standing
  await appendNext(trx, type, standing, intent, edit)
  if (intent.at <= trx.now) await unscheduleParts(trx, type, id, edit)
  return standing
}

/** True when the public has seen the document, or will: withdrawing it takes something from somebody. */
export async function isPublicOrWillBe(trx: WriteTrx, type: ContentType, id: string): Promise<boolean> {
  const { timeline } = await standingOf(trx, type, id, undefined)
  return timeline.planned !== undefined || wasLive(timeline.newest, trx.now)
}
