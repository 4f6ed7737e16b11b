import type { Instant } from '../storage/clock.ts'
import type { WordsFound } from '../storage/dialect.ts'
import type { Trx } from '../storage/transaction.ts'
import { publishedBefore } from '../storage/word-ids.ts'
import type { ContentType } from './content-type.ts'
import { amongIds, FEW_FOR_EACH, fewFor } from './few.ts'
import type { Asked } from './filter-parameters.ts'
import type { Moment } from './moment.ts'
import { lookupsOf, typeWord, type WordQuery } from './word-query.ts'

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
    most: fewFor(limit),
  })
  return ids ? [amongIds(ids)] : []
}

/** Some documents, the newest of those that may have the words, as one more filter. */
export interface Newest {
  readonly asked: Asked
  /** What was published before may be missing; absent: nothing is. */
  readonly since: Instant | undefined
}

/**
 * The newest documents that may have the words of `q`: of a page that is newest first they are all that it needs,
 * unless other filters or the rest of a phrase leave too few of them.
 *
 * @param until the page begins there
 * @returns as many as mostly do, and if there are more, all that were found; nothing where there are no words, or
 *   where the database does not know which are the newest
 */
export async function narrowToNewest(
  { db, dialect }: Trx,
  type: ContentType,
  asked: readonly Asked[],
  { seenBy, until, limit }: { readonly seenBy: Instant; readonly until: Instant; readonly limit: number },
): Promise<Newest[]> {
  const words = wordsOf(asked)
  if (!words || !dialect.findNewestByWords) return []
  const most = FEW_FOR_EACH * (limit + 1)
  const lookups = [typeWord(type), ...lookupsOf(words)]
  const found = await dialect.findNewestByWords(db, lookups, { until, most })
  const rows = firstOfEach(found.filter(({ live_from: from }) => from !== null && from <= seenBy))
  const ids = rows.map((row) => row.document_id)
  const enough = Math.ceil(ENOUGH * (limit + 1))
  const next = rows[enough]
  const all = { asked: amongIds(ids), since: sinceOf(found.length < most ? undefined : found.at(-1)) }
  return next ? [{ asked: amongIds(ids.slice(0, enough)), since: sinceOf(next) }, all] : [all]
}

/** So many times as many documents as a page has: some have the words in older versions alone. */
const ENOUGH = 1.5

/** One row of each document, the first. */
function firstOfEach(rows: readonly WordsFound[]): WordsFound[] {
  const seen = new Set<string>()
  return rows.filter(({ document_id: id }) => !seen.has(id) && seen.add(id))
}

/** @param row the first of those that are left out, or the last that is not */
function sinceOf(row: WordsFound | undefined): Instant | undefined {
  return row && publishedBefore(row.id)
}

function wordsOf(asked: readonly Asked[]): WordQuery | undefined {
  return asked.find(({ filter }) => filter.place.kind === 'words')?.value as WordQuery | undefined // as the parameter has read it
}
