import type { Block } from './blocks.ts'
import { movedByline, readBareByline, type readDeskLine, withDesk } from './byline.ts'
import { type Caption, readCaption, readCredit } from './caption.ts'
import type { Dateline } from './dateline.ts'
import { furnitureRule } from './furniture.ts'
import { genderOfGivenName } from './given-names.ts'
import type { Furniture, Layout, LayoutOptions, Tags } from './layout.ts'
import { readMetaLine } from './meta-line.ts'
import type { PublicationDate } from './publication-date.ts'
import { isRelatedLabel, type RelatedLine, RelatedList, readRelatedLine } from './related-lines.ts'
import { goesOnWithContact, isContactLabel, isEndMark } from './sign-off.ts'
import { moved, type Range } from './source.ts'

export interface FoundDate {
  readonly value: PublicationDate | 'ambiguous'
  readonly range: Range | null
  readonly rule: string
}

/** A headline, a slogan and a standfirst may stand above a name without a “By”. */
const MOST_ABOVE = 4

/** Knows what each paragraph is by itself, and leaves those of which a headline and a body are made. */
export class Sorter {
  readonly left: Block[] = []
  readonly captions: Caption[] = []
  readonly related: RelatedLine[] = []
  readonly furniture: Furniture[] = []
  byline: Layout['byline'] = null
  place: Layout['place'] = null
  date: FoundDate | null = null
  /** How many paragraphs stood above the date or the byline. */
  metaAt: number | null = null
  /** A paragraph has come that no headline or caption is as long as. */
  private hasBegun = false
  /** The titles under a label such as `Related:`. */
  private list: RelatedList | null = null
  /** How many paragraphs stood above the last caption. */
  private captionAt: number | null = null
  /** The last line of a contact. */
  private contact: Range | null = null
  private readonly tags: Tags
  private readonly options: LayoutOptions
  private readonly end: { readonly at: number; readonly rule: string }

  constructor(tags: Tags, options: LayoutOptions, end: { at: number; rule: string }) {
    this.tags = tags
    this.options = options
    this.end = end
  }

  take(block: Block, index: number): void {
    const isAround = this.tags.hints.get(block.from) === 'page'
    if (this.takeTitle(block) || this.takeLabel(block, isAround)) return
    if (this.takeCredit(block)) return
    const related = isAround ? [] : readRelatedLine(block, this.tags.links)
    const rule = isAround ? 'around-the-story' : this.ruleFor(block, index)
    if (rule !== null && (related.length === 0 || rule === 'own-site')) this.leaveOut(block, rule)
    else if (related.length > 0) this.related.push(...related)
    else if (!this.takeMeta(block) && !this.takeCaption(block)) this.leave(block)
  }

  /** The dateline of the first paragraph. A date on a line of its own says more. */
  takeDateline(dateline: Dateline): void {
    const { place, date, hasMore } = dateline
    this.place ??= place
    if (date && !this.date) this.date = { value: date, range: dateline, rule: 'dateline' }
    if (hasMore) this.leaveOut(dateline, 'dateline')
  }

  private leave(block: Block): void {
    this.left.push(block)
    if (block.text.length > 200) this.hasBegun = true
  }

  private leaveOut({ from, to }: Range, rule: string): void {
    this.furniture.push({ from, to, rule })
  }

  private takeTitle(block: Block): boolean {
    const isOwn = furnitureRule(block.text) !== null || isEndMark(block.text) || isContactLabel(block.text)
    const title = isOwn ? null : (this.list?.take(block) ?? null)
    if (!title) this.list = null
    else {
      if (this.list?.count === 1) this.furniture.pop() // its label, which has something under it
      this.related.push(title)
    }
    return title !== null
  }

  private takeLabel(block: Block, isAround: boolean): boolean {
    if (!isRelatedLabel(block.text)) return false
    this.leaveOut(block, isAround ? 'around-the-story' : 'related-label')
    this.list = new RelatedList(block, this.tags.links, isAround)
    return true
  }

  /** Why a paragraph is no part of the story; null where it may be. */
  private ruleFor(block: Block, index: number): string | null {
    const known = furnitureRule(block.text, this.options.furniture)
    if (known !== null) return known
    const isBelow = this.left.length > 1
    if (isBelow && isEndMark(block.text)) return 'end-mark'
    if (index >= this.end.at) return this.end.rule
    const isContact =
      (this.contact && goesOnWithContact(block, this.contact, isBelow)) ||
      (isContactLabel(block.text) && (isBelow || block.text.includes(':')))
    this.contact = isContact ? block : null
    return isContact ? 'contact' : null
  }

  /** A line of dates and bylines, alone or beside each other. */
  private takeMeta(block: Block): boolean {
    if (block.text.length > 200) return false
    const isTop = !this.hasBegun && this.left.length > 0 && this.left.length <= MOST_ABOVE
    const known = readMetaLine(block, this.tags.times, this.options.timezone, isTop)
    if (!known) return false
    for (const { piece, place, date, byline, desk } of known) {
      if (place) this.place ??= { ...place, ...moved(place, piece.from) }
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

  /** `Anaïs Le Bihan`, below her story. */
  takeSignature(): void {
    const [before, last] = this.left.slice(-2)
    if (this.byline || this.left.length < 3 || !before || !last) return
    if (!/[.!?…][”"’»“)]?$/.test(before.text) || !isSignature(last.text)) return
    const byline = readBareByline(last.text)
    if (byline?.people.length !== 1) return
    this.left.pop()
    this.byline = movedByline(byline, last.from)
  }

  /** `Local Democracy Reporter` below a name, or without one. */
  private takeDesk({ from, to }: Range, desk: NonNullable<ReturnType<typeof readDeskLine>>): void {
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
    if (isBetter) this.date = { value, range: { from, to }, rule: 'date-line' }
  }

  /** `Photo: Lena Orr`, right under a caption, or what a page marks as the credit of a picture. */
  private takeCredit(block: Block): boolean {
    const last = this.captions.at(-1)
    const isOpen = last !== undefined && !last.credit && this.captionAt === this.left.length
    const isMarked = this.tags.hints.get(block.from) === 'credit'
    const credit = readCredit(block) ?? (isMarked ? block : null)
    if (!isOpen || !credit || (!isMarked && /\d{4}|rights/.test(block.text))) return false
    this.captions[this.captions.length - 1] = { ...last, credit: { from: credit.from, to: credit.to } }
    return true
  }

  private takeCaption(block: Block): boolean {
    const isMarked = this.tags.hints.get(block.from) === 'caption'
    const credit = readCredit(block)
    const rule = isMarked ? 'figcaption' : 'named-credit'
    const bare = { from: block.from, to: block.to, caption: credit ? null : block, credit, rule }
    const caption = readCaption(block, !this.hasBegun) ?? (isMarked || credit ? bare : null)
    if (!caption) return false
    this.captions.push(caption)
    this.captionAt = this.left.length
    return true
  }
}

/** A name and nothing else, with a given name that is known. */
function isSignature(line: string): boolean {
  const [first = ''] = line.split(' ')
  return /^[\p{L}'’ -]{4,40}$/u.test(line) && genderOfGivenName(first) !== undefined
}
