import t from 'tap'
import { fillArchive } from '../support/archive.ts'
import { type Dateline, start } from '../support/dateline.ts'

/**
 * What was updated before or after an instant, in every order: few documents are found by their updates, many along the
 * order of the list, and either way they are those of the list without the filter.
 */
/** Of five versions each: more than are few. */
const ARTICLES = 450

const dateline = await start(t)
await fillArchive(dateline.storage, ARTICLES)

const moments = ['', '&at=2000-01-01T05:00:00Z', '&at=latest']
const sorts = ['', '&sort=publishedAt', '&sort=headline', '&sort=-updatedAt']

for (const moment of moments)
  for (const sort of sorts)
    t.test(`updatedAt ${moment} ${sort}`, async (t) => {
      const all = await walk(dateline, `${sort}${moment}`)
      t.ok(all.length > 100)
      const updates = all.map(({ updatedAt }) => updatedAt).sort()
      for (const share of [0, 0.02, 0.5, 0.98, 1]) {
        const bound = updates[Math.floor(share * (updates.length - 1))] ?? ''
        for (const [operator, isLet] of Object.entries(comparisons)) {
          const found = await walk(dateline, `&updatedAt.${operator}=${bound}${sort}${moment}`)
          const expected = all.filter(({ updatedAt }) => isLet(updatedAt, bound))
          t.strictSame(found, expected, `${operator} at ${share}`)
        }
      }
    })

const comparisons: Readonly<Record<string, (one: string, other: string) => boolean>> = {
  gt: (one, other) => one > other,
  gte: (one, other) => one >= other,
  lt: (one, other) => one < other,
  lte: (one, other) => one <= other,
}

interface Listed {
  readonly id: string
  readonly updatedAt: string
}

async function walk({ get }: Dateline, query: string): Promise<Listed[]> {
  const all: Listed[] = []
  for (let cursor = ''; ; ) {
    const { body } = await get(`/v1/articles?limit=97&fields=updatedAt${query}${cursor}`, { as: 'viewer' })
    all.push(...body.data.map(({ id, updatedAt }: Listed) => ({ id, updatedAt })))
    if (body.page.next === null) return all
    cursor = `&cursor=${body.page.next}`
  }
}
