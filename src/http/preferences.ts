import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { DatelineError } from '../errors.ts'

/** Headers with which a writer says how a write is to be done and answered. */

/** `Prefer: return=minimal` (RFC 7240): the headers are enough. Other preferences are not ours to honour. */
export function prefersMinimal(request: FastifyRequest): boolean {
  return prefers(request, /^\s*return\s*=\s*"?minimal"?\s*(;|$)/i)
}

/** `Prefer: handling=strict` (RFC 7240): rather a refusal than a notice of a loss. */
export function prefersStrict(request: FastifyRequest): boolean {
  return prefers(request, /^\s*handling\s*=\s*"?strict"?\s*(;|$)/i)
}

function prefers({ headers }: FastifyRequest, pattern: RegExp): boolean {
  return String(headers.prefer ?? '')
    .split(',')
    .some((preference) => pattern.test(preference))
}

/**
 * @returns the `Idempotency-Key`, without quotation marks around it
 * @throws DatelineError `invalid_header`
 */
export function idempotencyKey({ headers }: FastifyRequest): string | undefined {
  const given = headers['idempotency-key']
  if (given === undefined) return undefined
  const key = String(given).replace(/^"(.*)"$/, '$1')
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw refused('idempotency-key', 'must have 1 to 255 visible ASCII characters, such as a UUID.')
}

/** SHA-256 of what a request asks for: its method, address and body as it was understood. */
export function requestHash({ method, url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex')
}

/**
 * What an editor says about a change: the header `Dateline-Note`, or the parameter `note`.
 *
 * @throws DatelineError `invalid_header` when it is too long, or given in both places
 */
export function noteOf({ headers }: FastifyRequest, parameter: string | undefined): string | null {
  const given = headers['dateline-note']
  if (given === undefined) return parameter ?? null
  if (parameter !== undefined)
    throw refused('dateline-note', 'and the parameter note are both given. Send one.')
  const note = inUtf8(String(given)).trim().normalize('NFC')
  if ([...note].length > LONGEST_NOTE)
    throw refused('dateline-note', `must have at most ${LONGEST_NOTE} characters.`)
  return note === '' ? null : note
}

export const LONGEST_NOTE = 1_000

/** Node reads headers as Latin-1; a terminal sends UTF-8. */
function inUtf8(header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'))
  } catch {
    return header
  }
}

function refused(header: string, detail: string): DatelineError {
  return new DatelineError('invalid_header', `${header} ${detail}`, {
    items: [{ header, code: 'malformed', detail }],
  })
}
