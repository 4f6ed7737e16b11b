import { type Attribution, attributionsIn } from './attributions.ts'
import type { Block } from './blocks.ts'
import { withoutIncises } from './incises.ts'
import { type Mention, mentionsIn } from './mentions.ts'
import type { NamedAt } from './people.ts'
import { opensWithMark, type Quotation, type Quotations, quotationsOf } from './quotation-marks.ts'
import { HIDDEN, sentenceStarts } from './sentences.ts'
import { firstFrom } from './source.ts'

/** A paragraph of the body with its quotations. Offsets are its own. */
export interface Marked {
  readonly block: Block
  readonly quotations: readonly Quotation[]
  readonly odd: Quotations['odd']
  /** Takes longer than all the rest. */
  read(): Paragraph
}

/** Everything in a paragraph that may speak or be spoken. */
export interface Paragraph extends Pick<Marked, 'block' | 'quotations'> {
  /** The text with its quotations hidden. */
  readonly hidden: string
  readonly starts: readonly number[]
  readonly mentions: readonly Mention[]
  readonly attributions: readonly Attribution[]
}

export function paragraphsOf(blocks: readonly Block[], named: readonly (readonly NamedAt[])[]): Marked[] {
  return blocks.map((block, index) => {
    const names = named[index] ?? []
    const isContinued = opensWithMark(blocks[index + 1]?.text.slice(0, 2) ?? '')
    const { found, odd } = quotationsOf(block.text, isContinued)
    const quotations = withoutIncises(block.text, withoutNicknames(found, names))
    return { block, quotations, odd, read: () => read(block, quotations, names) }
  })
}

function read(block: Block, quotations: readonly Quotation[], named: readonly NamedAt[]): Paragraph {
  const hidden = hide(block.text, quotations)
  const starts = sentenceStarts(hidden)
  const mentions = mentionsIn(hidden, named)
  return {
    block,
    quotations,
    hidden,
    starts,
    mentions,
    attributions: attributionsIn(hidden, mentions, starts),
  }
}

/** What stands inside somebody's name is no quotation. */
function withoutNicknames(quotations: readonly Quotation[], named: readonly NamedAt[]): readonly Quotation[] {
  const people = named.flatMap(({ range, person, candidates }) =>
    person !== null || candidates.length > 0 ? [range] : [],
  )
  return quotations.filter(({ outer }) => (people[firstFrom(people, outer.from) - 1]?.to ?? 0) < outer.to)
}

function hide(text: string, quotations: readonly Quotation[]): string {
  let at = 0
  const pieces = quotations.flatMap(({ outer: { from, to } }) => {
    const piece = [text.slice(at, from), HIDDEN.repeat(to - from)]
    at = to
    return piece
  })
  return [...pieces, text.slice(at)].join('')
}
