import MarkdownIt from 'markdown-it'
import { addressIn, attribute } from './html-attributes.ts'
import { PageHead } from './page-head.ts'
import type { Picture } from './pictures.ts'
import { type Range, Rewriting, type Source } from './source.ts'

export interface Link extends Range {
  readonly url: string
}

/** Pasted HTML as text: blocks are paragraphs, and what its tags said of them is kept beside it. */
export interface Unmarked {
  readonly source: Source
  readonly links: readonly Link[]
  readonly hints: Hints
  /** `<time>`: the words of it, and its value for machines. */
  readonly times: readonly Time[]
  readonly pictures: readonly Picture[]
  /** When its head says that it was published. */
  readonly published: string | null
}

export interface Time extends Range {
  readonly value: string
}

/** Where a heading, a standfirst, a caption or a part of the page around the story begins. */
export type Hints = ReadonlyMap<number, Hint>

export type Hint = 'headline' | 'subheading' | 'standfirst' | 'caption' | 'credit' | 'page'

/** Whether a text is HTML: it begins with a tag, or has the end of an element that pages are made of. */
export function isHtml(text: string): boolean {
  return FIRST_TAG.test(text) || ANY_END.test(text)
}

/** Takes the tags out of HTML. Script, style and what no reader sees go; entities are decoded. */
export function unmark(source: Source): Unmarked {
  const { text } = source
  const writer = new Writer(source)
  const unclosed = new Set<string>()
  const lastEnds = new Map<string, number>()
  let at = 0
  while (at < text.length) {
    TAG.lastIndex = at
    const tag = text[at] === '<' ? TAG.exec(text) : null
    if (tag) {
      const name = (tag[2] ?? '').toLowerCase()
      const end = at + tag[0].length
      const hidden = tag[1] === '' && HIDDEN.test(name) && !unclosed.has(name)
      const after = hidden ? endOfElement(text, name, end) : end
      if (name === 'script' && after !== undefined && /ld\+json/i.test(tag[3] ?? ''))
        writer.head.linkedData(text.slice(end, after))
      if (after === undefined) unclosed.add(name) // told once: looking again for it would be quadratic
      const isCut =
        tag[1] === '' && AROUND.test(name) && end > (lastEnds.get(name) ?? lastEnd(text, name, lastEnds))
      if (!hidden && !isCut) writer.tag(name, tag[1] === '/', tag[3] ?? '')
      at = after ?? end
    } else if (text.startsWith('<!--', at) && !unclosed.has('--')) {
      const end = text.indexOf('-->', at + 4)
      if (end < 0) unclosed.add('--')
      at = end < 0 ? at : end + 3
    } else {
      RUN.lastIndex = at
      const end = at + Math.max(1, RUN.exec(text)?.[0].length ?? 0)
      writer.words(at, end)
      at = end
    }
  }
  return writer.done()
}

const FIRST_TAG =
  /^\s*<(?:!doctype|html|head|body|main|article|section|header|div|p|h[1-6]|meta|figure|ul|ol|blockquote)\b[^<>]*>/i
const ANY_END = /<\/(?:p|div|h[1-6]|article|section|li|blockquote|figure|figcaption)\s*>|<br\s*\/?>/i
/** A `>` in quotation marks ends no tag; a `<` does, or one odd mark would take the whole text. */
const TAG = /<([/!?]?)([a-z][a-z0-9-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*|[^<>]*)>/iy
const RUN = /[^<]+/y
const HIDDEN = /^(?:script|style|template|noscript|svg|iframe|select|textarea|button|title|object)$/
const AROUND = /^(?:nav|aside|footer|form)$/
const BLOCK =
  /^(?:address|article|aside|blockquote|body|dd|div|dl|dt|fig\w+|footer|form|h[1-6]|head|header|hr|html|li|main|nav|ol|p|pre|section|table|t[dhr]|tbody|thead|ul)$/
const PIECE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});|\s+|[^&\s]+|&/gi

const { unescapeAll } = new MarkdownIt().utils

class Writer {
  private readonly source: Source
  private readonly rewriting: Rewriting
  private readonly links: Link[] = []
  private readonly hints = new Map<number, Hint>()
  private readonly times: Time[] = []
  private readonly pictures: Picture[] = []
  readonly head = new PageHead()
  private link: { from: number; url: string } | null = null
  private time: { from: number; value: string } | null = null
  private isInFigure = false
  private hint: Hint | null = null
  /** How many parts of the page around the story are open. */
  private around = 0
  private gap = ''

  constructor(source: Source) {
    this.source = source
    this.rewriting = new Rewriting(source)
  }

