import type { Block } from './blocks.ts'
import { genderOfGivenName } from './given-names.ts'
import { isMonth, type PublicationDate, readDateLine } from './publication-date.ts'
import type { Range } from './source.ts'

/** The words before a story's first sentence that say where it was written, and often when and for whom. */
export interface Dateline extends Range {
  readonly place: (Range & { readonly name: string }) | null
  readonly date: PublicationDate | 'ambiguous' | null
  /** It names an agency, or a day without its year, that no field has room for. */
  readonly hasMore: boolean
}

/**
 * Reads what stands before the dash: `MOSCOW (Agency) —`, `Lowmouth, 9 September 2023 –`, `PARIS, 4 mars (AFP) —`.
 * A place that is not in capitals is one only with a date or an agency. German papers end it with a full stop.
 */
export function readDateline({ text, from }: Block, timezone?: string): Dateline | null {
  const { where = '', agency, rest, length } = headOf(text)
  const { place, day, date: before } = partsOf(where, timezone)
  const after = before === null && day === undefined ? dayAfter(rest, timezone) : null
  const date = before ?? after?.date ?? null
  const isTold = agency !== undefined || day !== undefined || date !== null
  const isMidSentence = date === null && day === undefined && /^\p{Ll}/u.test(rest)
  const isPlaced = isTold
    ? PLACE.test(place) &&
      !isMidSentence &&
      (isCapitals(place) || date !== null || agency === undefined || AGENCY.test(agency))
    : isCapitals(place) && !isMidSentence
  const isDated = place === '' && agency !== undefined && (date !== null || day !== undefined)
  if (!isPlaced && !isDated) return null
  return {
    place: place === '' ? null : { name: nameOf(place), from, to: from + place.length },
    date,
    hasMore: agency !== undefined || day !== undefined,
    from,
    to: from + length + (after?.length ?? 0),
  }
}

/** A line that says nothing but a place and a date: `Lowmouth, 9 September 2023`. */
export function readPlaceAndDate(line: string, timezone?: string): Pick<Dateline, 'place' | 'date'> | null {
  if (line.length > LONGEST || !/^\p{Lu}[^\d,]+, .*\d/u.test(line)) return null
  const { place, date } = partsOf(line, timezone)
  const [first = ''] = place.split(' ') // “Jo Lind, 4 March 2024” says who wrote it
  return date &&
    PLACE.test(place) &&
    !LABEL.test(place) &&
    !(first !== place && genderOfGivenName(first) !== undefined)
    ? { place: { name: nameOf(place), from: 0, to: place.length }, date }
    : null
}

const LONGEST = 90
/** Of a date: `Updated Monday, 9 September 2023`. */
const LABEL =
  /^(?:first|last|published|posted|updated|modified|date|publié|mis à|veröffentlicht|aktualisiert)\b/iu
const WORD = "\\p{Lu}[\\p{L}\\p{M}'’.-]*"
const PLACE = new RegExp(
  `^${WORD}(?: (?:(?:de|la|le|del|di|am|an der|sur|upon|of|the) )?${WORD}){0,3}(?:, ${WORD}(?: ${WORD}){0,2})?$`,
  'u',
)
const HEAD =
  /^([^()—–:“”"«»!?]{0,80}?)(?: ?\(([^()]{2,40})\)| ?\/([\p{L} -]{3,30})\/)?(?: ?—{1,2} ?| ?– | --? |(?<=\p{Lu})--|(?<=\)) ?-{1,2} |(?<=\))\. )(?=[\p{L}\p{N}“„«"‘'(])/u

function headOf(text: string) {
  const [whole = '', where, bracket, wire] = HEAD.exec(text.slice(0, LONGEST + 40)) ?? []
  const agency = bracket ?? wire
  return { where, agency, rest: text.slice(whole.length), length: whole.length }
}

/** Where the place ends, and what the date behind it says; a `day` has no year. */
function partsOf(where: string, timezone: string | undefined) {
  const commas = [...where.matchAll(/, /g)].map(({ index }) => index)
  for (const at of [...commas, NO_PLACE]) {
    const words = where.slice(at + 2).trim()
    const place = where.slice(0, Math.max(0, at)).trim()
    if (place !== '' && (WEEKDAY.test(place) || !PLACE.test(place))) continue
    const date = readDateLine(words, timezone)
    if (date) return { place, date }
    if (isDay(words)) return { place, date: null, day: words }
  }
  return { place: where.trim(), date: null }
}

/** `LOWMOUTH, UK – 9 September 2023 – The harbour …` */
function dayAfter(rest: string, timezone: string | undefined) {
  const [whole = '', words = ''] = /^([^—–]{6,40}?) ?[—–-]{1,2} (?=\S)/u.exec(rest) ?? []
  const date = words === '' ? null : readDateLine(words, timezone)
  return date && { date, length: whole.length }
}

/** As if a comma stood before the first word. */
const NO_PLACE = -2

function isDay(words: string): boolean {
  if (WEEKDAY.test(words)) return true
  const [, before, after] =
    /^(?:\p{L}+,? )?(?:\d{1,2}(?:st|nd|rd|th|er|\.)? (\p{L}{3,9})\.?|(\p{L}{3,9})\.? \d{1,2}(?:st|nd|rd|th)?)$/u.exec(
      words,
    ) ?? []
  return isMonth(before ?? after ?? '')
}

const WEEKDAY =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)$/i
/** Agencies are short, or say what they are: a bracket behind a person's name is a party or an age. */
const AGENCY =
  /^(?:\p{Lu}{2,6}|\p{Ll}{2,3}|Reuters|Bloomberg|Xinhua|.*\b(?:Press|News|Newswire|Wire|Agency|Agence)\b.*)(?:\/[\p{L}-]{2,12})?$/u

/** As agencies write a place; what follows a comma may be its country in small letters. */
function isCapitals(place: string): boolean {
  const [city = ''] = place.split(', ')
  return PLACE.test(place) && city.length > 2 && city === city.toUpperCase() && !/\d/.test(city)
}

function nameOf(place: string): string {
  return place
    .split(', ')
    .map((part) =>
      part.length > 3 && part === part.toUpperCase() && !/\.\p{Lu}/u.test(part) ? titled(part) : part,
    )
    .join(', ')
}

function titled(words: string): string {
  return words.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase())
}
