import { DatelineError } from '../errors.ts'
import type { Instant } from '../storage/clock.ts'
import { formatInstant } from './instants.ts'
import type { Intent, Timeline } from './lifecycle.ts'

/** `?publish=` on a write: at once, at an instant, not at all, or, when it is absent, as the document stands. */
export type Publication = 'now' | 'no' | Instant | undefined

export function publicationIntent(publication: Exclude<Publication, undefined>, now: Instant): Intent {
  if (publication === 'no') return { kind: 'draft' }
  return { kind: 'publish', at: publication === 'now' ? now : publication }
}

/**
 * @throws DatelineError `already_scheduled` when a publication at once meets a version that waits for
 *   its instant: one of the two would have to go, and that is the editor's to say
 */
export function assertNothingScheduled({ live, planned }: Timeline, intent: Intent, now: Instant): void {
  if (!planned || intent.kind !== 'publish' || intent.at > now) return
  const publishAt = formatInstant(planned.from)
  const ways = [
    `Version ${planned.version} of this document is scheduled for ${publishAt}.`,
    ...(live ? ['To change at once what is live and keep the schedule, send a PATCH with ?base=live.'] : []),
    'To move the schedule, POST …/publish?at=<instant>.',
    'To cancel it, POST …/publish?at=never; then publish.',
  ]
  throw new DatelineError('already_scheduled', ways.join(' '), {
    extensions: { scheduled: { version: planned.version, publishAt } },
  })
}
