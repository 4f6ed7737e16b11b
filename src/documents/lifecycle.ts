import { DatelineError } from '../errors.ts'
import { FOREVER, type Instant } from '../storage/clock.ts'

/**
 * What a write does to a document's windows, decided without a database.
 *
 * A document's timeline has at most one window that holds the present and at most one that lies in
 * the future. Every step appends one version; besides, it may only move the end of those two.
 */
export interface Window {
  readonly version: number
  readonly from: Instant
  readonly to: Instant
}

export interface Newest {
  readonly version: number
  readonly publishedAt: Instant | null
  readonly expiresAt: Instant | null
  readonly withdrawn: boolean
}

export interface Timeline {
  /** Absent for a document that is being created. */
  readonly newest?: Newest | undefined
  readonly live?: Window | undefined
  readonly planned?: Window | undefined
}

export type Intent =
  /** The state of the newest version: live if it is live, in its slot if it is scheduled, else unpublished. */
  | { readonly kind: 'keep' }
  /** Saved, and seen by nobody without the scope. */
  | { readonly kind: 'draft' }
  | { readonly kind: 'publish'; readonly at: Instant }
  /** Replaces what is live, at once, and leaves alone what is unpublished or scheduled. */
  | { readonly kind: 'amend' }
  /** A version that waits, once more: in its slot if it is scheduled, else unpublished. */
  | { readonly kind: 'carry'; readonly version: number }
  /** At an instant that is to come, the document gets an end; `FOREVER` takes it away again. */
  | { readonly kind: 'withdraw'; readonly at: Instant }
  /** What waits for its instant no longer does. */
  | { readonly kind: 'unschedule' }

export interface Step {
  readonly version: number
  readonly from: Instant | null
  readonly to: Instant | null
  readonly publishedAt: Instant | null
  readonly expiresAt: Instant | null
  readonly withdrawn: boolean
  /** The start of another version's window that still lies in the future. */
  readonly awaits: Instant | null
  /** New ends for windows that are already there. An end at the window's start empties it. */
  readonly closings: readonly { readonly version: number; readonly to: Instant }[]
}

export type Status = 'draft' | 'scheduled' | 'live' | 'withdrawn'

/** Whether the newest version of a document is a draft, scheduled, live or withdrawn at `now`. */
export function statusOf({ newest, live, planned }: Timeline, now: Instant): Status {
  if (live && live.version === newest?.version) return 'live'
  if (planned && planned.version === newest?.version) return 'scheduled'
  if (!live && !planned && newest && (newest.withdrawn || wasLive(newest, now))) return 'withdrawn'
  return 'draft'
}

/** The versions that wait beside what is live, in their order: the scheduled one, and an unpublished edit that is the newest. */
export function waiting({ newest, live, planned }: Timeline): number[] {
  const versions = [planned, newest].flatMap((each) => (each ? [each.version] : []))
  return [...new Set(versions)].filter((version) => version !== live?.version)
}

/** True when the intent would leave a document as it is, given that its content does not change. */
export function isSettled(timeline: Timeline, intent: Intent, now: Instant): boolean {
  const status = statusOf(timeline, now)
  if (intent.kind === 'keep' || intent.kind === 'draft') return true
  if (intent.kind === 'amend') return timeline.live !== undefined
  if (intent.kind === 'publish') {
    if (status === 'live') return !timeline.planned && isLiveFrom(timeline, intent.at, now)
    return status === 'scheduled' && timeline.planned?.from === intent.at
  }
  if (intent.kind === 'unschedule') return !timeline.planned
  if (intent.kind === 'carry') return false
  if (intent.at <= now) return status === 'withdrawn'
  return (timeline.newest?.expiresAt ?? FOREVER) === intent.at && isEnding(timeline, intent.at)
}

/** What is live now, and will be at that later instant; or the first publication once more. */
function isLiveFrom({ newest, live }: Timeline, at: Instant, now: Instant): boolean {
  return at >= now ? live !== undefined && live.to > at : at === newest?.publishedAt
}

/** Whether an end is where a withdrawal at that instant would put it. */
function isEnding({ live, planned }: Timeline, at: Instant): boolean {
  if (at === FOREVER) return true
  return planned ? planned.to === at : live?.to === at
}

/**
 * @throws DatelineError `already_published` for a publication dated back that is not the first,
 *   `not_live` for a withdrawal at a later instant of what is neither live nor scheduled, and for an amendment
 *   of what is not live
 */
export function step(timeline: Timeline, intent: Intent, now: Instant): Step {
  if (intent.kind === 'publish') return publish(timeline, intent.at, now)
  if (intent.kind === 'withdraw')
    return intent.at > now ? expire(timeline, intent.at, now) : withdraw(timeline, now)
  if (intent.kind === 'unschedule') return unschedule(timeline, now)
  if (intent.kind === 'amend') return amend(timeline, now)
  const { newest, live, planned } = timeline
  const kept = intent.kind === 'keep' ? newest?.version : intent.kind === 'carry' ? intent.version : undefined
  if (kept !== undefined && live?.version === kept)
    return next(timeline, now, { from: now, to: live.to, closings: [{ version: live.version, to: now }] })
  if (kept !== undefined && planned?.version === kept)
    return next(timeline, now, { from: planned.from, to: planned.to, closings: [emptied(planned)] })
  return next(timeline, now, {})
}

