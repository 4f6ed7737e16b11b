import { randomBytes } from 'node:crypto'
import { type SqlBool, sql } from 'kysely'
import type { Instant } from './clock.ts'
import type { TokenRow } from './schema.ts'
import { run } from './statement.ts'
import type { Trx, WriteTrx } from './transaction.ts'

/** A token as it is read: what is stored of its secret goes nowhere. */
export type StoredToken = Omit<TokenRow, 'hash'>

export const tokenColumns = [
  'id',
  'name',
  'role',
  'created_at',
  'created_by',
  'expires_at',
  'revoked_at',
  'last_used_at',
] as const satisfies readonly (keyof StoredToken)[]

/** A new secret, such as `dateline_` and 43 characters: 256 random bits in base64url. */
export function newSecret(): string {
  return `dateline_${randomBytes(32).toString('base64url')}`
}

/** Stores a token by its hash; the secret itself is kept by nobody but its owner. */
export async function insertToken(
  trx: WriteTrx,
  token: Pick<TokenRow, 'id' | 'name' | 'role' | 'hash' | 'created_by' | 'expires_at'>,
): Promise<StoredToken> {
  trx.changed = true
  return trx.db
    .insertInto('tokens')
    .values({ ...token, created_at: trx.now })
    .returning(tokenColumns)
    .executeTakeFirstOrThrow()
}

export async function findTokenByHash(trx: Trx, hash: string): Promise<StoredToken | undefined> {
  const [token] = await run<StoredToken>(
    trx,
    'a token by its hash',
    [hash],
    (hash) =>
      sql`select ${sql.join(tokenColumns.map((column) => sql.ref(column)))} from tokens where hash = ${hash}`,
  )
  return token
}

export async function findTokenById(trx: Trx, id: string): Promise<StoredToken | undefined> {
  return trx.db.selectFrom('tokens').select(tokenColumns).where('id', '=', id).executeTakeFirst()
}

/** Ends a token at the instant of the transaction. */
export async function endToken(trx: WriteTrx, id: string): Promise<void> {
  await trx.db.updateTable('tokens').set({ revoked_at: trx.now }).where('id', '=', id).execute()
  trx.changed = true
}

/**
 * Keeps when tokens were last used. It is no change that anybody waits for: `trx.changed` stays as it is,
 * so the clock does not move and answers that are kept stay good.
 */
export async function markUsed(trx: WriteTrx, ids: readonly string[], at: Instant): Promise<void> {
  await trx.db
    .updateTable('tokens')
    .set({ last_used_at: at })
    .where(sql<SqlBool>`id in ${trx.dialect.among(ids)}`)
    .where(({ eb, or }) => or([eb('last_used_at', 'is', null), eb('last_used_at', '<', at)]))
    .execute()
}

export async function countTokens(trx: Trx): Promise<number> {
  const { total } = await trx.db
    .selectFrom('tokens')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}
