import type { Block } from './blocks.ts'
import type { Range } from './source.ts'

/** What stands below a story: marks of its end, notes, contacts and who else worked on it. */

/** A paragraph that ends in such a mark or line gives it up: `… he said. ENDS`. */
export function withoutTails(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => {
    const { index = 0, 0: tail = '' } = TAIL.exec(block.text.slice(-MOST_OF_TAIL)) ?? {}
    const at = Math.max(0, block.text.length - MOST_OF_TAIL) + index
    if (tail === '' || at === 0) return [block]
    const words = block.text.slice(0, at).trimEnd()
    return [
      { text: words, from: block.from, to: block.from + words.length },
      { text: tail, from: block.from + at, to: block.to },
    ]
  })
}

/** Which paragraph is the first that stands behind the end of the story, by which rule; `blocks.length` for none. */
export function endOf(blocks: readonly Block[]): { at: number; rule: string } {
  const isOnce = blocks.filter(({ text }) => HASHES.test(text)).length === 1
  for (const [at, { text }] of blocks.entries()) {
    if (at < FEWEST_BEFORE || text.length > LONGEST_LABEL) continue
    if (NOTES.test(text)) return { at, rule: 'notes-to-editors' }
    if (END.test(text) || (isOnce && HASHES.test(text))) return { at, rule: 'after-the-end' }
  }
  return { at: blocks.length, rule: '' }
}

/** A line that is a mark and nothing else. */
export function isEndMark(text: string): boolean {
  return text.length <= LONGEST_LABEL && (/^_{3,}$/.test(text) || HASHES.test(text) || END.test(text))
}

/** `Media contact:`, with or without what follows it. */
export function isContactLabel(text: string): boolean {
  return text.length <= LONGEST_CONTACT && CONTACT.test(text)
}

/**
 * Whether a paragraph goes on with the contacts: it stands right under them, or has an address or a number.
 *
 * @param isBelow whether they stand below a story, where a short line without an end is of them as well
 */
export function goesOnWithContact({ text, from }: Block, before: Range, isBelow: boolean): boolean {
  if (text.length > LONGEST_CONTACT) return false
  if (REACHED.test(text)) return true
  const isRightUnder = from === before.to + 1
  return (isRightUnder || isBelow) && text.length <= 80 && !/[.!?”"’]$/.test(text)
}

const FEWEST_BEFORE = 2
const LONGEST_LABEL = 60
const LONGEST_CONTACT = 300
const MOST_OF_TAIL = 200
const HASHES = /^#(?: ?#){2,}$/
const END = /^(?:ENDS?|[-–—(*/[<]{1,3} ?(?:ENDS?|Ends) ?[-–—)*/\]>]{0,3})\.?$|^[-–—#(] ?30 ?[-–—#)]$/
const TAIL =
  /(?<=[.!?”"’)] )(?:[-–—(*/]{1,2} ?ENDS?(?: ?[-–—)*/]{1,2})|ENDS|[-–—] ?30 ?[-–—]|\((?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting)(?: and \w+)? by [^()]*\)\.?)$/
const NOTES =
  /^(?:notes? (?:to|for) (?:the )?editors?|editors?['’]? notes?|notes? à l['’]attention des rédact\S+|hinweise? (?:an|für) (?:die )?redaktion(?:en)?)\s*:?$/iu
const CONTACT = new RegExp(
  [
    '^(?:(?:media|press|news|pr|public)(?: (?:and|&) \\w+)? (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|relations|office)|contacts?(?: (?:information|details|person|presse|médias))?|(?:presse)?kontakt|ansprechpartner(?:in)?|rückfragen)\\s*(?::.*|$)',
    '^for (?:(?:further|more|additional|media|press) )?(?:information|details|enquiries|inquiries|interviews)\\b(?:\\s*:.*|[^.:]{0,60},? (?:please )?(?:contact|call|ring|email|e-mail|write to|visit)\\b.*|$)',
  ].join('|'),
  'iu',
)
const REACHED =
  /\S+@\S+\.\p{L}{2,}|(?:\+|\(?\b0)\d[\d ()./-]{6,}|^(?:tel|phone|mobile|mob|cell|e-?mail|web|website|fax|twitter)\b[.:]/iu
