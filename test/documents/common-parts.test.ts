import { sql } from 'kysely'
import t from 'tap'
import { fillArchive, publishedAt } from '../support/archive.ts'
import { type Dateline, start } from '../support/dateline.ts'

/**
 * The articles that quote somebody who is quoted in more than are few, and somebody who is not: those are found along
 * the order of the list, these by their quotes, and both are what a look at every article's quotes finds.
 */
const ARTICLES = 2_100

const dateline = await start(t)
await fillArchive(dateline.storage, ARTICLES)
await dateline.storage.write(async ({ db }) => {
  const often = sql`document_id < 'quote_' || ${'0'.repeat(22)} || '2070'`
  await sql`update quote_versions set speaker_id = (select max(speaker_id) from quote_versions) where ${often}`.execute(
    db,
  )
})

const often = `person-${ARTICLES / 20 - 1}`
const middle = new Date(publishedAt(ARTICLES / 2)).toISOString()

for (const moment of ['', `&at=${middle}`, '&at=latest'])
  for (const sort of ['', '&sort=publishedAt', '&sort=headline'])
    t.test(`speaker ${moment} ${sort}`, async (t) => {
      const quoting = await articlesWith(dateline, often, moment)
      const all = await walk(dateline, `${sort}${moment}`)
      const expected = all.filter((id) => quoting.has(id))
      t.ok(moment.includes('2000') || expected.length > 2_000, 'many')
      t.strictSame(await walk(dateline, `&speaker=${often}${sort}${moment}`), expected)
      const both = await walk(dateline, `&speaker=${often}&kind=opinion${sort}${moment}`)
      const opinions = new Set(await walk(dateline, `&kind=opinion${moment}`))
      t.strictSame(
        both,
        expected.filter((id) => opinions.has(id)),
        'with another filter',
      )
      t.strictSame(await walk(dateline, `&speaker.in=${often},person-7${sort}${moment}`), expected)
    })

async function articlesWith({ get }: Dateline, speaker: string, moment: string): Promise<Set<string>> {
  const ids = new Set<string>()
  for (let cursor = ''; ; ) {
    const url = `/v1/quotes?limit=100&fields=articleId&speaker=${speaker}${moment}${cursor}`
    const { body } = await get(url, { as: 'viewer' })
    for (const { articleId } of body.data) ids.add(articleId)
    if (body.page.next === null) return ids
    cursor = `&cursor=${body.page.next}`
  }
}

async function walk({ get }: Dateline, query: string): Promise<string[]> {
  const ids: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await get(`/v1/articles?limit=97&fields=slug${query}${cursor}`, { as: 'viewer' })
    ids.push(...body.data.map(({ id }: { id: string }) => id))
    if (body.page.next === null) return ids
    cursor = `&cursor=${body.page.next}`
  }
}
