import type { Kysely } from 'kysely'
import type { Instant } from './clock.ts'
import type { Database, WordsRow } from './schema.ts'
import type { Trx } from './transaction.ts'

/**
 * What finds rows of `version_words` by the words that they have; where it leaves some words out, it finds more. It says
 * nothing (undefined) of what it would first have to collect from too many: of that a page fills soon in any order.
 */
export interface WordIndex {
  /** Makes it. */
  create(db: Kysely<Database>): Promise<void>
  /** Makes it anew, and meanwhile lets the ids of the rows be changed. */
  recreate(db: Kysely<Database>, change: () => Promise<unknown>): Promise<void>
  /** The documents that a version with all of these words belongs to; undefined also when these versions are more than `most`. */
  find(
    trx: Asking,
    type: string,
    words: readonly IndexedWord[],
    where: {
      /** Only versions that were live at this instant or before; absent: all. */
      readonly seenBy: Instant | undefined
      readonly most: number
    },
  ): Promise<string[] | undefined>
  /** Those versions of documents of some types in the order of their ids, which is that of publication, the newest first (`word-ids.ts`). */
  findInOrder(
    trx: Asking,
    types: readonly string[],
    words: readonly IndexedWord[],
    where: {
      /** Only versions with greater ids. */
      readonly after: number
      readonly most: number
    },
  ): Promise<WordsFound[] | undefined>
}

export type Asking = Pick<Trx, 'db' | 'dialect'>

/** Letters, digits and marks only: nothing in it means something to an index. */
export interface IndexedWord {
  readonly word: string
  /** It is the beginning of a word. */
  readonly isPrefix: boolean
}

/** A row of words, and whose they are. */
export type WordsFound = Pick<WordsRow, 'id' | 'document_id' | 'type' | 'live_from'>
