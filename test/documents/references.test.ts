import t, { type Test } from 'tap'
import { assertProblem } from '../http/problem.ts'
import { type Dateline, start } from '../support/dateline.ts'

const STORM = '/v1/articles/storm'
const admin = { as: 'admin' } as const

t.setTimeout(180_000) // many databases are made here, which takes a while on PostgreSQL

t.test('a reference whose target was erased meanwhile stays as it is in every edit', async (t) => {
  const { dateline, ann, calm, quote, link } = await newsroom(t)
  const said = `/v1/quotes/${quote}`
  const edits = [
    () => dateline.patch(STORM, { body: 'Wind.' }),
    () => dateline.patch(`${STORM}?base=live`, { body: 'Hail.' }),
    () => dateline.patch(STORM, { people: [{ personId: ann, as: 'author' }] }),
    () => dateline.patch(said, { text: 'Wind.', speakerId: ann }),
    () => dateline.patch(`/v1/related-links/${link}`, { title: 'More', targetArticleId: calm }),
    () => dateline.put(STORM, { headline: 'Storm', people: [{ person: ann, as: 'subject' }] }),
    () => dateline.put(STORM, { headline: 'Storm', quotes: [{ id: quote, text: 'Snow.', speaker: ann }] }),
    () =>
      dateline.post('/v1/batch', {
        operations: [
          { do: 'update', type: 'quote', id: quote, content: { text: 'Sun.' } },
          { do: 'restore', type: 'quote', id: quote, version: 1 },
          { do: 'replace', type: 'article', id: 'storm', content: { headline: 'Storm', body: 'Sun.' } },
        ],
      }),
  ]
  for (const [index, edit] of edits.entries()) {
    const { status, text } = await edit()
    t.equal(status, 200, `${index}: ${text}`)
  }
  const { speakerId, version } = (await dateline.get(said)).body
  t.strictSame([speakerId, version], [ann, 5])
})

t.test('what is read can be put back, without ids as well, and is the same', async (t) => {
  const { dateline, ann, quote } = await newsroom(t)
  const content = { headline: 'Storm', body: 'Rain.', people: [{ personId: ann, as: 'subject' }] }
  for (const part of [
    { text: 'Rain.', speakerId: ann },
    { text: 'Rain.', speaker: ann },
    { id: quote, text: 'Rain.', speakerId: ann },
  ]) {
    const { status, body } = await dateline.put(STORM, { ...content, quotes: [part] })
    t.match({ status, body }, { status: 200, body: { version: 1, notices: [{ code: 'unchanged' }] } })
    t.match(body.quotes, [{ id: quote, version: 1, speakerId: ann, speaker: null }])
  }
})

t.test('an earlier version is restored with the reference that it had', async (t) => {
  const { dateline, ann } = await newsroom(t)
  await dateline.patch(STORM, { people: [] })
  const mention = { people: [{ personId: ann, as: 'subject' }] }
  t.match((await dateline.post(`${STORM}/restore`, { version: 1 })).body, { version: 3, ...mention })
})

t.test('a new reference to what was erased is refused', async (t) => {
  const { dateline, ann, calm } = await newsroom(t)
  const other = `/v1/quotes/${(await dateline.post('/v1/quotes', { articleId: 'storm', text: 'Sun.' })).body.id}`
  const absent = (type: string, id: string) => `There is no ${type} "${id}". Create it first.`
  const more = [{ text: 'Hail.', speakerId: ann }]
  const title = { articleId: 'storm', title: 'More', targetArticleId: calm }
  for (const [url, send, pointer, detail] of [
    [other, () => dateline.patch(other, { speakerId: ann }), '/speakerId', absent('person', ann)],
    [
      STORM,
      () => dateline.put(STORM, { headline: 'Storm', quotes: more }),
      '/quotes/0/speakerId',
      absent('person', ann),
    ],
    [
      '/v1/related-links',
      () => dateline.post('/v1/related-links', title),
      '/targetArticleId',
      absent('article', calm),
    ],
  ] as const)
    assertProblem(t, await send(), {
      status: 422,
      code: 'invalid_content',
      detail: pointer.startsWith('/quotes') ? `/quotes/0: ${detail}` : detail,
      instance: url,
      errors: [{ pointer, code: 'not_found', detail }],
    })
})

t.test('who publishes is told that a reference leads to what was erased', async (t) => {
  const { dateline, ann, calm } = await newsroom(t)
  const erased = (type: string, id: string) => ({
    code: 'reference_not_live',
    detail: `The ${type} "${id}" was taken down, and its content erased: readers get its id alone.`,
    id,
  })
  const { body } = await dateline.patch(STORM, { body: 'Rain. Wind.' })
  t.strictSame(body.notices, [erased('person', ann), erased('article', calm)])
})

/** An article that mentions and quotes Ann and links to another article; both have been erased. */
async function newsroom(t: Test) {
  const dateline: Dateline = await start(t)
  const ann: string = (await dateline.post('/v1/people', { name: 'Ann' })).body.id
  const calm: string = (await dateline.post('/v1/articles?publish=now', { headline: 'Calm' })).body.id
  const { body } = await dateline.post('/v1/articles?publish=now', {
    headline: 'Storm',
    body: 'Rain.',
    people: [{ personId: ann, as: 'subject' }],
    quotes: [{ text: 'Rain.', speakerId: ann }],
    relatedLinks: [{ title: 'Calm', targetArticleId: calm }],
  })
  await dateline.delete('/v1/people/ann?purge=true', admin)
  await dateline.delete('/v1/articles/calm?purge=true', admin)
  return { dateline, ann, calm, quote: String(body.quotes[0].id), link: String(body.relatedLinks[0].id) }
}
