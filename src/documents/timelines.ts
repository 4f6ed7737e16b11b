import { type SqlBool, sql } from 'kysely'
import type { Instant } from '../storage/clock.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Timeline, Window } from './lifecycle.ts'
import type { Moment } from './moment.ts'
import { type Row, type RowQuery, selectRows } from './rows.ts'
import { rowsAt } from './rows-at.ts'
import { newestStatus } from './visibility.ts'

/** Where a document stands: its newest version, and the windows that are open now or will be. */
export interface Standing {
  readonly newest: Row
  readonly live?: Row | undefined
  readonly planned?: Row | undefined
  readonly timeline: Timeline & { readonly newest: NonNullable<Timeline['newest']> }
}

/** @returns undefined when there is no such document of that type, or it was purged */
export async function readStanding(trx: Trx, type: ContentType, id: string): Promise<Standing | undefined> {
  return standingIn(trx, type, id, 'standing', () => selectRows(trx, type))
}

/** The same with what a reader of drafts is told of each version. */
export async function readStandingTold(
  trx: Trx,
  type: ContentType,
  id: string,
): Promise<Standing | undefined> {
  return standingIn(
    trx,
    type,
    id,
    'standing, told,',
    (moment) => selectRows(trx, type, moment).select(newestStatus(type, moment.now).as('status') as never), // one of them
  )
}

/** Of the parents of parts, in a transaction: a thousand new quotes do not ask a thousand times. */
const timelines = new WeakMap<Trx, Map<string, Timeline | undefined>>()

/** Where a document stands, without the contents, which may be long. */
export async function readTimeline(trx: Trx, type: ContentType, id: string): Promise<Timeline | undefined> {
  const known = timelines.get(trx) ?? new Map<string, Timeline | undefined>()
  timelines.set(trx, known)
  const key = `${type.type} ${id}`
  const windows = () => selectRows(trx, type).clearSelect().select(WINDOW) as unknown as RowQuery // of rows, these columns alone
  if (!known.has(key)) known.set(key, (await standingIn(trx, type, id, 'windows', windows))?.timeline)
  return known.get(key)
}

/** For what changes a document's windows. */
export function forgetTimeline(trx: Trx, { type }: ContentType, id: string): void {
  timelines.get(trx)?.delete(`${type} ${id}`)
}

const WINDOW = [
  'v.version',
  'v.published_at',
  'v.live_from',
  'v.live_to',
  'v.expires_at',
  'v.withdrawn',
] as const

/** In one statement: the newest version, and those others whose windows are open. (A join takes SQLite four times as long.) */
async function standingIn(
  trx: Trx,
  type: ContentType,
  id: string,
  name: string,
  select: (moment: Moment) => RowQuery,
): Promise<Standing | undefined> {
  const { now } = trx
  const rows = await rowsAt(
    trx,
    `${name} ${type.type}`,
    { at: now, now, drafts: true },
    [id],
    (moment, [id = '']) => {
      const ofDocument = () => select(moment).where('v.document_id', '=', id)
      const latest = sql`(select latest_version from documents
        where id = ${id} and type = ${type.type} and purged_at is null)`
      const isOlder = sql<SqlBool>`${trx.dialect.unindexed(sql.ref('v.version'))} < ${latest}`
      const open = ofDocument()
        .where('v.live_to', '>', moment.now)
        .whereRef('v.live_to', '>', 'v.live_from')
        .where(isOlder)
      return ofDocument().where(sql<SqlBool>`v.version = ${latest}`).unionAll(open)
    },
  )
  const [newest] = rows.toSorted((one, other) => other.version - one.version)
  if (!newest) return undefined
  const open = rows.filter((row) => isOpen(windowOf(row), now))
  const live = open.find((row) => windowOf(row).from <= now)
  const planned = open.find((row) => windowOf(row).from > now)
  const timeline = {
    newest: newestOf(newest),
    live: live && windowOf(live),
    planned: planned && windowOf(planned),
  }
  return { newest, live, planned, timeline }
}

function isOpen({ from, to }: Window, now: Instant): boolean {
  return to > now && to > from
}

/** Both ends are there, or neither is; then it is empty. */
function windowOf({ version, live_from: from, live_to: to }: Row): Window {
  return { version, from: Number(from), to: Number(to) }
}

function newestOf(row: Row): Standing['timeline']['newest'] {
  return {
    version: row.version,
    publishedAt: row.published_at,
    expiresAt: row.expires_at,
    withdrawn: row.withdrawn === 1,
  }
}
