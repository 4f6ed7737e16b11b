import type { Block } from './blocks.ts'
import { readByline } from './byline.ts'
import { type Dateline, readPlaceAndDate } from './dateline.ts'
import { furnitureRule } from './furniture.ts'
import type { Time } from './html.ts'
import { type PublicationDate, readDateLine } from './publication-date.ts'
import { firstFrom } from './source.ts'

/** A part of a line of dates and bylines. The ranges of place and byline are those of its text. */
export interface Piece {
  readonly piece: Block
  readonly byline: ReturnType<typeof readByline>
  readonly place: Dateline['place']
  readonly date: PublicationDate | 'ambiguous' | null
}

/**
 * A line of nothing but dates, bylines and what else sites put beside them.
 *
 * @returns null for a line that is none
 */
export function readMetaLine(
  block: Block,
  times: readonly Time[],
  timezone: string | undefined,
): Piece[] | null {
  const pieces = piecesOf(block).map((piece) => readPiece(piece, times, timezone))
  const isMeta = pieces.every(({ piece, date, byline }) => date || byline || furnitureRule(piece.text))
  return isMeta && pieces.some(({ date, byline }) => date || byline) ? pieces : null
}

function readPiece(piece: Block, times: readonly Time[], timezone: string | undefined): Piece {
  const byline = readByline(piece.text)
  const date = readTime(piece, times, timezone) ?? readDateLine(piece.text, timezone)
  const placed = byline ? null : readPlaceAndDate(piece.text, timezone)
  return { piece, byline, place: placed?.place ?? null, date: date ?? placed?.date ?? null }
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
const LABEL = /^(?:\p{L}{1,15}(?: \p{L}{1,4})?:? )?$/u
const UPDATE = /^(?:last |up)|aktualisiert|güncel|mis à jour/i

function piecesOf(block: Block): Block[] {
  let at = 0
  return block.text.split(/( *[|•·] +| [–—] )/).flatMap((text, index) => {
    const from = block.from + at
    at += text.length
    const isPiece = index % 2 === 0 && text.trim() !== ''
    return isPiece ? [{ text, from, to: from + text.length }] : []
  })
}
