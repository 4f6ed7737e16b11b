import t, { type Test } from 'tap'
import { databaseFor } from '../support/database.ts'
import { startServer } from '../support/server-process.ts'
import { amount } from '../support/torture.ts'
import { type Answer, ask, listAll, tell } from './asking.ts'

t.setTimeout(3_600_000)

const KEYS = amount({ suite: 30, torture: 1_000 })
const TIMES = amount({ suite: 8, torture: 20 })
const KILLS = 2

/** Keys under way together. */
const KEYS_AT_ONCE = 25

t.test('a key sent many times at once, and again after kill -9, has one effect and one answer', async (t) => {
  const server = mortal(t, await databaseFor(t))
  const { body: shared } = await tell(await server.address(), 'POST', '/v1/articles?publish=now', {
    body: { headline: 'All of them change this one' },
  })
  const answers = await sendAll(server, shared.id)
  t.equal(server.counts.kills, KILLS, 'it was killed in between')
  const lost = answers.filter((all) => all.every(isReplayed)).length
  t.comment(`${server.counts.broken} requests were sent again; ${lost} keys had lost their first answer`)
  t.same(oddOnes(answers), [], 'all answers to a key are the same, and at most one of them is the first')
  const address = await server.address()
  await assertStories(t, address, shared.id, answers)
  await assertChanges(t, address, shared.id, answers)
})

/** Sends every key so many times in parallel. The kills come at even steps, always with requests in flight. */
async function sendAll(server: Mortal, shared: string): Promise<Answer[][]> {
  const step = Math.floor((KEYS * TIMES) / (KILLS + 1))
  const answers: Answer[][] = []
  let answered = 0
  let next = 0
  const insist = async (key: number) => {
    const answer = await untilAnswered(server, shared, key)
    answered += 1
    if (answered % step === 0 && server.counts.kills < KILLS) server.kill()
    return answer
  }
  const client = async () => {
    for (let key = next++; key < KEYS; key = next++)
      answers[key] = await Promise.all(Array.from({ length: TIMES }, () => insist(key)))
  }
  await Promise.all(Array.from({ length: KEYS_AT_ONCE }, client))
  return answers
}

async function untilAnswered(server: Mortal, shared: string, key: number): Promise<Answer> {
  for (;;) {
    const answer = await ask(await server.address(), ...requestOf(shared, key))
    if (answer && answer.status !== 503) return answer
    server.counts.broken += 1
  }
}

/** Even keys make a story of several documents; odd ones change the one article that all of them share. */
function requestOf(
  shared: string,
  key: number,
): [method: string, path: string, { body: unknown; headers: Record<string, string> }] {
  const headers = { 'idempotency-key': `key-${key}` }
  if (isChange(key)) {
    const body = { headline: `Changed by ${key}` }
    return ['PATCH', `/v1/articles/${shared}?note=key-${key}`, { body, headers }]
  }
  const body = {
    headline: `Story ${key}`,
    quotes: [{ text: `Words ${key}`, speaker: { name: `Speaker ${key}` } }],
    relatedLinks: [{ title: `Link ${key}` }],
  }
  return ['POST', '/v1/articles?publish=now', { body, headers }]
}

function isChange(key: number): boolean {
  return key % 2 === 1
}

function isReplayed({ headers }: Answer): boolean {
  return headers.has('idempotency-replayed')
}

function oddOnes(answers: Answers): unknown[] {
  return answers.flatMap((all, key) => {
    const different = new Set(
      all.map(({ status, headers, text }) =>
        JSON.stringify([status, headers.get('etag'), headers.get('location'), text]),
      ),
    )
    const firsts = all.filter((answer) => !isReplayed(answer)).length
    const isDone = all[0]?.status === (isChange(key) ? 200 : 201)
    return isDone && different.size === 1 && firsts <= 1 ? [] : [{ key, firsts, different: [...different] }]
  })
}

/** Each story is there once, with its one quote, speaker and link, and no document is there besides. */
async function assertStories(t: Test, address: string, shared: string, answers: Answers): Promise<void> {
  const expected = answers.flatMap(([answer], key) => {
    if (isChange(key) || !answer) return []
    const { id, quotes, relatedLinks } = answer.body
    return [
      [id, `Story ${key}`],
      [quotes[0].id, `Words ${key}`],
      [quotes[0].speakerId, `Speaker ${key}`],
      [relatedLinks[0].id, `Link ${key}`],
    ]
  })
  const found = []
  for (const path of ['articles', 'quotes', 'people', 'related-links'])
    for (const { id, version, ...content } of await listAll(address, `/v1/${path}?limit=100`)) {
      const words = content.headline ?? content.text ?? content.name ?? content.title
      if (id !== shared) found.push(version === 1 ? [id, words] : [id, words, version])
    }
  t.same(found.sort(), expected.sort(), 'each made one story')
}

/** The article that all of them changed has one version for each, the one that was answered. */
async function assertChanges(t: Test, address: string, shared: string, answers: Answers): Promise<void> {
  const history = await listAll(address, `/v1/articles/${shared}/versions?limit=100`)
  const expected = answers.flatMap(([answer], key) =>
    isChange(key) ? [{ version: answer?.body.version, note: `key-${key}` }] : [],
  )
  t.same(
    history.map(({ version, note }) => ({ version, note })),
    [...expected.sort((one, other) => other.version - one.version), { version: 1, note: null }],
    'each appended one version',
  )
}

type Answers = readonly (readonly Answer[])[]

interface Mortal {
  /** Where it is; while it starts, where it will be. */
  address(): Promise<string>
  /** Kills it with `kill -9` and starts it again. */
  kill(): void
  readonly counts: { kills: number; broken: number }
}

function mortal(t: Test, url: string): Mortal {
  const counts = { kills: 0, broken: 0 }
  let running = startServer(t, url)
  const again = async ({ child, ended }: Awaited<typeof running>) => {
    child.kill('SIGKILL')
    await ended
    return startServer(t, url)
  }
  return {
    counts,
    address: async () => (await running).address,
    kill: () => {
      counts.kills += 1
      running = running.then(again)
    },
  }
}
