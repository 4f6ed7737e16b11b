/**
 * Where quoted words stand in a page, as a fragment that a browser finds and marks: URL Fragment Text
 * Directives (`#:~:text=`). A browser takes the first place in the page that fits, looks for whole words,
 * and finds a part in one block only, so a long passage is given by its first and last words.
 */

/** Parts that the text may be interrupted into. */
const MOST_PARTS = 6
/** Words that a part has at least where the others are not there or far away, so that it is not found by chance. */
const LEAST_WORDS = 3
/** Characters that are given in full. */
const LONGEST = 120
/** Words by which the beginning and the end of a long passage are known, and the surroundings of a short one. */
const ENDS = 5
const SURROUNDINGS = 3

interface Span {
  readonly start: number
  readonly end: number
}

/**
 * @param text of the article, a line for each block: see `plainText`
 * @param words as they are quoted: joined where the article interrupts them
 * @param before what the page has before the text
 * @returns such as `:~:text=Such%20a%20partnership&text=has%20a`; undefined where the words are not in the text
 */
export function textFragment(text: string, words: string, before = ''): string | undefined {
  const page = folded(`${before.replace(/[^\S\n]+/g, ' ')}\n${text}`)
  const offset = page.length - text.length
  const spans = find(page, folded(words).trim(), offset)
  if (spans.length === 0) return undefined
  const original = `${page.slice(0, offset)}${text}`
  return `:~:${spans.map((span) => `text=${directive(original, page, span)}`).join('&')}`
}

/** One character for each, so that places stay what they are. */
function folded(text: string): string {
  return text.replace(/[‘’‚‛′]/g, "'").replace(/[“”„‟«»″]/g, '"')
}

/** The parts of the words, each after the one before; of words that are there in part, the first part. */
function find(page: string, words: string, from: number): Span[] {
  const blanks = page.replaceAll('\n', ' ')
  const whole = words.replace(/\s+/g, ' ')
  const at = indexOfWords(blanks, whole, from)
  if (at !== undefined) return [{ start: at, end: at + whole.length }]
  const long = partsOf(blanks, whole.split(' '), from, LEAST_WORDS)
  if (long.isWhole) return long.spans
  const short = partsOf(blanks, whole.split(' '), from, 1)
  return short.isWhole && short.spans.every(isNear) ? short.spans : long.spans.slice(0, 1)
}

/** Whether a part begins soon after the one before has ended. */
function isNear({ start }: Span, index: number, spans: readonly Span[]): boolean {
  return start - (spans[index - 1]?.end ?? start) <= LONGEST
}

function partsOf(
  page: string,
  words: readonly string[],
  from: number,
  least: number,
): { spans: Span[]; isWhole: boolean } {
  const spans: Span[] = []
  let rest = words
  while (rest.length > 0 && spans.length < MOST_PARTS) {
    const part = longestPart(page, rest, spans.at(-1)?.end ?? from, least)
    if (!part) break
    spans.push(part.span)
    rest = rest.slice(part.count)
  }
  return { spans, isWhole: rest.length === 0 }
}

/** As many of the words as stand together, where most of them do among the first places. */
function longestPart(
  page: string,
  words: readonly string[],
  from: number,
  least: number,
): { span: Span; count: number } | undefined {
  const first = words.slice(0, least).join(' ')
  let best: { span: Span; count: number } | undefined
  let at = indexOfWords(page, first, from)
  for (let tries = 0; at !== undefined && tries < 10; tries += 1) {
    let count = Math.min(least, words.length)
    let end = at + first.length
    for (const word of words.slice(count)) {
      if (!page.startsWith(` ${word}`, end) || isInWord(page, end + 1 + word.length)) break
      end += 1 + word.length
      count += 1
    }
    if (!best || count > best.count) best = { span: { start: at, end }, count }
    at = indexOfWords(page, first, at + 1)
  }
  return best
}

function indexOfWords(page: string, words: string, from: number): number | undefined {
  if (words === '') return undefined
  for (let at = page.indexOf(words, from); at >= 0; at = page.indexOf(words, at + 1))
    if (!isInWord(page, at) && !isInWord(page, at + words.length)) return at
  return undefined
}

/** Whether a place is between two letters. */
function isInWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}]{2}$/u.test(text.slice(Math.max(0, at - 1), at + 1))
}

function directive(original: string, page: string, span: Span): string {
  const { start, end } = span
  const passage = original.slice(start, end)
  const isLong = passage.length > LONGEST || passage.includes('\n')
  const [first, last] = isLong ? ends(page, original, span) : [passage]
  const isPlain = indexOfWords(page, folded(first), 0) === start
  const around = isPlain ? { before: [], after: [] } : surroundings(original, span)
  return [
    ...around.before.map((words) => `${encoded(words)}-`),
    encoded(first),
    ...(last === undefined ? [] : [encoded(last)]),
    ...around.after.map((words) => `-${encoded(words)}`),
  ].join(',')
}

/** The first and the last words of a long passage: as many last ones as are not found in it earlier. */
function ends(page: string, original: string, { start, end }: Span): [first: string, last?: string] {
  const lines = original.slice(start, end).split('\n')
  const isOne = lines.length === 1
  const opening = wordsOf(lines[0] ?? '')
  const closing = isOne ? opening : wordsOf(lines.at(-1) ?? '')
  if (isOne && opening.length < 2) return [lines[0] ?? '']
  const first = opening.slice(0, isOne ? Math.min(ENDS, opening.length - 1) : ENDS).join(' ')
  const most = isOne ? opening.length - wordsOf(first).length : closing.length
  for (let count = Math.min(ENDS, most); count < most; count += 1) {
    const last = closing.slice(-count).join(' ')
    if (indexOfWords(page, folded(last), start + first.length) === end - last.length) return [first, last]
  }
  return [first, closing.slice(-most).join(' ')]
}

/** A few words of the same block, on either side. */
function surroundings(original: string, { start, end }: Span): { before: string[]; after: string[] } {
  const line = { start: original.lastIndexOf('\n', start - 1) + 1, end: original.indexOf('\n', end) }
  const before = wordsOf(original.slice(line.start, start)).slice(-SURROUNDINGS).join(' ')
  const after = wordsOf(original.slice(end, line.end < 0 ? undefined : line.end))
    .slice(0, SURROUNDINGS)
    .join(' ')
  return { before: [before].filter(Boolean), after: [after].filter(Boolean) }
}

function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word !== '')
}

/** With the characters that mean something in a directive: `-`, `,` and `&`. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/-/g, '%2D')
}
