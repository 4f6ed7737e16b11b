import { sql } from 'kysely'
import { DatelineError } from '../errors.ts'
import type { Instant } from '../storage/clock.ts'
import { run } from '../storage/statement.ts'
import type { Trx, WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { LAST_POSITION } from './fields.ts'
import { formatInstant } from './instants.ts'
import { type Intent, statusOf, type Timeline, wasLive } from './lifecycle.ts'
import { appendNext } from './save.ts'
import { readStanding, readTimeline } from './timelines.ts'
import { MOST_PARTS } from './whole-schemas.ts'

/** Where a part stands in the order of its parent when the request does not say: at the end. */
export async function positionAtEnd(trx: Trx, type: ContentType, parentId: unknown): Promise<number> {
  const [row] = await run<{ last: number | null }>(
    trx,
    `last ${type.table}`,
    [parentId],
    (id) => sql`select max(position) as last from ${sql.table(type.table)}
      where ${sql.ref(type.parent?.column ?? '')} = ${id}`,
  )
  return Math.min((row?.last ?? 0) + 1, LAST_POSITION) // what stands at the same position is in the order of its id
}

/** How many parts there are at most, by type and parent: a thousand new ones are not counted a thousand times. */
const atMost = new WeakMap<WriteTrx, Map<string, number>>()

/**
 * Makes sure of room for one more part, and takes it as used.
 *
 * @throws DatelineError `too_many_children` when the parent has as many parts of this type as it can have
 */
export async function takeRoom(trx: WriteTrx, type: ContentType, parentId: string): Promise<void> {
  const totals = atMost.get(trx) ?? new Map<string, number>()
  atMost.set(trx, totals)
  const key = `${type.type} ${parentId}`
  const known = totals.get(key) ?? MOST_PARTS
  const total = known < MOST_PARTS ? known : await countParts(trx, type, parentId)
  if (total >= MOST_PARTS)
    throw new DatelineError(
      'too_many_children',
      `One document can have ${MOST_PARTS} parts of type ${type.type}, and this one does.`,
    )
  totals.set(key, total + 1)
}

async function countParts(trx: Trx, type: ContentType, parentId: string): Promise<number> {
  const [row] = await run<{ total: number }>(
    trx,
    `count ${type.table}`,
    [parentId],
    (id) => sql`select count(*) as total from documents as d join ${sql.table(type.table)} as v
      on v.document_id = d.id and v.version = d.latest_version
      where ${sql.ref(`v.${type.parent?.column}`)} = ${id} and v.withdrawn = 0`,
  )
  return Number(row?.total)
}

/** What a new part of a document does when the request does not say: it goes with its parent. */
export async function intentOfNewPart(trx: Trx, type: ContentType, content: Content): Promise<Intent> {
  const parent = await parentTimeline(trx, type, content)
  if (parent?.live) return { kind: 'publish', at: trx.now }
  if (parent?.planned) return { kind: 'publish', at: parent.planned.from }
  return { kind: 'draft' }
}

/** @throws DatelineError `parent_not_live` when a part would be published for an instant at which its parent is not live */
export async function assertParentLive(
  trx: Trx,
  type: ContentType,
  content: Content,
  at: Instant,
): Promise<void> {
  if (!type.parent) return
  const { table, type: parent } = type.parent.type
  const timeline = await parentTimeline(trx, type, content)
  const isOpen = [timeline?.live, timeline?.planned].some((each) => each && each.from <= at && each.to > at)
  if (isOpen) return
  const was = await trx.db
    .selectFrom(table)
    .select('version')
    .where('document_id', '=', String(content[type.parent.field]))
    .where('live_from', '<=', at)
    .where('live_to', '>', at)
    .executeTakeFirst()
  if (was) return
  throw new DatelineError(
    'parent_not_live',
    `A ${type.type} is published with its ${parent}, which is not live at ${formatInstant(at)}. Publish the ${parent}: its newest parts go with it.`,
  )
}

/**
 * Publishes the newest version of every part of a document, at the same instant, except those that were
 * withdrawn. A part that is scheduled for another instant moves to this one.
 *
 * @param apart the ids of parts that stay as they stand
 */
export async function publishParts(
  trx: WriteTrx,
  parent: ContentType,
  id: string,
  at: Instant,
  edit: Edit,
  apart: ReadonlySet<string> = new Set(),
): Promise<void> {
  for (const type of parent.children)
    for (const part of await partsOf(trx, type, id)) {
      if (apart.has(part)) continue
      const standing = await readStanding(trx, type, part)
      if (!standing || !needsPublishing(standing.timeline, at, trx.now)) continue
      const from = wasLive(standing.timeline.newest, trx.now) ? Math.max(at, trx.now) : at
      await appendNext(trx, type, standing, { kind: 'publish', at: from }, edit)
      await publishParts(trx, type, part, at, edit)
    }
}

/** Parts that wait for an instant no longer do, when their parent is withdrawn: it decides when they are seen. */
export async function unscheduleParts(
  trx: WriteTrx,
  parent: ContentType,
  id: string,
  edit: Edit,
): Promise<void> {
  for (const type of parent.children)
    for (const part of await partsOf(trx, type, id)) {
      const standing = await readStanding(trx, type, part)
      if (standing?.timeline.planned) await appendNext(trx, type, standing, { kind: 'unschedule' }, edit)
      await unscheduleParts(trx, type, part, edit)
    }
}

function needsPublishing(timeline: Timeline, at: Instant, now: Instant): boolean {
  const status = statusOf(timeline, now)
  return status === 'draft' || (status === 'scheduled' && timeline.planned?.from !== at)
}

export async function partsOf(trx: Trx, type: ContentType, parentId: string): Promise<string[]> {
  const rows = await run<{ document_id: string }>(
    trx,
    `parts ${type.table}`,
    [parentId],
    (id) => sql`select distinct document_id from ${sql.table(type.table)}
      where ${sql.ref(type.parent?.column ?? '')} = ${id} order by document_id`,
  )
  return rows.map((row) => row.document_id)
}

async function parentTimeline(
  trx: Trx,
  { parent }: ContentType,
  content: Content,
): Promise<Timeline | undefined> {
  if (!parent) return undefined
  return readTimeline(trx, parent.type, String(content[parent.field]))
}
