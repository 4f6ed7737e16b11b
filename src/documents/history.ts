import { DatelineError } from '../errors.ts'
import { FOREVER, type Instant } from '../storage/clock.ts'
import type { Action } from '../storage/schema.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import { find } from './find.ts'
import { formatInstant } from './instants.ts'
import type { Moment } from './moment.ts'
import { type Order, type Page, type PageRequest, readPage } from './page.ts'
import { contentOf, type Row, selectRows } from './rows.ts'
import { wasPublic } from './visibility.ts'

/** A version as it is listed. What only readers of drafts are told is absent for others. */
export interface Version {
  readonly version: number
  readonly action: Action
  readonly liveFrom: string | null
  /** Null while it is live, and while nobody may know when it ends. */
  readonly liveTo: string | null
  readonly savedAt?: string
  readonly savedBy?: string
  readonly note?: string | null
  readonly minor?: boolean
}

export interface WholeVersion extends Version {
  readonly content: Content
}

interface Asked {
  readonly type: ContentType
  readonly key: string
  readonly moment: Moment
}

/** The document's id, or the slug that it has now. @throws DatelineError as `find` does */
export async function findHistory(
  trx: Trx,
  { type, key, moment }: Asked,
): Promise<{ id: string } | { movedTo: string }> {
  const latest: Moment = moment.drafts ? { ...moment, at: 'latest' } : moment
  const found = await find(trx, type, key, latest)
  return 'movedTo' in found ? found : { id: found.document.id }
}

/**
 * The versions of a document, the newest first: for the public those that it has seen, for readers of
 * drafts all of them; as they were at that moment.
 */
export async function listVersions(
  trx: Trx,
  type: ContentType,
  id: string,
  moment: Moment,
  page: PageRequest,
): Promise<Page<Version>> {
  const found = await readPage(versionsOf(trx, type, id, moment), newestFirst, page)
  return { ...found, rows: found.rows.map((row) => toVersion(row, moment)) }
}

const newestFirst: Order<Row> = {
  id: 'v.version',
  toKey: ({ version, document_id: id }) => [version, id],
  fromKey: ([version]) => Math.max(0, Math.min(version, LAST_VERSION)),
}

/** What the databases' integers hold. */
const LAST_VERSION = 2_147_483_647

/** @throws DatelineError `not_found` for a version that there is not, or that the reader may not see */
export async function readVersion(
  trx: Trx,
  type: ContentType,
  id: string,
  version: number,
  moment: Moment,
): Promise<WholeVersion> {
  const row = await versionsOf(trx, type, id, moment).where('v.version', '=', version).executeTakeFirst()
  if (!row) throw new DatelineError('not_found', `There is no version ${version} of this ${type.type}.`)
  const slug = type.slugFrom ? { slug: row.slug } : {}
  // By its schema, because PostgreSQL gives the members of an object in an order of its own.
  const content = type.schemas.version.parse({ ...slug, ...contentOf(trx, type, row) })
  return { ...toVersion(row, moment), content }
}

/** The number of the version before this one that the reader may see. */
export async function versionBefore(
  trx: Trx,
  type: ContentType,
  id: string,
  version: number,
  moment: Moment,
): Promise<number | undefined> {
  const row = await versionsOf(trx, type, id, moment)
    .where('v.version', '<', version)
    .orderBy('v.version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.version
}

function versionsOf(trx: Trx, type: ContentType, id: string, moment: Moment) {
  const at = instantOf(moment)
  const query = selectRows(trx, type).where('v.document_id', '=', id)
  return moment.drafts ? query.where('v.saved_at', '<=', at) : query.where(wasPublic(type, at))
}

/** Nothing is known of the future: at a later instant, the record is that of today. */
function instantOf({ at, now }: Moment): Instant {
  return at === 'latest' ? now : Math.min(at, now)
}

/** A public version does not tell of an end, or of a schedule, that is or was still to come. */
const inPublic: Partial<Record<Action, Action>> = {
  expire: 'save',
  unschedule: 'save',
  schedule: 'publish',
  carry: 'publish',
}

function toVersion(row: Row, moment: Moment): Version {
  const { drafts } = moment
  const at = instantOf(moment)
  const from = row.live_from !== null && row.live_from !== row.live_to ? row.live_from : null
  const isKnown =
    row.live_to !== null && (row.live_to <= at || (drafts && at >= moment.now && row.live_to !== FOREVER))
  const to = from !== null && isKnown ? row.live_to : null
  return {
    version: row.version,
    action: drafts ? row.action : (inPublic[row.action] ?? row.action),
    liveFrom: from === null ? null : formatInstant(from),
    liveTo: to === null ? null : formatInstant(to),
    ...(drafts
      ? {
          savedAt: formatInstant(row.saved_at),
          savedBy: row.saved_by,
          note: row.note,
          minor: row.minor === 1,
        }
      : {}),
  }
}
