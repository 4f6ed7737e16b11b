import type { Content, Definition } from './definition.ts'
import type { Term, WordQuery } from './word-query.ts'
import { textsIn, type Word, wordsIn } from './words.ts'

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
    const text = whole(textsIn(content, field).join(', '), 0, DEEPEST)
    const words = wordsIn(text)
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
  const marks: Mark[] = []
  for (const [index, { start }] of words.entries())
    for (const term of terms) {
      if (!standsAt(words, index, term)) continue
      marks.push({ term, start, end: words[index + term.words.length - 1]?.end ?? start })
    }
  return marks
}

function standsAt(words: readonly Word[], index: number, { words: wanted, isPrefix }: Term): boolean {
  for (const [offset, word] of wanted.entries()) {
    const there = words[index + offset]?.folded
    if (there === word) continue
    const mayGoOn = isPrefix && offset === wanted.length - 1
    if (!mayGoOn || !there?.startsWith(word)) return false
  }
  return true
}

/** Begins and ends with whole words, unless one alone is too long. */
function cutOut(text: string, words: readonly Word[], marks: readonly Mark[]): string {
  const mark = fullest(marks)
  const first = mark.start - BEFORE
  const start =
    first <= 0 || text.length <= LENGTH ? 0 : (words.find((word) => word.start >= first)?.start ?? mark.start)
  const last = words.findLast((word) => word.end <= start + LENGTH)?.end ?? 0
  const isAll = text.length <= start + LENGTH
  const end = isAll ? text.length : last > mark.start ? last : start + whole(text, start, LENGTH).length
  const shown = emphasised(text, { start, end }, marks).replace(/\s+/g, ' ').trim()
  return `${start > 0 ? '… ' : ''}${shown}${end < text.length ? ' …' : ''}`
}

/** A part of a text that is at most so long, without half a character at its end. */
function whole(text: string, start: number, length: number): string {
  const part = text.slice(start, start + length)
  return part.length < length || part.isWellFormed() ? part : part.slice(0, -1)
}

/** The mark from which on the most different terms are in a snippet. */
function fullest(marks: readonly Mark[]): Mark {
  const most = new Set(marks.map(({ term }) => term)).size
  let best = { mark: marks[0] as Mark, terms: 0 } // there is one: a field without marks has no snippet
  for (const [index, mark] of marks.entries()) {
    const near = marks.slice(index, index + 50).filter(({ end }) => end <= mark.start + LENGTH - BEFORE)
    const terms = new Set(near.map(({ term }) => term)).size
    if (terms > best.terms) best = { mark, terms }
    if (terms === most) break
  }
  return best.mark
}

function emphasised(
  text: string,
  { start, end }: { start: number; end: number },
  marks: readonly Mark[],
): string {
  let html = ''
  let at = start
  for (const mark of marks) {
    if (mark.start < at || mark.start >= end) continue
    const last = Math.min(mark.end, end)
    html += `${escaped(text.slice(at, mark.start))}<mark>${escaped(text.slice(mark.start, last))}</mark>`
    at = last
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
