import { distance } from 'fastest-levenshtein'
import { type Alignment, align, fits, type Pair } from './anchor-alignment.ts'
import { findExact, isEnded, isMarkedAfter, type Run } from './anchor-exact.ts'
import { likelyPlaces } from './anchor-search.ts'
import { isSoft, type Words } from './anchor-words.ts'

/** Interruptions and one more. */
const MOST_PARTS = 8
/** How much of the letters has to be the same, of what is quoted and of what stands there: more where no marks say that it is a quotation. */
const LEAST_QUOTED = 0.6
const LEAST_BARE = 0.7

export interface Place {
  readonly state: 'exact' | 'moved' | 'lost'
  readonly runs: readonly Run[]
}

/** Where the words of a quote are, as they are or nearly so. */
export function findPlace(body: Words, quote: Words): Place {
  const whole = withoutSoftEnds(quote)
  if (whole.from >= whole.to) return nowhere
  const place = findExact(body, quote, whole)
  if (place) return { state: 'exact', runs: [withEnd(body, place, quote, whole.to)] }
  const best = bestAlignment(body, quote)
  if (!best || best.parts.length > MOST_PARTS) return nowhere
  const exact = exactRuns(body, quote, best, whole)
  if (exact) return { state: 'exact', runs: exact }
  const runs = runsOf(body, quote, best)
  return isClose(body, quote, best, isQuoted(body, runs)) ? { state: 'moved', runs } : nowhere
}

const nowhere: Place = { state: 'lost', runs: [] }

/** Punctuation and dots at the ends of a quote are the editor's. */
function withoutSoftEnds(quote: Words): Run {
  let [from, to] = [0, quote.ids.length]
  while (from < to && isSoft(quote, from)) from += 1
  while (to > from && isSoft(quote, to - 1)) to -= 1
  return { from, to }
}

/** In a short body all of it is looked at, in a long one what is likely. */
function bestAlignment(body: Words, quote: Words): Alignment | undefined {
  const rows = quote.words.length
  if (rows === 0) return undefined
  const all = { from: 0, to: body.words.length }
  const places = fits(all, rows) ? [all] : likelyPlaces(body, quote).filter((place) => fits(place, rows))
  const found = places.map((place) => align(body, place, quote))
  return found.reduce<Alignment | undefined>(
    (best, each) => (best && best.cost <= each.cost ? best : each),
    undefined,
  )
}

/** The tokens of the parts, where they are those of the quote but for punctuation where parts meet. */
function exactRuns(body: Words, quote: Words, { parts }: Alignment, whole: Run): Run[] | undefined {
  const runs: Run[] = []
  let rest = whole.from
  for (const [index, part] of parts.entries()) {
    const [first, last] = [part[0], part.at(-1)]
    if (!first || !last) return undefined
    const place = runOf(body, part)
    const from = tokenOf(quote, first.quoted)
    const to = tokenOf(quote, last.quoted) + 1
    const before = countBack(body, place.from, quote, { from: rest, to: from })
    const after = countOn(body, place.to, quote, { from: to, to: whole.to })
    const run = { from: place.from - before, to: place.to + after }
    const isSame = sameTokens(body, run, quote, { from: from - before, to: to + after })
    if (!isSame || !allSoft(quote, { from: rest, to: from - before })) return undefined
    runs.push(index === parts.length - 1 ? withEnd(body, run, quote, to + after) : run)
    rest = to + after
  }
  const end = runs.at(-1)
  return end && rest === whole.to && isEnded(body, end, quote, rest) ? runs : undefined
}

function sameTokens(body: Words, found: Run, quote: Words, quoted: Run): boolean {
  if (found.to - found.from !== quoted.to - quoted.from) return false
  for (let index = 0; index < found.to - found.from; index += 1)
    if (body.ids[found.from + index] !== quote.ids[quoted.from + index]) return false
  return true
}

/** How many signs after a part are in the quote as well. */
function countOn(body: Words, at: number, quote: Words, { from, to }: Run): number {
  let count = 0
  while (from + count < to && isSameSign(body, at + count, quote, from + count)) count += 1
  return count
}

function countBack(body: Words, at: number, quote: Words, { from, to }: Run): number {
  let count = 0
  while (to - count > from && isSameSign(body, at - count - 1, quote, to - count - 1)) count += 1
  return count
}

function isSameSign(body: Words, found: number, quote: Words, quoted: number): boolean {
  return body.ids[found] === quote.ids[quoted] && !quote.words.includes(quoted)
}

function allSoft(quote: Words, { from, to }: Run): boolean {
  for (let token = from; token < to; token += 1) if (!isSoft(quote, token)) return false
  return true
}

/** They stand between quotation marks. */
function isQuoted(body: Words, runs: readonly Run[]): boolean {
  const [from, to] = [runs[0]?.from ?? 0, runs.at(-1)?.to ?? 0]
  return body.marked[from] === 1 && isMarkedAfter(body, to)
}

function isClose(body: Words, quote: Words, { parts }: Alignment, quoted: boolean): boolean {
  const pairs = parts.flat()
  const equal = pairs.filter(({ quoted, found }) => quote.folded[quoted] === body.folded[found])
  if (equal.length === quote.words.length) return true
  if (equal.length < 2) return false
  const same = pairs.reduce((sum, pair) => sum + sameLetters(body, quote, pair), 0)
  const wanted = lettersIn(quote, { from: 0, to: quote.words.length })
  const found = parts.reduce((sum, part) => sum + lettersIn(body, wordsOf(part)), 0)
  return (2 * same) / (wanted + found) >= (quoted ? LEAST_QUOTED : LEAST_BARE)
}

function sameLetters(body: Words, quote: Words, { quoted, found }: Pair): number {
  const [one, other] = [wordAt(quote, quoted), wordAt(body, found)]
  const longer = Math.max(one.length, other.length)
  if (quote.folded[quoted] === body.folded[found]) return longer
  const same = longer - distance(one, other)
  return same > longer / 2 ? same : 0
}

function wordAt(words: Words, word: number): string {
  const token = tokenOf(words, word)
  return words.text.slice(words.starts[token], words.ends[token])
}

function lettersIn({ words, starts, ends }: Words, { from, to }: Run): number {
  return words.slice(from, to).reduce((sum, token) => sum + (ends[token] ?? 0) - (starts[token] ?? 0), 0)
}

function runsOf(body: Words, quote: Words, { parts }: Alignment): Run[] {
  return parts.map((part, index) => {
    const run = runOf(body, part)
    const end = part.at(-1)
    return index < parts.length - 1 || !end ? run : withEnd(body, run, quote, tokenOf(quote, end.quoted) + 1)
  })
}

function runOf(body: Words, part: readonly Pair[]): Run {
  const { from, to } = wordsOf(part)
  return { from: tokenOf(body, from), to: tokenOf(body, to - 1) + 1 }
}

function wordsOf(part: readonly Pair[]): Run {
  return { from: part[0]?.found ?? 0, to: (part.at(-1)?.found ?? -1) + 1 }
}

/** With the punctuation at its end that both have. */
function withEnd(body: Words, { from, to }: Run, quote: Words, rest: number): Run {
  let count = 0
  while (rest + count < quote.ids.length && body.ids[to + count] === quote.ids[rest + count]) count += 1
  return { from, to: to + count }
}

function tokenOf({ words }: Words, word: number): number {
  return words[word] ?? -1
}
