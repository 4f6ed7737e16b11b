import t, { type Test } from 'tap'
import { assertProblem } from '../http/problem.ts'
import { type Answer, type Dateline, type RequestOptions, START, start } from '../support/dateline.ts'

const MINUTE = 60_000
const STORM = '/v1/articles/storm'
const viewer = { as: 'viewer' } as const

/** The instant at which a write stands after `go`, as answers give it. */
const minute = (count: number) => new Date(START + count * MINUTE).toISOString()

t.setTimeout(3 * MINUTE) // many databases are made here, which takes a while on PostgreSQL

const WHICH = 'n: must be the number of a version.'

/** For the tests that write nothing; the last of them move its clock. */
const story = await newsroom(t)

t.test('the public is told of the versions it has seen, and of no beginning or end to come', async (t) => {
  const { dateline, id } = story
  const { status, headers, body } = await dateline.get(`${STORM}/versions`)
  t.equal(status, 200)
  t.equal(headers['x-robots-tag'], 'noindex')
  t.equal(headers.link, `</v1/articles/${id}>; rel="canonical"`)
  t.equal(headers['cache-control'], 'public, max-age=5')
  t.strictSame(body, {
    data: [
      { version: 3, action: 'publish', liveFrom: minute(3), liveTo: null },
      { version: 1, action: 'create', liveFrom: minute(1), liveTo: minute(3) },
    ],
    page: { limit: 20, next: null, prev: null },
  })
})

t.test('a reader of drafts is told of all versions, of who saved them and of why', async (t) => {
  const { dateline, tokens } = story
  const { headers, body } = await dateline.get(`${STORM}/versions`, viewer)
  t.equal(headers['cache-control'], 'private, no-store')
  const saved = (count: number, by: string | undefined, note: string | null, minor = false) => ({
    savedAt: minute(count),
    savedBy: by,
    note,
    minor,
  })
  t.strictSame(body, {
    data: [
      {
        version: 4,
        action: 'schedule',
        liveFrom: minute(10),
        liveTo: null,
        ...saved(4, tokens.editor, null, true),
      },
      {
        version: 3,
        action: 'publish',
        liveFrom: minute(3),
        liveTo: minute(10),
        ...saved(3, tokens.editor, 'Checked – twice'),
      },
      {
        version: 2,
        action: 'save',
        liveFrom: null,
        liveTo: null,
        ...saved(2, tokens.writer, 'the mayor called'),
      },
      {
        version: 1,
        action: 'create',
        liveFrom: minute(1),
        liveTo: minute(3),
        ...saved(1, tokens.editor, null),
      },
    ],
    page: { limit: 20, next: null, prev: null },
  })
})

t.test('a version is shown whole, and to the public without what was said of it', async (t) => {
  const { dateline, id, tokens } = story
  const content = {
    slug: 'storm',
    headline: 'Storm',
    kind: 'news',
    standfirst: null,
    body: 'Rain and wind.',
    language: null,
    place: null,
    byline: null,
    source: null,
    image: null,
    tags: [],
    canonicalUrl: null,
    people: [],
    wordCount: 3,
    corrections: [],
  }
  const open = { version: 3, action: 'publish', liveFrom: minute(3), liveTo: null }
  const { headers, body } = await dateline.get(`${STORM}/versions/3`)
  t.equal(headers['x-robots-tag'], 'noindex')
  t.equal(headers.link, `</v1/articles/${id}>; rel="canonical"`)
  t.strictSame(body, { ...open, content })
  t.strictSame((await dateline.get(`${STORM}/versions/3`, viewer)).body, {
    ...open,
    liveTo: minute(10),
    savedAt: minute(3),
    savedBy: tokens.editor,
    note: 'Checked – twice',
    minor: false,
    content,
  })
  const again = { headers: { 'if-none-match': String(headers.etag) } }
  t.equal((await dateline.get(`${STORM}/versions/3`, again)).status, 304)
})

