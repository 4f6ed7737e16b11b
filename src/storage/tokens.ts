import { randomBytes } from 'node:crypto'
import type { Trx, WriteTrx } from './transaction.ts'

export interface StoredToken {
  readonly id: string
  readonly name: string
  readonly role: string
}

/** A new secret, such as `dateline_` and 43 characters: 256 random bits in base64url. */
export function newSecret(): string {
  return `dateline_${randomBytes(32).toString('base64url')}`
}

/** Stores a token by its hash; the secret itself is kept by nobody but its owner. */
export async function insertToken(
  trx: WriteTrx,
  token: StoredToken & { readonly hash: string },
): Promise<void> {
  await trx.db
    .insertInto('tokens')
    .values({ ...token, created_at: trx.now })
    .execute()
  trx.changed = true
}

export async function findTokenByHash(trx: Trx, hash: string): Promise<StoredToken | undefined> {
  return trx.db
    .selectFrom('tokens')
    .select(['id', 'name', 'role'])
    .where('hash', '=', hash)
    .executeTakeFirst()
}

export async function countTokens(trx: Trx): Promise<number> {
  const { total } = await trx.db
    .selectFrom('tokens')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}
