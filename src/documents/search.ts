import type { Position } from '../http/cursor.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Asked } from './filter-parameters.ts'
import { type ListRequest, list, listByIds, listRows } from './list.ts'
import { newestOf as newestPage } from './list-plan.ts'
import type { Moment } from './moment.ts'
import { isWhole, type Newest, newestWith } from './narrow-by-words.ts'
import { edgesOf, type Page, type PageRequest } from './page.ts'
import { scoreOf } from './rank.ts'
import type { Document, RowQuery } from './rows.ts'
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
export function search(trx: Trx, types: readonly ContentType[], request: SearchRequest): Promise<Page<Hit>> {
  return request.by === 'rank' ? bestOf(trx, types, request) : newestOf(trx, types, request)
}

/** What it is sorted by, the greatest first. */
type Key = readonly [number, string]

interface Sorted {
  readonly key: Key
}

async function newestOf(trx: Trx, types: readonly ContentType[], request: SearchRequest): Promise<Page<Hit>> {
  for await (const newest of newestInAll(trx, types, request)) {
    const page = await listed(trx, types, request, newest)
    if (isWhole(newest, page.next?.key[0])) return page
  }
  return listed(trx, types, request)
}

/** The newest of all these types together: of each type alone there may be as many as are wanted, and most not be among them. */
function newestInAll(trx: Trx, types: readonly ContentType[], request: SearchRequest) {
  const [type] = types
  const page = type && newestPage(type, listRequest(type, request))
  return page ? newestWith(trx, types, request.words, page) : []
}

async function listed(
  trx: Trx,
  types: readonly ContentType[],
  request: SearchRequest,
  newest?: Newest,
): Promise<Page<Hit>> {
  const entries: (Sorted & { readonly hit: Hit })[] = []
  let [hasMore, total] = [false, 0]
  for (const type of types) {
    const among = newest?.among(type)
    if (newest && !among) continue
    const page = await list(trx, type, listRequest(type, request, among))
    hasMore ||= (request.from?.backwards ? page.prev : page.next) !== null
    total += page.total ?? 0
    for (const document of page.documents)
      entries.push({ hit: { type, document }, key: dateOf(document, request.moment) })
  }
  const { page, edges } = cut(entries.sort(byKey), request, hasMore)
  return { rows: page.map(({ hit }) => hit), ...edges, ...(request.count ? { total } : {}) }
}

function listRequest(
  { listFilters }: ContentType,
  { moment, words, limit, from, count }: SearchRequest,
  among?: Asked,
): ListRequest {
  const asked = listFilters
    .filter(({ place }) => place.kind === 'words')
    .map((filter) => ({ filter, operator: 'eq', value: words }) as const)
  return { moment, limit, from, count, asked: among ? [among, ...asked] : asked }
}

/** What the types' lists are in the order of. */
function dateOf({ id, publishedAt, createdAt }: Document, { at }: Moment): Key {
  return [Date.parse(String(at === 'latest' ? createdAt : publishedAt)), id]
}

function byKey({ key: [one, id] }: Sorted, { key: [other, otherId] }: Sorted): number {
  return other - one || (id < otherId ? 1 : -1)
}

interface Weighed extends Sorted {
  readonly type: ContentType
}

async function bestOf(trx: Trx, types: readonly ContentType[], request: SearchRequest): Promise<Page<Hit>> {
  const { moment, words, from } = request
  const { texts, total } = await newestTexts(trx, types, { ...request, limit: RANKED, from: undefined })
  const ranked = texts.map(
    ({ type, key: [, id], text }): Weighed => ({ type, key: [scoreOf(text, words), id] }),
  )
  const { page, edges } = cut(beyond(ranked.sort(byKey), from), request, false)
  return { rows: await hitsOf(trx, page, moment), ...edges, ...(request.count ? { total } : {}) }
}

/** What is weighed: the newest of all types. */
interface Texts {
  readonly texts: readonly (Weighed & { readonly text: string })[]
  readonly total: number
}

async function newestTexts(trx: Trx, types: readonly ContentType[], request: SearchRequest): Promise<Texts> {
  for await (const newest of newestInAll(trx, types, request)) {
    const found = await textsOf(trx, types, request, newest)
    const last = found.texts.length < request.limit ? undefined : found.texts.at(-1)
    if (isWhole(newest, last?.key[0])) return found
  }
  return textsOf(trx, types, request)
}

/** Only the words of what is weighed are read, and later the documents of the page. */
async function textsOf(
  trx: Trx,
  types: readonly ContentType[],
  request: SearchRequest,
  newest?: Newest,
): Promise<Texts> {
  const texts: (Weighed & { readonly text: string })[] = []
  let total = 0
  for (const type of types) {
    const among = newest?.among(type)
    if (newest && !among) continue
    const page = await listRows(trx, type, { ...listRequest(type, request, among), select: selectWords })
    total += page.total ?? 0
    for (const { document_id: id, published_at, created_at, words } of page.rows) {
      const date = request.moment.at === 'latest' ? created_at : Number(published_at) // what is live has been published
      texts.push({ type, key: [date, id], text: String(words) })
    }
  }
  return { texts: texts.sort(byKey).slice(0, request.limit), total }
}

function selectWords(versions: RowQuery): RowQuery {
  const words = versions.innerJoin('version_words as w', (join) =>
    join.onRef('w.document_id', '=', 'v.document_id').onRef('w.version', '=', 'v.version'),
  )
  const columns = ['v.document_id', 'v.published_at', 'v.created_at', 'w.words'] as const
  return words.select(columns) as unknown as RowQuery // of rows, these columns alone
}

async function hitsOf(trx: Trx, page: readonly Weighed[], moment: Moment): Promise<Hit[]> {
  const hits = new Map<string, Hit>()
  for (const [type, some] of Map.groupBy(page, ({ type }) => type)) {
    const ids = some.map(({ key: [, id] }) => id)
    for (const document of await listByIds(trx, type, ids, moment)) hits.set(document.id, { type, document })
  }
  return page.map(({ key: [, id] }) => hits.get(id)).filter((hit) => hit !== undefined)
}

function cut<Entry extends Sorted>(
  entries: readonly Entry[],
  { limit, from }: SearchRequest,
  isMoreBehind: boolean,
) {
  const page = from?.backwards ? entries.slice(-limit) : entries.slice(0, limit)
  const hasMore = isMoreBehind || entries.length > limit
  return { page, edges: edgesOf(page.at(0)?.key, page.at(-1)?.key, from, hasMore) }
}

/** What comes after the position or, backwards, before it. */
function beyond(entries: readonly Weighed[], from: Position | undefined): readonly Weighed[] {
  if (!from) return entries
  const [score, id] = from.key
  return entries.filter((entry) => {
    const difference = entry.key[0] - Number(score) || (entry.key[1] > id ? 1 : entry.key[1] < id ? -1 : 0)
    return from.backwards
      ? difference > 0 || (from.inclusive && difference === 0)
      : difference < 0 || (from.inclusive && difference === 0)
  })
}
