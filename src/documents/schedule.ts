import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Position } from '../http/cursor.ts'
import { FOREVER, type Instant } from '../storage/clock.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { formatInstant } from './instants.ts'
import type { Page, PageRequest } from './page.ts'
import { contentOf, type Row, selectRows } from './rows.ts'

/** What the clock alone will do: documents that go live, and documents that go away. */
export interface Event {
  readonly at: string
  readonly event: 'publish' | 'withdraw'
  readonly type: string
  readonly id: string
  readonly slug: string | null
  readonly version: number
  /** What its slug is made from; null for types without. */
  readonly title: string | null
}

/**
 * The next events of all these types, the soonest first: two statements for each type. It only goes
 * forwards: what lay before has happened by the time that somebody goes back.
 */
export async function listSchedule(
  trx: Trx,
  types: readonly ContentType[],
  { limit, from }: PageRequest,
): Promise<Page<Event>> {
  const after = from?.key ?? [trx.now, '']
  const events: Event[] = []
  for (const type of types) {
    const starting = await eventsOf(trx, type, 'live_from', sql`v.live_to > v.live_from`, after, limit)
    const ending = await eventsOf(trx, type, 'live_to', isLast(type), after, limit)
    events.push(...starting.map((row) => toEvent(trx, type, row, 'publish')))
    events.push(...ending.map((row) => toEvent(trx, type, row, 'withdraw')))
  }
  events.sort((one, other) => (one.at === other.at ? compare(one.id, other.id) : compare(one.at, other.at)))
  const rows = events.slice(0, limit)
  const last = events.length > limit ? rows.at(-1) : undefined
  const next = last && ({ key: [Date.parse(last.at), last.id], backwards: false, inclusive: false } as const)
  return { rows, next: next ?? null, prev: null }
}

/** The window ends, and no other one begins where it does. */
function isLast(type: ContentType): RawBuilder<SqlBool> {
  return sql`v.live_to > v.live_from and not exists (select 1 from ${sql.table(type.table)} as w
    where w.document_id = v.document_id and w.live_from = v.live_to and w.live_to > w.live_from)`
}

function eventsOf(
  trx: Trx,
  type: ContentType,
  border: 'live_from' | 'live_to',
  condition: RawBuilder<SqlBool>,
  [at, id]: Position['key'],
  limit: number,
): Promise<Row[]> {
  const column = sql.ref<Instant>(`v.${border}`)
  return selectRows(trx, type)
    .where(sql<SqlBool>`${column} > ${trx.now} and ${column} >= ${at} and ${column} < ${FOREVER}`)
    .where(sql<SqlBool>`(${column} > ${at} or v.document_id > ${id})`)
    .where(condition)
    .orderBy(column)
    .orderBy('v.document_id')
    .limit(limit + 1)
    .execute()
}

function toEvent(trx: Trx, type: ContentType, row: Row, event: Event['event']): Event {
  const title = type.slugFrom === undefined ? null : String(contentOf(trx, type, row)[type.slugFrom])
  return {
    at: formatInstant(Number(event === 'publish' ? row.live_from : row.live_to)),
    event,
    type: type.type,
    id: row.document_id,
    slug: row.slug,
    version: row.version,
    title,
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
