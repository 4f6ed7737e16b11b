import type { Content, Definition } from './definition.ts'
import type { Term, WordQuery } from './word-query.ts'
import { type Word, wordsIn } from './words.ts'

/** Where something was found, as text to show. */
export interface Snippet {
  readonly field: string
  /** Escaped for HTML, on one line, with `<mark>` around what was found. */
  readonly html: string
}

/** In UTF-16 code units: how long a snippet is, and how much of it stands before the first mark. */
const LENGTH = 240
const BEFORE = 60
/** How far into a field it is looked for something to show. */
const DEEPEST = 200_000

/** For each field that has something of what was looked for, the part of it that has the most. */
export function snippetsOf({ searched }: Definition, content: Content, { wanted }: WordQuery): Snippet[] {
  return searched.flatMap((field) => {
    const text = String(content[field] ?? '').slice(0, DEEPEST)
    const words = [...wordsIn(text)]
    const marks = marksIn(words, wanted)
    return marks.length > 0 ? [{ field, html: cutOut(text, words, marks) }] : []
  })
}

/** A term that was found. */
interface Mark {
  readonly term: Term
  readonly start: number
  readonly end: number
}

function marksIn(words: readonly Word[], terms: readonly Term[]): Mark[] {
  return words.flatMap(({ start }, index) => {
    const found = terms.filter((term) => standsAt(words, index, term))
    const ends = found.map((term) => ({
      term,
      start,
      end: words[index + term.words.length - 1]?.end ?? start,
    }))
    return ends
  })
}

function standsAt(words: readonly Word[], index: number, { words: wanted, isPrefix }: Term): boolean {
  return wanted.every((word, offset) => {
    const there = words[index + offset]?.folded
    const mayGoOn = isPrefix && offset === wanted.length - 1
    return there !== undefined && (mayGoOn ? there.startsWith(word) : there === word)
  })
}

/** Begins and ends with whole words. */
function cutOut(text: string, words: readonly Word[], marks: readonly Mark[]): string {
  const first = fullest(marks).start - BEFORE
  const start =
    first <= 0 || text.length <= LENGTH ? 0 : (words.find((word) => word.start >= first)?.start ?? 0)
  const last = words.findLast(({ end }) => end <= start + LENGTH)?.end ?? text.length
  const end = text.length <= start + LENGTH ? text.length : Math.max(last, start)
  const shown = emphasised(text, { start, end }, marks).replace(/\s+/g, ' ').trim()
  return `${start > 0 ? '… ' : ''}${shown}${end < text.length ? ' …' : ''}`
}

/** The mark from which on the most different terms are in a snippet. */
function fullest(marks: readonly Mark[]): Mark {
  const termsFrom = (mark: Mark, index: number) => {
    const near = marks.slice(index, index + 50).filter(({ end }) => end <= mark.start + LENGTH - BEFORE)
    return new Set(near.map(({ term }) => term)).size
  }
  const counts = marks.map(termsFrom)
  return marks[counts.indexOf(Math.max(...counts))] as Mark // there is one: a field without marks has no snippet
}

function emphasised(
  text: string,
  { start, end }: { start: number; end: number },
  marks: readonly Mark[],
): string {
  let html = ''
  let at = start
  for (const mark of marks) {
    if (mark.start < at || mark.end > end) continue
    html += `${escaped(text.slice(at, mark.start))}<mark>${escaped(text.slice(mark.start, mark.end))}</mark>`
    at = mark.end
  }
  return html + escaped(text.slice(at, end))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