t.test('a hidden version is 404 in the very words of one that does not exist', async (t) => {
  const { dateline } = story
  for (const hidden of [2, 4]) {
    for (const [of, whole] of [
      [(n: number) => `${STORM}/versions/${n}`, 'one'],
      [(n: number) => `${STORM}/versions/${n}/diff`, 'its difference'],
      [(n: number) => `${STORM}/versions/3/diff?against=${n}`, 'what it is compared with'],
    ] as const) {
      const answer = await dateline.get(of(hidden))
      t.equal(answer.status, 404, whole)
      t.equal(answer.body.detail, `There is no version ${hidden} of this article.`)
      t.strictSame(anonymous(answer, hidden), anonymous(await dateline.get(of(99)), 99), whole)
      t.equal((await dateline.get(of(hidden), viewer)).status, 200, whole)
    }
  }
  t.match((await dateline.get(`${STORM}/versions/0`)).body, { status: 400, detail: WHICH })
  t.match((await dateline.get(`${STORM}/versions/03/diff`)).body, { status: 400, detail: WHICH })
})

t.test('a difference is told field by field, texts by words, from the version before it', async (t) => {
  const { dateline, id } = story
  const words = [
    { op: 'same', text: 'Rain' },
    { op: 'added', text: ' and wind' },
    { op: 'same', text: '.' },
  ]
  const grown = { pointer: '/body', was: 'Rain.', now: 'Rain and wind.', words }
  const counted = { pointer: '/wordCount', was: 1, now: 3 }
  const of = { id, type: 'article' }
  const { headers, body } = await dateline.get(`${STORM}/versions/3/diff`)
  t.equal(headers['x-robots-tag'], 'noindex')
  t.strictSame(body, { ...of, from: 1, to: 3, changes: [grown, counted] })
  const back = await dateline.get(`${STORM}/versions/1/diff?against=3`)
  t.match(back.body, {
    from: 3,
    to: 1,
    changes: [
      { was: 'Rain and wind.', now: 'Rain.' },
      { was: 3, now: 1 },
    ],
  })
  t.strictSame((await dateline.get(`${STORM}/versions/3/diff`, viewer)).body, {
    ...of,
    from: 2,
    to: 3,
    changes: [],
  })
  t.strictSame((await dateline.get(`${STORM}/versions/3/diff?against=3`)).body.changes, [])
  const first = (await dateline.get(`${STORM}/versions/1/diff`)).body
  t.equal(first.from, 0)
  t.match(first.changes[0], { pointer: '/slug', was: null, now: 'storm' })
})

t.test('with Accept: text/plain it is a unified diff, for the public without notes', async (t) => {
  const { dateline, id } = story
  const plain = { headers: { accept: 'text/plain' } }
  const of = (version: number) => `/v1/articles/${id}/versions/${version}`
  const { headers, text } = await dateline.get(`${STORM}/versions/3/diff`, plain)
  t.equal(headers['content-type'], 'text/plain; charset=utf-8')
  t.equal(
    text,
    `--- ${of(1)}  ${minute(1)} create
+++ ${of(3)}  ${minute(3)} publish
@@ -1,8 +1,8 @@ body
 slug: storm
 headline: Storm
 kind: news
-body: Rain.
+body: Rain and wind.
 tags: []
 people: []
-wordCount: 1
+wordCount: 3
 corrections: []
`,
  )
  const told = await dateline.get(`${STORM}/versions/3/diff`, { ...plain, ...viewer })
  const [before, after] = [`${minute(2)} save  the mayor called`, `${minute(3)} publish  Checked – twice`]
  t.equal(told.text, `No difference between ${of(2)}  ${before} and ${of(3)}  ${after}.\n`)
  const html = await dateline.get(`${STORM}/versions/3/diff`, { headers: { accept: 'text/html' } })
  t.match(html.body, { type: '/problems/not_acceptable', status: 406 })
})

