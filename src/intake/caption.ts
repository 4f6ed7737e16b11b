import type { Block } from './blocks.ts'
import type { Range } from './source.ts'

export interface Caption extends Range {
  /** Null for a picture of which only the credit is there. */
  readonly caption: Range | null
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
  const bracket = BRACKET.exec(block.text)
  const inBracket = bracket?.[1] ?? ''
  const [label = ''] = LABELLED.exec(inBracket) ?? []
  const named = bracket ? null : NAMED.exec(block.text)
  const [whole = '', credit = ''] = named ?? [bracket?.[0], inBracket.slice(label.length)]
  const at = named?.index ?? bracket?.index ?? 0
  if (at === 0 || credit === '') return null
  const isLabelled = named !== null || label !== ''
  const isAgency = AGENCY.test(credit) && !EDITORIAL.test(credit)
  const isNames =
    isAbove && whole.startsWith('[') && /^\p{Lu}[^.!?]*$/u.test(credit) && !EDITORIAL.test(credit)
  if (!isLabelled && !isAgency && !isNames) return null
  const start = block.from + at + whole.lastIndexOf(credit)
  return {
    ...{ from: block.from, to: block.to },
    caption: {
      from: block.from + (LABELLED.exec(block.text)?.[0].length ?? 0),
      to: block.from + block.text.slice(0, at).replace(SEPARATOR, '').length,
    },
    credit: { from: start, to: start + credit.length },
    rule: named ? 'named-credit' : 'bracketed-credit',
  }
}

/** A line with nothing but who made the picture: `Photo: Lena Orr`. */
export function readCredit({ text, from }: Block): Range | null {
  if (text.length > LONGEST_CREDIT || text.split(' ').length > MOST_WORDS) return null
  const [, label = '', name = ''] = CREDIT_LINE.exec(text) ?? []
  return name === '' ? null : { from: from + label.length, to: from + label.length + name.length }
}

const LONGEST = 600
const LONGEST_CREDIT = 100
const MOST_WORDS = 9
/** What stands between a caption and its credit. */
const SEPARATOR = /[\s|–—/·•,;-]+$/
const BRACKET = /[[(]([^[\]()]{2,160})[\])]\.?$/u
const LABEL =
  '(?:(?:Photo(?:graph)?s?|Photography|Picture|Image|Foto|Bild)(?: ?[:/] ?| credit: ?)|(?:Photo(?:graph)?s?|Photography|Picture|Image|Foto|Bild) (?:by|courtesy of|von|par|de) (?=\\p{Lu}[^.!?]{1,60}\\.?$)|Credit: ?|Crédits?(?: photo)? ?: ?|Fotoğraf: ?|© ?)'
const NAMED = new RegExp(`(?<![\\p{L}\\p{N}])${LABEL}([^\\s„“”"«»][^„“”"«»]{1,120})$`, 'u')
const CREDIT_LINE = new RegExp(
  `^([[(]?${LABEL})((?:\\p{Lu}[^()[\\]“”"!?]{1,80}?|\\p{Ll}{2,6}))\\.?[\\])]?$`,
  'u',
)
const LABELLED = new RegExp(`^${LABEL}`, 'u')
const AGENCY =
  /\/|\b(?:Agency|Ajansı|AFP|AP|Reuters|Getty|EPA|DHA|AA|PA|Press|Images?|Photos?|Photograph|Picture|Handout|Pool|File|Foto|Courtesy|Wikimedia)\b/u
const EDITORIAL =
  /^(?:sic|this (?:article|story)|editor|note|translated|updated|corrected|\p{Ll}+(?: \p{Ll}+)*$)/iu
