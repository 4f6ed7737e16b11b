import { emphasisIn, token } from './anchor-token.ts'
import type { Vocabulary } from './anchor-vocabulary.ts'

/**
 * A text as the words and signs that it says. What means nothing is left out: white space, quotation marks,
 * emphasis, links' addresses, what only hints at where a line may break. A word is a whole one, so nothing is
 * ever found inside of another; scripts that put no spaces between words are read by the character.
 */
export interface Words {
  readonly text: string
  /** For each token, a number that stands for its spelling. */
  readonly ids: readonly number[]
  /** For each token where it is in the text, in UTF-16 units. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  /** The tokens that are words; the others are signs. */
  readonly words: readonly number[]
  /** For each of the words, the number of its spelling, and of that in small letters. */
  readonly spelt: readonly number[]
  readonly folded: readonly number[]
  /** For each of the words, and for the end of the text: 1 where a mark stands between the word before and it. */
  readonly parted: readonly number[]
  /** For each token, and for the end of the text: 1 where a quotation mark stands right before it. */
  readonly marked: readonly number[]
}

export function readWords(text: string, vocabulary: Vocabulary): Words {
  const reader = new Reader(text, vocabulary)
  for (let at = 0; at < text.length; ) at = reader.readAt(at)
  return reader.words()
}

/**
 * Most of a text is words of ASCII letters, with blanks and a few signs between them. To try the alternatives of
 * `token` there takes many times as long, and finds the same.
 */
class Reader {
  readonly #text: string
  readonly #vocabulary: Vocabulary
  readonly #isEmphasis: (at: number, sign: string) => boolean
  readonly #ids: number[] = []
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  readonly #words: number[] = []
  readonly #spelt: number[] = []
  readonly #folded: number[] = []
  readonly #marked: number[] = [0]
  readonly #parted: number[] = [0]

  constructor(text: string, vocabulary: Vocabulary) {
    this.#text = text
    this.#vocabulary = vocabulary
    this.#isEmphasis = emphasisIn(text)
  }

  /** @returns where the next token may begin */
  readAt(from: number): number {
    const text = this.#text
    switch (kinds[text.charCodeAt(from)]) {
      case LETTER:
        return this.#readPlainWord(from)
      case SIGN:
        if (text.charCodeAt(from) === DOT && text.charCodeAt(from + 1) === DOT) break
        this.#say(this.#vocabulary.numberOf(text.charAt(from), false), from, from + 1)
        return from + 1
      case MARK:
      case APOSTROPHE:
        this.#mark()
        return from + 1
      case BLANK: // one that begins a line may belong to a block quotation
        if (from === 0 || isLineEnd(text.charCodeAt(from - 1))) break
        return from + 1
      case NEWLINE:
        return from + 1
    }
    return this.#readAny(from)
  }

  /** A word of ASCII letters, where what follows says that it surely goes no further. */
  #readPlainWord(from: number): number {
    const text = this.#text
    let to = from
    let hash = 0
    let code = text.charCodeAt(from)
    for (; kinds[code] === LETTER; code = text.charCodeAt(to)) {
      hash = (Math.imul(hash, 31) + code) | 0
      to += 1
    }
    if (to < text.length && mayGoOn(code, text.charCodeAt(to - 1))) return this.#readAny(from)
    this.#say(this.#vocabulary.numberAt(text, from, to, hash), from, to)
    return to
  }

  #readAny(from: number): number {
    token.lastIndex = from
    const match = token.exec(this.#text)
    if (!match) return this.#text.length
    const [, word, escaped, mark, dots, sign] = match
    if (mark !== undefined) this.#mark()
    const said = word ?? escaped ?? (dots && '…') ?? sign
    if (said !== undefined && !(sign && this.#isEmphasis(match.index, sign)))
      this.#say(this.#vocabulary.numberOf(said, word !== undefined), match.index, token.lastIndex)
    return token.lastIndex
  }

  #mark(): void {
    this.#marked[this.#ids.length] = 1
    this.#parted[this.#words.length] = 1
  }

  #say(id: number, start: number, end: number): void {
    const folded = this.#vocabulary.folded[id] ?? -1
    if (folded !== -1) {
      this.#words.push(this.#ids.length)
      this.#spelt.push(id)
      this.#folded.push(folded)
      this.#parted.push(0)
    }
    this.#ids.push(id)
    this.#starts.push(start)
    this.#ends.push(end)
    this.#marked.push(0)
  }

  words(): Words {
    return {
      text: this.#text,
      ids: this.#ids,
      starts: this.#starts,
      ends: this.#ends,
      words: this.#words,
      spelt: this.#spelt,
      folded: this.#folded,
      parted: this.#parted,
      marked: this.#marked,
    }
  }
}

const [LETTER, SIGN, MARK, APOSTROPHE, BLANK, NEWLINE] = [1, 2, 3, 4, 5, 6]
const DOT = 0x2e

/** By UTF-16 unit, what it is where a token begins; 0 for what only the expression below tells. */
const kinds = new Uint8Array(0x10000)
for (const [kind, units] of [
  [LETTER, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'],
  [SIGN, '.,;:!?()-/…–—'],
  [MARK, '"“”„‟«»‹›″〝〞＂「」『』'],
  [APOSTROPHE, "'‘’‚‛′＇"],
  [BLANK, ' '],
  [NEWLINE, '\n'],
] as const)
  for (const unit of units) kinds[unit.charCodeAt(0)] = kind

/** What follows ASCII letters could be of the same word: another letter, an apostrophe, a point in a number. */
function mayGoOn(code: number, last: number): boolean {
  const kind = kinds[code]
  if (kind === APOSTROPHE || (kind === 0 && code > LAST_OF_ASCII)) return true
  return last >= 0x30 && last <= 0x39 && POINTS.includes(code)
}

const LAST_OF_ASCII = 0x7f
/** `.`, `,` and `:` stand within numbers. */
const POINTS = [0x2e, 0x2c, 0x3a]

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029
}

/** Signs that end a part of a sentence or a sentence; an article changes them where it interrupts. */
export function isSoft({ text, starts }: Words, token: number): boolean {
  return softSigns.test(text.charAt(starts[token] ?? text.length))
}

const softSigns = /[.,;:…–—-]/