t.test('when the clock passes, the public is told of what went live, with no write', async (t) => {
  const { dateline } = story
  const before = (await dateline.get(`${STORM}/versions`)).body
  dateline.clock.now = START + 10 * MINUTE - 1
  t.strictSame((await dateline.get(`${STORM}/versions`)).body, before)
  dateline.clock.now = START + 10 * MINUTE
  t.strictSame((await dateline.get(`${STORM}/versions`)).body.data, [
    { version: 4, action: 'publish', liveFrom: minute(10), liveTo: null },
    { version: 3, action: 'publish', liveFrom: minute(3), liveTo: minute(10) },
    { version: 1, action: 'create', liveFrom: minute(1), liveTo: minute(3) },
  ])
})

t.test('at an instant the record is that of then, and the future is for readers of drafts', async (t) => {
  const { dateline } = story
  dateline.clock.now = START + 20 * MINUTE
  const then = `?at=${minute(2)}`
  t.strictSame((await dateline.get(`${STORM}/versions${then}`)).body.data, [
    { version: 1, action: 'create', liveFrom: minute(1), liveTo: null },
  ])
  t.equal((await dateline.get(`${STORM}/versions/1${then}`)).body.liveTo, null)
  const versions = (await dateline.get(`${STORM}/versions${then}`, viewer)).body.data
  t.strictSame(numbers(versions), [2, 1])
  const early = `?at=${minute(0)}`
  t.equal((await dateline.get(`${STORM}/versions${early}`)).status, 404)
  for (const path of ['versions', 'versions/1', 'versions/1/diff']) {
    t.equal((await dateline.get(`${STORM}/${path}${then}`)).status, 200, path)
    for (const at of ['latest', minute(21)]) {
      t.equal((await dateline.get(`${STORM}/${path}?at=${at}`)).status, 401, path)
      t.equal((await dateline.get(`${STORM}/${path}?at=${at}`, viewer)).status, 200, path)
    }
  }
  for (const path of ['versions/3', 'versions/3/diff', 'versions/1/diff'])
    t.match(await dateline.get(`${STORM}/${path}${then}${path.endsWith('1/diff') ? '&against=3' : ''}`), {
      status: 404,
      body: { detail: 'There is no version 3 of this article.' },
    })
})

t.test(
  'pages of versions hold still while versions are added, and show nothing that is hidden',
  async (t) => {
    const { dateline } = await newsroom(t)
    const first = await dateline.get(`${STORM}/versions?limit=1`)
    t.strictSame(numbers(first.body.data), [3])
    const next = `${STORM}/versions?limit=1&cursor=${first.body.page.next}`
    t.match(String(first.headers.link), `<${next}>; rel="next"`)
    dateline.clock.now = START + 30 * MINUTE - 1
    await dateline.patch(STORM, { byline: 'A. Writer' })
    const second = (await dateline.get(next)).body
    t.strictSame(numbers(second.data), [1])
    t.equal(second.page.next, null)
    const all = await paged(dateline, `${STORM}/versions?limit=2`, viewer)
    t.strictSame(all, [[5, 4], [3, 2], [1]])
    t.strictSame(await paged(dateline, `${STORM}/versions?limit=1`), [[5], [4], [3], [1]])
    const wrong = await dateline.get(
      `${STORM}/versions?limit=1&at=${minute(3)}&cursor=${first.body.page.next}`,
    )
    t.match(wrong.body, { type: '/problems/invalid_cursor', status: 400 })
    t.equal((await dateline.get(`${STORM}/versions?limit=101`)).status, 400)
    await dateline.post('/v1/articles', { headline: 'Calm' })
    await dateline.post('/v1/articles/calm/publish')
    const one = (await dateline.get('/v1/articles/calm/versions?limit=1')).body
    t.strictSame([numbers(one.data), one.page.next], [[2], null], 'a hidden version does not make a page')
  },
)

