/** How files begin that are no text, in Latin-1, and what people call them. */
const signs: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF document'],
  ['PK\x03\x04', 'a document of a word processor'],
  ['\xd0\xcf\x11\xe0', 'a document of a word processor'],
  ['{\\rtf', 'a document of a word processor (RTF)'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
]

/** What bytes are that somebody sent as a text and that are none; undefined for a text. */
export function fileKindOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 160)).toString('latin1')
  const isForm = /^--\S+\r?\nContent-Disposition: /i.test(start)
  return isForm ? 'a form, as curl -F sends it' : signs.find(([sign]) => start.startsWith(sign))?.[1]
}
