import { formatInstant } from '../documents/instants.ts'
import type { FoundToken, Role } from '../http/auth.ts'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import { findTokenByHash, type StoredToken } from '../storage/tokens.ts'
import type { LastUses } from './last-used.ts'

/**
 * Finds whose token it is that came with a request, and counts the use. It is read anew every time: a
 * token that is revoked is refused from that moment on, by every process.
 */
export async function lookUp(
  storage: Storage,
  uses: LastUses,
  hash: string,
): Promise<FoundToken | undefined> {
  const { token, now } = await storage.read(async (trx) => ({
    token: await findTokenByHash(trx, hash),
    now: trx.now,
  }))
  if (!token) return undefined
  const refusal = whyRefused(token, now)
  if (refusal === undefined) uses.note(token.id, now)
  return { id: token.id, role: token.role as Role, refusal } // only roles are ever stored
}

/** What its owner is told of a token that is over. */
function whyRefused({ revoked_at, expires_at }: StoredToken, now: Instant): string | undefined {
  const advice = 'Ask an administrator for a new one.'
  if (revoked_at !== null) return `This token was revoked at ${formatInstant(revoked_at)}. ${advice}`
  if (expires_at !== null && expires_at <= now)
    return `This token expired at ${formatInstant(expires_at)}. ${advice}`
  return undefined
}