t.test(
  'a cursor goes along when an old slug leads to the new one, and stays with its document',
  async (t) => {
    const { dateline, id } = await newsroom(t)
    const { next } = (await dateline.get(`${STORM}/versions?limit=2`, viewer)).body.page
    await dateline.post(`${STORM}/publish?at=never`)
    await dateline.patch(`${STORM}?publish=now`, { slug: 'hurricane' })
    const page = `versions?limit=2&cursor=${next}`
    const { status, headers } = await dateline.get(`${STORM}/${page}`, viewer)
    t.strictSame([status, headers.location], [308, `/v1/articles/hurricane/${page}`])
    for (const path of [String(headers.location), `/v1/articles/${id}/${page}`])
      t.strictSame(numbers((await dateline.get(path, viewer)).body.data), [2, 1], path)
    await dateline.post('/v1/articles?publish=now', { headline: 'Calm' })
    const other = await dateline.get(`/v1/articles/calm/${page}`, viewer)
    t.match(other.body, { type: '/problems/invalid_cursor', status: 400 })
  },
)

t.test('the record of what is withdrawn is 410, and 404 where nothing was ever public', async (t) => {
  const { dateline } = await newsroom(t)
  const draft = await dateline.post('/v1/articles', { headline: 'Calm' })
  await dateline.post(`/v1/articles?publish=${minute(60)}`, { headline: 'Flood' })
  await dateline.post(`${STORM}/withdraw`)
  const paths = ['versions', 'versions/1', 'versions/1/diff']
  for (const path of paths) {
    for (const at of ['', `?at=${minute(3)}`]) {
      const { status, body } = await dateline.get(`${STORM}/${path}${at}`)
      t.equal(status, 410)
      t.equal(body.detail, 'The article "storm" was published here and has been withdrawn.')
      t.equal((await dateline.get(`${STORM}/${path}${at}`, viewer)).status, 200)
    }
    for (const hidden of ['calm', 'flood', draft.body.id]) {
      const missing = hidden === draft.body.id ? hidden.replace(/.{6}$/, 'zzzzzz') : 'missing'
      const answer = await dateline.get(`/v1/articles/${hidden}/${path}`)
      t.equal(answer.status, 404)
      const absent = await dateline.get(`/v1/articles/${missing}/${path}`)
      t.strictSame(anonymous(answer, hidden), anonymous(absent, missing))
      t.equal((await dateline.get(`/v1/articles/${hidden}/${path}`, viewer)).status, 200)
    }
  }
  await dateline.post(`${STORM}/publish`)
  t.strictSame(numbers((await dateline.get(`${STORM}/versions`)).body.data), [6, 3, 1])
  await dateline.delete(`${STORM}?purge=true`, { as: 'admin' })
  for (const path of paths)
    for (const options of [{}, viewer]) t.equal((await dateline.get(`${STORM}/${path}`, options)).status, 410)
})

t.test(
  'an old slug leads on, with what was asked; the slug of a draft does not for the public',
  async (t) => {
    const { dateline } = await newsroom(t)
    await dateline.post(`${STORM}/publish?at=never`)
    await dateline.patch(`${STORM}?publish=no`, { slug: 'hurricane' })
    for (const path of ['versions?limit=2', 'versions/1', 'versions/3/diff?against=1']) {
      const early = await dateline.get(`/v1/articles/hurricane/${path}`)
      const missing = await dateline.get(`/v1/articles/missing/${path}`)
      t.strictSame(anonymous(early, 'hurricane'), anonymous(missing, 'missing'))
      t.match(await dateline.get(`${STORM}/${path}`, viewer), {
        status: 308,
        headers: { location: `/v1/articles/hurricane/${path}` },
      })
      t.equal((await dateline.get(`${STORM}/${path}`)).status, 200)
    }
    await dateline.post(`${STORM}/publish`)
    for (const path of ['versions?limit=2', 'versions/1', 'versions/3/diff?against=1'])
      t.match(await dateline.get(`${STORM}/${path}`), {
        status: 308,
        headers: { location: `/v1/articles/hurricane/${path}` },
      })
    t.match((await dateline.get('/v1/articles/hurricane/versions/1')).body.content, { slug: 'storm' })
  },
)

