import { type Block, blockAt, blocksOf } from './blocks.ts'
import { toCommonMark } from './commonmark.ts'
import { isHtml, type Unmarked, unmark } from './html.ts'
import {
  type Intake,
  type IntakeWarning,
  type Provenance,
  type WarningCode,
  warningDetails,
} from './intake.ts'
import { languageOf } from './language.ts'
import { type Layout, layOut } from './layout.ts'
import { repairMojibake } from './mojibake.ts'
import { paragraphsOf } from './paragraphs.ts'
import { peopleIn } from './people.ts'
import { placeLine } from './place-line.ts'
import { peopleOf, quotesOf } from './report.ts'
import { type Range, type Source, type Span, sourceOf, spanOf } from './source.ts'
import { speechesIn } from './speakers.ts'
import { folded, isEmptyText, normaliseText, withPlainBlanks } from './text.ts'

export type { Intake } from './intake.ts'

export interface StoryOptions {
  /** An IANA name: the zone of times that name none. UTC where absent. */
  readonly timezone?: string | undefined
  /** BCP 47; detected where absent. */
  readonly language?: string | undefined
  /** Lines of the site from which texts are pasted, such as its slogan: they are never of a story. */
  readonly furniture?: readonly string[] | undefined
}

/**
 * Reads the pasted text of a news story: headline, body, date, caption, quotes with speakers, people and
 * related lines. The same text gives the same answer, in a time that grows with its length. A text with
 * nothing in it gives an empty headline and the warning `empty_text`.
 *
 * @param text plain text or HTML; for bytes see `decodeText`
 * @throws RangeError for a timezone that does not exist
 */
export function readStory(text: string, options: StoryOptions = {}): Intake {
  const { source, links, hints, repaired } = prepare(text)
  const report = new Report(source)
  const isEmpty = isEmptyText(source.text)
  if (isEmpty) report.warn('empty_text', null)
  const layout = layOut(isEmpty ? [] : blocksOf(source.text), hints, options)
  const [firstRepaired] = repaired
  if (firstRepaired) report.warn('repaired_characters', spanOf(source, firstRepaired))
  const { body } = layout
  const extras = [layout.captions[0]?.caption].flatMap((range) =>
    range ? [blockAt(source.text, range)] : [],
  )
  const headline = layout.headline && blockAt(source.text, layout.headline)
  const read = [...body, ...extras, ...(headline ? [headline] : [])]
  const { people, named } = peopleIn(read)
  const paragraphs = paragraphsOf(body, named)
  for (const { odd, block } of paragraphs)
    for (const { code, range } of odd)
      report.warn(code, spanOf(source, { from: block.from + range.from, to: block.from + range.to }))
  const inHeadline = headline ? (named.at(-1) ?? []) : []
  const { speeches, others } = speechesIn(paragraphs, people, hintIn(headline, inHeadline))
  const fields = report.fields(layout, options)
  return {
    story: {
      ...fields,
      body: toCommonMark(source.text, body, links),
      quotes: quotesOf(source, speeches),
      people: peopleOf(source, people, new Set(inHeadline.flatMap(({ person }) => person ?? [])), layout),
      relatedLinks: layout.related.map(({ kind, title, url, from, to }, index) => ({
        ...{ kind, title, url: url ?? linkIn(links, { from, to }), position: index + 1 },
        span: spanOf(source, { from, to }),
      })),
    },
    fields: report.provenance,
    quotedWords: others.map(({ from, to, rule, medium }) => ({
      ...{ text: folded(source.text.slice(from, to)), span: spanOf(source, { from, to }), rule, medium },
    })),
    furniture: [...layout.furniture, ...report.leftOut]
      .sort((a, b) => a.from - b.from)
      .map(({ from, to, rule }) => ({
        ...{ text: folded(source.text.slice(from, to)), span: spanOf(source, { from, to }), rule },
      })),
    warnings: report.warnings,
  }
}

function prepare(text: string): Unmarked & { readonly repaired: readonly Range[] } {
  const pasted = sourceOf(normaliseText(text))
  const { source: sound, repaired } = repairMojibake(pasted)
  const isMarked = isHtml(sound.text.slice(0, 100_000))
  const { source, ...rest } = isMarked ? unmark(sound) : { source: sound, links: [], hints: new Map() }
  return {
    source: { ...source, text: withPlainBlanks(source.text) },
    ...rest,
    repaired: isMarked ? [] : repaired,
  }
}

/** “…, says X” in a headline. */
function hintIn(
  headline: Block | null,
  named: readonly { range: Range; person: number | null }[],
): number | null {
  const last = named.at(-1)
  if (!headline || !last) return null
  const says = /,? (?:says?|said|warns?|tells? \S+|according to) $/.test(
    headline.text.slice(0, last.range.from),
  )
  return says || /^(?: says?| warns?)$/.test(headline.text.slice(last.range.to)) ? last.person : null
}

function linkIn(links: Unmarked['links'], { from, to }: Range): string | null {
  return links.find((link) => link.from >= from && link.to <= to)?.url ?? null
}

type Fields = Omit<Intake['story'], 'body' | 'quotes' | 'people' | 'relatedLinks'>

class Report {
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

  fields(layout: Layout, options: StoryOptions): Fields {
    const { headline, standfirst, byline, body } = layout
    if (layout.isMissing && headline) this.warn('no_headline', spanOf(this.source, headline))
    const above = layout.furniture.find(({ rule }) => rule === 'above-the-headline')
    if (above) this.warn('above_the_headline', spanOf(this.source, above))
    const place = body[0] ? placeLine(body[0]) : null
    const confidence = layout.isMissing ? 'low' : above ? 'medium' : 'high'
    return {
      headline: this.words('headline', headline, headline?.rule ?? '', confidence) ?? '',
      standfirst: this.words('standfirst', standfirst, 'below-headline', 'medium'),
      byline: this.words('byline', byline, 'byline', 'high'),
      place: place && this.note('place', place, 'dateline', 'high', place.name),
      language: this.language(options.language),
      publishedAt: this.date(layout.date, options.timezone),
      image: this.image(layout.captions),
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
    const span = spanOf(this.source, date)
    if (date.value === 'ambiguous') {
      this.warn('ambiguous_date', span)
      return null
    }
    const { instant, hasTime, hasZone } = date.value
    if (!hasTime) this.warn('no_time', span)
    if (!hasZone && timezone === undefined) this.warn('no_timezone', span)
    return this.note('publishedAt', date, 'date-line', hasZone || timezone ? 'high' : 'medium', instant)
  }

  private image([first, ...more]: Layout['captions']): Intake['story']['image'] {
    for (const { from, to } of more) {
      this.leftOut.push({ from, to, rule: 'further-caption' })
      this.warn('further_caption', spanOf(this.source, { from, to }))
    }
    if (!first) return null
    return {
      caption: this.words('image.caption', first.caption, first.rule, 'high'),
      credit: this.words('image.credit', first.credit, first.rule, 'high'),
    }
  }
}
