import type { ReplyRow } from './schema.ts'
import type { WriteTrx } from './transaction.ts'

/** How long the answer to a request with an `Idempotency-Key` is kept, in milliseconds: 24 hours. */
const KEPT = 24 * 60 * 60 * 1000

export type Reply = Omit<ReplyRow, 'created_at'>

/** The answer that was given under this key, if it is not too long ago. */
export async function findReply(
  trx: WriteTrx,
  { token_id, key }: Pick<Reply, 'token_id' | 'key'>,
): Promise<Reply | undefined> {
  return trx.db
    .selectFrom('replies')
    .selectAll()
    .where('token_id', '=', token_id)
    .where('key', '=', key)
    .where('created_at', '>', trx.now - KEPT)
    .executeTakeFirst()
}

/** Keeps an answer in the transaction of its write, and drops those whose time is over. */
export async function keepReply(trx: WriteTrx, reply: Reply): Promise<void> {
  await trx.db
    .deleteFrom('replies')
    .where('created_at', '<=', trx.now - KEPT)
    .execute()
  await trx.db
    .insertInto('replies')
    .values({ ...reply, created_at: trx.now })
    .execute()
}
