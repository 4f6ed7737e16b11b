import { randomBytes } from 'node:crypto'
import { fromUUIDBytes, parseTypeId } from 'typeid-js'
import { v7 } from 'uuid'
import type { WriteTrx } from '../storage/transaction.ts'

const suffix = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/

/**
 * A new TypeID 0.3 (a prefix and a base-32 UUIDv7, RFC 9562). Its time is the transaction's, so ids
 * sort in the order in which documents were made.
 */
export function newId(prefix: string, trx: Pick<WriteTrx, 'now' | 'created'>): string {
  const bytes = v7({ msecs: trx.now, seq: trx.created, random: random() }, new Uint8Array(LENGTH))
  trx.created += 1
  return fromUUIDBytes(prefix, bytes)
}

/** In bytes: of a UUID, and of what is asked of the system at a time, which takes long each time. */
const LENGTH = 16
const AT_ONCE = 256 * LENGTH

let unused = Buffer.alloc(0)

function random(): Uint8Array {
  if (unused.length === 0) unused = randomBytes(AT_ONCE)
  const bytes = unused.subarray(0, LENGTH)
  unused = unused.subarray(LENGTH)
  return bytes
}

/** True when the text is a well-formed TypeID with that prefix. */
export function isId(prefix: string, text: string): boolean {
  return text.startsWith(`${prefix}_`) && suffix.test(text.slice(prefix.length + 1))
}

/** The prefix of a well-formed TypeID of any type, or undefined. Slugs hold no `_`, so none is taken for an id. */
export function prefixOf(text: string): string | undefined {
  const at = text.lastIndexOf('_')
  if (at < 1 || !suffix.test(text.slice(at + 1))) return undefined
  return parseTypeId(text as Parameters<typeof parseTypeId>[0]).prefix // a brand of the library's, checked above
}

/** The pattern of a type's ids for the OpenAPI document. */
export function idPattern(prefix: string): RegExp {
  return new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`)
}
