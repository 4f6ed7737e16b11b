import type { Instant } from './clock.ts'

/**
 * The writes that are under way in this process. A write has its instant from its beginning and is seen
 * from its commit on; a read in between must stand before that instant, or the same instant would later
 * give another answer. (A read cannot know of another process's write: the few milliseconds for which
 * that one is open are the exception.)
 */
export class WritesUnderWay {
  readonly #open = new Set<{ instant: Instant | undefined }>()

  /** @returns told of the instant when it is known, and called with nothing when the write is over */
  begin(): { at: (instant: Instant) => void; end: () => void } {
    const write: { instant: Instant | undefined } = { instant: undefined }
    this.#open.add(write)
    return { at: (instant) => (write.instant = instant), end: () => this.#open.delete(write) }
  }

  /**
   * The latest instant at which a read may stand.
   *
   * @param now where it would stand otherwise
   * @param last the last commit that it sees: a write that has no instant yet will have a later one
   */
  before(now: Instant, last: Instant): Instant {
    const limits = [...this.#open].map(({ instant }) => (instant === undefined ? last : instant - 1))
    return Math.min(now, ...limits)
  }
}
