import t from 'tap'
import { type Dateline, start } from '../support/dateline.ts'

const viewer = { as: 'viewer' } as const

/** Headlines in many scripts, and what their slugs look like. How vowels are spelled is the library's choice. */
const headlines: [headline: string, slug: RegExp][] = [
  [
    'Russia never considered Turkey as a strategic ally',
    /^russia-never-considered-turkey-as-a-strategic-ally$/,
  ],
  ['“What’s new?” — C++ & C#', /^whats-new-c-c$/],
  ["İstanbul'da ığdır, Şişli’nin çağrısı", /^istanbulda-igdir-sislinin-cagrisi$/],
  ['Größte Straße im Überblick', /^groe?sste-strasse-im-ue?berblick$/],
  ['Łódź, Ñandú, Ærø', /^lodz-nandu-aero$/],
  ['Cafe\u0301 society', /^cafe-society$/],
  ['Лавров: Россия и Турция', /^lavrov-rossiya-i-tur(ts|c|cz)iya$/],
  ['لافروف يتحدث عن تركيا', /^[a-z]+-[a-z]+-[a-z]+-[a-z]+$/],
  ['俄罗斯与土耳其', /^e-luo-si-yu-tu-er-qi$/],
  ['日本のニュース', /^[a-z]+(-[a-z]+)+$/],
  ['러시아와 터키', /^[a-z]+-[a-z]+$/],
  ['£2.4m for baths, and €3 or 5₺ a swim', /^2-4m-for-baths-and-3-or-5-a-swim$/],
  ['2026', /^2026$/],
  ['😀🎉', /^article$/],
  ['!!!', /^article-2$/],
  ['word '.repeat(40), /^(word-){15}word$/],
  ['x'.repeat(100), /^x{80}$/],
]

t.test('a slug is made from the headline, in whatever script that is', async (t) => {
  const dateline = await start(t)
  for (const [headline, pattern] of headlines) {
    const { status, body } = await dateline.post('/v1/articles?publish=now', { headline })
    t.equal(status, 201)
    t.match(body.slug, pattern)
    t.match(body.slug, /^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/)
    t.equal((await dateline.get(`/v1/articles/${body.slug}`)).body.id, body.id)
  }
})

t.test('a slug that is taken gets a suffix, and never more than 80 characters', async (t) => {
  const dateline = await start(t)
  const slugOf = async (headline: string) => (await dateline.post('/v1/articles', { headline })).body.slug
  t.equal(await slugOf('Storm'), 'storm')
  t.equal(await slugOf('STORM!'), 'storm-2')
  t.equal(await slugOf('Storm'), 'storm-3')
  t.equal(await slugOf('Storm 2'), 'storm-2-2')
  t.equal(await slugOf('x'.repeat(80)), 'x'.repeat(80))
  t.equal(await slugOf('x'.repeat(80)), `${'x'.repeat(78)}-2`)
})

t.test('articles and people do not take slugs from one another', async (t) => {
  const dateline = await start(t)
  t.equal((await dateline.post('/v1/articles', { headline: 'Anna Seghers' })).body.slug, 'anna-seghers')
  t.equal((await dateline.post('/v1/people', { name: 'Anna Seghers' })).body.slug, 'anna-seghers')
  t.equal((await dateline.post('/v1/people', { name: 'Anna Seghers' })).body.slug, 'anna-seghers-2')
  t.equal((await dateline.post('/v1/people', { name: '…' })).body.slug, 'person')
})

t.test('an explicit slug that is taken is refused with 409, in a new document and in a change', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles', { headline: 'Storm' })
  await dateline.post('/v1/articles', { headline: 'Calm' })
  const created = await dateline.post('/v1/articles', { headline: 'Another', slug: 'storm' })
  const changed = await dateline.patch('/v1/articles/calm', { slug: 'storm' })
  for (const [{ status, body }, instance] of [
    [created, '/v1/articles'],
    [changed, '/v1/articles/calm'],
  ] as const) {
    const { requestId, ...problem } = body
    t.type(requestId, 'string')
    t.equal(status, 409)
    t.strictSame(problem, {
      type: '/problems/slug_taken',
      title: 'The slug belongs to another document',
      status: 409,
      detail: 'The slug "storm" belongs to another article, now or in its past. Choose another one.',
      instance,
      errors: [{ pointer: '/slug', code: 'not_allowed', detail: '"storm" is taken.' }],
    })
  }
  t.equal((await dateline.get('/v1/articles/another?at=latest', viewer)).status, 404)
  t.equal((await dateline.get('/v1/articles/calm?at=latest', viewer)).body.version, 1)
})

t.test('another headline keeps the slug, and null makes a new one', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })
  t.equal((await dateline.patch('/v1/articles/storm', { headline: 'Calm' })).body.slug, 'storm')
  t.equal((await dateline.patch('/v1/articles/storm', { slug: null })).body.slug, 'calm')
})

t.test('an old slug answers 308 to the new one and keeps the query', async (t) => {
  const dateline = await renamed(t)
  const moved: [string, string][] = [
    ['/v1/articles/storm', '/v1/articles/calm'],
    ['/v1/articles/storm?include=quotes.speaker,people', '/v1/articles/calm?include=quotes.speaker,people'],
    ['/v1/articles/storm/quotes?limit=3&count=true', '/v1/articles/calm/quotes?limit=3&count=true'],
    ['/v1/articles/storm/related-links', '/v1/articles/calm/related-links'],
  ]
  for (const [from, to] of moved)
    for (const as of [undefined, 'viewer'] as const) {
      const { status, headers, text } = await dateline.get(from, { as })
      t.equal(status, 308)
      t.equal(headers.location, to)
      t.equal(text, '')
      t.equal((await dateline.get(to, { as })).status, 200)
    }
  t.equal((await dateline.send({ method: 'HEAD', url: '/v1/articles/storm' })).status, 308)
})

