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
export function assertNothingScheduled({ planned }: Timeline, intent: Intent, now: Instant): void {
  if (!planned || intent.kind !== 'publish' || intent.at > now) return
  throw new DatelineError(
    'already_scheduled',
    `Version ${planned.version} of this document is scheduled for ${formatInstant(planned.from)}. To publish at once, move the schedule to an instant a few seconds ahead; another future instant moves it there. Withdrawing the document cancels the schedule, and takes down what is live as well.`,
    { extensions: { scheduled: { version: planned.version, publishAt: formatInstant(planned.from) } } },
  )
}
