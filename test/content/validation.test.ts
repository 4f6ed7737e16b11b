import t from 'tap'
import { type Answer, start } from '../support/dateline.ts'

const many = (length: number) => 'x'.repeat(length)

/** What a field does not take, where the fault is, and what it is. */
type Refusal = [content: Record<string, unknown>, pointer: string, code: string]

const articleRefusals: Refusal[] = [
  [{ headline: undefined }, '/headline', 'required'],
  [{ headline: null }, '/headline', 'wrong_type'],
  [{ headline: ' \t ' }, '/headline', 'too_short'],
  [{ headline: many(301) }, '/headline', 'too_long'],
  [{ headline: 'two\nlines' }, '/headline', 'malformed'],
  [{ headline: 'two\u2028lines' }, '/headline', 'malformed'],
  [{ headline: 'a\u0000b' }, '/headline', 'malformed'],
  [{ headline: '\ud800' }, '/headline', 'malformed'],
  [{ headline: ['a'] }, '/headline', 'wrong_type'],
  [{ slug: '' }, '/slug', 'too_short'],
  [{ slug: many(81) }, '/slug', 'too_long'],
  [{ slug: 'Not-This' }, '/slug', 'malformed'],
  [{ slug: 'a--b' }, '/slug', 'malformed'],
  [{ slug: 'a_b' }, '/slug', 'malformed'],
  [{ slug: 5 }, '/slug', 'wrong_type'],
  [{ kind: 'gossip' }, '/kind', 'not_allowed'],
  [{ standfirst: many(2001) }, '/standfirst', 'too_long'],
  [{ standfirst: 1 }, '/standfirst', 'wrong_type'],
  [{ body: many(1_000_001) }, '/body', 'too_long'],
  [{ body: 'a\u0000b' }, '/body', 'malformed'],
  [{ body: {} }, '/body', 'wrong_type'],
  [{ language: 'english!' }, '/language', 'malformed'],
  [{ language: 'en_GB' }, '/language', 'malformed'],
  [{ language: 1 }, '/language', 'wrong_type'],
  [{ place: many(201) }, '/place', 'too_long'],
  [{ place: '' }, '/place', 'too_short'],
  [{ byline: many(501) }, '/byline', 'too_long'],
  [{ source: 'The Daily' }, '/source', 'wrong_type'],
  [{ source: { url: null } }, '/source/name', 'required'],
  [{ source: { name: many(201) } }, '/source/name', 'too_long'],
  [{ source: { name: 'a', url: 'daily.example' } }, '/source/url', 'malformed'],
  [{ source: { name: 'a', city: 'b' } }, '/source/city', 'unknown'],
  [{ image: [] }, '/image', 'wrong_type'],
  [{ image: { url: 'javascript:alert(1)' } }, '/image/url', 'malformed'],
  [{ image: { caption: many(2001) } }, '/image/caption', 'too_long'],
  [{ image: { credit: 'two\nlines' } }, '/image/credit', 'malformed'],
  [{ image: { alt: 'a' } }, '/image/alt', 'unknown'],
  [{ tags: 'a' }, '/tags', 'wrong_type'],
  [{ tags: ['a', 'B'] }, '/tags/1', 'malformed'],
  [{ tags: [null] }, '/tags/0', 'wrong_type'],
  [{ tags: Array(51).fill('a') }, '/tags', 'too_long'],
  [{ canonicalUrl: 'ftp://a.example' }, '/canonicalUrl', 'malformed'],
  [{ canonicalUrl: 'https://me:secret@a.example/' }, '/canonicalUrl', 'malformed'],
  [{ canonicalUrl: `https://a.example/${many(2048)}` }, '/canonicalUrl', 'too_long'],
  [{ people: {} }, '/people', 'wrong_type'],
  [{ people: ['anna-seghers'] }, '/people/0', 'wrong_type'],
  [{ people: [{ personId: 1 }] }, '/people/0/personId', 'wrong_type'],
  [{ people: [{ personId: 'a', as: 'boss' }] }, '/people/0/as', 'not_allowed'],
  [{ people: [{ personId: 'a', name: 'b' }] }, '/people/0/name', 'unknown'],
  [{ people: Array(201).fill({ personId: 'a' }) }, '/people', 'too_long'],
  [{ id: 'article_01h455vb4pex5vsknk084sn02q' }, '/id', 'unknown'],
  [{ wordCount: 1 }, '/wordCount', 'unknown'],
  [{ publishedAt: '2026-01-01T00:00:00Z' }, '/publishedAt', 'unknown'],
]

