import type { Marked, Paragraph } from './paragraphs.ts'
import type { Person } from './people.ts'
import {
  announcement,
  attributionBeside,
  besideName,
  interrupts,
  type Place,
  placesIn,
  subjectBefore,
} from './places.ts'
import { isTrait, type Resolved, Resolver } from './resolution.ts'
import { moved, type Range } from './source.ts'
import { type Medium, natureOf } from './speech.ts'

export type Confidence = 'high' | 'medium' | 'low'

/** Somebody's words, with how sure it is whose. Ranges are those of the whole text, speakers indexes of people. */
export interface Speech {
  /** A part for each stretch that the article does not interrupt. */
  readonly parts: Range[]
  /** For each part but the first, whether a new paragraph begins with it. */
  readonly breaks: boolean[]
  /** Quotes of one turn of speaking have the same number. */
  readonly turn: number
  readonly isPartial: boolean
  hasNested: boolean
  readonly medium: Medium | null
  verdict: Verdict
}

export interface Verdict {
  readonly speaker: number | null
  readonly confidence: Confidence
  readonly rule: string
  readonly suggestion: { readonly person: number; readonly rule: string } | null
  readonly candidates: readonly number[]
  /** The words that name the speaker. */
  readonly mention: Range | null
}

/** Words in quotation marks that are nobody's speech: a title, a sign, a word kept at a distance. */
export interface QuotedWords extends Range {
  readonly rule: string
  readonly medium: Medium | null
}

/**
 * @param hint whom the headline names as the speaker
 * @param most the paragraphs behind so many speeches are not read
 */
export function speechesIn(
  paragraphs: readonly Marked[],
  people: readonly Person[],
  hint: number | null,
  most: number,
): { speeches: Speech[]; others: QuotedWords[] } {
  const reader = new Reader(people, hint)
  for (const paragraph of paragraphs) if (reader.speeches.length <= most) reader.read(paragraph.read())
  return { speeches: reader.speeches, others: reader.others }
}

class Reader {
  readonly speeches: Speech[] = []
  readonly others: QuotedWords[] = []
  private readonly resolver: Resolver
  private readonly people: readonly Person[]
  private readonly hint: number | null
  private turn = 0
  /** A quotation that the paragraph before left open. */
  private open: Speech | null = null
  /** “X said:” at the end of the paragraph before. */
  private announced: Verdict | null = null
  /** Who it may be in this paragraph, where nothing says it. */
  private suggestion: Verdict['suggestion'] = null

  constructor(people: readonly Person[], hint: number | null) {
    this.people = people
    this.resolver = new Resolver(people)
    this.hint = hint
  }

  read(paragraph: Paragraph): void {
    const last = this.resolver.speaker
    const resolved = this.resolver.resolve(paragraph)
    this.suggestion = this.suggestionIn(paragraph, last)
    let previous: Speech | null = null
    let joins = false
    for (const place of placesIn(paragraph, resolved)) {
      const speech: Speech | null = this.take(place, previous, joins)
      joins = speech !== null && interrupts(place)
      previous = speech ?? previous
    }
    const announced = announcement(paragraph, resolved)
    this.announced =
      announced && this.verdict(announced, paragraph.block.from, 'cue-colon-paragraph', 'medium')
    if (paragraph.quotations.length === 0) this.open = null
  }

  private take(place: Place, previous: Speech | null, joins: boolean): Speech | null {
    const { quotation, paragraph, startsParagraph } = place
    const part = moved(quotation.inner, paragraph.block.from)
    const open = startsParagraph ? this.open : null
    const joined = open ?? (joins ? previous : null)
    this.open = null
    if (joined && mayGrow(joined, part)) return this.extend(joined, part, place, open !== null)
    const direct = this.direct(place)
    const nature = natureOf(place, direct !== null, previous !== null, this.followsWork(place))
    if (nature.kind === 'other') {
      this.others.push({ ...part, rule: nature.rule, medium: nature.medium })
      return null
    }
    const carried = direct ? null : carriedOn(place, previous)
    if (!carried) this.turn += 1
    const speech: Speech = {
      ...{ parts: [part], breaks: [], turn: this.turn, isPartial: nature.kind === 'partial' },
      ...{ hasNested: quotation.hasNested, medium: nature.medium },
      verdict: direct ??
        carried ??
        this.before(place) ??
        this.elsewhere(place) ?? { ...NOBODY, suggestion: this.suggestion },
    }
    this.speeches.push(speech)
    if (!quotation.isClosed) this.open = speech
    return speech
  }

