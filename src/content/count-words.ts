/** Words with what joins them: it’s, 3.5 and well-known are one each. */
const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu

const [NONE, LETTER, JOINT, BLANK, OTHER] = [0, 1, 2, 3, 4]
/** By UTF-16 unit what it is for a word; of what is other than ASCII and punctuation only the expression tells. */
const kinds = new Uint8Array(0x10000).fill(OTHER, 0x80, 0x2010).fill(OTHER, 0x2028)
for (const [kind, units] of [
  [LETTER, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'],
  [JOINT, "'’.-"],
  [BLANK, ' \n'],
] as const)
  for (const unit of units) kinds[unit.charCodeAt(0)] = kind

/** How many words a text has. What stands between two blanks is read by its letters where they are of ASCII, in a fraction of the time. */
export function countWords(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const from = at
    let [words, before, isPlain] = [0, NONE, true]
    for (let kind = kindAt(text, at); kind !== BLANK; at += 1, kind = kindAt(text, at)) {
      if (kind === OTHER) isPlain = false
      if (kind === LETTER && before === NONE) words += 1
      before = kind === JOINT && before !== LETTER ? NONE : kind
    }
    count += isPlain ? words : (text.slice(from, at).match(WORD)?.length ?? 0)
  }
  return count
}

function kindAt(text: string, at: number): number {
  return at < text.length ? (kinds[text.charCodeAt(at)] ?? OTHER) : BLANK
}