t.test('the versions of a part are public when both it and its article were live', async (t) => {
  const { dateline } = await newsroom(t)
  await dateline.post('/v1/articles', { headline: 'Calm' })
  const { body: quote } = await dateline.post('/v1/quotes', { articleId: 'calm', text: 'Nobody hears this.' })
  const versions = `/v1/quotes/${quote.id}/versions`
  const absent = quote.id.replace(/.{6}$/, 'zzzzzz')
  const missing = anonymous(await dateline.get(`/v1/quotes/${absent}/versions`), absent)
  t.strictSame(anonymous(await dateline.get(versions), quote.id), missing)
  await dateline.patch(`/v1/quotes/${quote.id}`, { text: 'Everybody hears this.' })
  go(dateline, 6)
  await dateline.post('/v1/articles/calm/publish')
  t.strictSame((await dateline.get(versions)).body.data, [
    { version: 3, action: 'publish', liveFrom: minute(6), liveTo: null },
  ])
  t.equal((await dateline.get(`${versions}/1`)).status, 404)
  t.strictSame((await dateline.get(`${versions}/3`)).body.content, {
    articleId: quote.articleId,
    position: 1,
    speakerId: null,
    text: 'Everybody hears this.',
    role: null,
    saidOn: null,
    setting: null,
    via: null,
    original: null,
  })
  await dateline.post('/v1/articles/calm/withdraw')
  t.equal((await dateline.get(versions)).status, 410)
  go(dateline, 7)
  await dateline.patch(`/v1/quotes/${quote.id}`, { text: 'A slip.' })
  go(dateline, 8)
  await dateline.patch(`/v1/quotes/${quote.id}`, { text: 'Mended.' })
  await dateline.post('/v1/articles/calm/publish')
  t.strictSame(numbers((await dateline.get(versions)).body.data), [5, 3])
  t.equal((await dateline.get(`${versions}/4`)).status, 404)
  t.strictSame(numbers((await dateline.get(versions, viewer)).body.data), [5, 4, 3, 2, 1])
})

t.test('every version says what made it, whatever its type', async (t) => {
  const dateline = await start(t)
  const made: Record<string, string> = {}
  for (const [path, content] of [
    ['people', { name: 'Ann' }],
    ['articles', { headline: 'Storm', slug: 'ann' }],
  ] as const) {
    const ann = `/v1/${path}/ann`
    await dateline.post(`/v1/${path}?publish=no`, content)
    await dateline.patch(ann, { image: { caption: 'Ann' } })
    await dateline.post(`${ann}/publish?at=${minute(60)}`)
    await dateline.post(`${ann}/publish?at=never`)
    await dateline.post(`${ann}/publish`)
    await dateline.post(`${ann}/withdraw?at=${minute(60)}`)
    await dateline.post(`${ann}/restore`, { version: 1 })
    await dateline.delete(ann)
    const { data } = (await dateline.get(`${ann}/versions`, viewer)).body
    made[path] = data.map(({ action }: { action: string }) => action).join(' ')
  }
  const each = 'withdraw restore expire publish unschedule schedule save create'
  t.strictSame(made, { people: each, articles: each })
})

t.test('restoring saves an earlier version again, in the state of the newest', async (t) => {
  const { dateline } = await newsroom(t)
  const restore = (version: number, query = '', options: RequestOptions = {}) =>
    dateline.post(`${STORM}/restore${query}`, { version }, options)
  go(dateline, 5)
  const slot = (await restore(1, '?note=as+it+was')).body
  t.match(slot, { version: 5, status: 'scheduled', updatedAt: minute(10), headline: 'Storm', body: 'Rain.' })
  dateline.clock.now = START + 10 * MINUTE
  t.match((await dateline.get(STORM)).body, { version: 5, headline: 'Storm', body: 'Rain.' })
  const { data } = (await dateline.get(`${STORM}/versions?limit=2`, viewer)).body
  t.match(data, [
    { version: 5, action: 'restore', note: 'as it was', liveFrom: minute(10) },
    { version: 4, action: 'schedule', liveFrom: null, liveTo: null },
  ])
  t.match((await restore(5)).body, { version: 5, notices: [{ code: 'unchanged' }] })
  t.match((await restore(2, '', { as: 'writer' })).body, {
    version: 6,
    status: 'draft',
    body: 'Rain and wind.',
  })
  t.match((await restore(4, '?publish=now')).body, { version: 7, status: 'live', headline: 'Storm over' })
  t.match((await restore(1, '?publish=no')).body, { version: 8, status: 'draft', headline: 'Storm' })
  t.match((await dateline.get(STORM)).body, { version: 7, headline: 'Storm over' })
  await dateline.delete(STORM)
  t.match((await restore(1)).body, { version: 9, status: 'withdrawn' })
  t.equal((await restore(4, '?publish=now', { as: 'writer' })).status, 403)
})

