import t from 'tap'
import { fillArchive } from '../support/archive.ts'
import { type Dateline, start } from '../support/dateline.ts'

/**
 * Pages of the newest articles with some words, which SQLite finds in the order of its index, beside those that
 * are found along the order of the list. A page takes forty versions from the index, so more than
 * those are there of each kind.
 */
const ARTICLES = 72

let walks = false
const dateline = await start(t, { walks: () => walks })
await fill(dateline)
await fillArchive(dateline.storage, 250)

/** Pages of the newest, of an instant in the past, of what few of the newest have, backwards. */
const queries = [
  'q=harbour',
  'q=harbour&at=1990-01-01',
  'q=harbour&at=2025-01-01T08:00:00Z',
  'q=harb*%20-even',
  'q=%22blue%20harbour%22',
  'q=harbour&kind=opinion',
  'q=harbour&publishedAt.lt=1980-01-01',
  'q=harbour&sort=publishedAt',
  'q=harbour&at=latest',
  'q=nothing',
  // More rows than are asked for at once.
  'q=some&limit=40',
  'q=some%20story&limit=40&at=2000-01-01T03:00:00Z',
  // Eleven words begin so, and two hundred: more than are looked for.
  'q=subject12*%20story',
  'q=subj*&limit=40',
  'q=subj*%20subject12*%20story',
]

for (const query of queries)
  t.test(`${query} gives the same pages however they are found`, async (t) => {
    const [found, walked] = [await pages(false, query), await pages(true, query)]
    t.strictSame(found, walked)
    t.ok(query === 'q=nothing' || found.next.length > 1, 'there are several')
    t.strictSame(found.prev, found.next.slice(0, -1).reverse(), 'and the same ones backwards')
  })

/** Most are of one minute, the others of very different days; each was changed once, and some are drafts. */
async function fill({ post, patch }: Dateline): Promise<void> {
  const years = [1950, 1969, 1975, 1985, 2001, 2024]
  for (let number = 0; number < ARTICLES; number += 1) {
    const year = years[number % 12]
    const publish = year ? `${year}-05-0${1 + (number % 9)}` : `2025-01-01T08:00:0${number % 10}Z`
    const body = {
      headline: `Harbour ${number % 2 ? 'odd' : 'even'} ${number}`,
      body: year === 1950 ? 'The blue harbour.' : 'A blue door in a harbour.',
      kind: year === 1969 ? 'opinion' : 'news',
    }
    const { body: made } = await post(`/v1/articles?publish=${number % 10 === 9 ? 'no' : publish}`, body)
    await patch(`/v1/articles/${made.id}`, { place: `Harbour ${number}` })
  }
}

async function pages(isWalk: boolean, query: string): Promise<{ next: unknown[]; prev: unknown[] }> {
  walks = isWalk
  const url = `/v1/articles?${query}${query.includes('limit') ? '' : '&limit=3'}`
  const next: unknown[] = []
  const prev: unknown[] = []
  let last: string | null = null
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await dateline.get(cursor ? `${url}&cursor=${cursor}` : url, { as: 'viewer' })
    next.push(body.data)
    cursor = body.page.next
    last = body.page.prev
  }
  for (let cursor = last; cursor !== null; ) {
    const { body } = await dateline.get(`${url}&cursor=${cursor}`, { as: 'viewer' })
    prev.push(body.data)
    cursor = body.page.prev
  }
  return { next, prev }
}