  tag(name: string, isEnd: boolean, attributes: string): void {
    if (name === 'a') this.anchor(isEnd, attributes)
    else if (name === 'time') this.moment(isEnd, attributes)
    else if (name === 'img') this.image(attributes)
    else if (name === 'meta') this.head.meta(attributes)
    else if (name === 'br') this.gap = this.gap.includes('\n') ? this.gap : '\n'
    else if (name === 'q') this.write(isEnd ? '”' : '“', 0, 0)
    else if (this.isInFigure && !isEnd && CREDIT.test(attribute(attributes, 'class') ?? '')) {
      this.gap = '\n\n'
      this.hint = 'credit'
    } else if (BLOCK.test(name)) {
      this.gap = '\n\n'
      if (name === 'figure') this.isInFigure = !isEnd
      if (AROUND.test(name)) this.around = Math.max(0, this.around + (isEnd ? -1 : 1))
      this.hint = this.around > 0 ? 'page' : isEnd ? null : hintOf(name, attributes, this.hint)
    }
  }

  words(from: number, to: number): void {
    for (const match of this.source.text.slice(from, to).matchAll(PIECE)) {
      const at = from + match.index
      const end = at + match[0].length
      if (/^\s/.test(match[0])) this.gap ||= ' '
      else if (match[0].length > 1 && match[0].startsWith('&')) this.entity(match[0], at, end)
      else this.write(null, at, end)
    }
  }

  done(): Unmarked {
    this.anchor(true, '')
    this.moment(true, '')
    const { links, hints, times, pictures, head } = this
    if (head.picture !== null) pictures.push({ url: head.picture, at: 0, isInFigure: false, isOfHead: true })
    return { source: this.rewriting.done(), links, hints, times, pictures, published: head.published }
  }

  private entity(entity: string, from: number, to: number): void {
    const decoded = unescapeAll(entity)
    if (/^\s$/.test(decoded)) this.gap ||= ' '
    else this.write(decoded, from, to)
  }

  /** @param words null for those of the source themselves */
  private write(words: string | null, from: number, to: number): void {
    if (this.rewriting.length > 0) this.rewriting.replace(this.gap, from, from)
    this.gap = ''
    if (this.hint) this.hints.set(this.rewriting.length, this.hint)
    this.hint = null
    if (this.link?.from === -1) this.link.from = this.rewriting.length
    if (this.time?.from === -1) this.time.from = this.rewriting.length
    if (words === null) this.rewriting.keep(from, to)
    else this.rewriting.replace(words, from, to)
  }

  private anchor(isEnd: boolean, attributes: string): void {
    if (this.link && this.link.from >= 0)
      this.links.push({ from: this.link.from, to: this.rewriting.length, url: this.link.url })
    const url = isEnd ? undefined : addressIn(attributes, 'href')
    this.link = url === undefined ? null : { from: -1, url }
  }

  private moment(isEnd: boolean, attributes: string): void {
    if (this.time && this.time.from >= 0)
      this.times.push({ from: this.time.from, to: this.rewriting.length, value: this.time.value })
    const value = isEnd ? undefined : attribute(attributes, 'datetime')
    this.time = value === undefined ? null : { from: -1, value }
  }

  /** One of a few pixels is no picture. Those that are fetched late have their address in `data-src`. */
  private image(attributes: string): void {
    const url = addressIn(attributes, 'src') ?? addressIn(attributes, 'data-src')
    const isTiny = ['width', 'height'].some((side) =>
      /^\d{1,2}(?:px)?$/.test(attribute(attributes, side) ?? ''),
    )
    if (url === undefined || isTiny || this.around > 0) return
    this.pictures.push({ url, at: this.rewriting.length, isInFigure: this.isInFigure, isOfHead: false })
  }
}

/** Where a kind of element ends last: one that is opened after it was cut off, and says nothing of what follows. */
function lastEnd(text: string, name: string, known: Map<string, number>): number {
  const at = Math.max(text.lastIndexOf(`</${name}`), text.lastIndexOf(`</${name.toUpperCase()}`))
  known.set(name, at)
  return at
}

function hintOf(name: string, attributes: string, before: Hint | null): Hint | null {
  if (name === 'h1') return 'headline'
  if (name === 'h2') return 'subheading'
  if (name === 'figcaption') return 'caption'
  return STANDFIRST.test(attribute(attributes, 'class') ?? '') ? 'standfirst' : before
}

/** What sites call them. */
const CREDIT = /credit|copyright|photographer/i
const STANDFIRST = /standfirst|subtitle|sub-?head(?:line|ing)?\b|(?:^|[\s_-])(?:dek|deck)(?:$|[\s_-])/i

function endOfElement(text: string, name: string, from: number): number | undefined {
  const end = new RegExp(`</${name}\\b[^<>]*>`, 'gi')
  end.lastIndex = from
  return end.exec(text) ? end.lastIndex : undefined
}
