import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { engine } from '../support/database.ts'
import { type Dateline, start } from '../support/dateline.ts'
import { filesOf, sqliteFiles } from '../support/files.ts'

t.setTimeout(120_000)

const admin = { as: 'admin' } as const
const WORDS = ['zqheadline', 'zqbody', 'zqolder', 'zqquote', 'zqtitle', 'zqtag', 'zqnote']

/** An article that has been public, with parts, an older version, notes and a kept reply. */
async function published(t: Test): Promise<Dateline> {
  const dateline = await start(t)
  const story = {
    headline: 'Zqheadline',
    body: 'zqolder',
    tags: ['zqtag'],
    quotes: [{ text: 'zqquote', speaker: { name: 'Ann Lee' } }],
    relatedLinks: [{ title: 'zqtitle' }],
  }
  const kept = { headers: { 'idempotency-key': 'a-key' } }
  await dateline.post('/v1/articles?publish=now&note=zqnote', story, kept)
  await dateline.patch('/v1/articles/zqheadline', { body: 'zqbody' })
  return dateline
}

t.test('a purge leaves a tombstone that answers 410, by id, by slug and below', async (t) => {
  const dateline = await published(t)
  const { get } = dateline
  const { id } = (await get('/v1/articles/zqheadline')).body
  const [quote] = (await get('/v1/articles/zqheadline/quotes')).body.data
  const purged = await dateline.delete('/v1/articles/zqheadline?purge=true', admin)
  t.strictSame([purged.status, purged.text], [204, ''])
  for (const path of [
    `articles/${id}`,
    'articles/zqheadline',
    `articles/${id}/quotes`,
    `articles/${id}/versions`,
    `quotes/${quote.id}`,
  ])
    t.equal((await get(`/v1/${path}`)).status, 410, path)
  t.equal((await get('/v1/articles?count=true')).body.page.total, 0)
  t.equal((await get('/v1/people/ann-lee')).status, 200, 'people are documents of their own')
  t.equal((await dateline.patch('/v1/articles/zqheadline', { body: 'x' })).status, 410)
  t.equal(
    (await dateline.post('/v1/articles', { headline: 'X', slug: 'zqheadline' })).status,
    409,
    'the slug stays taken',
  )
})

t.test('a purge needs the scope admin, and a dry run erases nothing', async (t) => {
  const dateline = await published(t)
  const path = '/v1/articles/zqheadline?purge=true'
  t.equal((await dateline.delete(path)).status, 403)
  t.equal((await dateline.delete(`${path}&dryRun=true`, admin)).status, 204)
  t.equal((await dateline.delete(`${path}&at=2027-01-01`, admin)).status, 400)
  t.equal((await dateline.delete(path, { ...admin, headers: { 'if-match': '"1"' } })).status, 412)
  t.equal((await dateline.get('/v1/articles/zqheadline')).status, 200)
})

t.test('a draft that nobody knew is 404 to the public after its purge', async (t) => {
  const dateline = await start(t)
  const { id } = (await dateline.post('/v1/articles', { headline: 'Secret' })).body
  await dateline.delete('/v1/articles/secret?purge=true', admin)
  t.equal((await dateline.get(`/v1/articles/${id}`)).status, 404)
  t.equal((await dateline.get('/v1/articles/secret')).status, 404)
  t.equal((await dateline.get(`/v1/articles/${id}`, { as: 'viewer' })).status, 410)
})

t.test('the audit keeps its lines, and has one more for each document that was erased', async (t) => {
  const dateline = await published(t)
  await dateline.delete('/v1/articles/zqheadline?purge=true', admin)
  const { data } = (await dateline.get('/v1/audit?action=purge', admin)).body
  t.strictSame(data.map(({ type }: { type: string }) => type).sort(), ['article', 'link', 'quote'])
  const created = (await dateline.get('/v1/audit?action=create', admin)).body.data
  t.equal(created.length, 4)
})

