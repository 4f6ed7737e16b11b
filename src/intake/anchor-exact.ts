import type { Words } from './anchor-words.ts'

/** Tokens of a text, from the first to the one before `to`. */
export interface Run {
  readonly from: number
  readonly to: number
}

/**
 * Where these tokens of a quote stand in a body one after the other. Of several places the first that is most
 * a quotation: with a quotation mark at both ends, at one, at none.
 *
 * Knuth, Morris and Pratt: no text takes longer than its length.
 */
export function findExact(body: Words, quote: Words, { from, to }: Run): Run | undefined {
  const wanted = quote.ids.slice(from, to)
  const back = failures(wanted)
  let best: Run | undefined
  let bestMarks = -1
  let done = 0
  for (let at = 0; at < body.ids.length && bestMarks < 2; at += 1) {
    while (done > 0 && wanted[done] !== body.ids[at]) done = back[done - 1] ?? 0
    if (wanted[done] === body.ids[at]) done += 1
    if (done < wanted.length) continue
    const place = { from: at + 1 - done, to: at + 1 }
    const marks = (body.marked[place.from] ?? 0) + (isMarkedAfter(body, place.to) ? 1 : 0)
    if (marks > bestMarks && isEnded(body, place, quote, to)) [best, bestMarks] = [place, marks]
    done = back[done - 1] ?? 0
  }
  return best
}

/** A quotation mark follows, or follows what ends a sentence. */
export function isMarkedAfter(body: Words, token: number): boolean {
  return body.marked[token] === 1 || (isSign(body, token) && body.marked[token + 1] === 1)
}

function isSign({ text, starts }: Words, token: number): boolean {
  const start = starts[token]
  return start !== undefined && !/[\p{L}\p{N}\p{M}]/u.test(text.charAt(start))
}

/** What ends in the quote, with a full stop such as this one, has to end here: the next word belongs to something else. */
export function isEnded(body: Words, place: Run, quote: Words, to: number): boolean {
  if (to === quote.ids.length) return true
  if (isMarkedAfter(body, place.to) || isSign(body, place.to) || place.to === body.ids.length) return true
  return /\n\s*\n/.test(body.text.slice(body.ends[place.to - 1], body.starts[place.to]))
}

/** For each token how many of the first ones end with it. */
function failures(wanted: readonly number[]): number[] {
  const back = [0]
  for (let at = 1, length = 0; at < wanted.length; at += 1) {
    while (length > 0 && wanted[length] !== wanted[at]) length = back[length - 1] ?? 0
    if (wanted[length] === wanted[at]) length += 1
    back[at] = length
  }
  return back
}
