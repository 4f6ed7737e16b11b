import type { Block } from './blocks.ts'
import { type Byline, readBareByline, readByline, readDeskLine } from './byline.ts'
import { type Dateline, readPlaceAndDate } from './dateline.ts'
import { furnitureRule } from './furniture.ts'
import type { Time } from './html.ts'
import { type PublicationDate, readDateLine } from './publication-date.ts'
import { firstFrom, type Range, trimmed } from './source.ts'

/** A part of a line of dates and bylines. The ranges of place and byline are those of its text. */
export interface Piece {
  readonly piece: Block
  readonly byline: Byline | null
  /** What the author above it is. */
  readonly desk: ReturnType<typeof readDeskLine>
  readonly place: Dateline['place']
  readonly date: PublicationDate | 'ambiguous' | null
}

/**
 * A line of nothing but dates, bylines and what else sites put beside them.
 *
 * @param isTop whether it stands right below a headline, where a name needs no “By”
 * @returns null for a line that is none
 */
export function readMetaLine(
  block: Block,
  times: readonly Time[],
  timezone: string | undefined,
  isTop: boolean,
): Piece[] | null {
  const inside = timesIn(block, times)
  for (const cuts of inside.length > 0 ? [[], inside] : [[]]) {
    const pieces = piecesOf(block, cuts)
    const known = withBareBylines(
      pieces.map((piece) => readPiece(piece, times, timezone, isTop)),
      isTop,
    )
    const told = known.filter(({ date, byline, desk }) => date || byline || desk)
    const mayHaveSection = cuts.length > 0 || /[|•·]/.test(block.text)
    const isMeta = known.every((piece) => told.includes(piece) || isBeside(piece.piece.text, mayHaveSection))
    if (isMeta && told.length > 0) return known
  }
  return null
}

/** Furniture, or the name of a section: `By Jo Lind | Opinion | 3 June 2024`. */
function isBeside(text: string, mayHaveSection: boolean): boolean {
  if (furnitureRule(text) !== null) return true
  return mayHaveSection && /^\p{Lu}[\p{L}&]{2,}(?: [\p{L}&]+)?$/u.test(text)
}

/** A name without a “By”, beside a date, a desk or its own role. */
function withBareBylines(pieces: readonly Piece[], isTop: boolean): Piece[] {
  const isBesideAnother = pieces.some(({ date, desk }) => date || desk)
  return pieces.map((each) => {
    const bare = isTop && !each.byline && !each.desk ? readBareByline(each.piece.text) : null
    const [first] = bare?.people ?? []
    const hasDesk =
      first?.from === 0 && first.role !== null && /^ ?[,|–—-] /.test(each.piece.text.slice(first.to))
    return bare && (isBesideAnother || hasDesk) ? { ...each, byline: bare } : each
  })
}

function readPiece(
  piece: Block,
  times: readonly Time[],
  timezone: string | undefined,
  isTop: boolean,
): Piece {
  const byline = readByline(piece.text)
  const date = readTime(piece, times, timezone) ?? readDateLine(piece.text, timezone)
  const placed = byline ? null : readPlaceAndDate(piece.text, timezone)
  const desk = isTop && !date && !placed ? readDeskLine(piece.text) : null
  return { piece, byline, desk, place: placed?.place ?? null, date: date ?? placed?.date ?? null }
}

/** `<time datetime="…">`: what it says in numbers, unless its words say more. */
function readTime(
  { text, from, to }: Block,
  times: readonly Time[],
  timezone: string | undefined,
): Piece['date'] {
  const time = times[firstFrom(times, from)]
  if (!time || time.to !== to || !LABEL.test(text.slice(0, time.from - from))) return null
  const [given, shown] = [readDateLine(time.value, timezone), readDateLine(text, timezone)]
  if (!given || given === 'ambiguous') return shown
  if (!shown || shown === 'ambiguous') return { ...given, kind: UPDATE.test(text) ? 'updated' : 'published' }
  return shown.hasTime && !given.hasTime ? shown : { ...given, kind: shown.kind }
}

/** `Published on:` */
const LABEL = /^(?:\p{L}{1,15}(?: \p{L}{1,4})?:? ?)?$/u
const UPDATE = /^(?:and )?(?:last |up)|aktualisiert|güncel|mis à jour/i

const MARKS = / *[|•·] +| [–—] |(?<=[\d)m]),? (?=(?:last )?updated |mis à jour |(?:zuletzt )?aktualisiert )/gi

function timesIn({ from, to }: Range, times: readonly Time[]): readonly Time[] {
  const first = firstFrom(times, from)
  const found = times.slice(first, firstFrom(times, to))
  return found.filter((time) => time.to <= to)
}

/** What is between marks, and each `<time>` with the label before it: on a page a blank may be all beside it. */
function piecesOf(block: Block, times: readonly Range[]): Block[] {
  const marks = [...block.text.matchAll(MARKS)].map(({ index, 0: mark }) => ({
    from: block.from + index,
    to: block.from + index + mark.length,
  }))
  if (marks.length === 0 && times.length === 0) return [block]
  const cuts = [...marks]
  for (const { from, to } of times) {
    const before = marks.findLast((mark) => mark.to <= from)?.to ?? block.from
    if (!LABEL.test(block.text.slice(before - block.from, from - block.from))) cuts.push({ from, to: from })
    cuts.push({ from: to, to })
  }
  const ends = [...cuts.sort((a, b) => a.from - b.from), { from: block.to, to: block.to }]
  return ends.flatMap(({ from: end }, index) => {
    const from = Math.max(block.from, ends[index - 1]?.to ?? 0)
    const piece = trimmed(block.text, { from: from - block.from, to: Math.max(from, end) - block.from })
    const text = block.text.slice(piece.from, piece.to)
    return text === '' ? [] : [{ text, from: block.from + piece.from, to: block.from + piece.to }]
  })
}
