import { readByline } from './byline.ts'
import { readDateLine } from './publication-date.ts'
import { type Range, trimmed } from './source.ts'

/** A paragraph or a line that stands by itself. Its text has the length of its range: offsets can be added. */
export interface Block extends Range {
  readonly text: string
}

/**
 * The paragraphs of a text. An empty line ends one. Lines that follow each other are one paragraph where
 * they were broken at a margin, else each is one.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let lines: Range[] = []
  const flush = () => {
    for (const range of paragraphsOf(text, lines)) blocks.push(blockAt(text, range))
    lines = []
  }
  for (const line of linesOf(text)) {
    if (line.to > line.from) lines.push(line)
    else flush()
  }
  flush()
  return blocks
}

/** A part of a text as a block. */
export function blockAt(text: string, range: Range): Block {
  return { ...range, text: text.slice(range.from, range.to).replaceAll('\n', ' ') }
}

const NARROWEST = 60
const WIDEST = 100
/** A headline, a byline and who they are of. */
const MOST_AT_TOP = 3
/** A line that is something of its own, wherever it stands. */
const OWN = /^(?:\p{Lu}{4,}(?: \p{Lu}+)?:|By \p{Lu}|(?:Published|Updated|Posted)\b)/u

function* linesOf(text: string): Generator<Range> {
  for (let from = 0; from <= text.length; ) {
    const next = text.indexOf('\n', from)
    const to = next < 0 ? text.length : next
    yield trimmed(text, { from, to })
    from = to + 1
  }
}

/**
 * Broken at a margin: every line but the last is about as wide as the widest, and none is very wide. In any
 * other text, a line that goes on in small letters where a wide one has not ended.
 */
function paragraphsOf(text: string, lines: readonly Range[]): Range[] {
  const widths = lines.map(({ from, to }) => to - from)
  const widest = widths.reduce((most, width) => Math.max(most, width), 0)
  const isBroken =
    lines.length > 1 &&
    widest >= NARROWEST &&
    widest <= WIDEST &&
    widths.slice(0, -1).every((width) => width >= widest - 20)
  if (!isBroken) return withoutBreaks(text, lines)
  return lines.reduce<Range[]>((ranges, line) => {
    const last = ranges.at(-1)
    const endsSentence = last !== undefined && /[.!?”"’\])]$/.test(text.slice(last.to - 1, last.to))
    const isUnderHeadline = lines.length <= MOST_AT_TOP
    const isOwn =
      (OWN.test(text.slice(line.from, line.from + 40)) && endsSentence) ||
      (isUnderHeadline && isMetaLine(text.slice(line.from, line.to)))
    if (last && !isOwn) ranges[ranges.length - 1] = { from: last.from, to: line.to }
    else ranges.push(line)
    return ranges
  }, [])
}

function isMetaLine(line: string): boolean {
  return readByline(line) !== null || readDateLine(line) !== null
}

function withoutBreaks(text: string, lines: readonly Range[]): Range[] {
  return lines.reduce<Range[]>((ranges, line) => {
    const last = ranges.at(-1)
    const isWide = last !== undefined && last.to - last.from >= NARROWEST
    const goesOn =
      isWide &&
      /^\p{Ll}{2}/u.test(text.slice(line.from, line.from + 4)) &&
      !/[.!?:;]$/.test(text.slice(last.to - 1, last.to))
    if (last && goesOn) ranges[ranges.length - 1] = { from: last.from, to: line.to }
    else ranges.push(line)
    return ranges
  }, [])
}
