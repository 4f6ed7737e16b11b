import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import { markUsed } from '../storage/tokens.ts'

/** Milliseconds: how exact it is, and how long a use may wait to be written. */
const MINUTE = 60_000

/**
 * When tokens were last used. A request must not write for it, so uses are collected here and written
 * together, once a minute at most and when somebody wants to read them. What a killed process had not
 * written is lost.
 */
export class LastUses {
  readonly #storage: Storage
  readonly #log: Pick<FastifyBaseLogger, 'warn'>
  /** The last minute of every token that this process has seen, and of those the ones to be written. */
  readonly #known = new Map<string, Instant>()
  #unsaved = new Map<string, Instant>()
  #saving = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(storage: Storage, log: Pick<FastifyBaseLogger, 'warn'>) {
    this.#storage = storage
    this.#log = log
  }

  note(id: string, now: Instant): void {
    const minute = now - (now % MINUTE)
    if ((this.#known.get(id) ?? Number.NEGATIVE_INFINITY) >= minute) return
    this.#known.set(id, minute)
    this.#unsaved.set(id, minute)
    this.#saveLater()
  }

  /** Writes what has been noted so far. Never rejects: what cannot be written is kept for the next time. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#write())
    return this.#saving
  }

  /** Writes for the last time. */
  close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    return this.save()
  }

  #saveLater(): void {
    if (this.#timer || this.#isClosed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.save()
    }, MINUTE).unref()
  }

  async #write(): Promise<void> {
    const uses = this.#unsaved
    if (uses.size === 0) return
    this.#unsaved = new Map()
    try {
      await this.#storage.write(async (trx) => {
        for (const [minute, entries] of Map.groupBy(uses, ([, at]) => at)) {
          const ids = entries.map(([id]) => id)
          await markUsed(trx, ids, minute)
        }
      })
    } catch (error) {
      this.#log.warn({ err: error }, 'the last use of tokens was not saved, and will be tried again')
      this.#unsaved = new Map([...uses, ...this.#unsaved])
      this.#saveLater()
    }
  }
}

/** Keeps the last use of tokens for as long as the app runs. */
export function trackUses(app: FastifyInstance, storage: Storage): LastUses {
  const uses = new LastUses(storage, app.log)
  // Before `onClose`, where the storage is closed; those in flight have shown their tokens by then.
  app.addHook('preClose', () => uses.close())
  return uses
}
