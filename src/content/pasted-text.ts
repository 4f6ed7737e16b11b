import { DatelineError } from '../errors.ts'
import { fileKindOf } from '../intake/file-kind.ts'
import { decodeText } from '../intake/text.ts'

/**
 * The text of a story that was sent or stands in a file.
 *
 * @throws DatelineError `unsupported_media_type` for a document of another kind: its bytes would become a story
 */
export function pastedText(bytes: Uint8Array): { text: string; encoding: string } {
  const kind = fileKindOf(bytes)
  if (kind === undefined) return decodeText(bytes)
  throw new DatelineError(
    'unsupported_media_type',
    `This is ${kind}, and not text. Save the story as plain text and send that, with curl by --data-binary @story.txt.`,
  )
}
