const CONTINUOUS = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`
const LETTER = String.raw`[[\p{L}\p{N}\p{M}]--[${CONTINUOUS}]]`
const LETTERS = String.raw`${LETTER}[[\p{L}\p{N}\p{M}\u200C\u200D\xAD\u200B\u2060]--[${CONTINUOUS}]]*`
const ADDRESS = String.raw`\]\([^\(\)\s]{0,2048}\)`

/** One alternative matches at every place: a word, an escaped sign, a quotation mark, dots, a sign; what is not captured is left out. */
export const token = new RegExp(
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
export function emphasisIn(text: string): (at: number, sign: string) => boolean {
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
