import { withBylines } from './authors.ts'
import { type Block, blockAt, blocksOf } from './blocks.ts'
import { toCommonMark } from './commonmark.ts'
import { Report } from './fields.ts'
import { namedInHeadline } from './headline-people.ts'
import { isHtml, type Unmarked, unmark } from './html.ts'
import type { Intake } from './intake.ts'
import { type Layout, layOut, type Tags } from './layout.ts'
import { repairMojibake } from './mojibake.ts'
import { type Marked, paragraphsOf } from './paragraphs.ts'
import { type People, peopleIn } from './people.ts'
import { linksOf, peopleOf, quotedWordsOf, quotesOf } from './report.ts'
import { moved, type Range, type Source, sourceOf, spanOf } from './source.ts'
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
  /** No paragraph behind so many quotes is read for more of them. */
  readonly mostQuotes?: number | undefined
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
  const { source, repaired, isOneLine, ...tags } = prepare(text)
  const { links } = tags
  const isEmpty = isEmptyText(source.text)
  const layout = layOut(visibleBlocks(source.text), tags, options)
  const { people, paragraphs, inHeadline, hint } = readWords(source, layout)
  const { speeches, others } = speechesIn(paragraphs, people, hint, options.mostQuotes ?? Infinity)
  const report = new Report(source)
  if (isEmpty) report.warn('empty_text', null)
  if (isOneLine) report.warn('one_line', null)
  if (repaired) report.warn('repaired_characters', spanOf(source, repaired))
  warnOfMarks(report, source, paragraphs)
  const fields = report.fields(layout, options)
  return {
    story: {
      ...fields,
      body: toCommonMark(source.text, layout.body, links),
      quotes: quotesOf(source, speeches),
      people: withBylines(
        peopleOf(source, people, inHeadline, layout),
        layout.byline?.people ?? [],
        fields.language,
      ),
      relatedLinks: linksOf(source, layout, links),
    },
    fields: report.provenance,
    quotedWords: quotedWordsOf(source, others),
    furniture: [...layout.furniture, ...report.leftOut]
      .sort((a, b) => a.from - b.from)
      .map((range) => ({
        text: folded(source.text.slice(range.from, range.to)),
        span: spanOf(source, range),
        rule: range.rule,
      })),
    warnings: report.warnings,
  }
}

function visibleBlocks(text: string): Block[] {
  return blocksOf(text).filter((block) => !isEmptyText(block.text))
}

/** The text that the rules read, made of what was pasted. */
function prepare(
  text: string,
): Unmarked & { readonly repaired: Range | undefined; readonly isOneLine: boolean } {
  const pasted = sourceOf(normaliseText(text))
  const { source: sound, repaired } = repairMojibake(pasted)
  const unmarked = isHtml(sound.text.slice(0, HTML_WITHIN)) ? unmark(sound) : null
  const { source, ...tags } = unmarked ?? { source: sound, ...NO_TAGS }
  return {
    ...{ source: { ...source, text: withPlainBlanks(source.text) }, ...tags },
    repaired: repaired[0],
    isOneLine: !unmarked && source.text.length > LONGEST_LINE && !source.text.trim().includes('\n'),
  }
}

const NO_TAGS: Tags = { links: [], hints: new Map(), times: [], pictures: [], published: null }

/** A text may be a headline and a sentence, and on one line. */
const LONGEST_LINE = 400
/** A text in whose beginning there is no tag is none of a page. */
const HTML_WITHIN = 100_000

interface Words extends People {
  readonly paragraphs: readonly Marked[]
  readonly inHeadline: ReadonlySet<number>
  /** Whom the headline names as the speaker. */
  readonly hint: number | null
}

function readWords({ text }: Source, { body, captions, headline, isMissing }: Layout): Words {
  const caption = captions[0]?.caption
  const above = headline && !isMissing ? blockAt(text, headline) : null
  const found = peopleIn([...body, ...(caption ? [blockAt(text, caption)] : [])], above?.text)
  const named = above ? namedInHeadline(above, found.people) : []
  for (const { range, person } of named) found.people[person]?.ranges.push(moved(range, above?.from ?? 0))
  return {
    ...found,
    paragraphs: paragraphsOf(body, found.named),
    inHeadline: new Set(named.map(({ person }) => person)),
    hint: above && speakerIn(above, named),
  }
}

/** “…, says X” in a headline. */
function speakerIn({ text }: Block, named: readonly { range: Range; person: number }[]): number | null {
  const last = named.at(-1)
  if (!last) return null
  const isSaid = /,? (?:says?|said|warns?|tells? \S+|according to) $/i.test(text.slice(0, last.range.from))
  return isSaid || /^ (?:says?|warns?)$/i.test(text.slice(last.range.to)) ? last.person : null
}

function warnOfMarks(report: Report, source: Source, paragraphs: readonly Marked[]): void {
  for (const { odd, block } of paragraphs)
    for (const { code, range } of odd) report.warn(code, spanOf(source, moved(range, block.from)))
}