  private followsWork({ before, quotation, paragraph }: Place): boolean {
    const last = this.others.at(-1)
    const gap = quotation.outer.from + paragraph.block.from - (last?.to ?? 0)
    return last?.rule === 'title' && gap <= before.length + MARKS
  }

  private extend(speech: Speech, part: Range, place: Place, isBreak: boolean): Speech {
    speech.parts.push(part)
    speech.breaks.push(isBreak)
    speech.hasNested ||= place.quotation.hasNested
    const found = speech.verdict.mention ? null : this.direct(place)
    if (found) speech.verdict = found
    if (!place.quotation.isClosed) this.open = speech
    return speech
  }

  /** Who speaks by the words next to the quotation. */
  private direct(place: Place): Verdict | null {
    const at = place.paragraph.block.from
    const beside = attributionBeside(place)
    if (beside?.resolved.attribution.mention.kind === 'unknown') {
      const mention = subjectBefore(place, beside.resolved)
      if (mention?.person != null)
        return { ...NOBODY, ...told(mention.person, 'name-quote-cue'), mention: moved(mention, at) }
    }
    if (beside) return this.verdict(beside.resolved, at, beside.rule, beside.confidence)
    const named = besideName(place)
    if (named?.mention.person != null)
      return { ...NOBODY, ...told(named.mention.person, named.rule), mention: moved(named.mention, at) }
    return place.startsParagraph ? this.announced : null
  }

  /** X praised his goalkeeper. “…”: the last one who said anything before the quotation. */
  private before({ lastBefore, paragraph }: Place): Verdict | null {
    if (!lastBefore || lastBefore.speaker === null || lastBefore.attribution.shape === 'loose') return null
    return this.verdict(lastBefore, paragraph.block.from, 'cue-before', 'medium')
  }

  /** Who speaks by the words elsewhere in the paragraph, where they name only one. */
  private elsewhere({ paragraph, resolved }: Place): Verdict | null {
    const [only] = resolved
    const isOne = only && resolved.slice(0, MOST).every(({ speaker }) => speaker === only.speaker)
    if (!isOne || only.speaker === null) return null
    return this.verdict(only, paragraph.block.from, 'cue-in-paragraph', 'medium')
  }

  private verdict(
    { attribution, speaker, by, candidates }: Resolved,
    at: number,
    rule: string,
    confidence: Confidence,
  ): Verdict {
    const mention = moved(attribution.mention, at)
    if (speaker === null) {
      const suggestion = isTrait(attribution.mention) ? this.suggestion : null
      return { ...NOBODY, rule: by, candidates, mention, suggestion }
    }
    const isSure = by === 'name' && this.people[speaker]?.evidence !== 'cue'
    const name = by === 'name' ? rule : `${rule}/${by}`
    return { ...NOBODY, ...told(speaker, name), confidence: isSure ? confidence : 'medium', mention }
  }

  private suggestionIn({ mentions }: Paragraph, last: number | null): Verdict['suggestion'] {
    const first = mentions.find(({ person }) => person !== null)?.person ?? null
    if (first !== null) return { person: first, rule: 'first-name-in-paragraph' }
    if (last !== null) return { person: last, rule: 'last-speaker' }
    return this.hint === null ? null : { person: this.hint, rule: 'headline' }
  }
}

/** A closing mark, and a blank before it. */
const MARKS = 3

/** A quotation that goes on for longer is a text in which every paragraph begins with a mark. */
const MOST_PARTS = 40
const LONGEST = 16_000

function mayGrow({ parts }: Speech, part: Range): boolean {
  const length = [...parts, part].reduce((sum, { from, to }) => sum + to - from, 0)
  return parts.length < MOST_PARTS && length <= LONGEST
}

/** A paragraph with more attributions than this is no paragraph in which one person speaks. */
const MOST = 20

const NOBODY: Verdict = {
  ...{ speaker: null, confidence: 'low', rule: 'no-cue', suggestion: null, candidates: [], mention: null },
}

function told(speaker: number, rule: string): Pick<Verdict, 'speaker' | 'confidence' | 'rule'> {
  return { speaker, confidence: 'medium', rule }
}

/** “A,” X said. “B.”: X goes on, unless the words between name another speaker. */
function carriedOn({ lastBefore }: Place, previous: Speech | null): Verdict | null {
  if (!previous) return null
  const { verdict } = previous
  const other = lastBefore?.speaker ?? null
  const isOther = lastBefore !== null && other !== verdict.speaker
  return verdict.mention === null || isOther
    ? null
    : { ...verdict, rule: 'same-paragraph', confidence: verdict.speaker === null ? 'low' : 'medium' }
}
