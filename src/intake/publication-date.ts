import { zoneOffset } from './zones.ts'

export interface PublicationDate {
  /** RFC 3339, in UTC. */
  readonly instant: string
  readonly hasTime: boolean
  /** Whether the text itself says in which zone its time is. */
  readonly hasZone: boolean
  readonly kind: 'published' | 'updated'
}

/**
 * Reads a line that says nothing but when a story was published.
 *
 * @param timezone an IANA name for times without a zone; UTC where absent
 * @returns `ambiguous` for 03/04/2020, which is two dates
 */
export function readDateLine(line: string, timezone = 'UTC'): PublicationDate | 'ambiguous' | null {
  if (line.length > LONGEST || !/\d/.test(line)) return null
  const [label = ''] = LABEL.exec(line) ?? []
  const rest = timeLast(line.slice(label.length).trim())
  for (const form of forms) {
    const match = form.exec(rest)
    const { day, month, year, first, second } = match?.groups ?? {}
    if (!match || !year) continue
    const time = readTime(rest.slice(match[0].length))
    if (time === null) continue
    const calendar = first
      ? inOrder(Number(first), Number(second))
      : { day: Number(day), month: monthNumber(month) }
    if (calendar === 'ambiguous') return 'ambiguous'
    const kind = /^(?:and )?(?:last |up|stand|son )|aktualisiert|güncel|mis à jour/i.test(label)
      ? 'updated'
      : 'published'
    return dated({ ...calendar, year: Number(year) }, time, timezone, kind)
  }
  return null
}

/** `7:15 pm, Nov 2, 2021`, the other way round. */
function timeLast(text: string): string {
  const [, time = '', date = ''] = TIME_FIRST.exec(text) ?? []
  return time === '' ? text : `${date}, ${time}`
}

const TIME_FIRST =
  /^(\d{1,2}(?:[:.h]\d{2}(?: ?[ap]\.?m\.?)?|(?: ?[ap]\.?m\.?))(?: (?:GMT|UTC|[A-Z]{1,3}[SD]?T))?)(?: Uhr)?(?:,| on)? +(?=\S*\d|\p{L}{3,})(.+)$/iu
const LONGEST = 100
const LABEL =
  /^(?:(?:and )?(?:first |last )?(?:published|posted|updated|modified)(?: on| at)?|date|publié(?: le)?|mis à jour(?: le)?|veröffentlicht(?: am)?|(?:zuletzt )?aktualisiert(?: am)?|stand|yayınlanma|(?:son )?güncelleme)?[:\s]*(?:le )?/iu
const WEEKDAY = '(?:\\p{L}{2,9}\\.?,? )?'
const MONTH = '(?<month>\\p{L}{3,9})\\.?'
const forms = [
  new RegExp(`^${WEEKDAY}${MONTH} (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})`, 'u'),
  new RegExp(`^${WEEKDAY}(?<day>\\d{1,2})(?:st|nd|rd|th|er|\\.)? ${MONTH},? (?<year>\\d{4})`, 'u'),
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/,
  /^(?<day>\d{1,2})\.(?<month>0?\d|1[0-2])\.(?<year>\d{4})/, // with full stops the day is the first, everywhere
  /^(?<first>\d{1,2})[./](?<second>\d{1,2})[./](?<year>\d{4})/,
]
const TIME =
  /^(?:[,\s|–-]*(?:at|à|um|T|saat)?\s*(?<hour>\d{1,2})(?:[:.h](?<minute>\d{2})(?::(?<seconds>\d{2})(?:\.\d{1,3})?)?)?\s*(?<half>[ap]\.?m\.?)?(?: Uhr)?\s*(?<zone>Z|[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|\([A-Z]{2,5}\))?)?\s*$/iu

const names: readonly (readonly string[])[] = [
  ['jan', 'oca'],
  ['feb', 'fév', 'fev', 'şub'],
  ['mar', 'mär'],
  ['apr', 'avr', 'nis'],
  ['may', 'mai'],
  ['jun', 'juin', 'haz'],
  ['jul', 'juil', 'tem'],
  ['aug', 'aoû', 'ağu'],
  ['sep', 'eyl'],
  ['oct', 'okt', 'eki'],
  ['nov', 'kas'],
  ['dec', 'déc', 'dez', 'ara'],
]

/** Whether a word is the name of a month, or begins as one does. */
export function isMonth(word: string): boolean {
  return monthNumber(word) > 0
}

function monthNumber(name = ''): number {
  if (/^\d/.test(name)) return Number(name)
  const plain = name.toLowerCase()
  return names.findIndex((starts) => starts.some((start) => plain.startsWith(start))) + 1
}

interface Time {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly offset: number | null
  readonly isGiven: boolean
}

function readTime(text: string): Time | null {
  const match = TIME.exec(text)
  if (!match) return null
  const { hour, minute = '0', seconds = '0', half = '', zone } = match.groups ?? {}
  if (hour === undefined) return { hour: 0, minute: 0, second: 0, offset: null, isGiven: false }
  if (!match[0].includes(':') && !/[.h]\d/.test(match[0]) && half === '') return null
  const shift = /^p/i.test(half) && Number(hour) < 12 ? 12 : /^a/i.test(half) && Number(hour) === 12 ? -12 : 0
  const offset = zone === undefined ? null : offsetOf(zone)
  return {
    hour: Number(hour) + shift,
    minute: Number(minute),
    second: Number(seconds),
    offset,
    isGiven: true,
  }
}

/** In minutes. Abbreviations that mean one thing in news; the others (IST, CST) are as if none were there. */
const abbreviations: Readonly<Record<string, number>> = {
  ...{ Z: 0, UTC: 0, GMT: 0, BST: 60, WEST: 60, CET: 60, CEST: 120, MEZ: 60, MESZ: 120, EET: 120, EEST: 180 },
  ...{ TRT: 180, MSK: 180, EST: -300, EDT: -240, PST: -480, PDT: -420, AEST: 600, AEDT: 660, JST: 540 },
}

function offsetOf(zone: string): number | null {
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (!match) return abbreviations[zone.replace(/[()]/g, '').toUpperCase()] ?? null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}

function inOrder(first: number, second: number): { day: number; month: number } | 'ambiguous' {
  if (first > 12) return { day: first, month: second }
  if (second > 12) return { day: second, month: first }
  return first === second ? { day: first, month: second } : 'ambiguous'
}

function dated(
  { day, month, year }: { day: number; month: number; year: number },
  { hour, minute, second, offset, isGiven }: Time,
  timezone: string,
  kind: PublicationDate['kind'],
): PublicationDate | null {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  const isReal =
    new Date(wall).getUTCDate() === day &&
    new Date(wall).getUTCMonth() === month - 1 &&
    hour < 24 &&
    minute < 60
  if (!isReal || month < 1 || year < 1600) return null
  const instant = wall - (offset ?? zoneOffset(wall, timezone)) * 60_000
  return { instant: new Date(instant).toISOString(), hasTime: isGiven, hasZone: offset !== null, kind }
}
