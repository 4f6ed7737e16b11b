import { FOREVER, type Instant } from './clock.ts'

/**
 * The ids of the rows of words. Each minute has a block of them, so that what was published in a later minute has
 * a greater id: SQLite's index of words gives its rows in their order, and with it the newest first.
 */
const MINUTE = 60_000
/** More than can be written of what was published in one minute. */
const BLOCK = 2 ** 27
/** All ids are exact in JavaScript. What was never published is in the last block, what comes after 2097 in the one before. */
const LAST = 2 ** 26 - 1

function blockOf(publishedAt: Instant | null): number {
  return publishedAt === null ? LAST : Math.min(LAST - 1, Math.max(0, Math.floor(publishedAt / MINUTE)))
}

/** All ids of that minute are greater than the first number, and less than the second. */
export function idsOf(publishedAt: Instant | null): readonly [after: number, before: number] {
  const block = blockOf(publishedAt)
  return [block * BLOCK, (block + 1) * BLOCK]
}

/** What has a lesser id was published before this. */
export function publishedBefore(id: number): Instant {
  const block = Math.floor(id / BLOCK)
  return block >= LAST - 1 ? FOREVER : (block + 1) * MINUTE
}
