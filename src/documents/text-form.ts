/** A line of a document's text form, and the field that it belongs to. */
export interface Line {
  readonly field: string
  readonly text: string
}

/**
 * Fields as lines for people to read, like YAML: a short value beside its name, a longer one below it. A
 * sentence is a line of its own and is never wrapped, so that changing a word changes one line. What is
 * null is left out.
 */
export function textForm(fields: readonly (readonly [string, unknown])[]): Line[] {
  return fields
    .filter(([, value]) => value !== null && value !== undefined)
    .flatMap(([field, value]) => entry(field, value).map((text) => ({ field, text })))
}

/** In UTF-16 units: with a name before it and a sign before that, it fits into most terminals. */
const LONGEST_BESIDE_ITS_NAME = 80

function entry(name: string, value: unknown): string[] {
  const short = inline(value)
  return short === undefined ? [`${name}:`, ...indented(block(value))] : [`${name}: ${short}`]
}

/** The value on one line, where one is enough. */
function inline(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (value.length > LONGEST_BESIDE_ITS_NAME || value.includes('\n')) return undefined
    return value.trim() !== value || isJson(value) ? JSON.stringify(value) : value
  }
  const isEmpty = typeof value !== 'object' || value === null || Object.keys(value).length === 0
  return isEmpty ? JSON.stringify(value) : undefined
}

/** Without quotes, the text `5` would look like the number. */
function isJson(text: string): boolean {
  if (text === '') return true
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function block(value: unknown): string[] {
  if (typeof value === 'string') return linesOf(value)
  if (Array.isArray(value)) return value.flatMap(item)
  return Object.entries(value as object).flatMap(([name, member]) => entry(name, member)) // no scalar is left
}

function item(value: unknown): string[] {
  const short = inline(value)
  const [first = '', ...rest] = short === undefined ? block(value) : [short]
  return [`- ${first}`, ...indented(rest)]
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => line && `  ${line}`)
}

// The locale is fixed for the answer to be the same on every machine; the rules are Unicode's for all scripts.
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/**
 * A line for each sentence. Where a line of the text ends inside a paragraph and a sentence with it, that
 * shows as ↵, since sentences alone would look the same; so does white space that is not just one space.
 */
function linesOf(text: string): string[] {
  const sentences = Array.from(segmenter.segment(text), ({ segment }) => segment)
  if (text.endsWith('\n')) sentences.push('')
  return sentences.map((sentence, index) => {
    const next = sentences[index + 1]
    if (next === undefined) return spaceShown(sentence)
    if (!sentence.endsWith('\n')) return spaceShown(sentence.replace(/ $/, ''))
    const line = sentence.slice(0, -1)
    const looksSplit =
      next !== '' && next !== '\n' && /\p{Sentence_Terminal}[^\p{L}\p{N}]*$/u.test(line.slice(-20))
    return spaceShown(line) + (looksSplit ? '↵' : '')
  })
}

function spaceShown(line: string): string {
  const end = line.trimEnd().length
  return line.slice(0, end) + line.slice(end).replaceAll(' ', '␠').replaceAll('\t', '␉')
}
