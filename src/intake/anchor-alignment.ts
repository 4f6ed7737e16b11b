import type { Run } from './anchor-exact.ts'
import type { Words } from './anchor-words.ts'

/** A word of the quote, by its number, and the word of the body that stands for it. */
export interface Pair {
  readonly quoted: number
  readonly found: number
}

export interface Alignment {
  readonly cost: number
  /** The words of the quote that have one in the body, in their order; parted where the body interrupts. */
  readonly parts: readonly (readonly Pair[])[]
}

/** A table of more cells than this is not computed. */
const MOST_CELLS = 500_000
/** The costs of more words than this do not fit into a cell. */
const MOST_WORDS = 8_000

/** What a word costs that is changed, left out or added. */
const WORD = 8
/** One that is written with other capital letters. */
const CASE = 1
/** An interruption. */
const JUMP = 2
/** An end without a quotation mark: of two places that are the same otherwise, the one that is quoted is taken. */
const BARE = 1
/** Words that an interruption can have, and quotation marks in it. */
const LONGEST_JUMP = 60
const MOST_MARKS = 16

/**
 * The words of a quote against some words of a body, at the least cost: edit distance by words, in which the
 * body may go from one quotation mark to another for the price of an interruption. Takes one step for each
 * word of the quote and word of the body, so `fits` is asked before.
 */
export function align(body: Words, { from, to }: Run, quote: Words): Alignment {
  const table = tabulate(body, from, to, quote)
  const width = to - from + 1
  const last = quote.words.length * width
  let end = 0
  const costTo = (column: number) =>
    (table.costs[last + column] ?? 0) + (table.isMarked[column] === 1 ? 0 : BARE)
  for (let column = 1; column < width; column += 1) if (costTo(column) < costTo(end)) end = column
  return { cost: costTo(end), parts: trace(table, quote.words.length, end) }
}

/** Whether some words of a body are few enough for a quote of so many. */
export function fits({ from, to }: Run, words: number): boolean {
  return words <= MOST_WORDS && words * (to - from) <= MOST_CELLS
}

interface Table {
  readonly from: number
  readonly width: number
  /** Row by row: what the first words of the quote cost when they end before that word of the body. */
  readonly costs: Uint16Array
  /** The columns before which a quotation mark stands: interruptions lead from one of them to another. */
  readonly marked: readonly number[]
  readonly isMarked: readonly number[]
  readonly quoted: Spelt
  readonly found: Spelt
}

/** The numbers of some words: as they are spelt, and in small letters. */
interface Spelt {
  readonly spelt: readonly number[]
  readonly folded: readonly number[]
}

function tabulate(body: Words, from: number, to: number, quote: Words): Table {
  const width = to - from + 1
  const rows = quote.words.length
  const isMarked = body.parted.slice(from, to + 1)
  const marked: number[] = []
  for (let column = 0; column < width; column += 1) if (isMarked[column] === 1) marked.push(column)
  const table: Table = {
    from,
    width,
    costs: new Uint16Array((rows + 1) * width),
    marked,
    isMarked,
    quoted: quote,
    found: { spelt: body.spelt.slice(from, to), folded: body.folded.slice(from, to) },
  }
  for (let column = 0; column < width; column += 1) table.costs[column] = isMarked[column] === 1 ? 0 : BARE
  for (let row = 1; row <= rows; row += 1) {
    fill(table, row)
    if (row < rows) interrupt(table, row)
  }
  return table
}

/** A row: for each column the least of a word that is the same or changed, left out or added. */
function fill({ width, costs, quoted, found }: Table, row: number): void {
  const start = row * width
  const folded = quoted.folded[row - 1]
  const exact = quoted.spelt[row - 1]
  let diagonal = costs[start - width] ?? 0
  let cost = diagonal + WORD
  costs[start] = cost
  for (let column = 1; column < width; column += 1) {
    const above = costs[start - width + column] ?? 0
    const isSame = found.folded[column - 1] === folded
    let least = isSame ? diagonal + (found.spelt[column - 1] === exact ? 0 : CASE) : diagonal + WORD
    if (above + WORD < least) least = above + WORD
    if (cost + WORD < least) least = cost + WORD
    diagonal = above
    cost = least
    costs[start + column] = cost
  }
}

/** What it costs less by an interruption, in the columns that it leads to and in those behind them. */
function interrupt({ width, costs, marked }: Table, row: number): void {
  const start = row * width
  let nearest = 0
  for (const [index, column] of marked.entries()) {
    while (column - (marked[nearest] ?? column) > LONGEST_JUMP) nearest += 1
    let cost = costs[start + column] ?? 0
    for (let other = Math.max(nearest, index - MOST_MARKS); other < index; other += 1)
      cost = Math.min(cost, (costs[start + (marked[other] ?? 0)] ?? 0) + JUMP)
    for (let at = column; at < width && (costs[start + at] ?? 0) > cost; at += 1, cost += WORD)
      costs[start + at] = cost
  }
}

function changeOf({ quoted, found }: Table, row: number, column: number): number {
  if (quoted.folded[row - 1] !== found.folded[column - 1]) return WORD
  return quoted.spelt[row - 1] === found.spelt[column - 1] ? 0 : CASE
}

/** The way through the table, from its end. */
function trace(table: Table, rows: number, end: number): Pair[][] {
  const { from, width, costs } = table
  const parts: Pair[][] = [[]]
  let [row, column] = [rows, end]
  while (row > 0) {
    const here = row * width + column
    const cost = costs[here] ?? 0
    const above = costs[here - width] ?? 0
    if (column > 0 && cost === (costs[here - width - 1] ?? 0) + changeOf(table, row, column)) {
      parts[0]?.unshift({ quoted: row - 1, found: from + column - 1 })
      row -= 1
      column -= 1
    } else if (cost === above + WORD) row -= 1
    else if (cost === (costs[here - 1] ?? 0) + WORD) column -= 1
    else {
      column = jumpedFrom(table, row, column)
      parts.unshift([])
    }
  }
  return parts.filter((part) => part.length > 0)
}

/** The nearest column from which an interruption led here. */
function jumpedFrom({ width, costs, marked }: Table, row: number, column: number): number {
  const cost = (costs[row * width + column] ?? 0) - JUMP
  const source = marked.findLast((other) => other < column && costs[row * width + other] === cost)
  if (source === undefined) throw new Error('Every way through the table has a beginning.')
  return source
}