t.test('an old slug that is also another word of the address leads on as any other', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Articles' })
  await dateline.patch('/v1/articles/articles', { slug: 'news' })
  await dateline.post('/v1/people', { name: 'Quotes' })
  await dateline.patch('/v1/people/quotes', { slug: 'anna' })
  const location = async (url: string) => (await dateline.get(url)).headers.location
  t.equal(await location('/v1/articles/articles'), '/v1/articles/news')
  t.equal(await location('/v1/people/quotes/quotes?limit=1'), '/v1/people/anna/quotes?limit=1')
})

t.test('at an instant when it was the slug, the old slug answers and the new one leads to it', async (t) => {
  const dateline = await renamed(t)
  const old = await dateline.get('/v1/articles/storm?at=2026-02-01T12:30:00Z')
  t.equal(old.status, 200)
  t.equal(old.body.slug, 'storm')
  const fresh = await dateline.get('/v1/articles/calm?at=2026-02-01T12:30:00Z')
  t.equal(fresh.status, 308)
  t.equal(fresh.headers.location, '/v1/articles/storm?at=2026-02-01T12:30:00Z')
})

t.test('writes find a document by its old slug as well', async (t) => {
  const dateline = await renamed(t)
  t.equal((await dateline.patch('/v1/articles/storm', { kind: 'opinion' })).body.slug, 'calm')
  const quote = await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Hold on.' })
  t.equal(quote.body.articleId, (await dateline.get('/v1/articles/calm')).body.id)
})

t.test('the slug of an unpublished edit leads the public nowhere until it is published', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })
  await dateline.patch('/v1/articles/storm?publish=no', { slug: 'secret' })
  await dateline.patch('/v1/articles/storm?publish=no', { slug: 'calm' })
  const missing = await dateline.get('/v1/articles/nothing')
  for (const slug of ['secret', 'calm']) {
    const answer = await dateline.get(`/v1/articles/${slug}`)
    t.strictSame(
      { ...answer.body, requestId: '' },
      JSON.parse(JSON.stringify({ ...missing.body, requestId: '' }).replaceAll('nothing', slug)),
    )
    t.equal((await dateline.get(`/v1/articles/${slug}`, viewer)).headers.location, '/v1/articles/storm')
  }
  t.equal((await dateline.get('/v1/articles/storm')).status, 200)
  const latest = '/v1/articles/calm?at=latest'
  t.equal((await dateline.get('/v1/articles/storm?at=latest', viewer)).headers.location, latest)
  await dateline.post('/v1/articles/storm/publish')
  t.equal((await dateline.get('/v1/articles/storm')).headers.location, '/v1/articles/calm')
  t.equal((await dateline.get('/v1/articles/secret')).status, 404)
  t.equal((await dateline.get('/v1/articles/secret', viewer)).headers.location, '/v1/articles/calm')
})

t.test('every slug that any version ever had is reserved for good', async (t) => {
  const dateline = await renamed(t)
  await dateline.patch('/v1/articles/calm?publish=no', { slug: 'secret' })
  await dateline.post('/v1/articles/calm/withdraw')
  await dateline.post('/v1/articles', { headline: 'Draft' })
  for (const slug of ['storm', 'calm', 'secret', 'draft'])
    t.equal((await dateline.post('/v1/articles', { headline: 'New', slug })).status, 409)
  t.equal((await dateline.post('/v1/articles', { headline: 'Calm' })).body.slug, 'calm-2')
  t.equal((await dateline.patch('/v1/articles/secret', { slug: 'storm' })).body.slug, 'storm')
})

t.test('the slugs of a withdrawn article are 410 if the public saw them, else 404', async (t) => {
  const dateline = await renamed(t)
  await dateline.patch('/v1/articles/calm?publish=no', { slug: 'secret' })
  await dateline.post('/v1/articles/calm/withdraw')
  const status = async (slug: string) => (await dateline.get(`/v1/articles/${slug}`)).status
  t.strictSame([await status('storm'), await status('calm'), await status('secret')], [410, 410, 404])
})

/** An article published at 12:00 as `storm`, and from 13:00 on as `calm`. */
async function renamed(t: Parameters<typeof start>[0]): Promise<Dateline> {
  const dateline = await start(t)
  dateline.clock.now = Date.parse('2026-02-01T12:00:00Z')
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })
  dateline.clock.now = Date.parse('2026-02-01T13:00:00Z')
  await dateline.patch('/v1/articles/storm', { slug: 'calm' })
  return dateline
}

t.test('what can be no slug leads nowhere', async (t) => {
  const { get } = await start(t)
  for (const key of ['%00', 'a%00b', 'Story', 'a.b', 'a:b'])
    for (const path of [
      `articles/${key}`,
      `articles/${key}/quotes`,
      `articles/${key}/versions/1/diff`,
      `people/${key}`,
    ])
      t.equal((await get(`/v1/${path}`, viewer)).status, 404, path)
})
