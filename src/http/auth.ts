import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DatelineError } from '../errors.ts'
import type { TextBody } from './text-body.ts'

/** What a role may do beyond reading what is live, which needs no token. */
export const roles = {
  viewer: ['read:drafts'],
  writer: ['read:drafts', 'write'],
  editor: ['read:drafts', 'write', 'publish'],
  admin: ['read:drafts', 'write', 'publish', 'admin'],
} as const

export type Role = keyof typeof roles
export type Scope = (typeof roles)[Role][number]

export interface Caller {
  /** The id of the token, for the record of who did what. */
  readonly id: string
  readonly scopes: ReadonlySet<Scope>
}

/** A token that is known, whether or not it is still in force. */
export interface FoundToken {
  readonly id: string
  readonly role: Role
  /** Why it is refused: it was revoked, or its time is over. Only who holds the secret is told. */
  readonly refusal: string | undefined
}

export type FindToken = (hash: string) => Promise<FoundToken | undefined>

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined for the public. */
    caller: Caller | undefined
  }
  interface FastifyContextConfig {
    /** The scope without which the route is refused. */
    scope?: Scope
    /** What it takes as its body besides JSON. */
    texts?: readonly TextBody[]
    /** The media types that it answers besides JSON. */
    answers?: readonly string[]
  }
}

/** What is stored of a token: its SHA-256 in hexadecimal. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/**
 * Reads `Authorization: Bearer` (RFC 6750) on every request and checks the scope of the route before
 * anything else is looked at. A token that is wrong is refused everywhere, not taken for none.
 */
export function authenticate(
  app: FastifyInstance,
  findToken: FindToken,
  adminToken: string | undefined,
): void {
  const adminHash = adminToken === undefined ? undefined : hashToken(adminToken)
  app.decorateRequest('caller', undefined)
  const admit = (request: FastifyRequest, caller: Caller | undefined) => {
    request.caller = caller
    const { scope } = request.routeOptions.config
    if (scope) requireScope(caller, scope)
  }
  // Without a promise for those who have no token: it would be a turn of the queue for each read of the public.
  app.addHook('onRequest', (request, _, done) => {
    const token = bearerToken(request)
    if (token === undefined) {
      admit(request, undefined)
      return done()
    }
    const identified = identify(hashToken(token), findToken, adminHash)
    identified.then((caller) => admit(request, caller)).then(() => done(), done)
  })
}

/** @throws DatelineError `token_missing` or `scope_missing` */
export function requireScope(caller: Caller | undefined, scope: Scope): asserts caller {
  if (!caller)
    throw new DatelineError(
      'token_missing',
      `This needs a token with the scope ${scope}. Send Authorization: Bearer <token>.`,
    )
  if (!caller.scopes.has(scope))
    throw new DatelineError(
      'scope_missing',
      `The token does not have the scope ${scope}. Use one whose role has it.`,
      {
        extensions: { scope },
      },
    )
}

function bearerToken({ headers: { authorization } }: FastifyRequest): string | undefined {
  if (authorization === undefined) return undefined
  const [, token] = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization) ?? []
  if (token === undefined) throw new DatelineError('token_invalid', 'Authorization must be "Bearer <token>".')
  return token
}

async function identify(hash: string, findToken: FindToken, adminHash: string | undefined): Promise<Caller> {
  if (adminHash !== undefined && timingSafeEqual(Buffer.from(hash), Buffer.from(adminHash)))
    return { id: 'ADMIN_TOKEN', scopes: new Set(roles.admin) }
  const found = await findToken(hash)
  if (!found)
    throw new DatelineError('token_invalid', 'This token is not known here. Check that it was copied whole.')
  if (found.refusal !== undefined) throw new DatelineError('token_invalid', found.refusal)
  return { id: found.id, scopes: new Set(roles[found.role]) }
}
