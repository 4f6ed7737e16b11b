import type { Attribution } from './attributions.ts'
import type { Mention } from './mentions.ts'
import type { Paragraph } from './paragraphs.ts'
import type { Quotation } from './quotation-marks.ts'
import type { Resolved } from './resolution.ts'
import { sentenceAt } from './sentences.ts'
import { firstFrom } from './source.ts'

/** A quotation with the words around it. */
export interface Place {
  readonly paragraph: Paragraph
  readonly quotation: Quotation
  /** The words between the quotation before and this one, and between this one and the next. */
  readonly before: string
  readonly after: string
  /** The last attribution in the words before, and the first one in the words after. */
  readonly lastBefore: Resolved | null
  readonly firstAfter: Resolved | null
  /** The attributions around it, and all of its paragraph. */
  readonly nearby: readonly Attribution[]
  readonly resolved: readonly Resolved[]
  readonly startsParagraph: boolean
}

export function* placesIn(paragraph: Paragraph, resolved: readonly Resolved[]): Generator<Place> {
  const { quotations, hidden } = paragraph
  const ranges = resolved.map(({ attribution }) => attribution)
  for (const [index, quotation] of quotations.entries()) {
    const from = quotations[index - 1]?.outer.to ?? 0
    const to = quotations[index + 1]?.outer.from ?? hidden.length
    const near = firstFrom(ranges, quotation.outer.to)
    const before = hidden.slice(from, quotation.outer.from)
    yield {
      ...{ paragraph, quotation, before, resolved },
      after: hidden.slice(quotation.outer.to, to),
      lastBefore: within(resolved[near - 1], from, quotation.outer.from),
      firstAfter: within(resolved[near], quotation.outer.to, to),
      nearby: ranges.slice(Math.max(0, near - 4), near + 4),
      startsParagraph: index === 0 && before.trim() === '',
    }
  }
}

export interface Beside {
  readonly resolved: Resolved
  readonly rule: string
  readonly confidence: 'high' | 'medium'
}

/** The attribution that belongs to a quotation by where it stands. */
export function attributionBeside(place: Place): Beside | null {
  const { paragraph, quotation, lastBefore, firstAfter } = place
  const isOpen = !/[.,!?…—–-]$/.test(wordsOf(place))
  const isPartial = isOpen && (!/^\s*,/.test(place.after) || (isSmall(place) && !isNext(place)))
  const before = lastBefore && sameSentence(paragraph, lastBefore.attribution, quotation) ? lastBefore : null
  if (before && isPartial) return { resolved: before, ...ruleBefore(before.attribution) }
  if (firstAfter && follows(place, firstAfter.attribution))
    return { resolved: firstAfter, ...ruleAfter(place, firstAfter.attribution) }
  if (before) return { resolved: before, ...ruleBefore(before.attribution) }
  const isNear = firstAfter && sameSentence(paragraph, firstAfter.attribution, quotation)
  return isNear ? { resolved: firstAfter, rule: 'same-sentence', confidence: 'medium' } : null
}

/** Branded it “a tax”, and …: words in small letters belong to the verb before them. */
function isSmall(place: Place): boolean {
  return /^\p{Ll}/u.test(wordsOf(place))
}

function isNext({ firstAfter, quotation, after }: Place): boolean {
  if (firstAfter === null || firstAfter.attribution.isCarried) return false
  return NEXT_TO.test(after.slice(0, firstAfter.attribution.from - quotation.outer.to))
}

/** Whether the next quotation goes on with this one: “A,” he added, “b.” */
export function interrupts(place: Place): boolean {
  const { after, firstAfter, paragraph, quotation } = place
  if (after.length > 160 || !firstAfter || /[.!?] +\p{Lu}/u.test(after)) return false
  const next = quotation.outer.to + after.length
  if (next >= paragraph.block.text.length || !follows(place, firstAfter.attribution)) return false
  const begins = paragraph.block.text.slice(next, next + 4).replace(/^[^\p{L}\p{N}]+/u, '')
  return (
    /[,–—-] *$/.test(after) ||
    (/^\p{Ll}/u.test(begins) && /\p{L} $/u.test(after) && /,$/.test(wordsOf(place)))
  )
}