const quoteRefusals: Refusal[] = [
  [{ articleId: undefined }, '/articleId', 'required'],
  [{ articleId: null }, '/articleId', 'wrong_type'],
  [{ articleId: 'a-slug-of-nothing' }, '/articleId', 'not_found'],
  [{ text: undefined }, '/text', 'required'],
  [{ text: ' \n ' }, '/text', 'too_short'],
  [{ text: many(20_001) }, '/text', 'too_long'],
  [{ text: '\udfff' }, '/text', 'malformed'],
  [{ position: -1 }, '/position', 'too_small'],
  [{ position: 1_000_001 }, '/position', 'too_big'],
  [{ position: 1.5 }, '/position', 'wrong_type'],
  [{ position: '1' }, '/position', 'wrong_type'],
  [{ speakerId: 1 }, '/speakerId', 'wrong_type'],
  [{ speakerId: 'nobody' }, '/speakerId', 'not_found'],
  [{ role: many(301) }, '/role', 'too_long'],
  [{ saidOn: '14 October 2020' }, '/saidOn', 'malformed'],
  [{ saidOn: '2020-02-30' }, '/saidOn', 'malformed'],
  [{ saidOn: '2020-13' }, '/saidOn', 'malformed'],
  [{ saidOn: '2020-10-14T00:00:00Z' }, '/saidOn', 'malformed'],
  [{ saidOn: 2020 }, '/saidOn', 'wrong_type'],
  [{ setting: many(501) }, '/setting', 'too_long'],
  [{ via: many(301) }, '/via', 'too_long'],
  [{ original: 'Bonjour' }, '/original', 'wrong_type'],
  [{ original: {} }, '/original/text', 'required'],
  [{ original: { text: ' ' } }, '/original/text', 'too_short'],
  [{ original: { text: many(20_001) } }, '/original/text', 'too_long'],
  [{ original: { text: 'a', language: '?' } }, '/original/language', 'malformed'],
  [{ original: { text: 'a', by: 'b' } }, '/original/by', 'unknown'],
  [{ anchor: null }, '/anchor', 'unknown'],
  [{ slug: 'a' }, '/slug', 'unknown'],
]

const personRefusals: Refusal[] = [
  [{ name: undefined }, '/name', 'required'],
  [{ name: '' }, '/name', 'too_short'],
  [{ name: many(201) }, '/name', 'too_long'],
  [{ name: 'two\rlines' }, '/name', 'malformed'],
  [{ slug: 'Anna' }, '/slug', 'malformed'],
  [{ role: many(301) }, '/role', 'too_long'],
  [{ affiliation: many(301) }, '/affiliation', 'too_long'],
  [{ country: 'de' }, '/country', 'malformed'],
  [{ country: 'DEU' }, '/country', 'malformed'],
  [{ country: 'XX' }, '/country', 'malformed'],
  [{ country: 'UK' }, '/country', 'malformed'], // GB in ISO 3166-1
  [{ country: 'EU' }, '/country', 'malformed'], // reserved, and no country
  [{ country: 'ZZ' }, '/country', 'malformed'], // "unknown region"
  [{ country: 49 }, '/country', 'wrong_type'],
  [{ description: many(5001) }, '/description', 'too_long'],
  [{ sameAs: 'https://a.example' }, '/sameAs', 'wrong_type'],
  [{ sameAs: ['https://a.example', 'Q58217'] }, '/sameAs/1', 'malformed'],
  [{ sameAs: Array(51).fill('https://a.example') }, '/sameAs', 'too_long'],
  [{ image: { url: 'a.jpg' } }, '/image/url', 'malformed'],
  [{ status: 'live' }, '/status', 'unknown'],
]

