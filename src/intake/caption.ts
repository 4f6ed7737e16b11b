import type { Block } from './blocks.ts'
import type { Range } from './source.ts'

export interface Caption extends Range {
  readonly caption: Range
  readonly credit: Range | null
  readonly rule: string
}

/**
 * The line under a picture, known by the credit at its end.
 *
 * @param isAbove whether the line stands above the body, where a bracket with names in it is enough; inside
 *   the body it must speak of an agency or a picture, because a paragraph may end in an editor's bracket
 */
export function readCaption(block: Block, isAbove: boolean): Caption | null {
  if (block.text.length > LONGEST) return null
  const match = BRACKET.exec(block.text) ?? NAMED.exec(block.text)
  const [whole = '', credit = ''] = match ?? []
  if (!match || match.index === 0 || EDITORIAL.test(credit)) return null
  const isNamed = match[0].startsWith('[') === false && !match[0].startsWith('(')
  const says = isNamed || AGENCY.test(credit)
  const isNames = isAbove && whole.startsWith('[') && /^\p{Lu}[^.!?]*$/u.test(credit)
  if (!says && !isNames) return null
  return rangesOf(block, match.index, whole, credit, isNamed ? 'named-credit' : 'bracketed-credit')
}

const LONGEST = 600
const BRACKET = /[[(]([^[\]()]{2,160})[\])]\.?$/u
const NAMED =
  /(?:Photo(?:graph)?(?:s)?(?: by)?|Picture|Image|Credit|Foto|Crédit|Fotoğraf): ?(\S.{1,120})$|© ?(\S.{1,120})$/u
const AGENCY =
  /\/|\b(?:Agency|Ajansı|AFP|AP|Reuters|Getty|EPA|DHA|AA|PA|Press|Images?|Photos?|Photograph|Picture|Handout|Pool|File|Foto|Courtesy|Wikimedia)\b/u
const EDITORIAL =
  /^(?:sic|this (?:article|story)|editor|note|translated|updated|corrected|\p{Ll}+(?: \p{Ll}+)*$)/iu

function rangesOf(block: Block, index: number, whole: string, credit: string, rule: string): Caption {
  const start = block.from + index + Math.max(0, whole.lastIndexOf(credit || whole))
  const words = block.text.slice(0, index).trimEnd()
  return {
    from: block.from,
    to: block.to,
    caption: { from: block.from, to: block.from + words.length },
    credit: credit === '' ? null : { from: start, to: start + credit.length },
    rule,
  }
}
