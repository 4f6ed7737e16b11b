import type { Instant } from '../storage/clock.ts'

/** Which versions a read sees. One read has one moment, expansions included. */
export interface Moment {
  /** The instant, or `latest`: the newest version of each document, published or not. */
  readonly at: Instant | 'latest'
  readonly now: Instant
  /** The reader has `read:drafts`: the past of what is withdrawn is open, and unpublished changes are told of. */
  readonly drafts: boolean
}

/** True when the reader asked for what only `read:drafts` may see: the newest versions, or the future. */
export function needsDrafts(at: Instant | 'latest' | undefined, now: Instant): boolean {
  return at === 'latest' || (at !== undefined && at > now)
}