/** X, “…” dedi: the subject before the quotation, the verb right after it. */
export function subjectBefore(
  { paragraph, quotation, before }: Place,
  { attribution }: Resolved,
): Mention | null {
  const { mention: own, cue } = attribution
  const words = paragraph.hidden.slice(own.from, Math.min(cue.from, own.from + 8))
  if (own.kind !== 'unknown' || !/^(?:diye )?$/.test(words)) return null
  const { from } = sentenceAt(paragraph.starts, quotation.outer.from)
  const start = Math.max(from, quotation.outer.from - before.length)
  const { mentions } = paragraph
  const within = mentions.slice(firstFrom(mentions, start), firstFrom(mentions, quotation.outer.from))
  return within.find(({ kind }) => kind !== 'other') ?? null
}

/** Without a verb of saying: X was delighted: “…”, and “…” – X. */
export function besideName(place: Place): { mention: Mention; rule: string } | null {
  const { paragraph, quotation, before, after } = place
  const { mentions, starts, hidden } = paragraph
  const next = firstFrom(mentions, quotation.outer.to)
  const last = mentions[next]
  if (last && /^ *[–—-] *$/.test(hidden.slice(quotation.outer.to, last.from)) && after.length < 80)
    return { mention: last, rule: 'quote-dash-name' }
  if (!/: $/.test(before)) return null
  const start = Math.max(sentenceAt(starts, quotation.outer.from).from, quotation.outer.from - before.length)
  const within = mentions.slice(Math.max(0, next - 8), next).filter(({ from }) => from >= start)
  const named = within.filter(({ kind }) => kind === 'person')
  const [only] = named
  return only &&
    named.length === 1 &&
    within.slice(0, within.indexOf(only)).every(({ kind }) => kind === 'other')
    ? { mention: only, rule: 'name-colon-quote' }
    : null
}

/** “X said:” with nothing after it. */
export function announcement({ hidden }: Paragraph, resolved: readonly Resolved[]): Resolved | null {
  const last = resolved.at(-1)
  if (!last || !/:$/.test(hidden)) return null
  return /^[^.!?\uE000]{0,80}:$/.test(hidden.slice(last.attribution.to)) ? last : null
}

function within(resolved: Resolved | undefined, from: number, to: number): Resolved | null {
  if (!resolved) return null
  return resolved.attribution.from >= from && resolved.attribution.to <= to ? resolved : null
}

function wordsOf({ paragraph, quotation }: Place): string {
  return paragraph.block.text.slice(quotation.inner.from, quotation.inner.to)
}

function sameSentence({ starts }: Paragraph, { from }: Attribution, { outer }: Quotation): boolean {
  return sentenceAt(starts, from).from === sentenceAt(starts, outer.from).from
}

const NEXT_TO = /^,? *(?:[–—-] *)?(?:(?:and|but|as|und|et|ve) )?(?:\p{Ll}+ly )?$/u

/** The attribution begins right after the quotation, or in the same sentence a few words later. */
function follows(place: Place, { from, to }: Attribution): boolean {
  const { quotation, after } = place
  const gap = after.slice(0, from - quotation.outer.to)
  const rest = after.slice(to - quotation.outer.to)
  const endsSentence = /\.$/.test(wordsOf(place))
  const announcesNext = /^[^.!?]{0,60}[:,] *$/.test(rest) && endsSentence
  if (announcesNext && quotation.outer.to + after.length < place.paragraph.hidden.length) return false
  if (NEXT_TO.test(gap)) return true
  const goesOn = /[,!?—–-]$/.test(wordsOf(place)) || /^,/.test(after)
  return goesOn && gap.length <= 100 && !/[.!?;:] /.test(gap)
}

function ruleAfter({ quotation, after }: Place, { from, shape }: Attribution): Omit<Beside, 'resolved'> {
  const isNext = NEXT_TO.test(after.slice(0, from - quotation.outer.to))
  const rule = shape === 'cue-name' ? 'quote-cue-name' : `quote-${shape}`
  return { rule, confidence: isNext && shape !== 'loose' ? 'high' : 'medium' }
}

function ruleBefore({ shape }: Attribution): Omit<Beside, 'resolved'> {
  return { rule: shape === 'according-to' ? 'according-to' : `${shape}-quote`, confidence: 'medium' }
}
