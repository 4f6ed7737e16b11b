/**
 * A text as the words and signs that it says. What means nothing is left out: white space, quotation marks,
 * emphasis, links' addresses, what only hints at where a line may break. A word is a whole one, so nothing is
 * ever found inside of another; scripts that put no spaces between words are read by the character.
 */
export interface Words {
  readonly text: string
  /** For each token, a number that stands for its spelling. */
  readonly ids: Int32Array
  /** For each token where it is in the text, in UTF-16 units. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** The tokens that are words; the others are signs. */
  readonly words: Int32Array
  /** For each of the words, the number of its spelling, and of that in small letters. */
  readonly spelt: Int32Array
  readonly folded: Int32Array
  /** For each of the words, and for the end of the text: 1 where a mark stands between the word before and it. */
  readonly parted: Uint8Array
  /** For each token, and for the end of the text: 1 where a quotation mark stands right before it. */
  readonly marked: Uint8Array
}

/** The numbers that spellings have: texts to be compared are read with the same one. */
export interface Vocabulary {
  readonly spellings: Map<string, number>
  /** For each number, the one of the same in small letters; -1 for what is no word. */
  readonly folded: number[]
}

export function emptyVocabulary(): Vocabulary {
  return { spellings: new Map(), folded: [] }
}

export function readWords(text: string, vocabulary: Vocabulary): Words {
  const ids: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  const marks: number[] = []
  const isEmphasis = emphasisIn(text)
  const say = (said: string, isWord: boolean, start: number, end: number) => {
    ids.push(numberOf(vocabulary, said, isWord))
    starts.push(start)
    ends.push(end)
  }
  const readAny = (from: number): number => {
    token.lastIndex = from
    const match = token.exec(text)
    if (!match) return text.length
    const to = token.lastIndex
    const [, word, escaped, mark, dots, sign] = match
    if (mark !== undefined) marks.push(ids.length)
    const said = word ?? escaped ?? (dots && '…') ?? sign
    const isSaid = said !== undefined && !(sign && isEmphasis(match.index, sign))
    if (isSaid) say(said, word !== undefined, match.index, to)
    return to
  }
  for (let from = 0, to = 0; from < text.length; from = to) {
    const end = endOfPlainWord(text, from)
    const isWord = end > from
    to = isWord ? end : from + 1
    if (isWord || isPlainSign(text, from)) say(text.slice(from, to), isWord, from, to)
    else if (!isPlainBlank(text, from)) to = readAny(from)
  }
  const marked = new Uint8Array(ids.length + 1)
  for (const mark of marks) marked[mark] = 1
  const tokens = { ids: new Int32Array(ids), starts: new Int32Array(starts), ends: new Int32Array(ends) }
  return { text, ...tokens, marked, ...wordsIn(ids, marked, vocabulary) }
}

/**
 * Most of a text is words of ASCII letters, with blanks and a few signs between them. To try the alternatives of
 * `token` there takes many times as long, and finds the same.
 *
 * @returns where such a word ends that begins here and surely goes no further; here, where there is none
 */
function endOfPlainWord(text: string, from: number): number {
  let to = from
  while (isPlainLetter(text.charCodeAt(to))) to += 1
  const next = text.charCodeAt(to)
  if (next > LAST_OF_ASCII || next === APOSTROPHE) return from
  const isNumber = isDigit(text.charCodeAt(to - 1))
  return isNumber && POINTS.includes(next) ? from : to
}

const LAST_OF_ASCII = 0x7f
const APOSTROPHE = 0x27
/** `.`, `,` and `:` stand within numbers. */
const POINTS = [0x2e, 0x2c, 0x3a]

function isPlainLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** A sign of ASCII that stands for itself, whatever is around it. */
function isPlainSign(text: string, at: number): boolean {
  const sign = text.charAt(at)
  return sign === '.' ? text.charAt(at + 1) !== '.' : ',;:!?()-/'.includes(sign)
}

/** A blank that does not begin a line: there it may belong to a block quotation. */
function isPlainBlank(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x20 && at > 0 && !/[\n\r\u2028\u2029]/.test(text.charAt(at - 1))
}

/** Signs that end a part of a sentence or a sentence; an article changes them where it interrupts. */
export function isSoft({ text, starts }: Words, token: number): boolean {
  return softSigns.test(text.charAt(starts[token] ?? text.length))
}