t.test('a kept reply is erased as well', async (t) => {
  const dateline = await published(t)
  await dateline.delete('/v1/articles/zqheadline?purge=true', admin)
  const rows = await dateline.storage.read(({ db }) => db.selectFrom('replies').selectAll().execute())
  t.match(rows, [{ payload: null, location: null }])
})

t.test(
  'a note that a batch gave to many documents goes with each of them, and stays on the others',
  async (t) => {
    const dateline = await start(t)
    const { results } = (
      await dateline.post(
        '/v1/batch?note=zqshared',
        {
          operations: [
            { do: 'create', type: 'person', name: 'ann', content: { name: 'Ann' } },
            { do: 'create', type: 'article', name: 'story', content: { headline: 'Story' } },
            { do: 'create', type: 'quote', content: { articleId: '$story', speakerId: '$ann', text: 'One' } },
            { do: 'create', type: 'link', content: { articleId: '$story', title: 'More' } },
          ],
        },
        { headers: { 'idempotency-key': 'a-batch' } },
      )
    ).body
    const paths = { person: 'people', article: 'articles', quote: 'quotes', link: 'related-links' }
    const left: string[] = results.map(({ document }: { document: { id: string } }) => document.id)
    t.strictSame(await notedWith(dateline, 'zqshared'), left.toSorted(), 'all have it')
    for (const id of [...left].reverse()) {
      const type = id.split('_')[0] as keyof typeof paths // ids begin with their type
      t.equal((await dateline.delete(`/v1/${paths[type]}/${id}?purge=true`, admin)).status, 204, type)
      left.splice(left.indexOf(id), 1)
      t.strictSame(await notedWith(dateline, 'zqshared'), left.toSorted(), `without the ${type}`)
    }
    const rows = await dateline.storage.read(({ db }) => db.selectFrom('replies').selectAll().execute())
    t.match(rows, [{ payload: null, location: null }])
  },
)

t.test('people who are made in passing do not keep the note of what they were made for', async (t) => {
  const dateline = await published(t)
  const { body } = await dateline.get('/v1/people/ann-lee/versions/1', { as: 'viewer' })
  t.equal(body.note, null)
})

t.test('a purge that is asked for again is done already, whatever If-Match says', async (t) => {
  const dateline = await published(t)
  const { id } = (await dateline.get('/v1/articles/zqheadline')).body
  await dateline.delete(`/v1/articles/${id}?purge=true`, admin)
  const lines = (await dateline.get('/v1/audit', admin)).body.data
  for (const key of [id, 'zqheadline'])
    for (const headers of [{}, { 'if-match': '"1"' }])
      t.equal((await dateline.delete(`/v1/articles/${key}?purge=true`, { ...admin, headers })).status, 204)
  t.equal((await dateline.delete(`/v1/articles/${id}?purge=true`)).status, 403)
  t.equal((await dateline.delete(`/v1/articles/${id}`, admin)).status, 410, 'there is nothing to withdraw')
  t.strictSame((await dateline.get('/v1/audit', admin)).body.data, lines, 'the audit has nothing to add')
})

