import assert from 'node:assert/strict'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { content } from '../../src/content/index.ts'
import { type Answer, type Dateline, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'
import { type Question, type Reference, referenceOf, type Search, typeNamed } from './queries.reference.ts'
import { deeds, World } from './queries.world.ts'

/** Random newsrooms, and random questions to them; each answer is what looking at every row gives. */
const WORLDS = amount({ suite: 2, again: 1, torture: 300 })
const QUESTIONS = amount({ suite: 50, torture: 200 })

t.setTimeout(3_600_000)

t.test('every list holds what it should, in its order, counted, forwards and back', async (t) => {
  const sizes = await inWorlds(t, asked, async (dateline, reference, question, limit) => {
    const expected = reference.answer(question)
    const { there, back, total } = await walk(dateline, urlOf(question, limit), question)
    assert.deepEqual({ there, back, total }, { there: expected, back: expected, total: expected.length })
    return expected.length
  })
  const isMany = sizes.filter((size) => size > 3).length > sizes.length / 20
  if (WORLDS > 1) t.ok(isMany, 'many of the lists had several documents') // one world may be a small one
})

t.test('fields and include show of each document what it shows anyway', async (t) => {
  await inWorlds(t, asked, async ({ get }, _, question) => {
    const ask = (query: string) => get(`${urlOf(question, 100)}${query}`, asReader(question))
    const [whole, some, more] = [
      await ask(''),
      await ask('&fields=updatedAt,version'),
      await ask(included(question)),
    ]
    const picked = whole.body.data.map(({ id, type, version, updatedAt }: Record<string, unknown>) => ({
      id,
      type,
      version,
      updatedAt,
    }))
    assert.deepEqual(some.body.data, picked)
    const plain = more.body.data.map((document: Record<string, unknown>) =>
      withoutExpansions(document, whole.body.data),
    )
    assert.deepEqual(plain, whole.body.data)
    return whole.body.data.length
  })
})

t.test('while content is added and withdrawn, what stays comes once, in every order', async (t) => {
  await inWorlds(t, asked, async (dateline, reference, question, limit) => {
    if (question.at !== undefined || question.type !== 'article') return 0
    const before = reference.answer(question)
    const url = urlOf(question, limit)
    const first = await dateline.get(url, asReader(question))
    dateline.clock.advance(1_000)
    const gone = before[Math.floor(before.length / 2)]
    if (gone !== undefined) await dateline.delete(`/v1/articles/${gone}`)
    await dateline.post('/v1/articles?publish=now', { headline: 'Mid-walk', tags: ['art'], kind: 'news' })
    const rest =
      first.body.page.next === null
        ? []
        : (await forwards(dateline, url, question, first.body.page.next)).map(idOf)
    const seen = [...first.body.data.map(idOf), ...rest]
    const after = (await referenceOf(dateline.storage)).answer(question)
    assert.equal(new Set(seen).size, seen.length)
    const stays = before.filter((id) => after.includes(id))
    assert.deepEqual(
      seen.filter((id) => stays.includes(id)),
      stays,
    )
    return stays.length
  })
})

t.test('a search finds in every type what has the words, by date and by rank', async (t) => {
  const sizes = await inWorlds(
    t,
    ({ searches }) => searches,
    async (dateline, reference, search, limit) => {
      const expected = reference.search(search)
      const byDate = await walk(dateline, searchUrl(search, '', limit), search)
      assert.deepEqual(byDate, { there: expected, back: expected, total: expected.length })
      const byRank = await walk(dateline, searchUrl(search, 'rank', limit), search)
      const whole = await dateline.get(searchUrl(search, 'rank', 100), asReader(search))
      const ranked = whole.body.data.map(idOf)
      assert.deepEqual(byRank, { there: ranked, back: ranked, total: expected.length })
      assert.deepEqual([...ranked].sort(), [...expected].sort())
      for (const { snippets } of whole.body.data) assert.match(snippets[0]?.html, /<mark>/)
      return expected.length
    },
  )
  t.ok(sizes.filter((size) => size > 3).length > sizes.length / 20, 'many of them found several documents')
})

function asked({ questions }: World): fc.Arbitrary<Question> {
  return questions
}

type Check<Asked> = (dateline: Dateline, reference: Reference, asked: Asked, limit: number) => Promise<number>

/** @returns how much each check was about */
async function inWorlds<Asked extends Asker>(
  t: Test,
  questions: (world: World) => fc.Arbitrary<Asked>,
  check: Check<Asked>,
): Promise<number[]> {
  const sizes: number[] = []
  const property = fc.asyncProperty(deeds, fc.integer(), async (some, seed) => {
    let walks = false
    const dateline = await start(t, { walks: () => walks })
    const world = new World(dateline)
    for (const deed of some) await world.do(deed)
    const question = fc.asyncProperty(
      questions(world),
      fc.integer({ min: 1, max: 4 }),
      async (asked, limit) => {
        walks = asked.walks
        const reference = await referenceOf(dateline.storage)
        sizes.push(await check(dateline, reference, asked, limit))
      },
    )
    await fc.assert(question, { numRuns: QUESTIONS, seed, endOnFailure: true })
  })
  await fc.assert(property, { numRuns: WORLDS, endOnFailure: true })
  t.pass(`${sizes.length} questions`)
  return sizes
}

function urlOf({ type, filters, sort, at }: Question, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) })
  for (const [name, value] of filters) query.set(name, value)
  if (sort !== undefined) query.set('sort', sort)
  if (at !== undefined) query.set('at', at === 'latest' ? at : new Date(at).toISOString())
  return `/v1/${typeNamed(type).path}?${query}`
}

