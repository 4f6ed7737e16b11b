import { type Range, trimmed } from './source.ts'

/** What stands between two quotation marks that belong together. Offsets are those of the paragraph. */
export interface Quotation {
  /** With the marks. */
  readonly outer: Range
  /** Without the marks and the blanks inside them. */
  readonly inner: Range
  /** False where the paragraph ends first. */
  readonly isClosed: boolean
  readonly hasNested: boolean
}

export interface Quotations {
  /** Those that stand in no other one. */
  readonly found: readonly Quotation[]
  readonly odd: readonly { readonly code: OddMark; readonly range: Range }[]
}

export type OddMark = 'unpaired_mark' | 'unclosed_quotation' | 'same_marks_nested'

/**
 * Pairs the quotation marks of one paragraph: curly, straight, doubled single, guillemets, German and
 * single ones. What stands inside a pair is nested. A mark without its partner never reaches beyond the
 * paragraph.
 *
 * @param isContinued whether the next paragraph opens with a mark: then one that is left open here goes on
 */
export function quotationsOf(text: string, isContinued: boolean): Quotations {
  const marks = marksOf(text)
  const pairing = new Pairing(text, marks, isContinued)
  marks.forEach((mark, index) => {
    pairing.take(mark, index)
  })
  return pairing.end()
}

