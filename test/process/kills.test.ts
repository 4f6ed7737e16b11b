import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { openStorage } from '../../src/storage/open.ts'
import { databaseFor } from '../support/database.ts'
import { startServer } from '../support/server-process.ts'
import { amount } from '../support/torture.ts'
import { type Answer, ask } from './asking.ts'
import { findDamage } from './intact.ts'
import type { Server } from './server.ts'
import { batchedStory, nestedStory, type Story } from './story.ts'

t.setTimeout(3_600_000)

const KILLS = amount({ suite: 3, torture: 200 })
const WRITERS = 6

/** Kills come within so many milliseconds of the first answer, each at another moment; nothing depends on which. */
const SPREAD = amount({ suite: 200, torture: 400 })

t.test('kill -9 in the middle of writes of many documents: each is done whole or not at all', async (t) => {
  const url = await databaseFor(t)
  const acknowledged: Story[] = []
  const counts = { unanswered: 0, done: 0 }
  let unanswered: Story[] = []
  for (let kill = 0; kill <= KILLS; kill += 1)
    await t.test(kill < KILLS ? `kill ${kill + 1}` : 'after the last', async (t) => {
      const server = await startServer(t, url)
      const before = await assertWhole(t, url, acknowledged, unanswered)
      counts.unanswered += unanswered.length
      counts.done += unanswered.filter(({ mark }) => before.has(mark)).length
      await assertRepeatable(t, server, unanswered, before)
      acknowledged.push(...unanswered)
      if (kill === KILLS) return void (await assertWhole(t, url, acknowledged, []))
      unanswered = await writeUntilKilled(t, server, kill, acknowledged)
    })
  t.comment(
    `${acknowledged.length} writes; ${counts.unanswered} had no answer, of which ${counts.done} were done`,
  )
})

/** @returns what had no answer when the server was killed */
async function writeUntilKilled(
  t: Test,
  server: Server,
  kill: number,
  acknowledged: Story[],
): Promise<Story[]> {
  const unanswered: Story[] = []
  let onFirst = () => {}
  const first = new Promise<void>((resolve) => {
    onFirst = resolve
  })
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    const make = writer % 2 === 0 ? nestedStory : batchedStory
    for (let count = 0; ; count += 1) {
      const story = make(`story-${kill}-${writer}-${count}`)
      const answer = await save(server, story)
      if (!answer) return void unanswered.push(story)
      if (answer.status !== story.status) t.fail(answer.text)
      acknowledged.push(story)
      onFirst()
    }
  })
  await first
  await pause((kill * 47) % SPREAD)
  server.child.kill('SIGKILL')
  await Promise.all(writers)
  t.equal((await server.ended).signal, 'SIGKILL', 'it was killed')
  return unanswered
}

function save({ address }: Server, { path, body, mark }: Story): Promise<Answer | undefined> {
  return ask(address, 'POST', path, { body, headers: { 'idempotency-key': mark } })
}

/** @returns the marks of the stories that are there */
async function assertWhole(
  t: Test,
  url: string,
  acknowledged: readonly Story[],
  unanswered: readonly Story[],
): Promise<Set<string>> {
  const { stories, commits, replies } = await readStories(url)
  t.same(await findDamage(url), {}, 'the database is intact')
  const known = new Map([...acknowledged, ...unanswered].map((story) => [story.mark, story]))
  const broken = [...stories].filter(
    ([mark, words]) => String(words.sort()) !== String(known.get(mark)?.words.toSorted()),
  )
  t.same(broken, [], 'every story that is there is whole')
  const missing = acknowledged.filter(({ mark }) => !stories.has(mark))
  t.same(missing, [], 'every acknowledged one is there')
  t.same([commits, replies], [stories.size, stories.size], 'each was one commit, with its answer')
  return new Set(stories.keys())
}

/**
 * What the words of all versions, the count of commits and the kept answers say. On PostgreSQL a commit that
 * the killed server had asked for may still be under way: a writing transaction waits for it.
 */
async function readStories(url: string) {
  const storage = await openStorage(url)
  const { words, commits, replies } = await storage.write(async ({ db, generation }) => {
    const { rows } = await sql<{ words: string }>`
      select headline as words from article_versions union all select text from quote_versions
      union all select name from person_versions union all select title from link_versions`.execute(db)
    const kept = await db.selectFrom('replies').select('key').execute()
    return { words: rows.map((row) => row.words), commits: generation, replies: kept.length }
  })
  await storage.close()
  const stories = Map.groupBy(words, (text) => text.split(':')[0] ?? '')
  return { stories, commits, replies }
}

/** What nobody was told of can be sent again: what was done is answered, and the rest is done. */
async function assertRepeatable(
  t: Test,
  server: Server,
  stories: readonly Story[],
  done: ReadonlySet<string>,
) {
  const answers = []
  for (const story of stories) {
    const answer = await save(server, story)
    answers.push([answer?.status, answer?.headers.has('idempotency-replayed')])
  }
  const expected = stories.map(({ status, mark }) => [status, done.has(mark)])
  t.same(answers, expected, 'what had no answer is answered or done')
}
