import { isDeepStrictEqual } from 'node:util'
import { FOREVER, type Instant } from '../storage/clock.ts'
import type { ContentType } from './content-type.ts'
import { formatInstant } from './instants.ts'
import { wasLive } from './lifecycle.ts'
import type { Notice } from './notices.ts'
import type { Row } from './rows.ts'
import type { Standing } from './timelines.ts'

/**
 * What the one who changed a document should know, from where it stood before and where it stands now.
 *
 * @param base `live` when the change was made to what is live
 */
export function announce(
  type: ContentType,
  before: Standing,
  after: Standing,
  { now, base }: { now: Instant; base: 'live' | undefined },
): Notice[] {
  const notices = base === 'live' ? ofAmendment(type, before, after) : ofChange(type, before, after, now)
  return notices.filter((notice) => notice !== undefined)
}

function ofChange(type: ContentType, before: Standing, after: Standing, now: Instant): Maybe[] {
  return [
    isWritten(before, after) ? undefined : unchanged(type, after.newest, 'its newest'),
    notPublished(before, after),
    joinedSchedule(before, after),
    scheduleCancelled(before, after, now),
    endCancelled(before, after, now),
    oldSlug(type, before, after, now),
  ]
}

function ofAmendment(
  type: ContentType,
  { live: was }: Standing,
  { newest, live, planned }: Standing,
): Maybe[] {
  if (!was || !live) return []
  if (was.version === live.version) return [unchanged(type, live, 'live')]
  const isLacking = (row: Row) => lacks(type, row, was, live)
  const isUnpublished = newest.version !== live.version && newest.version !== planned?.version
  return [
    planned && isLacking(planned) ? scheduledDiffers(planned) : undefined,
    isUnpublished && isLacking(newest) ? unpublishedDiffers(newest) : undefined,
    was.slug === live.slug ? undefined : redirected(type, was, live),
  ]
}

type Maybe = Notice | undefined

function isWritten(before: Standing, after: Standing): boolean {
  return after.newest.version > before.newest.version
}

function unchanged({ type }: ContentType, { version }: Row, stays: string): Notice {
  return {
    code: 'unchanged',
    detail: `It was like this already: version ${version} of this ${type} stays ${stays}.`,
  }
}

/** Whether something that was changed between two versions is not like that in another one. */
function lacks({ fields, columns }: ContentType, row: Row, was: Row, is: Row): boolean {
  const names = columns.flatMap(({ field, column }) => (field in fields ? [column] : []))
  return ['slug', ...names].some(
    (name) => !isDeepStrictEqual(was[name], is[name]) && !isDeepStrictEqual(row[name], is[name]),
  )
}

function notPublished(before: Standing, { newest, timeline }: Standing): Maybe {
  const { live, planned } = timeline
  const isDraft = newest.live_from === null && newest.withdrawn === 0 && newest.action !== 'expire'
  if (!isDraft || newest.version === before.newest.version || !(live || planned)) return undefined
  const stays = live ? `; version ${live.version} stays live` : ''
  const goes = planned
    ? `; version ${planned.version} goes live at ${formatInstant(planned.from)} without it`
    : ''
  return {
    code: 'not_published',
    detail: `Version ${newest.version} is saved and not published${stays}${goes}. POST …/publish publishes it.`,
    ...(live ? { liveVersion: live.version } : {}),
    ...(planned ? { scheduledVersion: planned.version } : {}),
  }
}

function joinedSchedule(before: Standing, after: Standing): Maybe {
  const { planned } = after.timeline
  const joined = after.newest.action === 'save' || after.newest.action === 'restore'
  if (!planned || !joined || !isWritten(before, after) || planned.version !== after.newest.version)
    return undefined
  if (before.timeline.planned?.from !== planned.from) return undefined
  const live = after.timeline.live ? ' ?base=live changes what is live now instead.' : ''
  return {
    code: 'joined_schedule',
    detail: `Version ${planned.version} takes the place of version ${before.timeline.planned.version} and goes live at ${formatInstant(planned.from)}.${live}`,
    publishAt: formatInstant(planned.from),
  }
}

function scheduledDiffers({ version, live_from: from }: Row): Notice {
  const publishAt = formatInstant(Number(from))
  return {
    code: 'scheduled_version_differs',
    detail: `Version ${version} goes live at ${publishAt} and does not have this change.`,
    scheduledVersion: version,
    publishAt,
  }
}

function unpublishedDiffers({ version }: Row): Notice {
  return {
    code: 'unpublished_version_differs',
    detail: `Version ${version} is not published and does not have this change: publishing it as it is takes the change back.`,
    unpublishedVersion: version,
  }
}

function scheduleCancelled(before: Standing, after: Standing, now: Instant): Maybe {
  const { planned } = before.timeline
  if (!planned || planned.from <= now || after.timeline.planned) return undefined
  if (after.timeline.live && after.timeline.live.from >= planned.from) return undefined
  return {
    code: 'schedule_cancelled',
    detail: `The publication of version ${planned.version} at ${formatInstant(planned.from)} is cancelled.`,
    cancelledVersion: planned.version,
    publishAt: formatInstant(planned.from),
  }
}

function endCancelled(before: Standing, after: Standing, now: Instant): Maybe {
  const end = before.newest.expires_at
  if (end === null || end <= now || end === FOREVER || after.newest.expires_at !== null) return undefined
  return {
    code: 'end_cancelled',
    detail: `The withdrawal that was set for ${formatInstant(end)} is cancelled.`,
    withdrawAt: formatInstant(end),
  }
}

function oldSlug(type: ContentType, before: Standing, after: Standing, now: Instant): Maybe {
  const { newest } = before
  if (newest.slug === after.newest.slug || !wasLive(after.timeline.newest, now)) return undefined
  if (before.timeline.live?.version !== newest.version) return undefined // readers know another one
  return redirected(type, newest, after.newest)
}

function redirected({ path }: ContentType, was: Row, is: Row): Notice {
  return {
    code: 'old_slug_redirects',
    detail: `The address /v1/${path}/${was.slug} leads to /v1/${path}/${is.slug} from when this version is live.`,
    oldSlug: was.slug,
  }
}
