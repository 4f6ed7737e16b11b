/**
 * How far a zone's clocks are before UTC when they show a time, in minutes. A time that a zone has twice,
 * in autumn, is the first of the two; one that it skips, in spring, counts on from before the change.
 *
 * @param wall the time on the clock, as milliseconds as if it were UTC
 * @param timezone an IANA name
 */
export function zoneOffset(wall: number, timezone: string): number {
  const before = offsetAt(wall - DAY, timezone)
  const after = offsetAt(wall + DAY, timezone)
  if (offsetAt(wall - before * MINUTE, timezone) === before) return before
  return offsetAt(wall - after * MINUTE, timezone) === after ? after : before
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

function offsetAt(instant: number, timezone: string): number {
  const parts = clockOf(timezone).formatToParts(instant)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  return Math.round((shown - Math.floor(instant / MINUTE) * MINUTE) / MINUTE)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Made once for a zone: it takes longer than anything else about a date. */
function clockOf(timezone: string): Intl.DateTimeFormat {
  const known = clocks.get(timezone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    calendar: 'gregory',
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  })
  clocks.set(timezone, made)
  return made
}
