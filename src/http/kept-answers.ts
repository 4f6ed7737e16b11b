import { LRUCache } from 'lru-cache'

/** What an answer was made from: the number of the last commit, when it was made, and when the clock alone changes it: milliseconds. */
export interface Seen {
  readonly generation: number
  readonly now: number
  readonly until: number
}

/** An answer as it is written to the socket. */
export interface KeptAnswer {
  readonly tag: string
  /** Names and values in turns. */
  readonly head: readonly string[]
  /** Those that a 304 has. */
  readonly headUnchanged: readonly string[]
  /** A short one has a character for each byte: Node sends a text together with its head, and bytes on their own. */
  readonly body: string | Buffer
}

/** In characters: of the addresses that are known by having been asked for, some ten thousand of the usual length. */
const ASKED = 1_000_000

/** In bytes; those of one answer's headers are about that many. */
const CAPACITY = 32 * 1024 * 1024
const HEADERS = 1_000

/**
 * Finished answers to what anyone may read. All of them were made from one state of the database: when
 * something was committed, or a window has opened or closed, all are dropped. There is no other rule.
 */
export class KeptAnswers {
  #seen: Seen | undefined
  readonly #answers = new LRUCache<string, KeptAnswer>({
    maxSize: CAPACITY,
    sizeCalculation: ({ body }, key) => body.length + 2 * key.length + HEADERS,
  })
  /** What was asked for, whatever was committed since. */
  readonly #asked = new LRUCache<string, true>({ maxSize: ASKED, sizeCalculation: (_, key) => key.length })

  /** Whether there is an answer that may still be given. */
  has(key: string): boolean {
    return this.#answers.has(key)
  }

  /** @param present where a read stands that begins now */
  find(key: string, { generation, now }: Pick<Seen, 'generation' | 'now'>): KeptAnswer | undefined {
    const seen = this.#seen
    if (seen === undefined) return undefined
    // A clock that was set back makes the present earlier than what is kept.
    if (generation === seen.generation && now >= seen.now && now < seen.until) return this.#answers.get(key)
    this.#drop()
    return undefined
  }

  /**
   * An answer is kept when it is asked for again: most are pages that nobody wants twice, and to keep one takes a part of
   * the time that it takes to make it. Whoever reads all addresses of an archive, once each, drives out no other.
   *
   * @param make is called where it is kept
   * @param isAwaited somebody asks for it now
   */
  keep(key: string, make: () => KeptAnswer, seen: Seen, isAwaited: boolean): void {
    if (!this.#wasAsked(key) && !isAwaited) return
    const known = this.#seen
    const isSameState = known?.generation === seen.generation && known.until === seen.until
    if (known && !isSameState) {
      if (isBefore(seen, known)) return
      this.#drop()
    }
    this.#seen = isSameState ? { ...seen, now: Math.max(seen.now, known.now) } : seen
    this.#answers.set(key, make())
  }

  #wasAsked(key: string): boolean {
    const was = this.#asked.has(key)
    this.#asked.set(key, true)
    return was
  }

  #drop(): void {
    this.#answers.clear()
    this.#seen = undefined
  }
}

function isBefore(one: Seen, other: Seen): boolean {
  return one.generation < other.generation || (one.generation === other.generation && one.now < other.now)
}
