import fc from 'fast-check'
import t from 'tap'
import { type Dateline, START, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'
import { assertRoundTrip } from './portable.folder.ts'

/** Newsrooms of all kinds: what is exported and imported is what was there. */
t.setTimeout(3_600_000)

const later = new Date(START + 86_400_000).toISOString()
const odd = fc.string({ unit: fc.constantFrom(...'ab: #-\n\t"\'—“😀é\u2028\u0085|>\\'), maxLength: 30 })
const lineOf = odd.map((text) => `${text.replace(/[\s\u0085]+/g, ' ').trim()}x`)
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const publishing = fc.constantFrom('no', 'now', '2020-02-03T04:05:06Z', later)

const part = fc.record({
  text: lineOf,
  role: optional(lineOf),
  speaker: optional(fc.constantFrom('p-0', 'p-1', 'p-2')),
  position: optional(fc.nat(5)),
})

const article = fc.record({
  content: fc.record({
    headline: lineOf,
    body: odd,
    standfirst: optional(odd),
    byline: optional(lineOf),
    tags: fc.uniqueArray(fc.constantFrom('a', 'true', '007'), { maxLength: 2 }),
    image: optional(fc.record({ caption: optional(odd) })),
    quotes: fc.array(part, { maxLength: 3 }),
  }),
  publish: publishing,
  edit: optional(fc.record({ body: odd, publish: fc.constantFrom('no', 'now', later) })),
  laterPart: optional(fc.record({ text: lineOf, publish: fc.constantFrom('no', 'now', later) })),
  leadsTo: optional(fc.nat(2)),
  isWithdrawn: fc.boolean(),
})

const person = fc.record({ description: optional(odd), publish: publishing })

const newsrooms = fc.record({
  people: fc.array(person, { minLength: 3, maxLength: 3 }),
  articles: fc.array(article, { minLength: 3, maxLength: 3 }),
})

t.test('what is exported and imported is what was there', async (t) => {
  await fc.assert(
    fc.asyncProperty(newsrooms, async (newsroom) => {
      let fault: unknown
      await t.test('a newsroom', async (t) => {
        const dateline = await start(t)
        await fill(dateline, newsroom)
        await assertRoundTrip(t, dateline).catch((error: unknown) => {
          fault = error
        })
      })
      if (fault) throw fault
    }),
    { numRuns: amount({ suite: 5, torture: 150 }) },
  )
})

type Newsroom = typeof newsrooms extends fc.Arbitrary<infer Value> ? Value : never

/** Some of it is refused, as it has to be: the newsroom is what is left. */
async function fill(dateline: Dateline, { people, articles }: Newsroom): Promise<void> {
  for (const [index, { publish, ...content }] of people.entries())
    await dateline.post(`/v1/people?publish=${publish}`, { name: `P ${index}`, ...content })
  for (const [index, { content, publish }] of articles.entries())
    await dateline.post(`/v1/articles?publish=${publish}`, { ...content, slug: `s-${index}` })
  dateline.clock.advance(1_000)
  for (const [index, life] of articles.entries()) await happenTo(dateline, `s-${index}`, life)
  const gone = articles.findIndex(({ isWithdrawn }) => isWithdrawn)
  const isLedTo = articles.some(({ leadsTo }) => leadsTo === gone)
  if (!isLedTo) await dateline.delete(`/v1/articles/s-${gone}`)
}

async function happenTo(
  dateline: Dateline,
  slug: string,
  { edit, laterPart, leadsTo }: Newsroom['articles'][number],
): Promise<void> {
  if (edit) await dateline.patch(`/v1/articles/${slug}?publish=${edit.publish}`, { body: edit.body })
  if (laterPart)
    await dateline.post(`/v1/quotes?publish=${laterPart.publish}`, { articleId: slug, text: laterPart.text })
  if (leadsTo !== undefined)
    await dateline.post('/v1/related-links', {
      articleId: slug,
      title: 'x',
      targetArticleId: `s-${leadsTo}`,
    })
}
