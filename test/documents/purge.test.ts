import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { engine } from '../support/database.ts'
import { type Dateline, start } from '../support/dateline.ts'

const admin = { as: 'admin' } as const
const WORDS = ['zqheadline', 'zqbody', 'zqolder', 'zqquote', 'zqtitle', 'zqnote']

/** An article that has been public, with parts, an older version, notes and a kept reply. */
async function published(t: Test): Promise<Dateline> {
  const dateline = await start(t)
  const story = {
    headline: 'Zqheadline',
    body: 'zqolder',
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

const skip = engine === 'sqlite' ? false : 'the files of PostgreSQL are its server’s'

t.test('the words are in no file of the database any more', { skip }, async (t) => {
  const dateline = await published(t)
  const files = await filesOf(dateline)
  t.strictSame(await found(files), WORDS, 'they were there')
  await dateline.delete('/v1/articles/zqheadline?purge=true', admin)
  t.strictSame(await found(files), [])
})

async function filesOf({ storage }: Dateline): Promise<string[]> {
  const { rows } = await storage.read(({ db }) => sql<{ file: string }>`pragma database_list`.execute(db))
  const file = String(rows[0]?.file)
  return [file, `${file}-wal`, `${file}-shm`]
}

async function found(files: readonly string[]): Promise<string[]> {
  const contents = await Promise.all(files.map((file) => readFile(file)))
  const text = Buffer.concat(contents).toString('latin1').toLowerCase()
  return WORDS.filter((word) => text.includes(word))
}
