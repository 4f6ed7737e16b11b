import type { Instant } from '../storage/clock.ts'
import type { Trx } from '../storage/transaction.ts'
import { idsOf, publishedBefore } from '../storage/word-ids.ts'
import type { ContentType } from './content-type.ts'
import { amongIds, FEW_FOR_EACH, fewFor } from './few.ts'
import type { Asked } from './filter-parameters.ts'
import type { NewestPage } from './list-plan.ts'
import type { Moment } from './moment.ts'
import { lookupsOf, type WordQuery } from './word-query.ts'

interface Wanted {
  readonly moment: Moment
  readonly limit: number
}

/**
 * The documents that may have the words of `q`, as one more filter, where they are few. What more have is
 * sooner met along the order that is asked for than found by its words and sorted.
 */
export async function narrowByWords(
  trx: Trx,
  { type }: ContentType,
  asked: readonly Asked[],
  { moment: { at }, limit }: Wanted,
): Promise<Asked[]> {
  const words = wordsOf(asked)
  if (!words) return []
  const where = { seenBy: at === 'latest' ? undefined : at, most: fewFor(limit) }
  const ids = await trx.dialect.words.find(trx, type, lookupsOf(words), where)
  return ids ? [amongIds(ids)] : []
}

/** Some documents, the newest of those that may have the words. */
export interface Newest {
  /** Those of a type, as one more filter; undefined if there is none. */
  among(type: ContentType): Asked | undefined
  /** What was published before may be missing; absent: nothing is. */
  readonly since: Instant | undefined
}

/**
 * The newest documents that may have some words: of a page that is newest first they are all that it needs, unless
 * other filters or the rest of a phrase leave too few of them. So first there are as many as mostly do, and then more.
 *
 * @returns nothing where the index does not say
 */
export async function* newestWith(
  trx: Trx,
  types: readonly ContentType[],
  words: WordQuery,
  { seenBy, until, limit }: NewestPage,
): AsyncGenerator<Newest> {
  const names = types.map(({ type }) => type)
  const found = new Map<string, string>()
  const among = ({ type }: ContentType) => {
    const ids = [...found].filter(([, own]) => own === type).map(([id]) => id)
    return ids.length > 0 ? amongIds(ids) : undefined
  }
  let [after] = idsOf(until)
  let left = FEW_FOR_EACH * (limit + 1)
  for (const enough of [ENOUGH * (limit + 1), Number.POSITIVE_INFINITY]) {
    while (found.size < enough && left > 0) {
      const most = Math.min(left, Math.max(FEW_ROWS, ROWS_OF_EACH * (limit + 1)))
      const rows = await trx.dialect.words.findInOrder(trx, names, lookupsOf(words), { after, most })
      if (!rows) return
      for (const { document_id: id, type, live_from: from } of rows)
        if (from !== null && from <= seenBy) found.set(id, type)
      after = rows.at(-1)?.id ?? after
      if (rows.length < most) return yield { among, since: undefined }
      left -= most
    }
    yield { among, since: publishedBefore(after) }
    if (left <= 0) return
  }
}

/** So many times as many documents as a page has: some have the words in older versions alone. */
const ENOUGH = 1.2
/** Of rows a document has several. So many are as soon found as fewer. */
const ROWS_OF_EACH = 3
const FEW_ROWS = 300

/** Whether nothing is missing before this, which is the last of a page that is followed by more. */
export function isWhole({ since }: Newest, last: Instant | undefined): boolean {
  return since === undefined || (last !== undefined && last >= since)
}

/** The words of `q`. */
export function wordsOf(asked: readonly Asked[]): WordQuery | undefined {
  return asked.find(({ filter }) => filter.place.kind === 'words')?.value as WordQuery | undefined // as the parameter has read it
}
