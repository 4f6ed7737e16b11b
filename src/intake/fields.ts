import {
  type Intake,
  type IntakeWarning,
  type Provenance,
  type WarningCode,
  warningDetails,
} from './intake.ts'
import { languageOf } from './language.ts'
import type { Layout } from './layout.ts'
import { type Range, type Source, type Span, spanOf } from './source.ts'
import { folded } from './text.ts'

type Fields = Omit<Intake['story'], 'body' | 'quotes' | 'people' | 'relatedLinks'>

/** The fields of a story, where each comes from, and what an editor should look at. */
export class Report {
  readonly provenance: Record<string, Provenance> = {}
  readonly warnings: IntakeWarning[] = []
  readonly leftOut: (Range & { rule: string })[] = []
  private readonly source: Source

  constructor(source: Source) {
    this.source = source
  }

  warn(code: WarningCode, span: Span | null): void {
    this.warnings.push({ code, detail: warningDetails[code], span })
  }

  fields(layout: Layout, options: { timezone?: string | undefined; language?: string | undefined }): Fields {
    const { headline, standfirst, byline, place } = layout
    if (layout.isMissing && headline) this.warn('no_headline', spanOf(this.source, headline))
    const behind = layout.furniture.find(({ rule }) => rule === 'after-the-end')
    if (behind) this.warn('after_the_end', spanOf(this.source, behind))
    const above = layout.furniture.find(({ rule }) => rule === 'above-the-headline')
    if (above) this.warn('above_the_headline', spanOf(this.source, above))
    const confidence = layout.isMissing ? 'low' : above ? 'medium' : 'high'
    return {
      headline: this.words('headline', headline, headline?.rule ?? '', confidence) ?? '',
      standfirst: this.words('standfirst', standfirst, 'below-headline', 'medium'),
      byline: this.words('byline', byline, 'byline', 'high'),
      place: place && this.note('place', place, 'dateline', 'high', place.name),
      language: this.language(options.language),
      publishedAt: this.date(layout.date, options.timezone),
      image: this.image(layout),
    }
  }

  private words(
    field: string,
    range: Range | null,
    rule: string,
    confidence: Provenance['confidence'],
  ): string | null {
    return (
      range && this.note(field, range, rule, confidence, folded(this.source.text.slice(range.from, range.to)))
    )
  }

  private note(
    field: string,
    range: Range | null,
    rule: string,
    confidence: Provenance['confidence'],
    value: string,
  ): string {
    this.provenance[field] = { span: range && spanOf(this.source, range), rule, confidence }
    return value
  }

  private language(given: string | undefined): string | null {
    if (given !== undefined) return this.note('language', null, 'given', 'high', given)
    const found = languageOf(this.source.text)
    return found && this.note('language', null, 'small-words', 'medium', found)
  }

  private date(date: Layout['date'], timezone: string | undefined): string | null {
    if (!date) return null
    const span = date.range && spanOf(this.source, date.range)
    if (date.value === 'ambiguous') {
      this.warn('ambiguous_date', span)
      return null
    }
    const { instant, hasTime, hasZone } = date.value
    if (!hasTime) this.warn('no_time', span)
    if (!hasZone && timezone === undefined) this.warn('no_timezone', span)
    return this.note('publishedAt', date.range, date.rule, hasZone || timezone ? 'high' : 'medium', instant)
  }

  private image({ captions: [first, ...more], picture }: Layout): Intake['story']['image'] {
    for (const { from, to } of more) {
      this.leftOut.push({ from, to, rule: 'further-caption' })
      this.warn('further_caption', spanOf(this.source, { from, to }))
    }
    if (!first && !picture) return null
    return {
      url: picture && this.note('image.url', null, 'picture', 'medium', picture),
      caption: this.words('image.caption', first?.caption ?? null, first?.rule ?? '', 'high'),
      credit: this.words('image.credit', first?.credit ?? null, first?.rule ?? '', 'high'),
    }
  }
}
