import { ABBREVIATED } from './titles.ts'

/**
 * Where the sentences of a paragraph begin. An ellipsis ends none; nor does the full stop of an initial or of
 * an abbreviation. What a quotation hides (`HIDDEN`) may end one.
 */
export function sentenceStarts(text: string): number[] {
  const starts = [0]
  for (const match of text.matchAll(END)) {
    const before = text.slice(Math.max(0, match.index - 12), match.index)
    if (match[1] === '.' && (ABBREVIATION.test(before) || text[match.index - 1] === '.')) continue
    starts.push(match.index + match[0].length)
  }
  return starts
}

/** Stands for every character of a quotation and its marks where only the words around it are looked at. */
export const HIDDEN = '\uE000'

/** @returns the start of the last sentence that starts at or before `at` */
export function sentenceAt(starts: readonly number[], at: number): { from: number; next: number } {
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle
  }
  return { from: starts[low] ?? 0, next: starts[low + 1] ?? Infinity }
}

const END = new RegExp(`([.!?])[)\\]”’"']{0,3} +(?=[\\p{Lu}\\p{N}“„«"‘'(\\[${HIDDEN}])`, 'gu')
const ABBREVIATION = new RegExp(
  `(?:^|[^\\p{L}])(?:\\p{Lu}|${ABBREVIATED}|St|Jr|Sr|No|vs|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$`,
  'u',
)
