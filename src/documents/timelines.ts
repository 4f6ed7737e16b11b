import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Timeline, Window } from './lifecycle.ts'
import { type Row, type RowQuery, selectRows } from './rows.ts'

/** Where a document stands: its newest version, and the windows that are open now or will be. */
export interface Standing {
  readonly newest: Row
  readonly live?: Row | undefined
  readonly planned?: Row | undefined
  readonly timeline: Timeline & { readonly newest: NonNullable<Timeline['newest']> }
}

/** @returns undefined when there is no such document of that type, or it was purged */
export async function readStanding(trx: Trx, type: ContentType, id: string): Promise<Standing | undefined> {
  return standingIn(trx, type, id, selectRows(trx, type))
}

/** The same without the contents, which may be long. */
export async function readTimeline(trx: Trx, type: ContentType, id: string): Promise<Timeline | undefined> {
  const windows = selectRows(trx, type).clearSelect().select(WINDOW) as unknown as RowQuery // of rows, these columns alone
  return (await standingIn(trx, type, id, windows))?.timeline
}

const WINDOW = [
  'v.version',
  'v.published_at',
  'v.live_from',
  'v.live_to',
  'v.expires_at',
  'v.withdrawn',
] as const

async function standingIn(
  trx: Trx,
  type: ContentType,
  id: string,
  rows: RowQuery,
): Promise<Standing | undefined> {
  const identity = await trx.db
    .selectFrom('documents')
    .select('latest_version')
    .where('id', '=', id)
    .where('type', '=', type.type)
    .where('purged_at', 'is', null)
    .executeTakeFirst()
  if (!identity) return undefined
  const newest = await rows
    .where('v.document_id', '=', id)
    .where('v.version', '=', identity.latest_version)
    .executeTakeFirstOrThrow()
  const { live, planned } = await openVersions(trx, id, rows)
  const timeline = {
    newest: newestOf(newest),
    live: live && windowOf(live),
    planned: planned && windowOf(planned),
  }
  return { newest, live, planned, timeline }
}

async function openVersions(
  { now }: Trx,
  id: string,
  query: RowQuery,
): Promise<{ live?: Row | undefined; planned?: Row | undefined }> {
  const rows = await query
    .where('v.document_id', '=', id)
    .where('v.live_to', '>', now)
    .whereRef('v.live_to', '>', 'v.live_from')
    .execute()
  return {
    live: rows.find((row) => windowOf(row).from <= now),
    planned: rows.find((row) => windowOf(row).from > now),
  }
}

/** Both ends are there, or neither is, which is not selected. */
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
