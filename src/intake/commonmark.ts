import type { Link } from './html.ts'
import type { Range } from './source.ts'
import { folded } from './text.ts'

/**
 * Paragraphs as CommonMark that reads exactly as they do: what would be markup is escaped, and nothing
 * else, so that the words of a quote stay next to each other wherever they can. Links keep their addresses.
 */
export function toCommonMark(text: string, paragraphs: readonly Range[], links: readonly Link[]): string {
  let next = 0
  const written = paragraphs.map(({ from, to }) => {
    while ((links[next]?.from ?? Infinity) < from) next += 1
    const pieces: string[] = []
    let at = from
    for (; (links[next]?.from ?? Infinity) < to; next += 1) {
      const link = links[next]
      if (!link || link.to > to || link.from < at) continue
      const words = escapeInline(folded(text.slice(link.from, link.to)))
      pieces.push(escapeInline(blanksFolded(text.slice(at, link.from))))
      pieces.push(words === '' ? '' : `[${words.replace(/(?<!\\)[[\]]/g, '\\$&')}](<${link.url}>)`)
      at = link.to
    }
    pieces.push(escapeInline(blanksFolded(text.slice(at, to))))
    return escapeStart(pieces.join('').trim())
  })
  return written.filter((paragraph) => paragraph !== '').join('\n\n')
}

function blanksFolded(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** A bracket by itself is none of these: the start of a paragraph cannot define a link (`escapeStart`). */
function escapeInline(text: string): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~]|$)|`|<(?=[a-z/!?])|&(?=#?\w+;)|\](?=\()/gi, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
}

/** A `*` before a word and one after a word: f***ing by itself is none, and stays as it is. */
const EMPHASIS = /\*[^\s*][^*]*\*/

function escapeStart(paragraph: string): string {
  return (EMPHASIS.test(paragraph) ? paragraph.replaceAll('*', '\\*') : paragraph)
    .replace(
      /^(?:#{1,6}(?= |$)|[-+*](?= |$)|\*(?=[* ]*$)|>|~{3}|\[(?=[^\]]*\]:)|-(?=[- ]*$)|=(?==*$))/,
      '\\$&',
    )
    .replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2')
}