const softSigns = /[.,;:…–—-]/

const CONTINUOUS = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`
const LETTER = String.raw`[[\p{L}\p{N}\p{M}]--[${CONTINUOUS}]]`
const LETTERS = String.raw`${LETTER}[[\p{L}\p{N}\p{M}\u200C\u200D\xAD\u200B\u2060]--[${CONTINUOUS}]]*`
const ADDRESS = String.raw`\]\([^\(\)\s]{0,2048}\)`

/** One alternative matches at every place: a word, an escaped sign, a quotation mark, dots, a sign; what is not captured is left out. */
const token = new RegExp(
  [
    String.raw`(${LETTERS}(?:(?:['’‘‛′＇]|(?<=\p{N})[.,:](?=\p{N}))${LETTERS})*|[${CONTINUOUS}]\p{M}*)`,
    String.raw`^[ \t]*(?:>[ \t]*)+`, // a block quotation
    ADDRESS,
    String.raw`\[(?=[^\[\]\n]{1,500}${ADDRESS})`,
    String.raw`\\\n`,
    String.raw`\\([\-!#$%&*+.\/:;<=>?@\[\\\]^_\x60\{\|\}~\(\),])`,
    String.raw`(\\?["“”„‟«»‹›″〝〞＂「」『』'‘’‚‛′＇])`,
    String.raw`(\.\.\.)`,
    String.raw`(\*+|_+|\p{RI}\p{RI}|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*|[\p{P}\p{S}\p{Co}\p{Cn}\p{Cs}])`,
  ].join('|'),
  'gmv',
)

/**
 * Tells signs that only emphasise: backticks always; asterisks and underscores on one side of a word, where
 * they open something or close it. `f***`, `a_b` and `2 * 3` say theirs.
 */
function emphasisIn(text: string): (at: number, sign: string) => boolean {
  const open: Record<string, number> = {}
  return (at, sign) => {
    if (sign === '`') return true
    const kind = sign.charAt(0)
    if (kind !== '*' && kind !== '_') return false
    const [before, after] = [text.charAt(at - 1), text.charAt(at + sign.length)]
    const opened = open[kind] ?? 0
    const closes = before.trim() !== '' && !isLetter(after)
    const opens = after.trim() !== '' && !isLetter(before)
    if (closes && opened >= sign.length) open[kind] = opened - sign.length
    else if (opens) open[kind] = opened + sign.length
    else return false
    return true
  }
}

function isLetter(text: string): boolean {
  return /[\p{L}\p{N}\p{M}]/u.test(text)
}

function numberOf({ spellings, folded }: Vocabulary, said: string, isWord: boolean): number {
  const known = spellings.get(said)
  if (known !== undefined) return known
  const plain = spellingOf(said)
  const number = plain === said ? folded.push(-1) - 1 : numberOf({ spellings, folded }, plain, isWord)
  spellings.set(said, number)
  if (plain !== said || !isWord) return number
  const small = plain.toLowerCase()
  folded[number] = small === plain ? number : numberOf({ spellings, folded }, small, true)
  return number
}

/** One spelling for what looks the same. In ASCII nothing looks like anything else. */
function spellingOf(said: string): string {
  if (/^[!-~]*$/.test(said)) return said
  return said
    .normalize('NFC')
    .replace(/[’‘‛′＇ʼ]/g, "'")
    .replace(/[‐‑]/g, '-')
    .replace(/[\xAD\u200B\u2060]/g, '')
}

/** Of the tokens the words. */
function wordsIn(
  ids: readonly number[],
  marked: Uint8Array,
  { folded }: Vocabulary,
): Pick<Words, 'words' | 'spelt' | 'folded' | 'parted'> {
  const words: number[] = []
  const parted = new Uint8Array(ids.length + 1)
  for (let token = 0; token < ids.length; token += 1) {
    if (marked[token] === 1) parted[words.length] = 1
    if (folded[ids[token] ?? -1] !== -1) words.push(token)
  }
  if (marked[ids.length] === 1) parted[words.length] = 1
  const spelt = new Int32Array(words.map((token) => ids[token] ?? -1))
  return {
    words: new Int32Array(words),
    spelt,
    folded: spelt.map((id) => folded[id] ?? -1),
    parted: parted.slice(0, words.length + 1),
  }
}
