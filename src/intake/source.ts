/** A part of the text that the rules read, in UTF-16 units, end exclusive. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A part of the pasted text, in Unicode code points, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The text that the rules read, and for each of its UTF-16 units where in the pasted text it stood. */
export interface Source {
  readonly text: string
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** @param text as it was pasted, with its line ends as `\n` */
export function sourceOf(text: string): Source {
  const starts = new Uint32Array(text.length)
  const ends = new Uint32Array(text.length)
  let point = -1
  for (let index = 0; index < text.length; index += 1) {
    if (!isSecondHalf(text, index)) point += 1
    starts[index] = point
    ends[index] = point + 1
  }
  return { text, starts, ends }
}

export function spanOf(source: Source, { from, to }: Range): Span {
  const start = source.starts[from] ?? source.ends.at(-1) ?? 0
  return { start, end: to > from ? (source.ends[to - 1] ?? start) : start }
}

/** The words of a range without the blanks around them. */
export function trimmed(text: string, { from, to }: Range): Range {
  let [start, end] = [from, to]
  while (start < end && isBlank(text, start)) start += 1
  while (end > start && isBlank(text, end - 1)) end -= 1
  return { from: start, to: end }
}

/** The first of some ranges, in order, that begins at `at` or later. */
export function firstFrom(ranges: readonly Range[], at: number): number {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.from ?? Infinity) < at) low = middle + 1
    else high = middle
  }
  return low
}

export function moved({ from, to }: Range, by: number): Range {
  return { from: from + by, to: to + by }
}

/** Puts a new text together from pieces of an old one and remembers where each stood. */
export class Rewriting {
  private readonly pieces: { text: string; from: number; to: number; isKept: boolean }[] = []
  private readonly source: Source
  /** The length of the new text so far. */
  length = 0

  constructor(source: Source) {
    this.source = source
  }

  keep(from: number, to: number): void {
    if (to > from) this.push(this.source.text.slice(from, to), from, to, true)
  }

  /** All of `text` stands for all of the old range. */
  replace(text: string, from: number, to: number): void {
    if (text !== '') this.push(text, from, to, false)
  }

  private push(text: string, from: number, to: number, isKept: boolean): void {
    this.pieces.push({ text, from, to, isKept })
    this.length += text.length
  }

  done(): Source {
    const { starts: oldStarts, ends: oldEnds } = this.source
    const starts = new Uint32Array(this.length)
    const ends = new Uint32Array(this.length)
    let at = 0
    for (const { text, from, to, isKept } of this.pieces) {
      if (isKept) {
        starts.set(oldStarts.subarray(from, to), at)
        ends.set(oldEnds.subarray(from, to), at)
      } else {
        const span = spanOf(this.source, { from, to })
        starts.fill(span.start, at, at + text.length)
        ends.fill(span.end, at, at + text.length)
      }
      at += text.length
    }
    return { text: this.pieces.map(({ text }) => text).join(''), starts, ends }
  }
}

function isSecondHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  if (unit < 0xdc00 || unit > 0xdfff || index === 0) return false
  const before = text.charCodeAt(index - 1)
  return before >= 0xd800 && before <= 0xdbff
}

function isBlank(text: string, index: number): boolean {
  const character = text[index]
  return character === ' ' || character === '\n'
}
