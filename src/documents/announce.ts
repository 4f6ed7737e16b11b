import { FOREVER, type Instant } from '../storage/clock.ts'
import type { ContentType } from './content-type.ts'
import { formatInstant } from './instants.ts'
import { wasLive } from './lifecycle.ts'
import type { Notice } from './notices.ts'
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
  const of = `this ${type.type}`
  return [
    unchanged(of, before, after),
    notPublished(before, after),
    joinedSchedule(before, after),
    scheduledDiffers(before, after),
    base === 'live' && isWritten(before, after) ? unpublishedDiffers(before) : undefined,
    scheduleCancelled(before, after, now),
    endCancelled(before, after, now),
    oldSlug(type, before, after, now),
  ].filter((notice) => notice !== undefined)
}

type Maybe = Notice | undefined

function isWritten(before: Standing, after: Standing): boolean {
  return after.newest.version > before.newest.version
}

function unchanged(of: string, before: Standing, after: Standing): Maybe {
  if (isWritten(before, after)) return undefined
  return {
    code: 'unchanged',
    detail: `It was like this already: version ${after.newest.version} of ${of} stays its newest.`,
  }
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

function scheduledDiffers(before: Standing, after: Standing): Maybe {
  const { live, planned } = after.timeline
  const isEnd = after.newest.action === 'expire'
  if (!planned || isEnd || live?.version !== after.newest.version || !isWritten(before, after))
    return undefined
  return {
    code: 'scheduled_version_differs',
    detail: `Version ${planned.version} goes live at ${formatInstant(planned.from)} and does not have this change.`,
    scheduledVersion: planned.version,
    publishAt: formatInstant(planned.from),
  }
}

function unpublishedDiffers({ newest, timeline: { live } }: Standing): Maybe {
  if (!live || newest.version === live.version || newest.live_from !== null) return undefined
  return {
    code: 'unpublished_version_differs',
    detail: `Version ${newest.version} was saved and not published. It does not have this change, and is no longer the newest: POST …/restore?publish=no with {"version": ${newest.version}} brings it back.`,
    unpublishedVersion: newest.version,
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
  return {
    code: 'old_slug_redirects',
    detail: `The address /v1/${type.path}/${newest.slug} leads to /v1/${type.path}/${after.newest.slug} from when this version is live.`,
    oldSlug: newest.slug,
  }
}
