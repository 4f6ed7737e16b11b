/** What is shorter is not worth a copy: Node writes it into memory that it has at hand. */
const LONG = 4_096

/** Room for a text, whatever its characters take: three bytes each at most. Longer ones are rare. */
const ROOM = 1024 * 1024
let room: Buffer | undefined

/**
 * The bytes of a text. Of a long one `Buffer.from` would count them before it writes them, which takes as long
 * again.
 *
 * @param end of the text, in ASCII; to put it there before would copy the text
 */
export function bytesOf(text: string, end = ''): Buffer {
  if (text.length < LONG || 3 * text.length + end.length > ROOM) return Buffer.from(text + end)
  room ??= Buffer.allocUnsafeSlow(ROOM)
  const length = room.write(text)
  return Buffer.from(room.subarray(0, length + room.write(end, length)))
}
