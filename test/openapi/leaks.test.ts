import t from 'tap'
import { content } from '../../src/content/index.ts'
import { openApiDocument } from '../../src/http/openapi.ts'
import { type Answer, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'
import { whole } from './leaks.answers.ts'
import { caching, Faults, isForPrograms, leaks, missingFrom, tells } from './leaks.checks.ts'
import { cursorsAt, follow, hasPages, listsFor } from './leaks.pages.ts'
import { Planting } from './leaks.planting.ts'
import { type Question, questionsTo, subjectsOf, typesOf } from './leaks.questions.ts'
import { type Row, rowsIn } from './leaks.rows.ts'
import { searchesFor, searchesForAll, searchesIn } from './leaks.searches.ts'
import { EMBARGO, playHistory, playInSecret } from './leaks.stage.ts'
import type { Clearance, Reader } from './leaks.words.ts'
import { isAccess, needsToken, operationsOf } from './operation.ts'

/** How many requests are under way at a time. */
const ABREAST = 16

/** Each document is asked at every n-th of the instants that matter, and each in turn at other ones. */
const NTH = amount({ suite: 19, again: 61, torture: 1 })

/** How many roles share the questions: they have the same scope for reading. */
const SHARED = amount({ suite: 3, torture: 1 })

t.setTimeout(1_800_000)
const dateline = await start(t)
const reads = operationsOf(await openApiDocument(dateline.app)).filter(({ method }) => method === 'GET')
const stage = new Planting(dateline, await openApiDocument(dateline.app))
await playHistory(stage)
const past = stage.instants.filter((at) => at <= stage.now)
const publicUrls = [...publicQuestions()].map(({ url }) => url)
const publicAnswers = await wholeAnswers()
await playInSecret(stage)

t.test('what is planted in secret changes nothing of what the public gets', async (t) => {
  const after = await wholeAnswers()
  t.ok(publicUrls.length > 100)
  t.strictSame(
    publicUrls.filter((url) => after.get(url) !== publicAnswers.get(url)),
    [],
  )
})

t.test('nobody without a token finds what is not public, however they ask', async (t) => {
  const faults = new Faults()
  for (const operation of reads) {
    const live = [...subjectsOf(stage, operation)].find(({ standing }) => standing === 'live')
    const missing = live && (await missingFrom(dateline, operation, live))
    await asking(questionsTo(stage, operation, stage.instants, NTH), undefined, (question, answer) => {
      faults.add(question, leaks(stage.words, question, answer, undefined))
      faults.add(question, caching(question, answer, undefined))
      if (missing) faults.add(question, tells(question, answer, missing))
    })
  }
  t.strictSame(faults.list, [])
  t.strictSame(unproven('public'), [], 'what is public was found')
})

t.test('nobody with a token finds more than it is for, and all that it is for', async (t) => {
  const faults = new Faults()
  const instants = [EMBARGO, 'latest']
  const roles = ['viewer', 'writer', 'editor'] as const
  for (const operation of reads) {
    const questions = [...questionsTo(stage, operation, instants, amount({ suite: 2, torture: 1 }))]
    const check = (reader: Reader) => (question: Question, answer: Answer) => {
      faults.add(question, leaks(stage.words, question, answer, reader))
      faults.add(question, caching(question, answer, reader))
    }
    for (const [turn, role] of roles.entries())
      await asking(
        questions.filter((_, index) => (index + turn) % SHARED === 0),
        role,
        check(role),
      )
    if (isAccess(operation)) await asking(questions, 'admin', check('admin'))
  }
  t.strictSame(faults.list, [])
  t.strictSame(unproven('drafts', 'admin', 'nobody'), [], 'every word was there to be found')
})

t.test('a word that a reader may not read finds nothing, now and at any instant', async (t) => {
  const faults = new Faults()
  const searches = searchesIn(reads)
  for (const [reader, instants] of [
    [undefined, past],
    ['viewer', ['latest', EMBARGO, ...past]],
  ] as const) {
    const questions = [...searchesFor(stage, searches, instants, reader)]
    t.ok(questions.length > 100, `${questions.length} questions of ${reader ?? 'the public'}`)
    await asking(questions, reader, (question, { status, headers, body }) => {
      const total = body.page?.total
      const isNothing =
        status === 200 && total === 0 && body.data.length === 0 && !/cursor/.test(String(headers.link))
      if (!isNothing) faults.add(question, [`${status}, ${total} found by ${question.url}`])
    })
    await asking(searchesForAll(searches, instants), reader, (question, answer) => {
      faults.add(question, leaks(stage.words, question, answer, reader))
      faults.add(question, caching(question, answer, reader))
    })
  }
  t.strictSame(faults.list, [])
  const { body } = await dateline.get('/v1/search?q=zq*&count=true')
  const live = stage.documents.filter(({ standing }) => standing === 'live')
  t.equal(body.page.total, live.length, 'what may be read is found')
})

t.test('every list is the same both ways, and counts what its reader may see', async (t) => {
  const faults = new Faults()
  for (const operation of reads.filter(hasPages))
    for (const reader of isAccess(operation) ? (['admin'] as const) : ([undefined, 'viewer'] as const))
      for (const question of listsFor(stage, operation, reader)) {
        const { there, back, answers } = await follow(dateline, question.url, reader)
        for (const answer of answers) faults.add(question, leaks(stage.words, question, answer, reader))
        const leadsBack = answers.some(({ body }) => body.page?.prev) // the schedule leads on alone
        if (leadsBack && there.join() !== back.join()) faults.add(question, ['another list on the way back'])
        const total = answers[0]?.body.page?.total ?? there.length
        if (new Set(there).size !== total) faults.add(question, [`${there.length} of ${total}`])
      }
  t.strictSame(faults.list, [])
})

t.test('the public finds every live document in its list, and no other', async (t) => {
  for (const { type, path } of content) {
    const { body } = await dateline.get(`/v1/${path}?limit=100&count=true`)
    const live = stage.documents.filter((each) => each.type === type && each.standing === 'live')
    t.strictSame(body.data.map(({ id }: { id: string }) => id).sort(), live.map(({ id }) => id).sort())
    t.equal(body.page.total, live.length)
  }
})

t.test('a cursor that points at what is hidden, or is a draft reader’s, shows nothing of it', async (t) => {
  const faults = new Faults()
  const hidden = (await rowsIn(dateline.storage)).filter(isHidden)
  for (const operation of reads.filter(hasPages))
    for (const question of listsFor(stage, operation, undefined)) {
      const check = async (cursor: string, rest: string, expected: number) => {
        const asked = { ...question, url: `${question.url}&cursor=${cursor}${rest}` }
        const answer = await dateline.get(asked.url)
        faults.add(asked, leaks(stage.words, asked, answer, undefined))
        if (answer.status !== expected) faults.add(asked, [`${answer.status} instead of ${expected}`])
      }
      const own = (await dateline.get(question.url)).body.page.next
      const about = typesOf(operation).of?.type
      for (const row of own === null ? [] : hidden.filter(({ type }) => type === (about ?? type)))
        for (const cursor of cursorsAt(own, row)) await check(cursor, '', 200)
      const drafts = await dateline.get(`${question.url}&at=latest`, { as: 'viewer' })
      if (drafts.body.page.next === null) continue
      await check(drafts.body.page.next, '', 400)
      await check(drafts.body.page.next, '&at=latest', 401)
    }
  t.strictSame(faults.list, [])
})

t.test('the tag of a draft is no answer to anybody else', async (t) => {
  for (const { type, id, standing } of stage.documents) {
    const url = `/v1/${content.find((each) => each.type === type)?.path}/${id}`
    const tags = new Set<string>(['"1-x"'])
    for (const query of ['', '?at=latest', `?at=${EMBARGO}`]) {
      const { headers } = await dateline.get(url + query, { as: 'viewer' })
      if (headers.etag) tags.add(String(headers.etag))
    }
    for (const tag of [[...tags].join(', '), '*']) {
      const { status } = await dateline.get(url, { headers: { 'if-none-match': tag } })
      const known = tag === '*' ? 304 : 200
      t.equal(status, { live: known, gone: 410, hidden: 404 }[standing], `${url} ${tag}`)
    }
  }
})

function isHidden({ id, from }: Row): boolean {
  return stage.documents.some((each) => each.id === id && each.standing !== 'live') || from === null
}

function unproven(...clearances: Clearance[]): string[] {
  return stage.words.unproven(...clearances).map((word) => stage.words.describe(word))
}

function isContent(path: string): boolean {
  return path.startsWith('/v1/') || isForPrograms(path)
}

/** What the public can see, in lists and one by one. */
function* publicQuestions(): Generator<Question> {
  for (const operation of reads.filter((each) => !needsToken(each) && isContent(each.path)))
    for (const question of questionsTo(stage, operation, past, past.length))
      if ((question.subject.standing ?? 'live') === 'live') yield question
}

async function wholeAnswers(): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  for (const url of publicUrls) answers.set(url, whole(await dateline.get(url)))
  return answers
}

/** Asks many at a time. */
async function asking(
  questions: Iterable<Question>,
  reader: Reader,
  check: (question: Question, answer: Answer) => void,
): Promise<void> {
  const waiting = [...questions]
  const ask = async () => {
    for (let question = waiting.pop(); question; question = waiting.pop()) {
      const { url, accept } = question
      check(question, await dateline.get(url, { as: reader, headers: accept ? { accept } : {} }))
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, ask))
}
