import type { RelatedKind } from './related-lines.ts'
import type { Span } from './source.ts'
import type { Confidence } from './speakers.ts'
import type { Medium } from './speech.ts'

/**
 * What a pasted text gives: plain data that can be sent to another thread. Every `span` and every part is a
 * place in the pasted text, in Unicode code points of it with its line ends as `\n` and without a byte order
 * mark.
 */
export interface Intake {
  readonly story: {
    readonly headline: string
    readonly standfirst: string | null
    /** CommonMark. */
    readonly body: string
    readonly byline: string | null
    readonly place: string | null
    readonly language: string | null
    /** RFC 3339, in UTC. */
    readonly publishedAt: string | null
    readonly image: {
      readonly url: string | null
      readonly caption: string | null
      readonly credit: string | null
    } | null
    readonly quotes: readonly IntakeQuote[]
    readonly people: readonly IntakePerson[]
    readonly relatedLinks: readonly IntakeLink[]
  }
  /** Where each field that was derived comes from. */
  readonly fields: Readonly<Record<string, Provenance>>
  /** Words in quotation marks that are nobody's speech. */
  readonly quotedWords: readonly { text: string; span: Span; rule: string; medium: Medium | null }[]
  readonly furniture: readonly { text: string; span: Span; rule: string }[]
  readonly warnings: readonly IntakeWarning[]
}

export interface Provenance {
  readonly span: Span | null
  readonly rule: string
  readonly confidence: Confidence
}

export interface IntakeQuote {
  /** The words, joined where the article interrupts them. */
  readonly text: string
  readonly parts: readonly Span[]
  /** An index of `people`; null is better than a guess. */
  readonly speaker: number | null
  readonly confidence: Confidence
  readonly rule: string
  readonly suggestion: { readonly person: number; readonly confidence: 'low'; readonly rule: string } | null
  /** Who it may be, where several fit. */
  readonly candidates: readonly number[]
  readonly mention: { readonly text: string; readonly span: Span } | null
  /** Quotes of one turn of speaking have the same number. */
  readonly turn: number
  readonly isPartial: boolean
  readonly hasNested: boolean
  readonly medium: Medium | null
  /** What an editor put in between, in square brackets. */
  readonly insertions: readonly Span[]
}

export interface IntakePerson {
  readonly name: string
  readonly role: string | null
  readonly affiliation: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
  readonly as: 'subject' | 'mentioned' | 'author'
  readonly spans: readonly Span[]
  readonly confidence: Confidence
  readonly rule: string
}

export interface IntakeLink {
  readonly kind: RelatedKind
  readonly title: string
  readonly url: string | null
  readonly position: number
  readonly span: Span
}

export interface IntakeWarning {
  readonly code: WarningCode
  readonly detail: string
  readonly span: Span | null
}

/** What each warning says. */
export const warningDetails = {
  empty_text: 'There is nothing to read in the text.',
  no_headline: 'No line is a headline: the first words of the story stand in for one.',
  above_the_headline: 'These lines above the headline were left out.',
  after_the_end: 'What stands behind the end of the story was left out.',
  one_line:
    'The text came as one line. curl -d takes the line ends out of a file: send it with --data-binary @story.txt.',
  further_caption: 'A story has one caption: this one was left out.',
  no_timezone: 'The time names no zone and was taken as UTC. Name the zone with timezone=Europe/London.',
  no_time: 'The date has no time: the story is dated at the start of that day.',
  ambiguous_date: 'The date can be read as two days, and was left out.',
  repaired_characters: 'Letters that were stored in the wrong encoding were repaired.',
  unpaired_mark: 'This quotation mark has no partner.',
  unclosed_quotation: 'This quotation is not closed: it was taken to end with its paragraph.',
  too_many:
    'There are more quotations or people than an article may have: the first 1,000 and 200 were taken.',
  same_marks_nested: 'A quotation stands inside another one with the same marks.',
} as const

export type WarningCode = keyof typeof warningDetails
