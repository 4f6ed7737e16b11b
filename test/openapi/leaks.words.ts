import type { Role } from '../../src/http/auth.ts'

/**
 * Words that stand in one place each, and who may read them there. Each begins with `zq` and four letters
 * that no other one has; the label behind them says where it stands.
 */

/** `nobody`: secrets, and what was erased, refused or only tried. */
export type Clearance = 'public' | 'drafts' | 'admin' | 'nobody'

/** `undefined` is somebody without a token. */
export type Reader = Role | undefined

/** What is watched besides words: ids, secrets, hashes, ids of requests, instants, network addresses. */
const marks =
  /zq[a-z]{4}|(?:article|quote|person|link|token)_[0-7][\da-hjkmnp-tv-z]{25}|dateline_[\w-]{43}|\b[\da-f]{64}\b|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z|203\.0\.113\.\d+/g

export class Words {
  readonly #planted = new Map<string, { label: string; clearance: Clearance }>()
  readonly #proven = new Set<string>()

  /** A new word, to be put into one place. */
  plant(label: string, clearance: Clearance): string {
    const code = `zq${fourLetters(this.#planted.size)}`
    this.mark(code, label, clearance)
    return code + label.toLowerCase().replace(/[^a-z]/g, '')
  }

  /** Watches something that is there already. */
  mark(text: string, label: string, clearance: Clearance): void {
    this.#planted.set(text, { label, clearance })
  }

  /** Those that stand in a text, by what they begin with. */
  in(text: string): Set<string> {
    return new Set(text.match(marks)?.filter((mark) => this.#planted.has(mark)))
  }

  /** The words in a text are there: somebody who may has read them. */
  prove(text: string): void {
    this.found(this.in(text))
  }

  found(words: Iterable<string>): void {
    for (const word of words) this.#proven.add(word)
  }

  /** Those for these readers that were in no such text. */
  unproven(...clearances: readonly Clearance[]): string[] {
    const entries = [...this.#planted].filter(([, { clearance }]) => clearances.includes(clearance))
    return entries.map(([word]) => word).filter((word) => !this.#proven.has(word))
  }

  /** The words that a reader must not find. */
  withheldFrom(reader: Reader): string[] {
    return [...this.#planted.keys()].filter(
      (word) => /^zq[a-z]{4}$/.test(word) && !this.mayRead(reader, word),
    )
  }

  mayRead(reader: Reader, word: string): boolean {
    const clearance = this.#planted.get(word)?.clearance ?? 'public'
    if (clearance === 'public') return true
    if (clearance === 'drafts') return reader !== undefined
    return clearance === 'admin' && reader === 'admin'
  }

  describe(word: string): string {
    const { label, clearance } = this.#planted.get(word) ?? {}
    return `${word}: ${label}, for ${clearance}`
  }
}

function fourLetters(number: number): string {
  const letters = [3, 2, 1, 0].map((place) => 97 + (Math.floor(number / 26 ** place) % 26))
  return String.fromCharCode(...letters)
}
