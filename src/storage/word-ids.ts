import { FOREVER, type Instant } from './clock.ts'

/**
 * The ids of the rows of words. Each minute has a block of them, so that what was published in a later minute has
 * a lesser id: SQLite's index of words gives its rows in their order, and so the newest first.
 */
const MINUTE = 60_000
/** More than can be written of what was published in one minute. */
const BLOCK = 2 ** 27
/** All ids are exact in JavaScript. What was never published is in block 0, what comes after 2097 in block 1. */
const FIRST_MINUTE = 2 ** 26 - 1

function blockOf(publishedAt: Instant | null): number {
  if (publishedAt === null) return 0
  return Math.max(1, FIRST_MINUTE - Math.max(0, Math.floor(publishedAt / MINUTE)))
}

/** All ids of that minute are greater than the first number, and less than the second. */
export function idsOf(publishedAt: Instant | null): readonly [after: number, before: number] {
  const block = blockOf(publishedAt)
  return [block * BLOCK, (block + 1) * BLOCK]
}

/** What has a greater id was published before this. */
export function publishedBefore(id: number): Instant {
  const block = Math.floor(id / BLOCK)
  return block <= 1 ? FOREVER : (FIRST_MINUTE - block + 1) * MINUTE
}
