import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'

/** How an answer is encoded on its way (RFC 9110, section 8.4.1). */
export type Coding = 'br' | 'gzip' | 'identity'

/** What is smaller goes into one packet as it is, in bytes. */
const WORTHWHILE = 1_000

const CODINGS: readonly Coding[] = ['br', 'gzip', 'identity']

/** Clients send few different headers; so many of them are not read again. */
const KNOWN = 200
const known = new Map<string, Coding>()

/** The coding that we prefer among those that the client takes. */
export function codingFor(acceptEncoding: string | undefined): Coding {
  if (acceptEncoding === undefined) return 'identity'
  const coding = known.get(acceptEncoding) ?? negotiate(acceptEncoding)
  if (known.size < KNOWN) known.set(acceptEncoding, coding)
  return coding
}

function negotiate(acceptEncoding: string): Coding {
  const client = new Negotiator({
    headers: { 'accept-encoding': acceptEncoding },
  }) as unknown as WithPreference
  return client.encoding(CODINGS, { preferred: CODINGS }) ?? 'identity'
}

/** The library's types do not know what its documentation has. */
interface WithPreference {
  encoding<Name extends string>(
    available: readonly Name[],
    options: { preferred: readonly Name[] },
  ): Name | undefined
}

/** The same bytes where a coding is not worth its header. */
export async function encode(bytes: Buffer, coding: Coding): Promise<Buffer> {
  if (coding === 'identity' || bytes.length < WORTHWHILE) return bytes
  return coding === 'gzip' ? promisify(gzip)(bytes) : promisify(brotliCompress)(bytes, brotli)
}

/** Text, at a quality that takes about as long as gzip. */
const brotli = {
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 5,
  },
}