const linkRefusals: Refusal[] = [
  [{ articleId: undefined }, '/articleId', 'required'],
  [{ articleId: 'a-slug-of-nothing' }, '/articleId', 'not_found'],
  [{ title: undefined }, '/title', 'required'],
  [{ title: '' }, '/title', 'too_short'],
  [{ title: many(501) }, '/title', 'too_long'],
  [{ kind: 'gossip' }, '/kind', 'not_allowed'],
  [{ url: '//a.example' }, '/url', 'malformed'],
  [{ url: 'https://' }, '/url', 'malformed'],
  [{ url: {} }, '/url', 'wrong_type'],
  [{ targetArticleId: 1 }, '/targetArticleId', 'wrong_type'],
  [{ targetArticleId: 'a-slug-of-nothing' }, '/targetArticleId', 'not_found'],
  [{ position: -1 }, '/position', 'too_small'],
  [{ position: true }, '/position', 'wrong_type'],
  [{ quotes: [] }, '/quotes', 'unknown'],
]

const types: [path: string, valid: Record<string, unknown>, refusals: Refusal[]][] = [
  ['articles', { headline: 'Calm' }, articleRefusals],
  ['quotes', { articleId: 'storm', text: 'Hold on.' }, quoteRefusals],
  ['people', { name: 'Anna Seghers' }, personRefusals],
  ['related-links', { articleId: 'storm', title: 'After the storm' }, linkRefusals],
]

for (const [path, valid, refusals] of types)
  t.test(`what a field of ${path} does not take is refused with 422, and nothing is saved`, async (t) => {
    const dateline = await start(t)
    await dateline.post('/v1/articles?publish=now', { headline: 'Storm' })
    const everything = () =>
      dateline.storage.read(({ db }) => db.selectFrom('documents').selectAll().execute())
    const before = await everything()
    for (const [content, pointer, code] of refusals) {
      const answer = await dateline.post(`/v1/${path}`, { ...valid, ...content })
      const found = faults(answer)
      t.strictSame(
        {
          status: answer.status,
          named: found.includes(`${pointer} ${code}`),
          at: [...new Set(found.map((fault) => fault.split(' ')[0]))],
        },
        { status: 422, named: true, at: [pointer] },
        `${path} ${pointer} ${code}`,
      )
    }
    t.strictSame(await everything(), before)
  })

t.test('every fault of a new document is named at once', async (t) => {
  const dateline = await start(t)
  const wrong = { kind: 'gossip', 'a/b~c': 1, tags: ['ok', 'Not OK'], people: [{ as: 'boss' }], source: {} }
  const answer = await dateline.post('/v1/articles', wrong)
  t.equal(answer.status, 422)
  t.equal(answer.body.type, '/problems/invalid_content')
  t.strictSame(faults(answer).sort(), [
    '/a~1b~0c unknown',
    '/headline required',
    '/kind not_allowed',
    '/people/0/as not_allowed',
    '/people/0/personId required',
    '/source/name required',
    '/tags/1 malformed',
  ])
})

t.test('every fault of a change is named at once', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles', { headline: 'Storm' })
  const answer = await dateline.patch('/v1/articles/storm', { headline: null, kind: 'gossip', tag: [] })
  t.equal(answer.status, 422)
  t.strictSame(faults(answer).sort(), ['/headline required', '/kind not_allowed', '/tag unknown'])
})

t.test('an unknown member gets the name that may have been meant', async (t) => {
  const dateline = await start(t)
  const { requestId, ...problem } = (await dateline.post('/v1/articles', { headline: 'Storm', byLines: 'A' }))
    .body
  t.type(requestId, 'string')
  t.strictSame(problem, {
    type: '/problems/invalid_content',
    title: 'The content breaks its schema',
    status: 422,
    detail: '/byLines: is not known here. Did you mean "byline"?',
    instance: '/v1/articles',
    errors: [{ pointer: '/byLines', code: 'unknown', detail: 'is not known here. Did you mean "byline"?' }],
  })
})

for (const body of [[], 'text', 1, null, true])
  t.test(`${JSON.stringify(body)} is no content`, async (t) => {
    const dateline = await start(t)
    await dateline.post('/v1/articles', { headline: 'Storm' })
    const answers = [
      await dateline.post('/v1/articles', body),
      await dateline.patch('/v1/articles/storm', body),
    ]
    for (const answer of answers) t.strictSame(faults(answer), [' wrong_type'])
  })

function faults({ body }: Pick<Answer, 'body'>): string[] {
  return (body.errors ?? []).map(
    ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
  )
}
