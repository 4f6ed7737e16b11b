import { hash } from 'node:crypto'
import { z } from 'zod'
import { DatelineError } from '../errors.ts'

/** Where a page begins: the sort key, a number or a text, and the id of the entry before it. */
export interface Position<Key extends number | string = number> {
  readonly key: readonly [Key, string]
  readonly backwards: boolean
  readonly inclusive: boolean
}

const rest = [z.string().regex(/^\w{0,100}$/), z.int().min(0).max(3), z.string()] as const

/** What a cursor holds, by what its list is in the order of. */
export const numberKey = z.compile(z.tuple([z.int(), ...rest]))
export const textKey = z.compile(
  z.tuple([
    z
      .string()
      .max(1_000)
      .refine((text) => text.isWellFormed() && !text.includes('\0')),
    ...rest,
  ]),
)

/** An opaque cursor: where to go on, and a hash of the query that it belongs to. */
export function encodeCursor(
  { key: [sort, id], backwards, inclusive }: Position<number | string>,
  query: string,
): string {
  return Buffer.from(
    JSON.stringify([sort, id, (backwards ? 1 : 0) + (inclusive ? 2 : 0), fingerprint(query)]),
  ).toString('base64url')
}

/** @throws DatelineError `invalid_cursor` for one that is damaged or belongs to another query */
export function decodeCursor<Key extends number | string>(
  cursor: string,
  query: string,
  key: z.ZodType<[Key, string, number, string]>,
): Position<Key> {
  const result = key.safeParse(parse(cursor))
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

/** The last one that was asked for: a page is read by one cursor, and gives two. */
let last = { query: '', fingerprint: '' }

function fingerprint(query: string): string {
  if (last.query !== query) last = { query, fingerprint: hash('sha256', query, 'base64url').slice(0, 8) }
  return last.fingerprint
}

function refused(detail: string): DatelineError {
  return new DatelineError('invalid_cursor', `cursor ${detail}`, {
    items: [{ parameter: 'cursor', code: 'malformed', detail }],
  })
}