function publish(timeline: Timeline, at: Instant, now: Instant): Step {
  const { newest, live, planned } = timeline
  if (at < now && newest && wasLive(newest, now))
    throw new DatelineError(
      'already_published',
      `This document was first published at ${new Date(newest.publishedAt ?? at).toISOString()}, and the past cannot be rewritten: only a first publication may be dated back. Use publish=now or a future instant.`,
    )
  const expiresAt = newest?.withdrawn ? null : (newest?.expiresAt ?? null)
  const closings = planned ? [emptied(planned)] : []
  if (live) closings.push({ version: live.version, to: Math.min(at, endAfter(live.from, expiresAt)) })
  return next(timeline, now, { from: at, to: endAfter(at, expiresAt), expiresAt, withdrawn: false, closings })
}

function amend(timeline: Timeline, now: Instant): Step {
  const { live } = timeline
  if (!live)
    throw new DatelineError(
      'not_live',
      'No version of this document is live, so base=live has nothing to change.',
    )
  return next(timeline, now, {
    from: now,
    to: live.to,
    withdrawn: false,
    closings: [{ version: live.version, to: now }],
  })
}

function withdraw(timeline: Timeline, now: Instant): Step {
  const { live, planned } = timeline
  const closings = planned ? [emptied(planned)] : []
  if (live) closings.push({ version: live.version, to: now })
  return next(timeline, now, { expiresAt: null, withdrawn: true, closings })
}

function unschedule(timeline: Timeline, now: Instant): Step {
  const { newest, live, planned } = timeline
  const closings = planned ? [emptied(planned)] : []
  const carriesLive = live && live.version === newest?.version
  const end = endAfter(live?.from ?? now, newest?.expiresAt ?? null)
  if (live) closings.push({ version: live.version, to: carriesLive ? now : end })
  return next(timeline, now, { ...(carriesLive ? { from: now, to: end } : {}), closings })
}

/** A withdrawal at a later instant: the same windows, with an end. An unpublished edit stays the newest version. */
function expire(timeline: Timeline, at: Instant, now: Instant): Step {
  const { newest, live, planned } = timeline
  if (!live && !planned)
    throw new DatelineError(
      'not_live',
      'Only what is live or scheduled can be withdrawn at a later instant; this document is neither.',
    )
  if (!live && planned && at <= planned.from)
    throw new DatelineError(
      'not_live',
      `This document goes live at ${new Date(planned.from).toISOString()} and can be withdrawn at a later instant than that. POST …/publish?at=never cancels the schedule.`,
    )
  const plannedTo = planned && endAfter(planned.from, at)
  const liveTo = live && Math.min(at, planned?.from ?? FOREVER)
  const carriesLive = live && live.version === newest?.version
  const carriesPlanned = planned && planned.version === newest?.version
  const closings: { version: number; to: Instant }[] = []
  if (live && liveTo !== undefined) closings.push({ version: live.version, to: carriesLive ? now : liveTo })
  if (planned && plannedTo !== undefined)
    closings.push(carriesPlanned ? emptied(planned) : { version: planned.version, to: plannedTo })
  const window = carriesLive
    ? { from: now, to: liveTo ?? FOREVER }
    : carriesPlanned
      ? { from: planned.from, to: plannedTo ?? FOREVER }
      : {}
  return next(timeline, now, { ...window, expiresAt: at === FOREVER ? null : at, closings })
}

function next(timeline: Timeline, now: Instant, change: Partial<Step>): Step {
  const { newest, planned } = timeline
  const isCancelled = change.closings?.some(
    ({ version, to }) => version === planned?.version && to === planned.from,
  )
  const isPlanned = planned !== undefined && !isCancelled
  const carried = newest && (wasLive(newest, now) || isPlanned) ? newest.publishedAt : null
  const from = change.from ?? null
  const first = from !== null && !(newest && wasLive(newest, now))
  return {
    version: (newest?.version ?? 0) + 1,
    from,
    to: change.to ?? null,
    publishedAt: first ? from : carried,
    expiresAt: change.expiresAt === undefined ? (newest?.expiresAt ?? null) : change.expiresAt,
    withdrawn: change.withdrawn ?? newest?.withdrawn ?? false,
    awaits: isPlanned ? planned.from : null,
    closings: change.closings ?? [],
  }
}

/** An expiry at or before the start of a window is over by then and does not end it. */
function endAfter(from: Instant, expiresAt: Instant | null): Instant {
  return expiresAt !== null && expiresAt > from ? expiresAt : FOREVER
}

function emptied(window: Window): { version: number; to: Instant } {
  return { version: window.version, to: window.from }
}

/** The document has been live, or is. */
export function wasLive(newest: Newest, now: Instant): boolean {
  return newest.publishedAt !== null && newest.publishedAt <= now
}
