import { formatInstant } from '../documents/instants.ts'
import type { Instant } from '../storage/clock.ts'
import type { StoredToken } from '../storage/tokens.ts'

const headings = ['ID', 'ROLE', 'NAME', 'CREATED', 'LAST USED', 'ENDS']

/** Tokens for a person at a terminal: a line each, in columns. */
export function tokenTable(tokens: readonly StoredToken[], now: Instant): string {
  const rows = tokens.map((token) => [
    token.id,
    token.role,
    printable(token.name),
    minute(token.created_at),
    token.last_used_at === null ? 'never' : minute(token.last_used_at),
    endOf(token, now),
  ])
  const widths = headings.map((_, column) =>
    Math.max(...[headings, ...rows].map((row) => row[column]?.length ?? 0)),
  )
  const lines = [headings, ...rows].map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
  )
  return lines.map((line) => line.trimEnd()).join('\n')
}

function endOf({ revoked_at, expires_at }: StoredToken, now: Instant): string {
  if (revoked_at !== null) return `revoked ${minute(revoked_at)}`
  if (expires_at === null) return 'never'
  return expires_at <= now ? `expired ${minute(expires_at)}` : minute(expires_at)
}

function minute(at: Instant): string {
  return formatInstant(at).replace(/:\d\d\.\d+Z$/, 'Z')
}

/** A name may hold what a terminal would obey. */
function printable(name: string): string {
  return name.replace(/\p{C}/gu, '?')
}
