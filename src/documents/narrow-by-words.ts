import { z } from 'zod'
import type { Instant } from '../storage/clock.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Asked } from './filter-parameters.ts'
import type { Filter } from './filters.ts'
import type { Moment } from './moment.ts'
import { lookupsOf, typeWord, type WordQuery } from './word-query.ts'

/** Up to so many versions, sorting them takes some milliseconds; with more, a page fills soon in any order, unless it is a long one. */
const FEW = 2_000
const FEW_FOR_EACH = 10

interface Wanted {
  readonly moment: Moment
  readonly limit: number
}

/**
 * The documents that may have the words of `q`, as one more filter, where they are few. What more have is
 * sooner met along the order that is asked for than found by its words and sorted.
 */
export async function narrowByWords(
  { db, dialect }: Trx,
  type: ContentType,
  asked: readonly Asked[],
  { moment: { at }, limit }: Wanted,
): Promise<Asked[]> {
  const words = wordsOf(asked)
  if (!words) return []
  const ids = await dialect.findByWords(db, [typeWord(type), ...lookupsOf(words)], {
    seenBy: at === 'latest' ? undefined : at,
    most: Math.max(FEW, FEW_FOR_EACH * limit),
  })
  return ids ? [amongIds(ids)] : []
}

/**
 * The newest documents that may have the words of `q`, as one more filter: of a page that is newest first they
 * are all that it needs, unless other filters or the rest of a phrase leave too few of them.
 *
 * @param until the page begins there
 * @returns undefined where there are no words, or where the database does not know which are the newest
 */
export async function narrowToNewest(
  { db, dialect }: Trx,
  type: ContentType,
  asked: readonly Asked[],
  { seenBy, until, limit }: { readonly seenBy: Instant; readonly until: Instant; readonly limit: number },
): Promise<{ readonly asked: Asked; readonly since: Instant | undefined } | undefined> {
  const words = wordsOf(asked)
  if (!words || !dialect.findNewestByWords) return undefined
  const { documents, since } = await dialect.findNewestByWords(db, [typeWord(type), ...lookupsOf(words)], {
    ...{ seenBy, until },
    most: FEW_FOR_EACH * (limit + 1),
  })
  return { asked: amongIds(documents), since }
}

function wordsOf(asked: readonly Asked[]): WordQuery | undefined {
  return asked.find(({ filter }) => filter.place.kind === 'words')?.value as WordQuery | undefined // as the parameter has read it
}

function amongIds(ids: readonly string[]): Asked {
  return { filter: ID, operator: 'in', value: [...new Set(ids)] }
}

const ID: Filter = { name: 'id', operators: ['in'], values: z.string(), place: { kind: 'id' } }
