import { insertNumbered } from './insert.ts'
import type { AuditAction } from './schema.ts'
import type { WriteTrx } from './transaction.ts'

/** Who acts, and from where. */
export interface Actor {
  /** The id of the token; `seed`, `command-line` or `ADMIN_TOKEN` where there is none. */
  readonly by: string
  /** The network address and the id of the request, where there was one. */
  readonly address: string | null
  readonly requestId: string | null
}

export interface Deed {
  readonly action: AuditAction
  readonly type: string
  readonly documentId: string
  readonly version: number | null
}

/**
 * Adds a line to the audit, in the transaction of what it tells of. That moves the clock, so the ids of
 * lines are in the order of their instants.
 */
export async function record(trx: WriteTrx, actor: Actor, deed: Deed): Promise<void> {
  trx.changed = true
  await insertNumbered(trx, 'audit', {
    at: trx.now,
    token_id: actor.by,
    address: actor.address,
    request_id: actor.requestId,
    action: deed.action,
    type: deed.type,
    document_id: deed.documentId,
    version: deed.version,
  })
}
