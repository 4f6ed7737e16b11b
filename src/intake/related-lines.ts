import type { Block } from './blocks.ts'
import type { Link } from './html.ts'
import { firstFrom, type Range } from './source.ts'
import { folded } from './text.ts'

export type RelatedKind = 'read' | 'opinion' | 'analysis' | 'watch' | 'listen' | 'background'

export interface RelatedLine extends Range {
  readonly kind: RelatedKind
  readonly title: string
  readonly url: string | null
}

/**
 * A line that leads to other stories, such as `READ: Harbour tunnel delayed again`. Inside a sentence it is none.
 * With several links behind the label it leads to each of them.
 */
export function readRelatedLine({ text, from, to }: Block, links: readonly Link[]): RelatedLine[] {
  const match = LABEL.exec(text) ?? beforeLink({ text, from, to }, links)
  if (!match || text.length > LONGEST) return []
  const kind = kindOf(match[1] ?? '')
  const inside = linksIn({ from: from + match[0].length, to }, links)
  if (inside.length > 1)
    return inside.map((link) => ({ kind, ...rangeAndUrl(link), title: titleAt({ text, from }, link) }))
  const [, rest = '', url = null] = ADDRESS.exec(text.slice(match[0].length)) ?? []
  const title = folded(rest)
  return title === '' ? [] : [{ kind, title, url, from, to }]
}

/** A line with nothing but such a label, to be followed by titles: `Related stories:`. */
export function isRelatedLabel(text: string): boolean {
  return text.length <= 60 && LIST_LABEL.test(text)
}

/** The titles below such a label: the lines right under it, or the paragraphs that are built as the first one is. */
export class RelatedList {
  /** How many there are. */
  count = 0
  private last: Range
  private shape: string | null = null
  private readonly links: readonly Link[]
  private readonly mustLink: boolean

  /** @param mustLink whether only links are titles, as beside a story on its page */
  constructor(label: Range, links: readonly Link[], mustLink: boolean) {
    this.last = label
    this.links = links
    this.mustLink = mustLink
  }

  /** @returns null for what is no title: the list has ended before it */
  take(block: Block): RelatedLine | null {
    const [bullet = ''] = BULLET.exec(block.text) ?? []
    const words = { text: block.text.slice(bullet.length), from: block.from + bullet.length, to: block.to }
    const [link] = linksIn(words, this.links)
    const isLink = link !== undefined && (link.to - link.from) * 2 > words.text.length
    const shape = isLink ? 'link' : bullet ? 'bullet' : block.from === this.last.to + 1 ? 'under' : 'apart'
    if (this.mustLink && !isLink) return null
    if ((this.shape !== null && this.shape !== shape) || (!isLink && !isTitle(words.text))) return null
    this.shape = shape
    this.last = block
    const [, rest = '', url = null] = ADDRESS.exec(words.text) ?? []
    const title = isLink ? titleAt(words, link) : folded(rest)
    if (title === '') return null
    this.count += 1
    return { kind: 'read', title, url, from: words.from, to: words.to }
  }
}

const LONGEST = 400
const LABEL =
  /^((?:READ|Read)(?: (?:MORE|ALSO|NEXT|more|also|next))?|ALSO READ|Also read|SEE ALSO|See also|(?:RELATED|Related)(?: (?:\p{Lu}+|stor(?:y|ies)|articles?|content|coverage|news|reading))?|(?:MORE|More) (?:ON|on) (?:THIS|this)(?: (?:STORY|story))?|MORE|You (?:may|might) also like|DON['’]T MISS|OPINION|Opinion|COMMENT|EDITORIAL|ANALYSIS|Analysis|EXPLAINER|BACKGROUND|Background|WATCH|Watch|VIDEO|LISTEN|Listen|PODCAST|LIRE AUSSI|Lire aussi|À LIRE(?: AUSSI)?|À lire(?: aussi)?|LESEN SIE AUCH|Lesen Sie auch|Mehr zum Thema|OKU|AYRICA OKUYUN|İLGİLİ(?: HABER)?) ?(?::|\||–|—) ?(?=\S)/u
const LIST_LABEL =
  /^(?:related|related (?:stor(?:y|ies)|articles?|content|coverage|news|links?|reading)|more on this(?: (?:story|topic))?|read (?:more|also|next)|see also|you (?:may|might) also like|lire aussi|à lire aussi|lesen sie auch|mehr zum thema)\s*:?$/iu
const ADDRESS = /^(.*?)(?:[\s(<]*(https?:\/\/[^\s<>()]+)[)>]?)?\s*$/u
const BULLET = /^(?:[-–*•·▪►▶>→]|\d{1,2}[.)]) +/u

const kinds: readonly (readonly [RegExp, RelatedKind])[] = [
  [/opinion|comment|editorial/, 'opinion'],
  [/analysis/, 'analysis'],
  [/watch|video/, 'watch'],
  [/listen|podcast/, 'listen'],
  [/background|explainer/, 'background'],
]

function kindOf(label: string): RelatedKind {
  return kinds.find(([pattern]) => pattern.test(label.toLowerCase()))?.[1] ?? 'read'
}

/** On a page a label may have nothing but a link behind it: `Read more <a>The lost wheel</a>`. */
function beforeLink({ text, from, to }: Block, links: readonly Link[]): RegExpExecArray | null {
  const [link] = linksIn({ from, to }, links)
  if (!link || link.from === from || link.to < to || !isRelatedLabel(text.slice(0, link.from - from).trim()))
    return null
  return /^(.*)$/su.exec(text.slice(0, link.from - from))
}

function linksIn({ from, to }: Range, links: readonly Link[]): Link[] {
  const found: Link[] = []
  for (let at = firstFrom(links, from); at < links.length; at += 1) {
    const link = links[at]
    if (!link || link.to > to) break
    if (link.to > link.from) found.push(link)
  }
  return found
}

function rangeAndUrl({ from, to, url }: Link): Range & { url: string } {
  return { from, to, url }
}

function titleAt({ text, from }: { text: string; from: number }, link: Range): string {
  return folded(text.slice(link.from - from, link.to - from))
}

/** A few words without the full stop of a sentence. */
function isTitle(text: string): boolean {
  return text.length >= 5 && text.length <= 200 && /\s/.test(text) && !/[.:;,]$/.test(text)
}
