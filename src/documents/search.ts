import { sql } from 'kysely'
import type { Position } from '../http/cursor.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { list } from './list.ts'
import type { Moment } from './moment.ts'
import { edgesOf, type Page, type PageRequest } from './page.ts'
import { scoreOf } from './rank.ts'
import { type Document, selectRows } from './rows.ts'
import { visible } from './visibility.ts'
import type { WordQuery } from './word-query.ts'

/** A document of any type that has what was looked for. */
export interface Hit {
  readonly type: ContentType
  readonly document: Document
}

export interface SearchRequest extends PageRequest {
  readonly moment: Moment
  readonly words: WordQuery
  readonly by: 'date' | 'rank'
  readonly count?: boolean | undefined
}

/** So many of the newest hits are ranked, whatever else is found: it bounds what a very common word costs. */
export const RANKED = 1_000

/**
 * One page of all that these types' own lists would find, newest first as those are, or the best first. It
 * sees what the lists see, and the rank of a document depends on nothing but itself.
 */
export async function search(
  trx: Trx,
  types: readonly ContentType[],
  request: SearchRequest,
): Promise<Page<Hit>> {
  const { from, limit, by } = request
  const isBack = from?.backwards ?? false
  const found = await findIn(
    trx,
    types,
    by === 'rank' ? { ...request, limit: RANKED, from: undefined } : request,
  )
  const entries = by === 'rank' ? beyond(await ranked(trx, found.entries, request), from) : found.entries
  const page = isBack ? entries.slice(-limit) : entries.slice(0, limit)
  const hasMore = entries.length > limit || (by === 'date' && found.hasMore)
  return {
    rows: page.map(({ hit }) => hit),
    ...edgesOf(page.at(0)?.key, page.at(-1)?.key, from, hasMore),
    ...(request.count ? { total: found.total } : {}),
  }
}

interface Entry {
  readonly hit: Hit
  /** What it is sorted by, the greatest first. */
  readonly key: readonly [number, string]
}

/** The first of each list, merged. */
async function findIn(trx: Trx, types: readonly ContentType[], request: SearchRequest) {
  const { moment, words, limit, from, count } = request
  const entries: Entry[] = []
  let [hasMore, total] = [false, 0]
  for (const type of types) {
    const asked = type.listFilters
      .filter(({ place }) => place.kind === 'words')
      .map((filter) => ({ filter, operator: 'eq', value: words }) as const)
    const page = await list(trx, type, { moment, limit, from, count, asked })
    hasMore ||= (from?.backwards ? page.prev : page.next) !== null
    total += page.total ?? 0
    entries.push(
      ...page.documents.map((document) => ({ hit: { type, document }, key: dateOf(document, moment) })),
    )
  }
  return { entries: entries.sort(byKey), hasMore, total }
}

/** What the types' lists are in the order of. */
function dateOf({ id, publishedAt, createdAt }: Document, { at }: Moment): Entry['key'] {
  return [Date.parse(String(at === 'latest' ? createdAt : publishedAt)), id]
}

function byKey({ key: [one, id] }: Entry, { key: [other, otherId] }: Entry): number {
  return other - one || (id < otherId ? 1 : -1)
}

async function ranked(
  trx: Trx,
  entries: readonly Entry[],
  { moment, words }: SearchRequest,
): Promise<Entry[]> {
  const newest = entries.slice(0, RANKED)
  const texts = new Map<string, string>()
  for (const [type, some] of Map.groupBy(newest, ({ hit }) => hit.type))
    for (const { document_id, words: text } of await textsOf(trx, type, some, moment))
      texts.set(document_id, text)
  return newest
    .map(({ hit }): Entry => {
      const { id } = hit.document
      return { hit, key: [scoreOf(texts.get(id) ?? '', words), id] }
    })
    .sort(byKey)
}

async function textsOf(trx: Trx, type: ContentType, entries: readonly Entry[], moment: Moment) {
  const ids = entries.map(({ hit }) => hit.document.id)
  const query = selectRows(trx, type, { ...moment, drafts: false })
    .innerJoin('version_words as s', (join) =>
      join.onRef('s.document_id', '=', 'v.document_id').onRef('s.version', '=', 'v.version'),
    )
    .where(sql<boolean>`v.document_id in ${trx.dialect.among(ids)}`)
    .where(visible(type, moment))
  return query.clearSelect().select(['s.document_id', 's.words']).execute()
}

/** What comes after the position or, backwards, before it. */
function beyond(entries: readonly Entry[], from: Position | undefined): Entry[] {
  if (!from) return [...entries]
  const [score, id] = from.key
  return entries.filter((entry) => {
    const difference = entry.key[0] - Number(score) || (entry.key[1] > id ? 1 : entry.key[1] < id ? -1 : 0)
    return from.backwards
      ? difference > 0 || (from.inclusive && difference === 0)
      : difference < 0 || (from.inclusive && difference === 0)
  })
}
