import { asWritten, type Term, type WordQuery } from './word-query.ts'

/** How much more a word says in the first of a type's searched fields: a headline, a name. */
const TITLE = 4
/** Of so many words, a text is twice as likely to have one by chance as a short one. */
const LONG = 500

/**
 * How well a text answers, as a whole number: for each term how often it is there, each further time
 * counting less, and less in a long text. It is a function of the text alone. What is usual, weighing a rare
 * word higher, would tell of the texts that the reader may not see.
 *
 * @param text as `indexedText` makes it
 */
export function scoreOf(text: string, { wanted }: WordQuery): number {
  const border = text.indexOf('\n')
  const title = border < 0 ? text : text.slice(0, border)
  const length = 1 + text.length / 6 / LONG
  const score = wanted.reduce((sum, term) => {
    const times = occurrences(text, term)
    return sum + times / (times + length) + (occurrences(title, term) > 0 ? TITLE : 0)
  }, 0)
  return Math.round(score * 1_000_000)
}

/** Neighbours share the blank between them. */
function occurrences(text: string, term: Term): number {
  const written = asWritten(term)
  let times = 0
  for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + written.length - 1))
    times += 1
  return times
}
