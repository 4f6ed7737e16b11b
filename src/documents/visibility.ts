import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Instant } from '../storage/clock.ts'
import type { ContentType } from './content-type.ts'
import type { Moment } from './moment.ts'

/**
 * Who sees what, as conditions on a row `v` of a type's versions. This file is the whole of it: every
 * read is built on `visible`.
 */
type Condition = RawBuilder<SqlBool>

/**
 * The version is the one that a reader at this moment sees. At `latest`, `v` is a newest version, and what
 * is withdrawn is left out.
 *
 * @param withParent false for the parts of a document that is known to be visible
 */
export function visible(
  type: ContentType,
  moment: Moment,
  { withParent = true }: { withParent?: boolean } = {},
): Condition {
  const parent = withParent ? type.parent : undefined
  if (moment.at === 'latest') {
    const kept = sql<SqlBool>`not ${isWithdrawn(type, 'v', moment.now)}`
    return parent ? sql`${kept} and not ${isWithdrawnParent(parent, moment.now)}` : kept
  }
  const instants = moment.at < moment.now && !moment.drafts ? [moment.at, moment.now] : [moment.at]
  const conditions = [isLive('v', moment.at)]
  if (instants.length > 1) conditions.push(hasLive(type, 'v.document_id', moment.now))
  if (parent) for (const at of instants) conditions.push(hasLive(parent.type, `v.${parent.column}`, at))
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

/** The status of the version `v`, live or the newest; a part of what is not live is not live either. */
export function newestStatus(type: ContentType, now: Instant): RawBuilder<string> {
  const { parent } = type
  const live = parent ? parentStatus(parent, now) : sql`'live'`
  return sql`case
    when ${isLive('v', now)} then ${live}
    when v.live_from > ${now} and v.live_to > v.live_from then 'scheduled'
    when ${isWithdrawn(type, 'v', now)} then 'withdrawn'
    else 'draft' end`
}

/** Something of the document of `v` has not been shown yet: its newest version, or the one that is scheduled. */
export function hasUnpublishedChanges(type: ContentType, now: Instant): Condition {
  const table = sql.table(type.table)
  return sql`(exists (select 1 from documents as d join ${table} as n
    on n.document_id = d.id and n.version = d.latest_version
    where d.id = v.document_id and n.withdrawn = 0 and (n.live_from is null or n.live_from > ${now}))
    or exists (select 1 from ${table} as w
    where w.document_id = v.document_id and w.live_from > ${now} and w.live_to > w.live_from))`
}

/**
 * The version has been seen by the public: its window, and one of its parent's at the same time, has
 * begun, whether or not it is over by now.
 */
export function wasPublic({ parent }: ContentType, now: Instant): Condition {
  const own = sql<SqlBool>`v.live_from <= ${now} and v.live_to > v.live_from`
  if (!parent) return own
  return sql`${own} and exists (select 1 from ${sql.table(parent.type.table)} as w
    where w.document_id = ${sql.ref(`v.${parent.column}`)} and w.live_from <= ${now} and w.live_to > w.live_from
    and w.live_from < v.live_to and w.live_to > v.live_from)`
}

/** Some version of that document is live at that instant. */
function hasLive(type: ContentType, id: string, at: Instant): Condition {
  return sql`exists (select 1 from ${sql.table(type.table)} as w
    where w.document_id = ${sql.ref(id)} and ${isLive('w', at)})`
}

function isLive(alias: string, at: Instant): Condition {
  return sql`${sql.ref(`${alias}.live_from`)} <= ${at} and ${sql.ref(`${alias}.live_to`)} > ${at}`
}

/** Some version of that document is live now or will be. */
function hasOpenWindow(type: ContentType, id: string, now: Instant): Condition {
  return sql`exists (select 1 from ${sql.table(type.table)} as w
    where w.document_id = ${sql.ref(id)} and w.live_to > ${now} and w.live_to > w.live_from)`
}

/** `newest` is the alias of a document's newest version: it was withdrawn, or its time is over. */
function isWithdrawn(type: ContentType, newest: string, now: Instant): Condition {
  const column = (name: string) => sql.ref(`${newest}.${name}`)
  return sql`((${column('withdrawn')} = 1 or coalesce(${column('published_at')} <= ${now}, false))
    and not ${hasOpenWindow(type, `${newest}.document_id`, now)})`
}

type Parent = NonNullable<ContentType['parent']>

function isWithdrawnParent(parent: Parent, now: Instant): Condition {
  return sql`exists (${newestParent(parent, sql`1`)} and ${isWithdrawn(parent.type, 'p', now)})`
}

function parentStatus(parent: Parent, now: Instant): RawBuilder<string> {
  const id = `v.${parent.column}`
  return sql`case
    when ${hasLive(parent.type, id, now)} then 'live'
    when ${hasOpenWindow(parent.type, id, now)} then 'scheduled'
    when ${isWithdrawnParent(parent, now)} then 'withdrawn'
    else 'draft' end`
}

function newestParent(parent: Parent, selection: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select ${selection} from documents as d join ${sql.table(parent.type.table)} as p
    on p.document_id = d.id and p.version = d.latest_version where d.id = ${sql.ref(`v.${parent.column}`)}`
}
