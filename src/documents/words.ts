/**
 * What a text is found by. A word is a letter or digit and what follows of letters, digits and marks, and in scripts that are written
 * without blanks each character. Words are folded: without case, accents and the variants that Unicode has
 * for compatibility (NFKD), so that `Erdoğan`, `ERDOGAN` and `erdogan` are one word, and so are `İstanbul`,
 * `Istanbul` and `ıstanbul`. It is done here, for both databases and for the marks in snippets.
 */

import type { Content, Definition } from './definition.ts'

export interface Word {
  readonly folded: string
  /** Where it stands in the text, in UTF-16 code units; the end is exclusive. */
  readonly start: number
  readonly end: number
}

const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
/** Unicode has some apostrophes among the letters. */
const BORDER = `${UNSPACED}\\u02bb\\u02bc`
/** A soft hyphen or a joiner does not end a word, and a mark alone, as after an emoji, begins none. */
const WORD = new RegExp(
  `[${UNSPACED}]\\p{M}*|(?![${BORDER}])[\\p{L}\\p{N}](?:(?![${BORDER}])[\\p{L}\\p{N}\\p{M}]|(?<=[\\p{L}\\p{M}])[\\u00ad\\u200d](?=\\p{L}))*`,
  'gu',
)

/** Accents of Latin, Greek and Cyrillic, points of Hebrew, and vowel signs and the long stroke of Arabic; in other scripts marks make the word. Nowhere do variants of a glyph or rings around it. */
const ACCENTS =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\p{Me}]|\p{Variation_Selector}/gu
/** Letters that no normal form takes apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŋ: 'ng',
  ς: 'σ',
}
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')
const NO_LETTER = /[^\p{L}\p{N}\p{M}]+/gu

/** In code points. What is longer is no word of a language, and is found by its beginning. */
const LONGEST = 64
/** In bytes of UTF-8: PostgreSQL refuses an index of more. What lies beyond is not searched. */
const MOST = 1_000_000

/** The words of a text, in their order: those of ASCII by their letters, in a fraction of the time. */
export function wordsIn(text: string): Word[] {
  const words: Word[] = []
  for (let at = 0; at < text.length; at += 1) {
    const start = at
    let isPlain = true
    for (let letter = smallAt(text, at); letter !== BLANK; at += 1, letter = smallAt(text, at))
      if (letter === OTHER) isPlain = false
    if (isPlain && at - start <= LONGEST) {
      if (at > start) words.push({ folded: text.slice(start, at).toLowerCase(), start, end: at })
      continue
    }
    for (const word of wordsByRule(text.slice(start, at), start)) words.push(word)
  }
  return words
}

/** @param start where the text begins in a longer one */
export function* wordsByRule(text: string, start = 0): Generator<Word> {
  for (const { 0: found, index } of text.matchAll(WORD)) {
    const folded = fold(found)
    if (folded !== '') yield { folded, start: start + index, end: start + index + found.length }
  }
}

/** The texts in a field: one, or each of a list. */
export function textsIn(content: Content, field: string): string[] {
  return [content[field] ?? ''].flat().map(String)
}

/**
 * What the index has of a document: the folded words of its texts, each in blanks, with a line break between
 * two texts, so that no phrase crosses it.
 */
export function indexedText({ searched }: Pick<Definition, 'searched'>, content: Content): string {
  const texts = searched.flatMap((field) => textsIn(content, field)).map(foldedIn)
  const all = texts.map((words) => (words === '' ? '' : ` ${words}`))
  return within(`${all.join(' \n')} `)
}

const BLANK = 0x20
const OTHER = 0xff
/**
 * By UTF-16 unit: a letter or digit of ASCII in small letters, a blank for the rest of ASCII and the punctuation of
 * Unicode, which are in no word, and whatever else may be in one.
 */
const small = new Uint8Array(0x10000).fill(BLANK).fill(OTHER, 0x80, 0x2010).fill(OTHER, 0x2028)
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
  small[letter.charCodeAt(0)] = letter.toLowerCase().charCodeAt(0)

/** The same words without their places, with blanks between them. */
function foldedIn(text: string): string {
  const pieces: string[] = []
  const bytes = Buffer.allocUnsafe(text.length + 1)
  let length = 0
  for (let at = 0; at < text.length; at += 1) {
    const from = at
    let isPlain = true
    for (let letter = smallAt(text, at); letter !== BLANK; at += 1, letter = smallAt(text, at)) {
      if (letter === OTHER) isPlain = false
      bytes[length + at - from] = letter
    }
    if (isPlain && at - from <= LONGEST) {
      length += at - from
      if (at > from) bytes[length++] = BLANK
      continue
    }
    if (length > 0) pieces.push(bytes.toString('latin1', 0, length - 1))
    length = 0
    for (const { folded } of wordsByRule(text.slice(from, at))) pieces.push(folded)
  }
  if (length > 0) pieces.push(bytes.toString('latin1', 0, length - 1))
  return pieces.join(' ')
}

function smallAt(text: string, at: number): number {
  return at < text.length ? (small[text.charCodeAt(at)] ?? OTHER) : BLANK
}

function within(words: string): string {
  if (Buffer.byteLength(words) <= MOST) return words
  const kept = Buffer.from(words).subarray(0, MOST)
  return kept.subarray(0, kept.lastIndexOf(' ') + 1).toString()
}

function fold(word: string): string {
  if (isAscii(word)) return cut(word.toLowerCase())
  const plain = word.normalize('NFKD').replace(ACCENTS, '').toLowerCase()
  const folded = plain.replace(SPECIAL, (letter) => LETTERS[letter] ?? letter).normalize('NFC')
  return cut(folded.replace(NO_LETTER, ''))
}

function isAscii(word: string): boolean {
  for (let index = 0; index < word.length; index++) if (word.charCodeAt(index) > 127) return false
  return true
}

function cut(word: string): string {
  return word.length <= LONGEST ? word : [...word].slice(0, LONGEST).join('')
}
