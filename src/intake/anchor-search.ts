import type { Run } from './anchor-exact.ts'
import type { Words } from './anchor-words.ts'

/** As many words as a pattern has bits. */
const LONGEST = 31
/** Places that are looked at more closely. */
const MOST_PLACES = 3
/** Words that an article may put into a quotation, and those around a place that may be of it. */
const SLACK = 120

/**
 * The words of a long body among which those of a quote may be, the most promising first: where its first
 * words, or its last, stand with no more than half of them added, left out or changed.
 */
export function likelyPlaces(body: Words, quote: Words): Run[] {
  const length = Math.ceil(quote.folded.length * 1.25) + SLACK
  const first = quote.folded.slice(0, LONGEST)
  const last = quote.folded.slice(-LONGEST)
  const places = endsOf(body.folded, first).map(({ end, errors }) => ({
    from: end - 2 * first.length,
    to: end + length,
    errors,
  }))
  if (quote.folded.length > LONGEST)
    for (const { end, errors } of endsOf(body.folded, last))
      places.push({ from: end - length, to: end + LONGEST, errors })
  return places
    .sort((a, b) => a.errors - b.errors || a.from - b.from)
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(body.folded.length, to) }))
}

interface End {
  readonly end: number
  readonly errors: number
}

/**
 * Where the words end with the fewest errors, once for each stretch of their length.
 *
 * Myers' bit-parallel algorithm (1999), over words: one step for each word of the body, whatever they are.
 */
function endsOf(body: readonly number[], wanted: readonly number[]): End[] {
  const masks = new Int32Array(Math.max(...wanted) + 1)
  wanted.forEach((word, index) => {
    masks[word] = (masks[word] ?? 0) | (1 << index)
  })
  const high = 1 << (wanted.length - 1)
  let most = Math.floor(wanted.length / 2)
  const ends: End[] = []
  let plus = -1
  let minus = 0
  let errors = wanted.length
  for (let at = 0; at < body.length; at += 1) {
    const equal = masks[body[at] ?? -1] ?? 0
    const vertical = equal | minus
    const horizontal = (((equal & plus) + plus) ^ plus) | equal
    const more = minus | ~(horizontal | plus)
    const less = plus & horizontal
    if (more & high) errors += 1
    if (less & high) errors -= 1
    plus = (less << 1) | ~(vertical | (more << 1))
    minus = (more << 1) & vertical
    if (errors > most) continue
    keep(ends, { end: at + 1, errors }, wanted.length)
    if (ends.length === MOST_PLACES) most = Math.max(...ends.map((end) => end.errors)) - 1
  }
  return ends
}

/** Of places as good as each other the first ones. */
function keep(ends: End[], found: End, length: number): void {
  const last = ends.at(-1)
  if (last && found.end - last.end < length) {
    if (found.errors < last.errors) ends[ends.length - 1] = found
    return
  }
  const worst = Math.max(...ends.map(({ errors }) => errors))
  if (ends.length === MOST_PLACES)
    ends.splice(
      ends.findLastIndex(({ errors }) => errors === worst),
      1,
    )
  ends.push(found)
}