function searchUrl({ q, types, at }: Search, sort: string, limit: number): string {
  const query = new URLSearchParams({ q, limit: String(limit) })
  if (types.length < content.length) query.set('type.in', types.join())
  if (sort !== '') query.set('sort', sort)
  if (at !== undefined) query.set('at', at === 'latest' ? at : new Date(at).toISOString())
  return `/v1/search?${query}`
}

type Asker = Pick<Question, 'drafts' | 'walks'>

function asReader({ drafts }: Asker) {
  return drafts ? ({ as: 'viewer' } as const) : {}
}

async function walk(dateline: Dateline, url: string, question: Asker) {
  const { body } = await dateline.get(`${url}&count=true`, asReader(question))
  const there = await forwards(dateline, url, question, null)
  const back: string[] = []
  for (let cursor = await lastCursor(dateline, url, question); cursor !== null; ) {
    const page = await dateline.get(`${url}&cursor=${cursor}`, asReader(question))
    back.unshift(...page.body.data.map(idOf))
    cursor = page.body.page.prev
  }
  const last = there.length > 0 ? there.slice(back.length) : []
  return { there: there.map(idOf), back: [...back, ...last.map(idOf)], total: body.page.total }
}

/** The documents from a cursor on, or all. */
async function forwards(
  dateline: Dateline,
  url: string,
  question: Asker,
  from: string | null,
): Promise<Entry[]> {
  const found: Entry[] = []
  let page: Answer['body']
  for (let cursor = from; page === undefined || cursor !== null; cursor = page.page.next) {
    page = (await dateline.get(cursor === null ? url : `${url}&cursor=${cursor}`, asReader(question))).body
    found.push(...page.data)
  }
  return found
}

/** From the last page back. */
async function lastCursor(dateline: Dateline, url: string, question: Asker): Promise<string | null> {
  let { page } = (await dateline.get(url, asReader(question))).body
  while (page.next !== null)
    page = (await dateline.get(`${url}&cursor=${page.next}`, asReader(question))).body.page
  return page.prev
}

interface Entry {
  readonly id: string
}

function idOf({ id }: Entry): string {
  return id
}

function included({ type }: Question): string {
  const names = typeNamed(type).relations.map(({ name }) => name)
  return names.length > 0 ? `&include=${names}` : ''
}

/** The document as it was without `include`: the fields that it has there. */
function withoutExpansions(
  document: Record<string, unknown>,
  all: readonly Record<string, unknown>[],
): unknown {
  const plain = all.find(({ id }) => id === document.id) ?? {}
  const entries = Object.keys(plain).map((name) => {
    const value = document[name]
    const stripped =
      name === 'people' && Array.isArray(value) ? value.map(({ person: _, ...rest }) => rest) : value
    return [name, stripped]
  })
  return Object.fromEntries(entries)
}
