import type { Instant } from './clock.ts'

/**
 * The writes that are under way in this process. A write has its instant from its beginning and is seen
 * from its commit on; a read in between must stand before that instant, or the same instant would later
 * give another answer. (A read cannot know of another process's write: the few milliseconds for which
 * that one is open are the exception.)
 */
export class WritesUnderWay {
  readonly #open = new Set<{ instant: Instant | undefined; over: Promise<void> }>()

  /** @returns told of the instant when it is known, and called with nothing when the write is over */
  begin(): { at: (instant: Instant) => void; end: () => void } {
    const { promise: over, resolve } = Promise.withResolvers<void>()
    const write: { instant: Instant | undefined; over: Promise<void> } = { instant: undefined, over }
    this.#open.add(write)
    const end = () => {
      this.#open.delete(write)
      resolve()
    }
    return { at: (instant) => (write.instant = instant), end }
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

  /** Resolves when all writes that are under way now are over. Those that begin later have later instants. */
  async settled(): Promise<void> {
    await Promise.all([...this.#open].map(({ over }) => over))
  }
}

/** What a read throws that asked for an instant which a write under way may still change. */
export class Unsettled extends Error {
  /** The present of that read. */
  readonly present: Instant
  /** When those writes are over. */
  readonly settled: Promise<void>

  constructor(present: Instant, settled: Promise<void>) {
    super('unsettled')
    this.present = present
    this.settled = settled
  }
}