t.test('nothing is found by the words any more, and no index has them', async (t) => {
  const dateline = await published(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Zqother' })
  const { publishedAt } = (await dateline.get('/v1/articles/zqheadline')).body
  const total = async (list: string, query: string) =>
    (await dateline.get(`/v1/${list}?${query}&count=true`, admin)).body.page.total
  const found = async () => {
    const totals: number[] = []
    for (const word of WORDS.slice(0, 5))
      for (const at of ['', `&at=${publishedAt}`, '&at=latest'])
        for (const list of ['search', 'articles']) totals.push(await total(list, `q=${word}${at}`))
    return totals
  }
  t.equal((await found()).filter((count) => count > 0).length, 18)
  t.strictSame([await total('articles', 'q=zq*'), await wordRows(dateline)], [2, 6])
  await dateline.delete('/v1/articles/zqheadline?purge=true', admin)
  t.strictSame(new Set(await found()), new Set([0]))
  t.strictSame([await total('articles', 'q=zq*'), await wordRows(dateline)], [1, 2], 'what is left')
  if (engine === 'sqlite')
    t.strictSame(await indexed(dateline), ['article§zqother', 'person§ann', 'person§lee'])
})

t.test('the words are in no file of the database any more', async (t) => {
  const dateline = await published(t)
  const files = await filesOf(dateline.storage)
  if (typeof files === 'string') return t.comment(files)
  const found = async () => {
    const text = await files.read()
    return WORDS.filter((word) => text.includes(word))
  }
  if (engine === 'postgres') await flushed(dateline)
  t.strictSame(await found(), WORDS, 'they were there')
  await dateline.delete('/v1/articles/zqheadline?purge=true', admin)
  if (engine === 'postgres') await dateline.storage.rewrite(() => {})
  t.strictSame(await found(), [])
})

const skip = engine === 'sqlite' ? false : 'a reader of PostgreSQL keeps no log from being cut off'

t.test('a reader that stays in the log is told of, and keeps nobody else waiting', { skip }, async (t) => {
  const dateline = await published(t)
  const files = await sqliteFiles(dateline.storage)
  const other = new SQLite(files.path, { readonly: true })
  other.exec('begin; select count(*) from documents')
  const purge = dateline.app.inject({
    method: 'DELETE',
    url: '/v1/articles/zqheadline?purge=true',
    headers: { authorization: `Bearer ${dateline.tokens.admin}` },
  })
  const reads = Array.from({ length: 20 }, () => dateline.get('/v1/people/ann-lee'))
  const first = await Promise.race([purge.then(() => 'the purge'), Promise.all(reads).then(() => 'reads')])
  t.equal(first, 'reads')
  const { statusCode, headers, ...answer } = await purge
  t.strictSame([statusCode, headers['retry-after'], answer.json().detail], [503, '5', UNFINISHED])
  t.equal((await dateline.get('/v1/articles/zqheadline')).status, 410, 'it is erased all the same')
  t.ok((await files.read()).includes('zqbody'), 'and the files still have it')
  other.close()
  t.equal((await dateline.delete('/v1/articles/zqheadline?purge=true', admin)).status, 204)
  const text = await files.read()
  t.strictSame(
    WORDS.filter((word) => text.includes(word)),
    [],
  )
})

const UNFINISHED =
  'The document is erased, and nobody can read it. Words that were deleted may still be in the files of the database, which could not be written anew: Somebody reads from the log. Send this request again until it answers 204.'

async function wordRows({ storage }: Dateline): Promise<number> {
  const rows = await storage.read(({ db }) => db.selectFrom('version_words').select('id').execute())
  return rows.length
}

/** What SQLite's index has, which is sound. */
async function indexed({ storage }: Dateline): Promise<string[]> {
  const { path } = await sqliteFiles(storage)
  const database = new SQLite(path)
  database.exec(`insert into words_fts (words_fts) values ('integrity-check')`)
  database.exec(`create virtual table temp.vocabulary using fts5vocab(main, words_fts, 'row')`)
  const terms = database.prepare<[], { term: string }>('select term from vocabulary order by term').all()
  database.close()
  return terms.map(({ term }) => term)
}

/** What the server keeps in memory is written to its files, and values are taken into its statistics. */
async function flushed({ storage }: Dateline): Promise<void> {
  await storage.write(({ db }) => sql`analyze`.execute(db))
  await storage.write(({ db }) => sql`checkpoint`.execute(db))
}

async function notedWith({ storage }: Dateline, note: string): Promise<string[]> {
  const { rows } = await storage.read(({ db }) =>
    sql<{ document_id: string }>`
      select document_id from article_versions where note = ${note}
      union select document_id from quote_versions where note = ${note}
      union select document_id from person_versions where note = ${note}
      union select document_id from link_versions where note = ${note}`.execute(db),
  )
  return rows.map((row) => row.document_id).sort()
}
