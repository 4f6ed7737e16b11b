import { type SqlBool, sql } from 'kysely'
import { type Order, type Page, type PageRequest, readPage } from '../documents/page.ts'
import type { Instant } from '../storage/clock.ts'
import type { AuditAction, AuditRow } from '../storage/schema.ts'
import type { Trx } from '../storage/transaction.ts'

/** What is asked for; all of it at once. */
export interface AuditFilters {
  readonly token?: string | undefined
  readonly document?: string | undefined
  readonly action?: AuditAction | undefined
  readonly 'at.gte'?: Instant | undefined
  readonly 'at.lt'?: Instant | undefined
}

/** A line of the audit, with the name that its token has. */
export type AuditLine = AuditRow & { readonly token_name: string | null }

/**
 * One page of the audit, the newest line first. Ids grow with `at`, so a range of instants is a range of
 * ids, and every filter is served in this order by its own index.
 */
export function listAudit(trx: Trx, filters: AuditFilters, page: PageRequest): Promise<Page<AuditLine>> {
  const { token, document, action, 'at.gte': from, 'at.lt': to } = filters
  const query = trx.db
    .selectFrom('audit')
    .leftJoin('tokens', 'tokens.id', 'audit.token_id')
    .selectAll('audit')
    .select('tokens.name as token_name')
    .$if(token !== undefined, (lines) => lines.where('audit.token_id', '=', String(token)))
    .$if(document !== undefined, (lines) => lines.where('audit.document_id', '=', String(document)))
    .$if(action !== undefined, (lines) => lines.where(sql<SqlBool>`audit.action = ${action}`))
    .$if(from !== undefined, (lines) => lines.where(sql<SqlBool>`audit.id >= ${firstLine(from)}`))
    .$if(to !== undefined, (lines) =>
      lines.where(sql<SqlBool>`audit.id < coalesce(${firstLine(to)}, ${Number.MAX_SAFE_INTEGER})`),
    )
  return readPage(query, newestFirst, page)
}

const newestFirst: Order<AuditLine> = {
  id: 'audit.id',
  toKey: ({ id }) => [id, ''],
  fromKey: ([id]) => id,
}

/** The id of the first line at or after an instant; null where there is none. */
function firstLine(at: Instant | undefined) {
  return sql`(select a.id from audit as a where a.at >= ${at} order by a.at, a.id limit 1)`
}
