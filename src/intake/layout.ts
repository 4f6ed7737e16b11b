import type { Block } from './blocks.ts'
import { type Byline, movedByline, readBareByline, readByline, readDeskLine, withDesk } from './byline.ts'
import { type Caption, readCaption } from './caption.ts'
import { furnitureRule } from './furniture.ts'
import { chooseHeadline, firstWords, type Headline } from './headline.ts'
import type { Hints } from './html.ts'
import { type PublicationDate, readDateLine } from './publication-date.ts'
import { type RelatedLine, readRelatedLine } from './related-lines.ts'
import type { Range } from './source.ts'

export interface Furniture extends Range {
  readonly rule: string
}

/** What each paragraph and line of a story is. */
export interface Layout extends Headline {
  readonly byline: Byline | null
  readonly date: (Range & { readonly value: PublicationDate | 'ambiguous' }) | null
  readonly captions: readonly Caption[]
  readonly related: readonly RelatedLine[]
  readonly furniture: readonly Furniture[]
}

export interface LayoutOptions {
  readonly timezone?: string | undefined
  readonly furniture?: readonly string[] | undefined
}

/**
 * Sorts the paragraphs of a text. First goes what can be known by itself: related lines, furniture, dates,
 * bylines and captions. The headline is chosen among what is left.
 */
export function layOut(blocks: readonly Block[], hints: Hints, options: LayoutOptions): Layout {
  const sorter = new Sorter(hints, options)
  for (const block of blocks) sorter.take(block)
  const { headline, standfirst, body, furniture, isMissing } = chooseHeadline(
    sorter.left,
    sorter.metaAt,
    hints,
  )
  const { byline, date, captions, related } = sorter
  const all = [...sorter.furniture, ...furniture].sort((a, b) => a.from - b.from)
  const [first] = blocks
  return {
    headline: headline ?? (first ? firstWords(first) : null),
    standfirst,
    body,
    isMissing,
    byline,
    date,
    captions,
    related,
    furniture: all,
  }
}

/** A headline, a slogan and a standfirst may stand above a name without a “By”. */
const MOST_ABOVE = 4

class Sorter {
  readonly left: Block[] = []
  readonly captions: Caption[] = []
  readonly related: RelatedLine[] = []
  readonly furniture: Furniture[] = []
  byline: Layout['byline'] = null
  date: Layout['date'] = null
  /** How many paragraphs stood above the date or the byline. */
  metaAt: number | null = null
  /** A paragraph has come that no headline or caption is as long as. */
  private hasBegun = false
  private readonly hints: Hints
  private readonly options: LayoutOptions

  constructor(hints: Hints, options: LayoutOptions) {
    this.hints = hints
    this.options = options
  }

  take(block: Block): void {
    const isAround = this.hints.get(block.from) === 'page'
    const rule = isAround ? 'around-the-story' : furnitureRule(block.text, this.options.furniture)
    const related = rule === null ? readRelatedLine(block) : null
    if (rule !== null) this.furniture.push({ from: block.from, to: block.to, rule })
    else if (related) this.related.push(related)
    else if (!this.takeMeta(block) && !this.takeCaption(block)) this.leave(block)
  }

  private leave(block: Block): void {
    this.left.push(block)
    if (block.text.length > 200) this.hasBegun = true
  }

  /** A line of dates and bylines, alone or beside each other. */
  private takeMeta(block: Block): boolean {
    if (block.text.length > 200) return false
    const isTop = !this.hasBegun && this.left.length > 0 && this.left.length <= MOST_ABOVE
    const pieces = piecesOf(block).map((piece) => ({
      piece,
      date: readDateLine(piece.text, this.options.timezone),
      desk: isTop ? readDeskLine(piece.text) : null,
    }))
    const isBeside = pieces.some(({ date, desk }) => date || desk)
    const known = pieces.map((each) => ({ ...each, byline: bylineIn(each.piece, isTop, isBeside) }))
    const isMeta = known.every(
      ({ piece, date, byline, desk }) => date || byline || desk || furnitureRule(piece.text),
    )
    if (!isMeta || !known.some(({ date, byline, desk }) => date || byline || desk)) return false
    for (const { piece, date, byline, desk } of known) {
      if (date) this.takeDate(piece, date)
      else if (byline) this.byline ??= movedByline(byline, piece.from)
      else if (desk) this.takeDesk(piece, desk)
    }
    if (!this.byline) this.takeBareByline()
    this.metaAt ??= this.left.length
    return true
  }

  /** `Jo Lind in Sarn`, between a headline and a date. */
  private takeBareByline(): void {
    const last = this.left.at(-1)
    const byline = last && this.left.length > 1 && !this.hasBegun ? readBareByline(last.text) : null
    if (!last || !byline) return
    this.left.pop()
    this.byline = movedByline(byline, last.from)
  }

  /** `Local Democracy Reporter` below a name, or without one. */
  private takeDesk({ from, to }: Range, desk: Parameters<typeof withDesk>[1]): void {
    if (!this.byline) this.takeBareByline()
    this.byline ??= { from, to, people: [] }
    this.byline = { ...this.byline, people: withDesk(this.byline.people, desk) }
  }

  /** The first date counts, and one of a publication before one of an update. */
  private takeDate({ from, to }: Range, value: PublicationDate | 'ambiguous'): void {
    const known = this.date?.value
    const isBetter =
      known === undefined ||
      (value !== 'ambiguous' &&
        (known === 'ambiguous' || (known.kind === 'updated' && value.kind === 'published')))
    if (isBetter) this.date = { from, to, value }
  }

  private takeCaption(block: Block): boolean {
    const caption =
      readCaption(block, !this.hasBegun) ??
      (this.hints.get(block.from) === 'caption'
        ? { from: block.from, to: block.to, caption: block, credit: null, rule: 'figcaption' }
        : null)
    if (!caption) return false
    this.captions.push(caption)
    return true
  }
}

function piecesOf(block: Block): Block[] {
  let at = 0
  return block.text.split(/( *[|•·] +| [–—] )/).flatMap((text, index) => {
    const from = block.from + at
    at += text.length
    const isPiece = index % 2 === 0 && text.trim() !== ''
    return isPiece ? [{ text, from, to: from + text.length }] : []
  })
}

/** @param isBeside whether a date or a desk stands in the same line */
function bylineIn({ text }: Block, isTop: boolean, isBeside: boolean): Byline | null {
  const bare = isTop ? readBareByline(text) : null
  const [first] = bare?.people ?? []
  const hasDesk = first?.from === 0 && first.role !== null && /^ ?[,|–—-] /.test(text.slice(first.to))
  return readByline(text) ?? (isBeside || hasDesk ? bare : null)
}
