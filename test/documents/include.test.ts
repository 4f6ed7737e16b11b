import t from 'tap'
import { type Dateline, STORY, start } from '../support/dateline.ts'

const WHOLE = 'include=quotes.speaker,relatedLinks,people'

t.test('without include, nothing is expanded', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { body } = await dateline.get(`/v1/articles/${STORY}`)
  for (const name of ['quotes', 'relatedLinks']) t.notOk(name in body)
  for (const each of body.people) t.strictSame(Object.keys(each), ['personId', 'as'])
})

t.test('each relation is expanded in place, and is the document that its own address gives', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { body } = await dateline.get(`/v1/articles/${STORY}?${WHOLE}`)
  const document = async (path: string) => (await dateline.get(`/v1/${path}`)).body
  const plain = await document(`articles/${STORY}`)
  const { quotes, relatedLinks, ...rest } = body
  for (const { speaker, ...quote } of quotes) {
    t.strictSame(quote, await document(`quotes/${quote.id}`))
    t.strictSame(speaker, await document(`people/${quote.speakerId}`))
  }
  for (const link of relatedLinks) t.strictSame(link, await document(`related-links/${link.id}`))
  for (const { person, personId } of rest.people) t.strictSame(person, await document(`people/${personId}`))
  const people = rest.people.map(({ personId, as }: { personId: string; as: string }) => ({ personId, as }))
  t.strictSame({ ...rest, people }, plain)
})

t.test(
  'relations lead the other way too: from a quote to its article, its people and its other quotes',
  async (t) => {
    const dateline = await start(t, { seeded: true })
    const { data } = (
      await dateline.get('/v1/quotes?limit=1&include=article.people,article.quotes.speaker,speaker')
    ).body
    const [quote] = data
    t.equal(quote.article.slug, STORY)
    t.equal(quote.speaker.slug, 'sergey-lavrov')
    t.strictSame(
      quote.article.people.map(({ person }: { person: { slug: string } }) => person.slug),
      ['sergey-lavrov', 'ilham-aliyev', 'khalifa-haftar'],
    )
    t.equal(quote.article.quotes.length, 2)
    for (const other of quote.article.quotes) t.equal(other.speaker.slug, 'sergey-lavrov')
    const link = (await dateline.get('/v1/related-links?limit=1&include=article,targetArticle')).body.data[0]
    t.equal(link.article.slug, STORY)
    t.equal(link.targetArticle, null)
  },
)

t.test('lists and sub-lists expand every document', async (t) => {
  const dateline = await start(t)
  await stories(dateline, 3)
  for (const url of ['/v1/articles?include=quotes.speaker', '/v1/articles?limit=2&include=quotes.speaker'])
    for (const article of (await dateline.get(url)).body.data) {
      t.equal(article.quotes.length, 2)
      for (const quote of article.quotes) {
        t.equal(quote.articleId, article.id)
        t.equal(quote.speaker.id, quote.speakerId)
        t.equal(quote.speaker.name, `Speaker of ${article.slug}`)
      }
    }
  const { data } = (await dateline.get('/v1/articles/story-1/quotes?include=speaker,article')).body
  t.equal(data.length, 2)
  for (const quote of data)
    t.match(quote, { article: { slug: 'story-1' }, speaker: { name: 'Speaker of story-1' } })
})

t.test('what refers to nobody is expanded to null, and what has no parts to an empty list', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })
  await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Hold on.' })
  const { body } = await dateline.get(`/v1/articles/storm?${WHOLE}`)
  t.equal(body.quotes[0].speaker, null)
  t.strictSame(body.relatedLinks, [])
  t.strictSame(body.people, [])
})

