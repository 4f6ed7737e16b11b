import { hash } from 'node:crypto'
import { DatelineError } from '../errors.ts'

/** A strong entity tag (RFC 9110, section 8.8.3) of the answer's bytes; a document's begins with its version. */
export function entityTag(payload: string | Buffer, version?: number): string {
  const digest = hash('sha256', payload, 'base64url').slice(0, 22)
  return version === undefined ? `"${digest}"` : `"${version}-${digest}"`
}

/** Whether `If-None-Match` lists the tag, by the weak comparison. */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag)
}

/**
 * The versions that `If-Match` allows. Only the part before the hyphen counts, so a tag from any form of
 * a document will do, and a bare `"7"`.
 *
 * @returns undefined when every version is allowed
 * @throws DatelineError `invalid_header`
 */
export function expectedVersions(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  return ifMatch.split(',').map((candidate) => {
    const [, version] = /^(?:W\/)?"?(\d{1,9})(?:-[\w-]*)?"?$/.exec(candidate.trim()) ?? []
    if (version !== undefined) return Number(version)
    const detail =
      'must be the ETag of a document, such as "7-k3Jh", or its version in quotation marks, such as "7".'
    throw new DatelineError('invalid_header', `If-Match ${detail}`, {
      items: [{ header: 'if-match', code: 'malformed', detail }],
    })
  })
}

/** `If-None-Match: *` on a write: only if nothing is there yet. */
export function forbidsExisting(ifNoneMatch: string | undefined): boolean {
  return ifNoneMatch?.trim() === '*'
}