/** Whether a paragraph begins with a mark that opens. */
export function opensWithMark(text: string): boolean {
  return /^(?:[“„«»"‘‚]|''|``|'(?=\p{Lu}))/u.test(text)
}

type Kind = 'curly' | 'straight' | 'guillemet' | 'single' | 'apostrophe'

interface Mark extends Range {
  readonly sign: string
  readonly kind: Kind
  readonly mayOpen: boolean
  readonly mayClose: boolean
  /** Comes directly after a word's last letter, as an apostrophe does. */
  readonly isAfterWord: boolean
  readonly isBeforeSmall: boolean
}

interface Open {
  readonly mark: Mark
  readonly children: Quotation[]
}

const MARK = /''|``|‘‘|’’|["“”„«»‘’‚'‹›]/g
const kinds: Readonly<Record<string, Kind>> = {
  ...{ '“': 'curly', '”': 'curly', '„': 'curly', '‘‘': 'curly', '’’': 'curly' },
  ...{ '"': 'straight', "''": 'straight', '``': 'straight', '«': 'guillemet', '»': 'guillemet' },
  ...{ '‘': 'single', '’': 'single', '‚': 'single', '‹': 'single', '›': 'single', "'": 'apostrophe' },
}
/** 'tis, ’90s, rock ’n’ roll: letters are left out, and nothing is opened. */
const ELISION = /^(?:\d0s|\d\d\b|tis\b|twas\b|em\b|n\b|cause\b|til\b|till\b|bout\b|cos\b)/i

function marksOf(text: string): Mark[] {
  const marks: Mark[] = []
  for (const { index: from, 0: sign } of text.matchAll(MARK)) {
    const to = from + sign.length
    const [before, after] = [text[from - 1] ?? ' ', text[to] ?? ' ']
    const isInWord = /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)
    const kind = kinds[sign] ?? 'straight'
    const isSingle = kind === 'single' || kind === 'apostrophe'
    marks.push({
      from,
      to,
      sign,
      kind,
      mayOpen:
        /[\s([{—–\-/“„«"‘'‚¿¡\u2066-\u2069\u200E\u200F]/.test(before) &&
        /\S/.test(after) &&
        !(isSingle && ELISION.test(text.slice(to, to + 6))),
      mayClose: /\S/.test(before) && !isInWord && !/[\p{L}\p{N}]/u.test(after),
      isAfterWord: /\p{L}/u.test(before),
      isBeforeSmall: /^\s\p{Ll}/u.test(text.slice(to, to + 3)),
    })
  }
  return marks
}

class Pairing {
  private readonly text: string
  private readonly isContinued: boolean
  /** For each mark, whether a single one further on closes before another opens. */
  private readonly closesLater: boolean[]
  /** For each mark, whether a straight one further on may close. */
  private readonly straightLater: boolean[]
  private readonly top: Quotation[] = []
  private readonly odd: { code: OddMark; range: Range }[] = []
  private stack: Open[] = []

  constructor(text: string, marks: readonly Mark[], isContinued: boolean) {
    this.text = text
    this.isContinued = isContinued
    this.closesLater = later(marks, (mark) =>
      mark.kind !== 'single' && mark.kind !== 'apostrophe'
        ? null
        : mark.mayOpen
          ? false
          : mark.mayClose || null,
    )
    this.straightLater = later(marks, (mark) => (mark.kind === 'straight' ? !mark.mayOpen : null))
  }

  take(mark: Mark, index: number): void {
    if (mark.kind === 'single' || mark.kind === 'apostrophe') this.takeSingle(mark, index)
    else if (mark.kind === 'straight') this.takeStraight(mark, index)
    else if (mark.kind === 'guillemet') this.takeGuillemet(mark)
    else this.takeCurly(mark)
  }

  end(): Quotations {
    while (this.stack.length > 0) this.leaveOpen(this.isContinued && this.stack.length === 1)
    return { found: this.top, odd: this.odd }
  }

  private takeCurly(mark: Mark): void {
    const open = this.opened('curly')
    const closes = mark.sign === '“' ? open?.sign === '„' || (open && !mark.mayOpen && mark.mayClose) : open
    if (mark.sign !== '„' && mark.sign !== '‘‘' && closes) this.close('curly', mark)
    else if (mark.sign !== '”' && mark.sign !== '’’') this.open(mark)
    else if (mark.mayOpen) this.open(mark)
    else this.remark('unpaired_mark', mark)
  }

  private takeGuillemet(mark: Mark): void {
    const open = this.opened('guillemet')
    if (open && open.sign !== mark.sign) this.close('guillemet', mark)
    else if (mark.sign === '«' || mark.mayOpen) this.open(mark)
    else this.remark('unpaired_mark', mark)
  }

  private takeStraight(mark: Mark, index: number): void {
    const isOpen = this.opened('straight') !== undefined
    const isMeasure = /\d/.test(this.text[mark.from - 1] ?? '') && mark.sign !== '``'
    if (isMeasure && (!isOpen || (mark.isBeforeSmall && this.straightLater[index]))) return
    const standsFree = !mark.mayOpen && !mark.mayClose && /^\s?$/.test(this.text[mark.to] ?? '')
    if (isOpen && (mark.mayClose || standsFree)) this.close('straight', mark)
    else if (mark.mayOpen || standsFree) {
      if (isOpen) this.dropUnclosed('straight')
      this.open(mark)
    } else if (mark.mayClose) this.remark('unpaired_mark', mark)
  }

  private takeSingle(mark: Mark, index: number): void {
    const isLeft = mark.sign === '‘' || mark.sign === '‚' || mark.sign === '‹'
    const open = this.opened(mark.kind)
    const closesGerman = mark.sign === '‘' && open?.sign === '‚'
    if (open && mark.mayClose && (!isLeft || closesGerman)) {
      const mayBeApostrophe =
        mark.isAfterWord && mark.isBeforeSmall && /[sn]/i.test(this.text[mark.from - 1] ?? '')
      if (!(mayBeApostrophe && this.closesLater[index])) this.close(mark.kind, mark)
    } else if (
      isLeft ? mark.mayOpen : mark.sign === "'" && mark.mayOpen && !open && this.isOfPair(mark, index)
    )
      this.open(mark)
  }

  /** One that opens speech need not be closed where the next paragraph goes on with it. */
  private isOfPair({ from }: Mark, index: number): boolean {
    const introduces = from === 0 || /[:,]\s$/.test(this.text.slice(Math.max(0, from - 2), from))
    return this.closesLater[index] === true || (this.isContinued && introduces)
  }

  private opened(kind: Kind): Mark | undefined {
    return this.stack.findLast(({ mark }) => mark.kind === kind)?.mark
  }

  private open(mark: Mark): void {
    if (mark.kind === 'curly' && mark.sign === '“' && this.opened('curly')?.sign === '“')
      this.remark('same_marks_nested', mark)
    if (this.stack.length < DEEPEST) this.stack.push({ mark, children: [] })
  }

  /** Single marks that were opened inside and not closed were apostrophes. */
  private close(kind: Kind, mark: Mark): void {
    while (this.stack.length > 0) {
      const open = this.stack.pop()
      if (!open) return
      if (open.mark.kind !== kind) {
        this.give(open.children)
        continue
      }
      this.give([this.quotation(open, mark.from, mark.to, true)])
      return
    }
  }

  private dropUnclosed(kind: Kind): void {
    while (this.stack.length > 0) {
      const open = this.stack.pop()
      if (!open) return
      this.give(open.children)
      if (open.mark.kind === kind) {
        this.remark('unpaired_mark', open.mark)
        return
      }
    }
  }

  /** What is still open at the end of the paragraph, the innermost first. */
  private leaveOpen(isContinued: boolean): void {
    const open = this.stack.pop()
    if (!open) return
    const isFirst = this.stack.length === 0
    const isApostrophe = open.mark.kind === 'single' || open.mark.kind === 'apostrophe'
    if (!isFirst || (open.children.length > 0 && !isContinued) || (isApostrophe && !isContinued)) {
      this.give(open.children)
      if (!isApostrophe) this.remark('unpaired_mark', open.mark)
      return
    }
    const quotation = this.quotation(open, this.text.length, this.text.length, false)
    this.give([quotation])
    if (!isContinued) this.remark('unclosed_quotation', quotation.outer)
  }

  private give(quotations: readonly Quotation[]): void {
    const parent = this.stack.at(-1)
    const list = parent ? parent.children : this.top
    for (const quotation of quotations) if (quotation.inner.to > quotation.inner.from) list.push(quotation)
  }

  private quotation({ mark, children }: Open, from: number, to: number, isClosed: boolean): Quotation {
    return {
      outer: { from: mark.from, to },
      inner: trimmed(this.text, { from: mark.to, to: from }),
      isClosed,
      hasNested: children.length > 0,
    }
  }

  private remark(code: OddMark, { from, to }: Range): void {
    this.odd.push({ code, range: { from, to } })
  }
}

/** Nobody nests deeper; without a limit, a text of nothing but marks would take its time. */
const DEEPEST = 8

/** For each mark, the first answer that one after it gives. */
function later(marks: readonly Mark[], answer: (mark: Mark) => boolean | null): boolean[] {
  const found: boolean[] = new Array(marks.length).fill(false)
  let next = false
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    found[index] = next
    const mark = marks[index]
    next = (mark && answer(mark)) ?? next
  }
  return found
}
