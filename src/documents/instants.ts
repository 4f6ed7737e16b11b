import { z } from 'zod'
import { FOREVER, type Instant } from '../storage/clock.ts'

const dateTime = z.iso.datetime({ offset: true })
const date = z.iso.date()

/**
 * Reads an instant as a person types it: RFC 3339, with any number of fraction digits (the ones past
 * the millisecond are dropped), a bare date (00:00Z), or an offset whose `+` arrived as a blank because
 * it was not escaped in a URL.
 *
 * @returns milliseconds since 1970, or undefined when the text is none of these or outside the years 1 to 9999
 */
export function parseInstant(text: string): Instant | undefined {
  const typed = text.toUpperCase().replace(/ (\d\d:\d\d)$/, '+$1')
  const full = date.safeParse(typed).success ? `${typed}T00:00:00Z` : withSeconds(typed)
  if (!dateTime.safeParse(full).success) return undefined
  const instant = Date.parse(full)
  return instant >= FIRST && instant < FOREVER ? instant : undefined
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `2020-10-15T`, of so many days as answers are about: to work out a date takes longer than all else of an instant. */
const dates = new Map<Instant, string>()
const MOST_DATES = 1_000

/** RFC 3339 in UTC with milliseconds, as in every answer. */
export function formatInstant(instant: Instant): string {
  const midnight = Math.floor(instant / DAY) * DAY
  const time = instant - midnight
  const minutes = `${digits(2, time / HOUR)}:${digits(2, (time % HOUR) / MINUTE)}`
  return `${dates.get(midnight) ?? dateOf(midnight)}${minutes}:${digits(2, (time % MINUTE) / SECOND)}.${digits(3, time % SECOND)}Z`
}

function dateOf(midnight: Instant): string {
  const date = new Date(midnight).toISOString().slice(0, -'00:00:00.000Z'.length)
  if (dates.size >= MOST_DATES) dates.clear()
  dates.set(midnight, date)
  return date
}

function digits(count: 2 | 3, number: number): string {
  return String(Math.floor(number)).padStart(count, '0')
}

const FIRST = Date.parse('0001-01-01T00:00:00Z')

function withSeconds(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/, '$1:00$2')
}
