import { z } from 'zod'
import { line } from '../documents/fields.ts'
import { idPattern } from '../documents/ids.ts'
import { formatInstant, parseInstant } from '../documents/instants.ts'
import { instant } from '../documents/schemas.ts'
import { type Role, roles } from '../http/auth.ts'
import type { Instant } from '../storage/clock.ts'
import type { StoredToken } from '../storage/tokens.ts'

/** The names of the roles, from the least to the most. */
export const roleNames = Object.keys(roles) as Role[] // its keys are the roles

const role = z.enum(roleNames).meta({
  description:
    '`viewer` reads drafts, `writer` also saves them, `editor` also publishes, `admin` also manages tokens.',
})

/** What a request says of a new token. */
export const newToken = z
  .strictObject({
    name: line(200).meta({ description: 'Whose it is, or what for.', examples: ['The foreign desk'] }),
    role,
    expiresAt: z
      .string()
      .max(64)
      .refine(
        (text) => parseInstant(text) !== undefined,
        'must be an instant with its zone, such as 2099-12-31T00:00:00Z, or a date such as 2099-12-31',
      )
      .nullable()
      .default(null)
      .meta({
        description:
          'The end of it: an instant in the future (RFC 3339, or a date: 00:00Z). Null: it has none.',
        examples: ['2099-12-31T00:00:00Z'],
      }),
  })
  .meta({ id: 'NewToken' })

export type NewToken = z.output<typeof newToken>

/** A token as answers show it. Its secret is no part of it. */
export const tokenSchema = z
  .object({
    id: z.string().regex(idPattern('token')),
    name: z.string(),
    role,
    scopes: z.array(z.enum(roles.admin)).meta({ description: 'What the role may do.' }),
    createdAt: instant,
    createdBy: z.string().meta({
      description: 'The id of the token that made it; `command-line` or `ADMIN_TOKEN` where there is none.',
    }),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
    lastUsedAt: instant.nullable().meta({
      description: 'To the minute, rounded down. A use at another server shows within a minute.',
    }),
  })
  .meta({ id: 'Token', description: 'What a program or a person writes with.' })

/** The answer to a creation, the only one that has the secret. */
export const tokenWithSecret = tokenSchema
  .extend({
    secret: z.string().meta({
      description:
        'Send it as `Authorization: Bearer <secret>`. It is shown this once and cannot be read again.',
      examples: ['dateline_JyD3mwSbPvOSEpd2rlH8PXS6Iv0DWlpbQ8tW0CkRfRE'],
    }),
  })
  .meta({ id: 'TokenWithSecret' })

export type Token = z.output<typeof tokenSchema>

export function toToken(stored: StoredToken): Token {
  const role = stored.role as Role // only roles are ever stored
  return {
    id: stored.id,
    name: stored.name,
    role,
    scopes: [...roles[role]],
    createdAt: formatInstant(stored.created_at),
    createdBy: stored.created_by,
    expiresAt: formatOrNull(stored.expires_at),
    revokedAt: formatOrNull(stored.revoked_at),
    lastUsedAt: formatOrNull(stored.last_used_at),
  }
}

function formatOrNull(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
