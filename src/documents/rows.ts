import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Database, VersionRow } from '../storage/schema.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import { formatInstant } from './instants.ts'
import type { Status } from './lifecycle.ts'
import type { Moment } from './moment.ts'
import { hasUnpublishedChanges, newestStatus } from './visibility.ts'

/** A document as it is answered. Expansions are added to it in place. */
export interface Document extends Content {
  readonly id: string
  readonly type: string
  readonly version: number
  readonly status: Status
  readonly updatedAt: string
}

/** A row of a type's versions. The columns of its fields are there too; their names are known at run time only. */
export interface Row extends VersionRow {
  readonly [column: string]: unknown
  /** Selected at `latest`; elsewhere only what is live is read. */
  readonly status?: Status
  /** Selected for readers of drafts. */
  readonly has_unpublished_changes?: number
}

type Tables = Database & { v: VersionRow }
export type RowQuery = SelectQueryBuilder<Tables, 'v', Row>

/**
 * The versions of a type, to be narrowed down, with what a reader at this moment is told of each.
 *
 * @param isLed true where something finds the versions, and their identities are looked up from them
 */
export function selectRows(trx: Trx, type: ContentType, moment?: Moment, isLed = false): RowQuery {
  const all = trx.db.selectFrom(`${type.table} as v`).selectAll('v')
  // The fields' columns are not in the static types of the tables, so the query is given its row type here.
  return told(trx, type, all as unknown as RowQuery, moment, isLed)
}

/** The same with those columns alone that documents are made from and put in order by. */
export function selectShown(trx: Trx, type: ContentType, moment: Moment, isLed = false): RowQuery {
  const columns = [...SHOWN, ...type.columns.map(({ column }) => column)].map((column) => `v.${column}`)
  const shown = trx.db.selectFrom(`${type.table} as v`).select(columns as never[])
  return told(trx, type, shown as unknown as RowQuery, moment, isLed) // as above
}

const SHOWN: readonly (keyof VersionRow)[] = [
  'document_id',
  'version',
  'slug',
  'created_at',
  'published_at',
  'live_from',
  'saved_at',
]

function told(
  trx: Trx,
  type: ContentType,
  versions: RowQuery,
  moment: Moment | undefined,
  isLed: boolean,
): RowQuery {
  let query = versions
  if (moment?.at === 'latest')
    query = newest(trx, query, isLed).select(newestStatus(type, moment.now).as('status'))
  if (moment?.drafts) {
    const told = sql<number>`case when ${hasUnpublishedChanges(type, moment.now)} then 1 else 0 end`
    query = query.select(told.as('has_unpublished_changes'))
  }
  return query
}

/** Joins the identities as `d`, and leaves the newest version of each document. */
function newest({ dialect }: Trx, query: RowQuery, isLed: boolean): RowQuery {
  const of = (column: string) => (isLed ? dialect.unindexed(sql.ref(`v.${column}`)) : sql.ref(`v.${column}`))
  const isNewest = sql<SqlBool>`d.id = ${of('document_id')} and d.latest_version = ${of('version')}`
  return query
    .innerJoin('documents as d', (join) => join.on(isNewest))
    .where('d.purged_at', 'is', null) as unknown as RowQuery // callers see `v` alone
}

/** The document that a row holds, as it stands at the moment of the read. */
export function toDocument(trx: Trx, type: ContentType, row: Row): Document {
  const published = row.published_at
  const document: Document = {
    id: row.document_id,
    type: type.type,
    ...(type.slugFrom ? { slug: row.slug } : {}),
    version: row.version,
    status: row.status ?? 'live',
    createdAt: formatInstant(row.created_at),
    publishedAt: published === null ? null : formatInstant(published),
    updatedAt: formatInstant(row.live_from ?? row.saved_at),
    ...(row.has_unpublished_changes === undefined
      ? {}
      : { hasUnpublishedChanges: row.has_unpublished_changes === 1 }),
  }
  addContent(trx, type, row, document)
  return document
}

/** The content in a row, in the order of the definition. */
export function contentOf(trx: Trx, type: ContentType, row: Row): Content {
  const content: Content = {}
  addContent(trx, type, row, content)
  return content
}

function addContent({ dialect }: Trx, type: ContentType, row: Row, content: Content): void {
  for (const { field, column, isJson } of type.columns)
    content[field] = isJson ? dialect.fromJson(row[column]) : row[column]
}

/** What a request may set, as it is stored: the content without what is derived or kept, and the slug. */
export function editable(trx: Trx, type: ContentType, row: Row): Content {
  const content = contentOf(trx, type, row)
  const fields = Object.keys(type.fields).map((field) => [field, content[field]] as const)
  return { ...(type.slugFrom ? { slug: row.slug } : {}), ...Object.fromEntries(fields) }
}

/** The columns that hold a content. */
export function toColumns(type: ContentType, content: Content): Record<string, unknown> {
  return Object.fromEntries(
    type.columns.map(({ field, column, isJson }) => {
      const value = content[field]
      return [column, isJson && value !== null ? JSON.stringify(value) : value]
    }),
  )
}
