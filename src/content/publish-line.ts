import { formatInstant, parseInstant } from '../documents/instants.ts'
import { statusOf, wasLive } from '../documents/lifecycle.ts'
import type { Publication } from '../documents/publication.ts'
import type { Document } from '../documents/rows.ts'
import type { Standing } from '../documents/timelines.ts'
import type { Instant } from '../storage/clock.ts'

/**
 * The line `publish` of a file that is kept outside: when what is in it is published. It is the parameter of
 * the API: an instant, past or to come, `now`, or `no` for what nobody is to see.
 */
export function publishLine({ status, publishedAt, updatedAt }: Document): string {
  if (status === 'live') return String(publishedAt)
  return status === 'scheduled' ? updatedAt : 'no'
}

/** Of those parts that do not go with the document, by their ids. */
export function publishLinesOfParts(document: Document, parts: readonly Document[]): Map<string, string> {
  const lines = new Map<string, string>()
  if (document.status !== 'live' && document.status !== 'scheduled') return lines
  for (const part of parts) {
    if (part.status === 'draft') lines.set(part.id, 'no')
    // One that would come before its document comes with it.
    else if (
      part.status === 'scheduled' &&
      (document.status === 'live' || part.updatedAt > document.updatedAt)
    )
      lines.set(part.id, part.updatedAt)
  }
  return lines
}

/** @returns undefined for what is no such line; `null` where there is none */
export function readPublishLine(given: unknown): Publication | null {
  if (given === undefined) return null
  return given === 'now' || given === 'no' ? given : parseInstant(String(given))
}

/**
 * What has to be done to a document that is there for it to be as its file says. What is as it says already
 * keeps its state, and what is seen already stays seen.
 */
export function publicationFor({ timeline }: Standing, wanted: Publication, now: Instant): Publication {
  const status = statusOf(timeline, now)
  if (wanted === 'no') return status === 'draft' ? undefined : 'no'
  if (typeof wanted === 'number' && wanted > now)
    return status === 'scheduled' && timeline.planned?.from === wanted ? undefined : wanted
  if (wanted === undefined || status === 'live') return undefined
  return wasLive(timeline.newest, now) ? 'now' : wanted
}

/** A version of the document that is older than the one that is read is live. */
export function isAheadOfLive({ status, publishedAt }: Document, now: Instant): boolean {
  return (
    status !== 'live' &&
    publishedAt !== null &&
    publishedAt !== undefined &&
    String(publishedAt) <= formatInstant(now)
  )
}
