import type { Run } from './anchor-exact.ts'
import { findPlace } from './anchor-place.ts'
import { Vocabulary } from './anchor-vocabulary.ts'
import { readWords, type Words } from './anchor-words.ts'

/** Where the words of a quote stand in the body of an article. */
export interface Anchor {
  /**
   * `exact`: the words stand there as they are quoted; `moved`: what stands there is close to them; `lost`:
   * nothing is.
   */
  readonly state: 'exact' | 'moved' | 'lost'
  /** One, or several where the article interrupts the words. None of what is lost. */
  readonly parts: readonly AnchorPart[]
}

/** W3C Web Annotation: a TextQuoteSelector and a TextPositionSelector in one. */
export interface AnchorPart {
  readonly exact: string
  /** Up to 32 code points on either side. */
  readonly prefix: string
  readonly suffix: string
  /** Unicode code points of the body, the end exclusive. */
  readonly start: number
  readonly end: number
}

const SURROUNDINGS = 32

/**
 * Finds quotes in a body. The body is read once for all of them. The same text always gives the same answer;
 * of several places that fit, the first that stands in quotation marks, or else the first.
 *
 * What means nothing makes no difference: the kind of quotation marks and apostrophes, white space, emphasis,
 * escapes, and the punctuation where the article interrupts a quote or the quote ends.
 */
export function anchorsIn(text: string): (quoted: string) => Anchor {
  const vocabulary = currentVocabulary()
  const body = readWords(text, vocabulary)
  const pairs = surrogatePairs(text)
  return (quoted) => {
    const quote = readWords(quoted, vocabulary)
    const { state, runs } = findPlace(body, quote)
    return { state, parts: runs.map((run) => partOf(body, pairs, run)) }
  }
}

/** Texts are of the same words, for the most part, and need not learn them anew: up to so many spellings. */
const MOST_SPELLINGS = 20_000
let shared = new Vocabulary()

function currentVocabulary(): Vocabulary {
  if (shared.size > MOST_SPELLINGS) shared = new Vocabulary()
  return shared
}

function partOf({ text, starts, ends }: Words, pairs: readonly number[], { from, to }: Run): AnchorPart {
  const start = starts[from] ?? 0
  const end = ends[to - 1] ?? start
  return {
    exact: text.slice(start, end),
    prefix: lastOf(text.slice(Math.max(0, start - 2 * SURROUNDINGS), start)),
    suffix: firstOf(text.slice(end, end + 2 * SURROUNDINGS)),
    start: start - countBelow(pairs, start),
    end: end - countBelow(pairs, end),
  }
}

function lastOf(text: string): string {
  return SURROGATE.test(text) ? [...text].slice(-SURROUNDINGS).join('') : text.slice(-SURROUNDINGS)
}

function firstOf(text: string): string {
  return SURROGATE.test(text) ? [...text].slice(0, SURROUNDINGS).join('') : text.slice(0, SURROUNDINGS)
}

const SURROGATE = /[\uD800-\uDFFF]/

/** The characters of a text that are one code point and two UTF-16 units. */
function surrogatePairs(text: string): number[] {
  if (!SURROGATE.test(text)) return []
  return Array.from(text.matchAll(/[\u{10000}-\u{10FFFF}]/gu), ({ index }) => index)
}

/** How many of these numbers, which ascend, are below that one. */
function countBelow(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? limit) < limit) low = middle + 1
    else high = middle
  }
  return low
}
