import { type Range, Rewriting, type Source } from './source.ts'

/**
 * UTF-8 that was once read as Windows-1252 (`â€œ`, `JosÃ©`) is read again as what it was. A place is
 * repaired only where its characters give the bytes of one UTF-8 character and nothing is lost. What could
 * as well be meant (a German capital before a quotation mark) is repaired only in a text that has no other
 * foreign characters at all.
 */
export function repairMojibake(source: Source): { source: Source; repaired: readonly Range[] } {
  const { text } = source
  if (!SURE.test(text)) return { source, repaired: [] }
  const isWhole = !FOREIGN.test(text.replace(SEQUENCE, ''))
  const rewriting = new Rewriting(source)
  const repaired: Range[] = []
  let last = 0
  for (const match of text.matchAll(SEQUENCE)) {
    const meant = isWhole || SURE.test(match[0]) ? decoded(match[0]) : undefined
    if (meant === undefined) continue
    const to = match.index + match[0].length
    rewriting.keep(last, match.index)
    repaired.push({ from: rewriting.length, to: rewriting.length + meant.length })
    rewriting.replace(meant, match.index, to)
    last = to
  }
  rewriting.keep(last, text.length)
  return { source: rewriting.done(), repaired }
}

/** What Windows-1252 has at 0x80 to 0x9F; its five gaps stay control characters. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'
const NEXT = `[\\u0080-\\u00BF${HIGH}]`
const SEQUENCE = new RegExp(`[Â-ß]${NEXT}|[à-ï]${NEXT}{2}|[ð-ô]${NEXT}{3}`, 'g')
const SURE = new RegExp(`â€${NEXT}|[ÂÃ][\\u00A0-\\u00BF]|ðŸ${NEXT}{2}`)
const FOREIGN = /\P{ASCII}/u

const bytesOf = new Map([...HIGH].map((character, index) => [character, 0x80 + index]))
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(sequence: string): string | undefined {
  const bytes = [...sequence].map((character) => bytesOf.get(character) ?? character.charCodeAt(0))
  try {
    return utf8.decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}
