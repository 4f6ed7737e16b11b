import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { type Answer, type Dateline, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'
import { addressOf, addressOfList, kinds, listsBelow } from './time.addresses.ts'
import { assertRemembered, type Memory, remember } from './time.memory.ts'
import { type History, histories, type Operation, readers, readings } from './time.operations.ts'
import { type Expected, expectedBelow, expectedItem, expectedList, type View } from './time.reader.ts'
import { type Outcome, pick, Stage } from './time.stage.ts'
import { assertOnlyAppended, assertSound, bordersIn, forget, readTables } from './time.tables.ts'

/**
 * How much is tried. A failure prints its seed and the shortest history that shows it; `seed` and `path`,
 * given to fc.assert beside `numRuns`, repeat it.
 */
const HISTORIES = amount({ suite: 20, again: 10, torture: 3_000 })
const READ_HISTORIES = amount({ suite: 15, again: 8, torture: 2_500 })
const REMEMBERED_HISTORIES = amount({ suite: 12, again: 6, torture: 2_000 })

const DAY = 86_400_000
const patience = { timeout: amount({ suite: 120_000, torture: 3_600_000 }) }
t.setTimeout(3 * patience.timeout)

t.test(
  'whatever is written, versions have no gaps, windows no overlap, and the past stays',
  patience,
  async (t) => {
    const dateline = await start(t)
    const property = fc.asyncProperty(histories, async (history) => {
      await play(dateline, history, false)
    })
    await fc.assert(property, { numRuns: HISTORIES })
  },
)

t.test('at every instant a reader without a token gets what the model says', patience, async (t) => {
  const dateline = await start(t)
  const property = fc.asyncProperty(histories, readings, async (history, choices) => {
    const stage = await play(dateline, history, true)
    const { present } = stage
    const borders = [...bordersIn(stage.tables), present].flatMap((at) => [at - 1, at, at + 1])
    await assertReads(stage, undefined)
    for (const { clock, at } of choices) {
      dateline.clock.now = pick(borders, clock)
      const possible = [...borders.filter((border) => border <= stage.present + 1), present - 1e10]
      await assertReads(stage, at === undefined ? undefined : pick(possible, at))
    }
  })
  await fc.assert(property, { numRuns: READ_HISTORIES })
})

t.test('what a reader got at an instant is what that instant gives later', patience, async (t) => {
  const dateline = await start(t)
  const property = fc.asyncProperty(histories, readers, fc.nat(20), async (history, readers, later) => {
    const memories: Memory[] = []
    let read = ''
    const stage = await play(dateline, history, false, async (stage) => {
      const state = `${stage.present} ${stage.tables.clock.generation}`
      if (state !== read) memories.push(...(await remember(stage, readers)))
      read = state
    })
    const { present } = stage
    const borders = bordersIn(stage.tables).filter((at) => at > present)
    dateline.clock.now = pick([present, present + 1, ...borders], later)
    await assertRemembered(stage, memories)
  })
  await fc.assert(property, { numRuns: REMEMBERED_HISTORIES })
})

/** Performs a history on empty tables, and looks at the tables after each of its operations. */
async function play(
  dateline: Dateline,
  history: History,
  isStrict: boolean,
  look: (stage: Stage) => Promise<void> = async () => {},
): Promise<Stage> {
  await forget(dateline)
  const tables = await readTables(dateline)
  dateline.clock.now = tables.clock.instant + DAY
  const stage = new Stage(dateline, tables, isStrict)
  const first = { under: 0, speaker: 0, text: 'one', position: 0, by: 'editor' } as const
  const beginning: Operation[] = [
    { do: 'add', kind: 'person', publish: undefined, ...first },
    { do: 'add', kind: 'article', publish: history.story, ...first },
    { do: 'add', kind: 'quote', publish: undefined, ...first },
  ]
  for (const operation of [...beginning, ...history.afterwards]) {
    await act(stage, operation)
    await look(stage)
  }
  return stage
}

async function act(stage: Stage, operation: Operation): Promise<void> {
  const outcome = await stage.perform(operation)
  const before = stage.tables
  stage.tables = await readTables(stage.dateline)
  assertSound(stage.tables)
  assertOnlyAppended(before, stage.tables)
  if (!outcome || !stage.isStrict) return
  assertOutcome(operation, outcome)
  for (const { id, version } of stage.model.entries)
    assert.equal(stage.tables.latest.get(id), version, `versions of ${id} after ${JSON.stringify(operation)}`)
}

function assertOutcome(operation: Operation, { verdict, answer, entry, now }: Outcome): void {
  if (answer === 'skipped') return
  const { status, body, text } = answer
  const isExpected = verdict === 'refused' ? [400, 403, 409].includes(status) : [200, 201].includes(status)
  assert.ok(isExpected, `${JSON.stringify(operation)} should be ${verdict}: ${status} ${text}`)
  if (verdict !== 'done') return
  const isAmended = operation.do === 'amend'
  assert.equal(body.version, isAmended ? entry.shown(now)?.version : entry.version, text)
  // What the status of a part says while its article is not live is left open.
  if (!entry.parent || entry.parent.shown(now))
    assert.equal(body.status, isAmended ? 'live' : entry.status(now), text)
}

/** Reads everything that there is without a token, now or at an instant. */
async function assertReads({ dateline, model, present }: Stage, at: number | undefined): Promise<void> {
  const view: View = { model, at: at ?? present, now: present }
  const read = async (address: string, expected: Expected) => {
    const url = at === undefined ? address : `${address}&at=${new Date(at).toISOString()}`
    assertAnswer(url, await dateline.get(url), expected)
  }
  for (const kind of kinds) await read(addressOfList(kind), expectedList(view, kind))
  for (const entry of model.entries) {
    await read(addressOf(entry), expectedItem(view, entry))
    for (const { kind, address } of listsBelow(entry)) await read(address, expectedBelow(view, entry, kind))
  }
}

function assertAnswer(url: string, { status, body, text }: Answer, expected: Expected): void {
  assert.equal(status, expected.status, `${url}: ${text}`)
  if (expected.body === undefined) return
  const compared = like(expected.body, body)
  const isLike = isDeepStrictEqual(compared, expected.body)
  assert.ok(isLike, `${url}\n got ${JSON.stringify(compared)}\nwant ${JSON.stringify(expected.body)}`)
}

/** The members of an answer that are in what is expected, however deep. */
function like(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.map((item, index) => like(expected[index], item))
  if (!isObject(expected) || !isObject(actual)) return actual
  return Object.fromEntries(Object.keys(expected).map((name) => [name, like(expected[name], actual[name])]))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