t.test('an expansion stands at the same instant as the document', async (t) => {
  const dateline = await start(t)
  await stories(dateline, 1)
  const { quotes } = (await dateline.get('/v1/articles/story-0?include=quotes')).body
  dateline.clock.now = Date.parse('2026-02-01T12:00:00Z')
  await dateline.patch('/v1/people/speaker-of-story-0', { name: 'Another name' })
  await dateline.patch(`/v1/quotes/${quotes[0].id}`, { text: 'Other words.' })
  await dateline.delete(`/v1/quotes/${quotes[1].id}`)
  await dateline.post('/v1/quotes', { articleId: 'story-0', text: 'New words.' })
  const told = async (at: string) =>
    (await dateline.get(`/v1/articles/story-0?include=quotes.speaker${at}`)).body.quotes.map(
      ({ text, speaker }: { text: string; speaker: { name: string } | null }) => [text, speaker?.name],
    )
  t.strictSame(await told(''), [
    ['Other words.', 'Another name'],
    ['New words.', undefined],
  ])
  t.strictSame(await told('&at=2026-01-15'), [['First words.', 'Speaker of story-0']])
})

t.test('the ETag covers what is expanded', async (t) => {
  const dateline = await start(t)
  await stories(dateline, 1)
  const tag = async (query: string) => (await dateline.get(`/v1/articles/story-0${query}`)).headers.etag
  const [plain, whole] = [await tag(''), await tag(`?${WHOLE}`)]
  t.not(plain, whole)
  await dateline.patch('/v1/people/speaker-of-story-0', { role: 'Witness' })
  t.equal(await tag(''), plain)
  t.not(await tag(`?${WHOLE}`), whole)
})

/** Includes that are refused, and why. */
const refusals: [path: string, include: string, code: string, detail: string][] = [
  [
    'articles',
    'quote',
    'unknown',
    '"quote" is no relation of article. Did you mean "quotes"? It can include people, quotes, relatedLinks.',
  ],
  [
    'articles',
    'quotes.speakers',
    'unknown',
    '"speakers" is no relation of quote. Did you mean "speaker"? It can include speaker.',
  ],
  [
    'articles',
    'related-links',
    'unknown',
    '"related-links" is no relation of article. Did you mean "relatedLinks"? It can include people, quotes, relatedLinks.',
  ],
  ['articles', '', 'unknown', '"" is no relation of article. It can include people, quotes, relatedLinks.'],
  ['people', 'quotes', 'unknown', '"quotes" is no relation of person. It can include nothing.'],
  ['articles', 'quotes.article', 'not_allowed', '"quotes.article" leads back to what it comes from.'],
  [
    'articles',
    'quotes.article.quotes.speaker',
    'too_long',
    '"quotes.article.quotes.speaker" goes more than 3 deep.',
  ],
]

t.test(
  'an unknown relation is 400 with the name that may have been meant, and so is one too deep',
  async (t) => {
    const dateline = await start(t)
    for (const [path, include, code, detail] of refusals) {
      const { status, body } = await dateline.get(`/v1/${path}?include=${include}`)
      const { requestId, ...problem } = body
      t.equal(status, 400)
      t.type(requestId, 'string')
      t.strictSame(problem, {
        type: '/problems/invalid_query',
        title: 'A parameter in the address is unknown or wrong',
        status: 400,
        detail,
        instance: `/v1/${path}?include=${include}`,
        errors: [{ parameter: 'include', code, detail }],
      })
    }
  },
)

t.test('every relation that is wrong is named', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.get('/v1/articles/any?include=quotes,author,quotes.mood,people')
  t.strictSame(
    body.errors.map(({ detail }: { detail: string }) => detail.split(' ')[0]),
    ['"author"', '"mood"'],
  )
})

