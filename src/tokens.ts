import { newId } from './documents/ids.ts'
import { hashToken, type Role } from './http/auth.ts'
import type { Storage } from './storage/open.ts'
import { countTokens, insertToken, newSecret } from './storage/tokens.ts'

/** Makes a token and stores its hash. @returns the secret, which nobody can read again */
export async function createToken(
  storage: Storage,
  { name, role }: { name: string; role: Role },
): Promise<string> {
  const secret = newSecret()
  await storage.write((trx) =>
    insertToken(trx, { id: newId('token', trx), name, role, hash: hashToken(secret) }),
  )
  return secret
}

/** Makes the editor's token of a database that has none yet. @returns the secret, or undefined when there is one */
export async function createFirstToken(storage: Storage): Promise<string | undefined> {
  const secret = newSecret()
  return storage.write(async (trx) => {
    if ((await countTokens(trx)) > 0) return undefined
    await insertToken(trx, {
      id: newId('token', trx),
      name: 'first editor',
      role: 'editor',
      hash: hashToken(secret),
    })
    return secret
  })
}

export async function hasTokens(storage: Storage): Promise<boolean> {
  return storage.read(async (trx) => (await countTokens(trx)) > 0)
}
