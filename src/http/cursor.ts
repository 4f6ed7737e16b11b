import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DatelineError } from '../errors.ts'

export interface Position {
  readonly key: readonly [number, string]
  readonly backwards: boolean
  readonly inclusive: boolean
}

const stored = z.tuple([z.int(), z.string().regex(/^\w{0,100}$/), z.int().min(0).max(3), z.string()])

/** An opaque cursor: where to go on, and a hash of the query that it belongs to. */
export function encodeCursor({ key: [sort, id], backwards, inclusive }: Position, query: string): string {
  return Buffer.from(
    JSON.stringify([sort, id, (backwards ? 1 : 0) + (inclusive ? 2 : 0), fingerprint(query)]),
  ).toString('base64url')
}

/** @throws DatelineError `invalid_cursor` for one that is damaged or belongs to another query */
export function decodeCursor(cursor: string, query: string): Position {
  const result = stored.safeParse(parse(cursor))
  if (!result.success) throw refused('is damaged: take it from page.next or page.prev as it is.')
  const [sort, id, flags, hash] = result.data
  if (hash !== fingerprint(query))
    throw refused('belongs to another query: keep the other parameters, or start without a cursor.')
  return { key: [sort, id], backwards: (flags & 1) !== 0, inclusive: (flags & 2) !== 0 }
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}

function fingerprint(query: string): string {
  return createHash('sha256').update(query).digest('base64url').slice(0, 8)
}

function refused(detail: string): DatelineError {
  return new DatelineError('invalid_cursor', `cursor ${detail}`, {
    items: [{ parameter: 'cursor', code: 'malformed', detail }],
  })
}
