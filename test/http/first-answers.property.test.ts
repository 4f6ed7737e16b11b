import fc from 'fast-check'
import t from 'tap'
import { type AppConfig, buildApp } from '../../src/app.ts'
import { type Dateline, STORY, standardRules, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'
import { type Ask, overSocket, pastCache } from './over-socket.ts'

const HISTORIES = amount({ suite: 12, torture: 400 })
const local = { host: 'localhost' }
const config: AppConfig = {
  ADMIN_TOKEN: undefined,
  CORS_ORIGIN: '*',
  TRUST_PROXY: undefined,
  PUBLIC_URL: undefined,
  ...standardRules,
}

/** One thing after the other that happens to a newsroom of four articles; times are milliseconds. */
const happenings = fc.oneof(
  { weight: 6, arbitrary: fc.record({ read: fc.nat(11), coding: fc.constantFrom('', 'gzip', 'br') }) },
  { weight: 2, arbitrary: fc.record({ rename: fc.nat(3), to: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ publish: fc.nat(3), in: fc.nat(2_000) }) },
  { weight: 1, arbitrary: fc.record({ withdraw: fc.nat(3), in: fc.nat(2_000) }) },
  { weight: 1, arbitrary: fc.record({ quote: fc.nat(3), to: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ wait: fc.nat(1_500) }) },
  { weight: 1, arbitrary: fc.constant({ restart: true as const }) },
)
type Happening = typeof happenings extends fc.Arbitrary<infer Value> ? Value : never

t.test('no kept answer differs from one that is made anew', async (t) => {
  const dateline = await start(t, { seeded: true })
  const property = fc.asyncProperty(fc.array(happenings, { minLength: 10, maxLength: 60 }), (history) =>
    play(t, dateline, history),
  )
  await fc.assert(property, { numRuns: HISTORIES })
  t.pass(`${HISTORIES} histories`)
})

async function play(t: Parameters<typeof overSocket>[0], dateline: Dateline, history: readonly Happening[]) {
  const slugs = await articles(dateline)
  const anew = pastCache(dateline.app)
  let ask: Ask | undefined
  const restart = async () => {
    const app = await buildApp(dateline.storage, config)
    t.teardown(() => app.close())
    ask = await overSocket(t, app)
  }
  await restart()
  for (const happening of history) {
    if ('restart' in happening) await restart()
    else if ('read' in happening) await compare(ask, anew, addressOf(happening.read, slugs), happening.coding)
    else await happen(dateline, slugs, happening)
  }
}

async function compare(ask: Ask | undefined, anew: Ask, url: string, coding: string): Promise<void> {
  const headers = { ...local, ...(coding === '' ? {} : { 'accept-encoding': coding }) }
  await ask?.(url, { headers }) // it is kept, at the latest, when it is asked for again
  const given = await ask?.(url, { headers })
  const made = await anew(url, { headers })
  const [one, other] = [given, made].map((answer) => JSON.stringify(withoutRequestId(answer)))
  if (one !== other) throw new Error(`${url} gave\n${one}\nand not\n${other}`)
}

/** A problem names its own request. */
function withoutRequestId(answer: Awaited<ReturnType<Ask>> | undefined) {
  if (!answer) return answer
  const { 'content-length': _, ...headers } = answer.headers
  return { ...answer, headers, body: answer.body.replace(/"requestId":"[^"]*"/, '') }
}

function addressOf(read: number, slugs: readonly string[]): string {
  const slug = slugs[read % slugs.length]
  const lists = [
    '/v1/articles?count=true',
    '/v1/search?q=word&count=true',
    '/v1/tags',
    '/feeds/articles.atom',
  ]
  const item = [`/v1/articles/${slug}`, `/v1/articles/${slug}?include=quotes`, `/v1/articles/${slug}.html`]
  return read < 4
    ? `/v1/articles/${slug}/quotes`
    : read < 8
      ? (lists[read - 4] ?? '')
      : (item[read % 3] ?? '')
}

async function happen(
  { clock, patch, post, delete: remove }: Dateline,
  slugs: readonly string[],
  happening: Exclude<Happening, { read: number } | { restart: true }>,
): Promise<void> {
  if ('wait' in happening) clock.advance(happening.wait)
  else if ('rename' in happening)
    await patch(`/v1/articles/${slugs[happening.rename]}`, { headline: `Word ${happening.to}` })
  else if ('quote' in happening)
    await post('/v1/quotes', { articleId: slugs[happening.quote], text: `Said word ${happening.to}` })
  else if ('publish' in happening)
    await post(`/v1/articles/${slugs[happening.publish]}/publish?at=${after(clock.now, happening.in)}`)
  else await remove(`/v1/articles/${slugs[happening.withdraw]}?at=${after(clock.now, happening.in)}`)
}

function after(now: number, milliseconds: number): string {
  return new Date(now + milliseconds).toISOString()
}

/** The seeded one and three drafts of this history. */
async function articles({ post }: Dateline): Promise<string[]> {
  const made = await Promise.all(
    ['One', 'Two', 'Three'].map((name) => post('/v1/articles', { headline: `Word ${name}`, tags: ['word'] })),
  )
  return [STORY, ...made.map(({ body }) => body.id)]
}