t.test('a version that there is not cannot be restored', async (t) => {
  const { dateline } = await newsroom(t)
  const detail = 'There is no version 9: the newest is 4.'
  assertProblem(t, await dateline.post(`${STORM}/restore`, { version: 9 }), {
    status: 422,
    code: 'invalid_content',
    detail,
    instance: `${STORM}/restore`,
    errors: [{ pointer: '/version', code: 'not_found', detail }],
  })
  for (const version of [0, '1', 1.5, undefined])
    t.equal((await dateline.post(`${STORM}/restore`, { version })).status, 422)
  t.strictSame(numbers((await dateline.get(`${STORM}/versions`, viewer)).body.data), [4, 3, 2, 1])
})

t.test('a restored slug is the address again, and the one in between leads to it', async (t) => {
  const { dateline } = await newsroom(t)
  await dateline.post(`${STORM}/publish?at=never`)
  await dateline.patch(`${STORM}?publish=now`, { slug: 'hurricane' })
  t.equal((await dateline.get(STORM)).status, 308)
  await dateline.post('/v1/articles/hurricane/restore', { version: 1 })
  t.match((await dateline.get(STORM)).body, { slug: 'storm', body: 'Rain.' })
  t.equal((await dateline.get('/v1/articles/hurricane')).headers.location, STORM)
})

/**
 * A story at its fifth minute: published, edited by a writer, published again, and with an edit that is
 * scheduled for the tenth. Each of its versions was saved in the minute of its number.
 */
async function newsroom(t: Test) {
  const dateline = await start(t)
  go(dateline, 1)
  const { id } = (await dateline.post('/v1/articles?publish=now', { headline: 'Storm', body: 'Rain.' })).body
  go(dateline, 2)
  await dateline.patch(`${STORM}?note=the+mayor+called`, { body: 'Rain and wind.' }, { as: 'writer' })
  go(dateline, 3)
  const note = Buffer.from('Checked – twice').toString('latin1') // as a terminal sends it
  await dateline.post(`${STORM}/publish`, undefined, { headers: { 'dateline-note': note } })
  go(dateline, 4)
  await dateline.patch(`${STORM}?publish=${minute(10)}&minor=true`, { headline: 'Storm over' })
  const { data } = (await dateline.get('/v1/tokens', { as: 'admin' })).body
  const tokens: Record<string, string> = Object.fromEntries(
    data.map(({ name, id }: { name: string; id: string }) => [name, id]),
  )
  dateline.clock.now = START + 5 * MINUTE
  return { dateline, id: String(id), tokens }
}

/** The next write stands at this minute exactly. */
function go({ clock }: Dateline, count: number): void {
  clock.now = START + count * MINUTE - 1
}

function numbers(versions: { version: number }[]): number[] {
  return versions.map(({ version }) => version)
}

/** The numbers on each page, and back again. */
async function paged(dateline: Dateline, url: string, options: RequestOptions = {}): Promise<number[][]> {
  const pages: number[][] = []
  for (let cursor = ''; ; ) {
    const { data, page } = (await dateline.get(url + cursor, options)).body
    pages.push(numbers(data))
    if (page.next === null) return pages
    cursor = `&cursor=${page.next}`
  }
}

/** An answer without what names the document or the version that was asked for. */
function anonymous({ status, headers, body }: Answer, key: string | number) {
  const { requestId, instance, ...problem } = body
  const { detail } = problem
  const { 'cache-control': caching, etag, link } = headers
  return { status, caching, etag, link, ...problem, detail: detail.replace(String(key), '…') }
}