t.test(
  'the number of statements is the same for one article with its quotes and speakers and for fifty',
  async (t) => {
    const dateline = await start(t)
    await stories(dateline, 1)
    const urls = [
      `/v1/articles?limit=100&${WHOLE}`,
      `/v1/articles?limit=100&count=true&${WHOLE}`,
      '/v1/quotes?limit=100&include=speaker,article.people,article.quotes',
      '/v1/related-links?limit=100&include=article.quotes.speaker',
      '/v1/people?limit=100',
      `/v1/articles/story-0?${WHOLE}`,
    ]
    const counts = async (as?: 'viewer') => {
      await dateline.get('/v1/people?limit=1') // the first one after a commit also looks up when something changes by itself
      const numbers: number[] = []
      for (const url of urls) {
        dateline.statements.length = 0
        t.equal((await dateline.get(url, { as })).status, 200)
        numbers.push(dateline.statements.length)
      }
      return numbers
    }
    const ofOne = { public: await counts(), viewer: await counts('viewer') }
    await stories(dateline, 50, 1)
    t.equal((await dateline.get(`/v1/articles?limit=100&${WHOLE}`)).body.data.length, 50)
    t.strictSame({ public: await counts(), viewer: await counts('viewer') }, ofOne)
  },
)

t.test('the seeded story takes one statement for each kind of document in it', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.get('/v1/people')
  dateline.statements.length = 0
  await dateline.get(`/v1/articles/${STORY}?${WHOLE}`)
  const tables = dateline.statements.map((text) => /\bfrom "?(\w+)"?/.exec(text)?.[1]).filter(Boolean)
  t.strictSame(tables.sort(), [
    'article_versions',
    'clock',
    'link_versions',
    'person_versions',
    'quote_versions',
  ])
})

t.test('what two relations lead to shows behind each what was asked for there', async (t) => {
  const dateline = await start(t)
  await stories(dateline, 1)
  const { id: targetArticleId } = (await dateline.get('/v1/articles/story-0')).body
  await dateline.post('/v1/related-links', { articleId: 'story-0', title: 'Itself', targetArticleId })
  const { data } = (await dateline.get('/v1/related-links?include=article.quotes.speaker,targetArticle')).body
  const [link] = data.filter((each: { title: string }) => each.title === 'Itself')
  t.equal(link.article.id, link.targetArticle.id)
  t.strictSame(
    link.article.quotes.map((quote: { speaker: { name: string } }) => quote.speaker.name),
    ['Speaker of story-0', 'Speaker of story-0'],
  )
  t.notOk('quotes' in link.targetArticle)
})

/** Publishes articles `story-<n>`, each with a speaker, two quotes, a link and a person of its own. */
async function stories(dateline: Dateline, count: number, from = 0): Promise<void> {
  for (let number = from; number < count; number += 1) {
    const articleId = `story-${number}`
    const speakerId = `speaker-of-${articleId}`
    await dateline.post('/v1/people', { name: `Speaker of ${articleId}` })
    const people = [{ personId: speakerId }]
    await dateline.post('/v1/articles', { headline: `Story ${number}`, people })
    for (const text of ['First words.', 'Second words.'])
      await dateline.post('/v1/quotes', { articleId, text, speakerId })
    await dateline.post('/v1/related-links', { articleId, title: 'More' })
    await dateline.post(`/v1/articles/${articleId}/publish`)
  }
}

t.test('an answer that would be too long to make is refused before it is made', async (t) => {
  const dateline = await start(t)
  const quotes = Array.from({ length: 30 }, (_, index) => ({ text: `Words ${index}` }))
  const body = 'word '.repeat(190_000)
  await dateline.post('/v1/articles?publish=now', { headline: 'Long', body, quotes })
  const url = '/v1/quotes?limit=30&include=article'
  const { status, body: problem } = await dateline.get(url)
  t.equal(status, 400)
  t.strictSame(problem.errors, [
    {
      parameter: 'limit',
      code: 'too_big',
      detail:
        'asks for an answer of about 29 million characters, and 20 are possible. Ask for fewer documents, for some `fields` only, or include less.',
    },
  ])
  t.equal((await dateline.get('/v1/quotes?limit=10&include=article&fields=text')).status, 200)
  t.equal((await dateline.get('/v1/quotes?limit=30')).status, 200)
})
