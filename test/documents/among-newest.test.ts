import { sql } from 'kysely'
import t from 'tap'
import { fillArchive, publishedAt } from '../support/archive.ts'
import { type Dateline, start } from '../support/dateline.ts'

/**
 * Articles and quotes of somebody who is quoted and named in more than are few, now or long ago: what is met among the
 * newest, and what is found and sorted, are together what a look at everything finds.
 */
const ARTICLES = 4_600
const MANY = 2_100

const dateline = await start(t)
await fillArchive(dateline.storage, ARTICLES)
await dateline.storage.write(async ({ db }) => {
  for (const [person, from, to] of [
    [0, 0, MANY],
    [9, ARTICLES - MANY, ARTICLES],
  ] as const) {
    const id = (type: string, number: number) => `${type}_0${String(number).padStart(25, '0')}`
    const among = (type: string) => sql`document_id between ${id(type, from)} and ${id(type, to - 1)}`
    await sql`update quote_versions set speaker_id = ${id('person', person)} where ${among('quote')}`.execute(
      db,
    )
    await sql`update article_people_index set target_id = ${id('person', person)} where ${among('article')}`.execute(
      db,
    )
  }
})

const middle = new Date(publishedAt(ARTICLES / 2)).toISOString()
const paths = {
  articles: [
    'speaker=person-0',
    'speaker=person-9',
    'speaker.in=person-0,person-9',
    'person.in=person-0,person-100',
  ],
  quotes: ['speaker.in=person-0,person-100', 'speaker.in=person-9,person-100'],
}

for (const [path, filters] of Object.entries(paths))
  for (const moment of ['', `&at=${middle}`])
    for (const filter of filters)
      t.test(`${path} ${filter} ${moment}`, async (t) => {
        const ascending = await walk(dateline, path, `${filter}&sort=publishedAt${moment}`)
        t.ok(moment !== '' || ascending.length >= MANY, 'many')
        t.strictSame(await walk(dateline, path, `${filter}${moment}`), ascending.toReversed())
        const other = path === 'articles' ? 'kind=opinion' : 'saidOn.gte=2010'
        const others = new Set(await walk(dateline, path, `${other}${moment}`))
        const both = ascending.toReversed().filter((id) => others.has(id))
        t.strictSame(await walk(dateline, path, `${filter}&${other}${moment}`), both, 'with another filter')
      })

/** In the other order nothing is looked for among the newest. */
async function walk({ get }: Dateline, path: string, query: string): Promise<string[]> {
  const ids: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await get(`/v1/${path}?limit=97&fields=id&${query}${cursor}`)
    ids.push(...body.data.map(({ id }: { id: string }) => id))
    if (body.page.next === null) return ids
    cursor = `&cursor=${body.page.next}`
  }
}
