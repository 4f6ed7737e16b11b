const RECENT = 16_384

/** Numbers for spellings, so that texts which are read with the same vocabulary can be compared by numbers. */
export class Vocabulary {
  /** For each number, the one of the same in small letters; -1 for what is no word. */
  readonly folded: number[] = []
  readonly #numbers = new Map<string, number>()
  readonly #spellings: string[] = []
  /** By the hash of a word the number that was last asked for with it, and one. */
  readonly #recent = new Int32Array(RECENT)

  get size(): number {
    return this.#numbers.size
  }

  numberOf(said: string, isWord: boolean): number {
    const known = this.#numbers.get(said)
    if (known !== undefined) return known
    const plain = spellingOf(said)
    const number = plain === said ? this.#add(ownOf(said)) : this.numberOf(plain, isWord)
    this.#numbers.set(ownOf(said), number)
    if (plain !== said || !isWord) return number
    const small = plain.toLowerCase()
    this.folded[number] = small === plain ? number : this.numberOf(small, true)
    return number
  }

  /**
   * The number of a word of ASCII letters. One that was asked for of late is compared where it stands: to make a string
   * of it and look that up takes several times as long.
   *
   * @param hash an integer, the same for the same letters
   */
  numberAt(text: string, from: number, to: number, hash: number): number {
    const place = hash & (RECENT - 1)
    const recent = (this.#recent[place] ?? 0) - 1
    if (recent >= 0 && isAt(text, from, to, this.#spellings[recent] ?? '')) return recent
    const number = this.numberOf(text.slice(from, to), true)
    this.#recent[place] = number + 1
    return number
  }

  #add(spelling: string): number {
    this.#spellings.push(spelling)
    return this.folded.push(-1) - 1
  }
}

/** The same text by itself: V8 keeps all of the text that a slice is of. */
function ownOf(slice: string): string {
  return Buffer.from(slice, 'utf16le').toString('utf16le')
}

function isAt(text: string, from: number, to: number, spelling: string): boolean {
  if (spelling.length !== to - from) return false
  for (let at = 0; at < spelling.length; at += 1)
    if (text.charCodeAt(from + at) !== spelling.charCodeAt(at)) return false
  return true
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
