import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import { engine } from '../support/database.ts'
import { type Dateline, start } from '../support/dateline.ts'
import { type Files, filesOf } from '../support/files.ts'
import { amount } from '../support/torture.ts'

t.setTimeout(1_800_000)

const ROUNDS = amount({ suite: 2, torture: 60 })
const STORIES = 24

/** Lengths of bodies in characters: several to a page, one to a page, and more than a page to one. */
const LENGTHS = [20, 700, 1_100, 1_500, 4_000]

/**
 * What is moved inside the files leaves copies where it was. So stories of many lengths are saved, and saved
 * again longer in between the others, and half of them are purged while others write and read.
 */
t.test(
  'however many are purged, the files have the words of those that are left and no others',
  async (t) => {
    const dateline = await start(t)
    const files = await filesOf(dateline.storage)
    if (typeof files === 'string') return t.comment(files)
    let left: Story[] = []
    let purges = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      left.push(...(await writeStories(dateline, round)))
      const doomed = left.filter((_, index) => (index + round) % 2 === 0)
      left = left.filter((story) => !doomed.includes(story))
      await purgeAmongOthers(t, dateline, doomed, left, round)
      purges += doomed.length
      if (engine === 'postgres') await dateline.storage.rewrite(() => {})
      const expected = left.map(({ word }) => word).sort()
      t.strictSame(await wordsIn(files), expected, `after ${purges} purges`)
    }
    t.comment(`${purges} purges`)
  },
)

interface Story {
  readonly id: string
  readonly word: string
}

/** Each has a word that no other has, in all of its versions, their notes and its quote. */
async function writeStories(dateline: Dateline, round: number): Promise<Story[]> {
  const words = Array.from({ length: STORIES }, (_, index) => wordOf(round * STORIES + index))
  const stories: Story[] = []
  for (const [index, word] of words.entries()) {
    const { body } = await dateline.post(`/v1/articles?publish=now&note=${word}`, {
      headline: word,
      body: textOf(word, index),
      quotes: [{ text: textOf(word, index).slice(0, 600) }],
    })
    stories.push({ id: body.id, word })
  }
  for (const [index, { id, word }] of stories.entries())
    await dateline.patch(`/v1/articles/${id}`, { body: textOf(word, index + 1 + round) })
  return stories
}

/** Four at a time, while survivors are changed and read. */
async function purgeAmongOthers(
  t: Test,
  { app, tokens, patch, get }: Dateline,
  doomed: readonly Story[],
  left: readonly Story[],
  round: number,
): Promise<void> {
  const headers = { authorization: `Bearer ${tokens.admin}` }
  for (let from = 0; from < doomed.length; from += 4) {
    const purges = doomed
      .slice(from, from + 4)
      .map(({ id }) => app.inject({ method: 'DELETE', url: `/v1/articles/${id}?purge=true`, headers }))
    const { id, word } = left[from % left.length] ?? { id: '', word: '' }
    const others = [
      patch(`/v1/articles/${id}`, { body: textOf(word, from + round) }),
      get(`/v1/articles/${id}`),
      get('/v1/articles?limit=100'),
    ]
    const statuses = (await Promise.all(purges)).map(({ statusCode }) => statusCode)
    t.ok(
      statuses.every((status) => status === 204),
      'they are purged',
    )
    t.ok(
      (await Promise.all(others)).every(({ status }) => status === 200),
      'and others go on',
    )
  }
}

function wordOf(number: number): string {
  return `zq${number.toString(36).padStart(6, '0')}qz`
}

/** The word again and again, among characters that no database can make shorter. */
function textOf(word: string, size: number): string {
  let text = ''
  for (let count = 0; text.length < (LENGTHS[size % LENGTHS.length] ?? 0); count += 1)
    text += `${word} ${createHash('sha512').update(`${word} ${size} ${count}`).digest('hex')} `
  return text
}

async function wordsIn(files: Files): Promise<string[]> {
  return [...new Set((await files.read()).match(/zq[0-9a-z]{6}qz/g))].sort()
}
