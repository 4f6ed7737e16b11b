import type { Block } from './blocks.ts'
import { readDateline } from './dateline.ts'
import type { Hints } from './html.ts'
import type { Range } from './source.ts'

export interface Headline {
  readonly headline: (Range & { readonly rule: string }) | null
  readonly standfirst: Range | null
  readonly body: readonly Block[]
  /** No line is a headline: the first words of the story stand in for one, and stay in the body. */
  readonly isMissing: boolean
}

/**
 * Chooses the headline among the paragraphs that are nothing else.
 *
 * @param metaAt how many of them stood above the date or the byline
 */
export function chooseHeadline(
  blocks: readonly Block[],
  metaAt: number | null,
  hints: Hints,
): Headline & { readonly furniture: readonly (Range & { readonly rule: string })[] } {
  const marked = blocks.findIndex(({ from }) => hints.get(from) === 'headline')
  const at = marked >= 0 ? marked : linesAbove(blocks, metaAt)
  const block = blocks[at]
  const above = blocks.slice(0, at).map(({ from, to, text }) => ({
    ...{ from, to },
    rule: TAGLINE.test(text) ? 'tagline' : 'above-the-headline',
  }))
  if (!block) return { headline: null, standfirst: null, body: [], isMissing: true, furniture: [] }
  if (isProse(block))
    return { headline: firstWords(block), standfirst: null, body: blocks, isMissing: true, furniture: [] }
  const standfirst = standfirstBelow(blocks, at, metaAt, hints)
  return {
    headline: { from: block.from, to: block.to, rule: marked >= 0 ? 'heading' : 'first-line' },
    standfirst: standfirst && { from: standfirst.from, to: standfirst.to },
    body: blocks.slice(at + (standfirst ? 2 : 1)),
    isMissing: false,
    furniture: above,
  }
}

/** Between the headline and the date or the byline, marked as one, or a line without a full stop above the first sentences. */
function standfirstBelow(
  blocks: readonly Block[],
  at: number,
  metaAt: number | null,
  hints: Hints,
): Block | null {
  const [next, first] = [blocks[at + 1], blocks[at + 2]]
  if (!next || next.text.length > LONGEST_STANDFIRST) return null
  if (metaAt !== null && metaAt > at + 1 && metaAt <= at + 3) return next
  const hint = hints.get(next.from)
  if (hint === 'standfirst' || hint === 'subheading') return next
  if (BYLINE.test(next.text)) return null
  const isLine = next.text.length <= LONGEST_LINE && /^[^,;:]*\s[^.…]*[^.!?…:;,”"’)\]]$/u.test(next.text)
  const isStart = first && /^[^\p{Ll}]/u.test(first.text)
  return isLine && isStart && /[.!?…][”"’»“)]?$/.test(first.text) && !readDateline(next) ? next : null
}

/** What stands in for a headline: the first sentence, or as much of it as a headline may have. */
export function firstWords(block: Block): Range & { rule: string } {
  const skipped = (readDateline(block)?.to ?? block.from) - block.from
  const text = block.text.slice(skipped)
  const sentence =
    /^.{20,200}?[.!?](?=\s|$)/u.exec(text)?.[0] ??
    (/^.{1,200}(?=\s|$)/u.exec(text) ?? /^.{1,200}/u.exec(text))?.[0] ??
    ''
  const from = block.from + skipped
  return { from, to: from + sentence.length, rule: 'first-words' }
}

/** Too long, or begins with the place of a story, or is of several sentences. */
function isProse(block: Block): boolean {
  const { text } = block
  return (
    text.length > LONGEST ||
    readDateline(block) !== null ||
    (text.length > 120 && /[.!?] .*[.!?]$/.test(text))
  )
}

const LONGEST = 220
const LONGEST_STANDFIRST = 600
const LONGEST_LINE = 250
/** Names that the rules for bylines do not know. */
const BYLINE = /^(?:By|Von|Par|Yazan|Words|Text):? \p{Lu}/u
const MOST_ABOVE = 3
/** How sites speak of themselves. A headline may end so too: it decides nothing alone. */
const TAGLINE = /\b(?:since|est\.?|established|founded in) (?:1[6-9]|20)\d\d\.?$/i

/**
 * How many lines at the top are a site's own words: they share no word with the story, or are a tagline that
 * shares few, and the headline does share some. The line above a date or a byline is never one of them.
 */
function linesAbove(blocks: readonly Block[], metaAt: number | null): number {
  const most = Math.min(MOST_ABOVE, blocks.length - 2, (metaAt || Infinity) - 1)
  for (let at = 0; at <= most; at += 1) {
    const line = blocks[at]?.text ?? ''
    if (line.length > LONGEST || (at > 0 && /[.:;,][”"’)]?$/.test(line))) return 0
    const stems = stemsOf(line)
    const story = wordsOf(blocks.slice(at + 1))
    const shared = stems.filter((stem) => story.has(stem)).length
    const isOwn = shared === 0 || (TAGLINE.test(line) && shared < stems.length / 2)
    if (!isOwn && shared >= (metaAt === at + 1 ? 1 : 2)) return at
    if (!isOwn || line.length > 80) return 0
  }
  return 0
}

function wordsOf(blocks: readonly Block[]): ReadonlySet<string> {
  return new Set(blocks.slice(0, 40).flatMap(({ text }) => stemsOf(text.slice(0, 4000))))
}

function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []
  return [...new Set(words.filter((word) => !COMMON.test(word)).map((word) => word.slice(0, 5)))]
}

const COMMON =
  /^(?:since|both|that|this|with|from|have|they|were|been|will|their|about|more|than|your|over|after|into)$/
