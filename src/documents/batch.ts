import { setImmediate as turn } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { DatelineError } from '../errors.ts'
import type { Caller } from '../http/auth.ts'
import { entityTag, expectedVersions } from '../http/etag.ts'
import { renderJson } from '../http/reply.ts'
import type { Instant } from '../storage/clock.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { Outcome, Rules } from './commit.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { type Done, type OperationName, operations } from './operations.ts'
import type { Publication } from './publication.ts'
import { ifMatchMissing } from './staleness.ts'
import { includeOfBody } from './whole.ts'
import { correctionOf } from './whole-schemas.ts'
import { within, withinMember } from './within.ts'
import { readWritten } from './written.ts'

/** One of a batch, as its schema gives it. */
export interface BatchOperation {
  readonly do: OperationName
  readonly type: string
  readonly id?: string | undefined
  /** A local name for what this operation creates or changes: `$name` in those that follow. */
  readonly name?: string | undefined
  readonly content?: Content | undefined
  readonly version?: number | undefined
  readonly publish?: Publication | undefined
  readonly at?: Instant | 'never' | undefined
  readonly base?: 'live' | undefined
  readonly ifMatch?: string | undefined
  readonly note?: string | undefined
  readonly minor?: boolean | undefined
}

/** Operations between which others get their turn: a batch is long, and reads go on meanwhile. */
const AT_A_TIME = 25

/**
 * Does all of the operations in one transaction, or none.
 *
 * @throws DatelineError as each operation does, with pointers such as `/operations/3/content/headline`
 */
export async function doBatch(
  trx: WriteTrx,
  types: readonly ContentType[],
  rules: Rules,
  list: readonly BatchOperation[],
  edit: Edit,
  caller: Caller,
  reply: FastifyReply,
): Promise<Outcome> {
  const results: unknown[] = []
  for (const [index, operation] of list.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) await turn()
    const pointer = `/operations/${index}`
    results.push(await within(pointer, () => doOne(trx, types, rules, operation, edit, caller)))
  }
  reply.code(200)
  const payload = renderJson(reply, { results })
  return { status: 200, payload, tag: entityTag(payload), location: null }
}

async function doOne(
  trx: WriteTrx,
  types: readonly ContentType[],
  rules: Rules,
  operation: BatchOperation,
  shared: Edit,
  caller: Caller,
): Promise<unknown> {
  const type = types.find((each) => each.type === operation.type)
  if (!type) throw new Error('The schema knows every type.')
  const { do: name, id, name: local, base, ifMatch, publish, at, note, minor } = operation
  assertComplete(operation, type, shared.names)
  const isUnsaid = rules.requireIfMatch && name !== 'create' && ifMatch === undefined && !id?.startsWith('$')
  if (isUnsaid && name !== 'replace') throw ifMatchMissing()
  const edit = { ...shared, note: note ?? shared.note, isMinor: minor ?? shared.isMinor }
  const body = await bodyOf(type, operation)
  const key = id === undefined ? {} : { key: id }
  const condition = { expected: expectedVersions(ifMatch), isUnsaid }
  const request = { type, body, publish, at, base, ...condition, ...key }
  const done: Done = await inContent(name, () => operations[name](trx, request, edit, caller))
  if (local !== undefined) shared.names.set(local, done.id)
  const { document, notices } = await readWritten(trx, type, done, edit, {
    include: includeOfBody(type, body),
    base,
  })
  return {
    ...(local === undefined ? {} : { name: local }),
    status: done.before === undefined ? 201 : 200,
    document: notices.length > 0 ? { ...document, notices } : document,
  }
}

/** The content as the operation's own schema takes it. */
async function bodyOf(
  type: ContentType,
  { do: name, content = {}, version }: BatchOperation,
): Promise<Content> {
  const { whole, patch, replacement } = type.schemas
  if (name === 'restore') {
    const schema = z.strictObject(correctionOf(type))
    return within('/content', async () => ({ ...schema.parse(content, { reportInput: true }), version }))
  }
  if (name === 'publish' || name === 'withdraw') return {}
  const schema = { create: whole, update: patch, replace: replacement }[name]
  return within('/content', async () => schema.parse(content, { reportInput: true }))
}

/** What is wrong with the content is told below `/content`. */
function inContent<Result>(name: OperationName, work: () => Promise<Result>): Promise<Result> {
  return name === 'create' || name === 'update' || name === 'replace'
    ? withinMember('/content', work)
    : work()
}

const takes: Readonly<Record<OperationName, readonly string[]>> = {
  create: ['content', 'publish'],
  update: ['id', 'content', 'publish', 'base', 'ifMatch'],
  replace: ['id', 'content', 'publish', 'ifMatch'],
  publish: ['id', 'at', 'ifMatch'],
  withdraw: ['id', 'at', 'ifMatch'],
  restore: ['id', 'version', 'content', 'publish', 'ifMatch'],
}
const required = ['id', 'content', 'version']
const always = ['do', 'type', 'name', 'note', 'minor']

/** Each kind of operation needs its members and takes no others; a name is given once. */
function assertComplete(
  operation: BatchOperation,
  type: ContentType,
  names: ReadonlyMap<string, string>,
): void {
  const { do: name, name: local } = operation
  const known = takes[name]
  const given = Object.entries(operation).flatMap(([member, value]) => (value === undefined ? [] : [member]))
  const missing = known.filter(
    (member) =>
      required.includes(member) && !given.includes(member) && !(name === 'restore' && member === 'content'),
  )
  const unknown = given.filter((member) => !known.includes(member) && !always.includes(member))
  const items = [
    ...missing.map((member) => ({
      pointer: `/${member}`,
      code: 'required' as const,
      detail: `is required to ${name}.`,
    })),
    ...unknown.map((member) => ({
      pointer: `/${member}`,
      code: 'unknown' as const,
      detail: `is not taken to ${name}.`,
    })),
    ...(local !== undefined && names.has(local)
      ? [
          {
            pointer: '/name',
            code: 'repeated' as const,
            detail: `"${local}" is the name of an earlier operation.`,
          },
        ]
      : []),
    ...(name === 'replace' && !type.slugFrom
      ? [{ pointer: '/do', code: 'not_allowed' as const, detail: 'replace is for types with slugs.' }]
      : []),
  ]
  if (items.length === 0) return
  throw new DatelineError(
    'invalid_content',
    items.map(({ pointer, detail }) => `${pointer} ${detail}`).join(' '),
    { items },
  )
}
