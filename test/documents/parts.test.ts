import t from 'tap'
import { type Answer, type Dateline, START, start } from '../support/dateline.ts'

const MINUTE = 60_000
const kinds = [
  { path: 'quotes', text: 'text' },
  { path: 'related-links', text: 'title' },
] as const

const instant = (at: number) => new Date(at).toISOString()
const later = (minutes: number) => instant(START + minutes * MINUTE)

t.setTimeout(3 * MINUTE) // many databases are made here, which takes a while on PostgreSQL

for (const { path, text } of kinds) {
  const post = async (dateline: Dateline, said: string, query = '') =>
    (await dateline.post(`/v1/${path}${query}`, { articleId: await idOf(dateline), [text]: said })).body
  /** What the public reads below the article, or the status of the refusal. */
  const read = async (dateline: Dateline, query = '') => {
    const { status, body } = await dateline.get(`/v1/articles/story/${path}${query}`)
    return status === 200 ? body.data.map((part: Record<string, unknown>) => part[text]) : status
  }

  t.test(`${path}: one saved under a live article is live at once`, async (t) => {
    const dateline = await withStory(t, '?publish=now')
    const part = await post(dateline, 'one')
    t.match(part, { version: 1, status: 'live', publishedAt: part.createdAt, updatedAt: part.createdAt })
    t.strictSame(await read(dateline), ['one'])
  })

  t.test(`${path}: one saved by a writer is a draft, whatever the article is`, async (t) => {
    const dateline = await withStory(t, '?publish=now')
    const content = { articleId: await idOf(dateline), [text]: 'one' }
    const { body } = await dateline.post(`/v1/${path}`, content, { as: 'writer' })
    t.match(body, { version: 1, status: 'draft', publishedAt: null })
    t.strictSame(await read(dateline), [])
  })

  t.test(`${path}: one saved under a draft is a draft, and hidden like what does not exist`, async (t) => {
    const dateline = await withStory(t)
    const part = await post(dateline, 'one')
    t.match(part, { version: 1, status: 'draft', publishedAt: null })
    const hidden = await dateline.get(`/v1/${path}/${part.id}`)
    const absent = part.id.replace(/.{6}$/, 'zzzzzz')
    t.strictSame(comparable(hidden, part.id), comparable(await dateline.get(`/v1/${path}/${absent}`), absent))
    t.strictSame((await dateline.get(`/v1/${path}?count=true`)).body.page.total, 0)
  })

  t.test(
    `${path}: one saved under a scheduled article appears with it, with nothing in between`,
    async (t) => {
      const dateline = await withStory(t, `?publish=${later(10)}`)
      t.match(await post(dateline, 'one'), { status: 'scheduled', publishedAt: later(10) })
      dateline.clock.now = START + 10 * MINUTE - 1
      t.equal(await read(dateline), 404)
      dateline.clock.advance(1)
      t.strictSame(await read(dateline), ['one'])
    },
  )

  t.test(`${path}: publishing the article publishes their newest drafts in the same commit`, async (t) => {
    const dateline = await withStory(t)
    const { id } = await post(dateline, 'one')
    await dateline.patch(`/v1/${path}/${id}`, { [text]: 'two' })
    const before = await clockOf(dateline)
    const { body: article } = await dateline.post('/v1/articles/story/publish')
    const after = await clockOf(dateline)
    t.equal(after.generation, before.generation + 1)
    const { body: part } = await dateline.get(`/v1/${path}/${id}`)
    const at = instant(after.instant)
    t.match(article, { publishedAt: at, updatedAt: at })
    t.match(part, { version: 3, status: 'live', publishedAt: at, updatedAt: at, [text]: 'two' })
  })

  t.test(`${path}: an article that is dated back takes them along`, async (t) => {
    const dateline = await withStory(t)
    await post(dateline, 'one')
    await dateline.post('/v1/articles/story/publish?at=2020-10-15T14:07:00Z')
    t.equal(await read(dateline, '?at=2020-10-15T14:06:59.999Z'), 404)
    t.strictSame(await read(dateline, '?at=2020-10-15T14:07:00Z'), ['one'])
  })

  t.test(`${path}: rescheduling the article moves them`, async (t) => {
    const dateline = await withStory(t)
    const { id } = await post(dateline, 'one')
    for (const minutes of [10, 30, 20]) {
      await dateline.post(`/v1/articles/story/publish?at=${later(minutes)}`)
      const part = await dateline.get(`/v1/${path}/${id}?at=latest`, { as: 'viewer' })
      t.match(part.body, { status: 'scheduled', publishedAt: later(minutes) })
    }
    dateline.clock.now = START + 20 * MINUTE - 1
    t.equal(await read(dateline), 404)
    dateline.clock.advance(1)
    t.strictSame(await read(dateline), ['one'])
  })

  t.test(`${path}: a scheduled edit of a live article brings their edits at its instant`, async (t) => {
    const dateline = await withStory(t, '?publish=now')
    const { id } = await post(dateline, 'one')
    await dateline.patch(`/v1/${path}/${id}?publish=no`, { [text]: 'two' })
    await dateline.patch(`/v1/articles/story?publish=${later(10)}`, { standfirst: 'edited' })
    dateline.clock.now = START + 10 * MINUTE - 1
    t.strictSame(await read(dateline), ['one'])
    dateline.clock.advance(1)
    t.strictSame(await read(dateline), ['two'])
  })

  t.test(`${path}: publishing the article again leaves those that are live as they are`, async (t) => {
    const dateline = await withStory(t, '?publish=now')
    const part = await post(dateline, 'one')
    await dateline.patch('/v1/articles/story?publish=now', { standfirst: 'edited' })
    t.match((await dateline.get(`/v1/${path}/${part.id}`)).body, { version: 1, updatedAt: part.updatedAt })
  })

  t.test(`${path}: one that was withdrawn does not come back with the article`, async (t) => {
    const dateline = await withStory(t)
    const neverSeen = await post(dateline, 'never seen')
    await dateline.delete(`/v1/${path}/${neverSeen.id}`)
    await dateline.post('/v1/articles/story/publish')
    const seen = await post(dateline, 'seen')
    await dateline.delete(`/v1/${path}/${seen.id}`)
    await dateline.patch('/v1/articles/story?publish=now', { standfirst: 'edited' })
    t.strictSame(await read(dateline), [])
    t.equal((await dateline.get(`/v1/${path}/${neverSeen.id}`)).status, 404)
    t.equal((await dateline.get(`/v1/${path}/${seen.id}`)).status, 410)
  })

  t.test(`${path}: they go with a withdrawn article, past included, and come back with it`, async (t) => {
    const dateline = await withStory(t, '?publish=now')
    const { id, updatedAt } = await post(dateline, 'one')
    await dateline.delete('/v1/articles/story')
    for (const query of ['', `?at=${updatedAt}`]) {
      t.equal((await dateline.get(`/v1/${path}/${id}${query}`)).status, 410)
      t.equal(await read(dateline, query), 410)
      t.strictSame((await dateline.get(`/v1/${path}${query}`)).body.data, [])
    }
    await dateline.post('/v1/articles/story/publish')
    t.strictSame(await read(dateline), ['one'])
    t.match((await dateline.get(`/v1/${path}/${id}`)).body, { version: 1, status: 'live', updatedAt })
  })

  t.test(`${path}: they wait no longer when a scheduled article is withdrawn`, async (t) => {
    const dateline = await withStory(t, `?publish=${later(10)}`)
    const { id } = await post(dateline, 'one')
    await dateline.delete('/v1/articles/story')
    dateline.clock.now = START + 20 * MINUTE
    t.equal((await dateline.get(`/v1/${path}/${id}`)).status, 404)
    const { publishedAt } = (await dateline.post('/v1/articles/story/publish')).body
    t.equal(publishedAt, instant(START + 20 * MINUTE + 1), 'a write is one millisecond after a read')
    t.match((await dateline.get(`/v1/${path}/${id}`)).body, { publishedAt, updatedAt: publishedAt })
  })

  t.test(`${path}: they go when the article's time is over`, async (t) => {
    const dateline = await withStory(t, '?publish=now')
    const { id } = await post(dateline, 'one')
    await dateline.post(`/v1/articles/story/withdraw?at=${later(10)}`)
    dateline.clock.now = START + 10 * MINUTE - 1
    t.strictSame(await read(dateline), ['one'])
    dateline.clock.advance(1)
    t.equal(await read(dateline), 410)
    t.equal((await dateline.get(`/v1/${path}/${id}`)).status, 410)
  })

  t.test(`${path}: none is published for an instant at which its article is not live`, async (t) => {
    const dateline = await withStory(t, `?publish=${later(10)}`)
    const { id } = await post(dateline, 'one')
    for (const at of ['now', later(9), '2020-10-15']) {
      const refused = await dateline.patch(`/v1/${path}/${id}?publish=${at}`, { [text]: 'two' })
      t.equal(refused.status, 409)
    }
    t.equal((await dateline.patch(`/v1/${path}/${id}?publish=${later(10)}`, { [text]: 'three' })).status, 200)
    dateline.clock.now = START + 10 * MINUTE
    t.strictSame(await read(dateline), ['three'])
  })

  t.test(`${path}: one may be dated back to when its article was live, in an earlier version`, async (t) => {
    const dateline = await withStory(t, '?publish=2020-10-15')
    await dateline.patch('/v1/articles/story', { standfirst: 'edited' })
    await post(dateline, 'one', '?publish=2020-10-16')
    t.strictSame(await read(dateline, '?at=2020-10-15'), [])
    t.strictSame(await read(dateline, '?at=2020-10-16'), ['one'])
    t.strictSame(await read(dateline), ['one'])
  })
}

async function withStory(t: Parameters<typeof start>[0], query = ''): Promise<Dateline> {
  const dateline = await start(t)
  await dateline.post(`/v1/articles${query}`, { slug: 'story', headline: 'Story' })
  return dateline
}

async function idOf(dateline: Dateline): Promise<string> {
  return (await dateline.get('/v1/articles/story?at=latest', { as: 'viewer' })).body.id
}

function clockOf({ storage }: Dateline) {
  return storage.read((trx) => trx.db.selectFrom('clock').selectAll().executeTakeFirstOrThrow())
}

/** An answer without what differs from one request to the next. */
function comparable({ status, headers, body }: Answer, id: string): unknown {
  const { date, ...others } = headers
  const { requestId, ...problem } = body
  return { status, headers: others, problem: JSON.stringify(problem).replaceAll(id, 'ID') }
}
