import { isId, newId } from '../documents/ids.ts'
import { parseInstant } from '../documents/instants.ts'
import { DatelineError } from '../errors.ts'
import { hashToken, type Role } from '../http/auth.ts'
import { InvalidInput } from '../http/validation.ts'
import { type Actor, record } from '../storage/audit.ts'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import {
  countTokens,
  endToken,
  findTokenById,
  insertToken,
  newSecret,
  type StoredToken,
  tokenColumns,
} from '../storage/tokens.ts'
import type { Trx, WriteTrx } from '../storage/transaction.ts'
import { type NewToken, newToken } from './token.ts'

/** Whoever works on the machine itself, and not over the network. */
const commandLine: Actor = { by: 'command-line', address: null, requestId: null }

/**
 * Makes a token from the command line.
 *
 * @param given as a person typed it; `expiresAt` is an instant in the future
 * @returns the secret, which nobody can read again
 * @throws DatelineError `invalid_content`
 */
export async function createToken(
  storage: Storage,
  given: { name: string; role: Role; expiresAt?: string | undefined },
): Promise<string> {
  const { data, error } = newToken.safeParse(given, { reportInput: true })
  if (error) throw new InvalidInput('body', error).toDatelineError()
  const { secret } = await storage.write((trx) => issueToken(trx, commandLine, data))
  return secret
}

/** Makes the editor's token of a database that has none yet. @returns the secret, or undefined when there is one */
export async function createFirstToken(storage: Storage): Promise<string | undefined> {
  return storage.write(async (trx) => {
    if ((await countTokens(trx)) > 0) return undefined
    const first = { name: 'first editor', role: 'editor', expiresAt: null } as const
    return (await issueToken(trx, commandLine, first)).secret
  })
}

/** Ends a token from the command line, as `revoke` does. */
export async function revokeToken(storage: Storage, id: string): Promise<Revoked> {
  return storage.write((trx) => revoke(trx, commandLine, id))
}

/** Every token there is, the newest first, at an instant. */
export async function allTokens(storage: Storage): Promise<{ tokens: StoredToken[]; now: Instant }> {
  return storage.read(async ({ db, now }) => ({
    tokens: await db.selectFrom('tokens').select(tokenColumns).orderBy('id', 'desc').execute(),
    now,
  }))
}

export async function hasTokens(storage: Storage): Promise<boolean> {
  return storage.read(async (trx) => (await countTokens(trx)) > 0)
}

/** Makes a token and records who did. @throws DatelineError `invalid_content` for an end that is not in the future */
export async function issueToken(
  trx: WriteTrx,
  actor: Actor,
  { name, role, expiresAt }: NewToken,
): Promise<{ token: StoredToken; secret: string }> {
  const secret = newSecret()
  const token = await insertToken(trx, {
    id: newId('token', trx),
    name,
    role,
    hash: hashToken(secret),
    created_by: actor.by,
    expires_at: expiresAt === null ? null : endAfter(trx.now, expiresAt),
  })
  await record(trx, actor, { action: 'create-token', type: 'token', documentId: token.id, version: null })
  return { token, secret }
}

interface Revoked {
  /** As it is now. */
  readonly token: StoredToken
  /** False when it had been revoked before: it stays as it was. */
  readonly isNew: boolean
}

/** Ends a token from now on, and records who did. @throws DatelineError `invalid_id`, `not_found` */
export async function revoke(trx: WriteTrx, actor: Actor, id: string): Promise<Revoked> {
  const token = await requireToken(trx, id)
  if (token.revoked_at !== null) return { token, isNew: false }
  await endToken(trx, id)
  await record(trx, actor, { action: 'revoke-token', type: 'token', documentId: id, version: null })
  return { token: { ...token, revoked_at: trx.now }, isNew: true }
}

/** @throws DatelineError `invalid_id` for what is no id of a token, `not_found` */
export async function requireToken(trx: Trx, id: string): Promise<StoredToken> {
  if (!isId('token', id))
    throw new DatelineError(
      'invalid_id',
      `"${id}" is not the id of a token. Give one such as token_01h455vb4pex5vsknk084sn02q.`,
    )
  const token = await findTokenById(trx, id)
  if (!token) throw new DatelineError('not_found', `There is no token with the id "${id}".`)
  return token
}

function endAfter(now: Instant, text: string): Instant {
  const end = parseInstant(text)
  if (end !== undefined && end > now) return end
  const detail = 'must be in the future.'
  throw new DatelineError('invalid_content', `/expiresAt: ${detail}`, {
    items: [{ pointer: '/expiresAt', code: 'too_small', detail }],
  })
}
