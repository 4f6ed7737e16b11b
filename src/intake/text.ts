/**
 * Bytes as text: by their byte order mark, else UTF-8, else Windows-1252, which has a character for every
 * byte. `encoding` says which it was.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  const encoding = encodingOf(bytes)
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

/**
 * The text that every offset counts in: without a byte order mark, line ends as `\n`, well formed and
 * without NUL.
 */
export function normaliseText(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .replaceAll('\0', '\uFFFD')
    .toWellFormed()
}

/** Every kind of blank as an ordinary one, so that a rule need not know them all. No length changes. */
export function withPlainBlanks(text: string): string {
  return text.replace(/[\t\v\f\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
}

/** Whether a reader sees nothing at all: blanks, marks of direction and characters of no width. */
export function isEmptyText(text: string): boolean {
  return !/[^\s\p{Cf}\p{Cc}\u2800\u3164]/u.test(text)
}

/** The words of a text on one line, single blanks between them. */
export function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
