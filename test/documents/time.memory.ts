import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { Answer } from '../support/dateline.ts'
import { addressOf, addressOfList, kinds, listsBelow } from './time.addresses.ts'
import type { Reader } from './time.operations.ts'
import { pick, type Stage } from './time.stage.ts'
import { publicIn, type Tables } from './time.tables.ts'

/** What readers got, and whether it is what they get when they ask for that instant later. */
export interface Memory {
  readonly address: string
  readonly as: 'viewer' | undefined
  readonly at: number
  readonly answer: Answer
  /** The document that was read, or that a list is below; absent for a list of everything. */
  readonly id: string | undefined
}

/** Everything that is public, and what some readers ask for besides, at the present. */
export async function remember(stage: Stage, readers: readonly Reader[]): Promise<Memory[]> {
  const memories: Memory[] = []
  for (const { address, as, id } of [...lists(undefined), ...readers.map((reader) => asked(stage, reader))]) {
    stage.readUntil = stage.present
    memories.push({ address, as, id, at: stage.present, answer: await stage.dateline.get(address, { as }) })
  }
  return memories
}

function lists(as: Memory['as']) {
  return kinds.map((kind) => ({ address: addressOfList(kind), as, id: undefined }))
}

function asked({ model }: Stage, { of, which, as }: Reader) {
  const entry = pick(model.entries, of)
  const about = [addressOf(entry), ...listsBelow(entry).map(({ address }) => address)]
  const choices = about.map((address) => ({ address, as, id: entry.id }))
  return pick([...choices, ...lists(as)], which)
}

/**
 * Reads the past again. Two differences are allowed: what has been withdrawn since is gone for those
 * without a token, and what was published since for an instant in the past is there. With a token,
 * `hasUnpublishedChanges` tells of the present.
 */
export async function assertRemembered(stage: Stage, memories: readonly Memory[]): Promise<void> {
  const { dateline, tables, present } = stage
  const isPublic = publicIn(tables, present)
  for (const memory of memories) {
    const { address, as, at, id } = memory
    const later = await dateline.get(`${address}&at=${new Date(at).toISOString()}`, { as })
    const seen = publicIn(knownAt(tables, at), at)
    const datedBack = publicIn(tables, at).difference(seen)
    const gone = as ? new Set<string>() : seen.difference(isPublic)
    const told = `${address} as ${as ?? 'anybody'} at ${at}, again at ${present}: ${later.text}`
    if (memory.answer.status !== 200 || (id !== undefined && gone.has(id)))
      assertHidden(memory, later, id !== undefined && datedBack.has(id), told)
    else assertSame(memory, later, { gone, datedBack }, told)
  }
}

/** The versions that were there at an instant. Of their windows, only ends after it can be different now. */
function knownAt(tables: Tables, at: number): Tables {
  return { ...tables, versions: tables.versions.filter(({ saved_at }) => saved_at <= at) }
}

function assertHidden({ answer }: Memory, later: Answer, isDatedBack: boolean, told: string): void {
  const expected = answer.status === 200 ? [410] : isDatedBack ? [200, 410] : [404, 410]
  assert.ok(expected.includes(later.status), `${told}\nwas ${answer.status} ${answer.text}`)
}

interface Differences {
  readonly gone: ReadonlySet<string>
  readonly datedBack: ReadonlySet<string>
}

function assertSame({ answer, as }: Memory, later: Answer, differences: Differences, told: string): void {
  assert.equal(later.status, 200, told)
  const isToken = as !== undefined
  const was = without(answer, differences.gone, isToken)
  const is = without(later, differences.datedBack, isToken)
  assert.ok(is === was, `${told}\nis  ${is}was ${was}`)
  if (later.text === answer.text) assert.equal(later.headers.etag, answer.headers.etag, told)
}

/** The bytes of an answer, or what they would be without those documents. */
function without({ text, body }: Answer, ids: ReadonlySet<string>, isToken: boolean): string {
  const rest = stripped(body, ids, isToken)
  if (body.page) rest.page.total -= body.data.length - rest.data.length
  return isDeepStrictEqual(rest, body) ? text : `${JSON.stringify(rest)}\n`
}

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON of any shape goes in, and the same comes out
function stripped(value: any, ids: ReadonlySet<string>, isToken: boolean): any {
  if (Array.isArray(value))
    return value.filter((item) => !ids.has(item?.id)).map((item) => stripped(item, ids, isToken))
  if (typeof value !== 'object' || value === null) return value
  if (ids.has(value.id)) return null
  const members = Object.entries(value).filter(([name]) => !isToken || name !== 'hasUnpublishedChanges')
  return Object.fromEntries(members.map(([name, member]) => [name, stripped(member, ids, isToken)]))
}
