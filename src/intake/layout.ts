import type { Block } from './blocks.ts'
import type { Byline } from './byline.ts'
import type { Caption } from './caption.ts'
import { type Dateline, readDateline } from './dateline.ts'
import { chooseHeadline, firstWords, type Headline } from './headline.ts'
import type { Unmarked } from './html.ts'
import { pictureOf } from './pictures.ts'
import { type PublicationDate, readDateLine } from './publication-date.ts'
import type { RelatedLine } from './related-lines.ts'
import { endOf, withoutTails } from './sign-off.ts'
import { type FoundDate, Sorter } from './sorter.ts'
import type { Range } from './source.ts'

export interface Furniture extends Range {
  readonly rule: string
}

/** What each paragraph and line of a story is. */
export interface Layout extends Headline {
  readonly byline: Byline | null
  readonly place: Dateline['place']
  readonly date: FoundDate | null
  readonly captions: readonly Caption[]
  /** The address of the story's picture. */
  readonly picture: string | null
  readonly related: readonly RelatedLine[]
  readonly furniture: readonly Furniture[]
}

export interface LayoutOptions {
  readonly timezone?: string | undefined
  readonly furniture?: readonly string[] | undefined
}

/** What a page's tags say, beside its text. */
export type Tags = Pick<Unmarked, 'links' | 'hints' | 'times' | 'published' | 'pictures'>

/**
 * Sorts the paragraphs of a text. First goes what can be known by itself: related lines, furniture, dates,
 * bylines, captions and what stands below the story. The headline is chosen among what is left.
 */
export function layOut(pasted: readonly Block[], tags: Tags, options: LayoutOptions): Layout {
  const blocks = withoutTails(pasted)
  const sorter = new Sorter(tags, options, endOf(blocks))
  for (const [index, block] of blocks.entries()) sorter.take(block, index)
  sorter.takeSignature()
  const { headline, standfirst, body, furniture, isMissing } = withDateline(
    chooseHeadline(sorter.left, sorter.metaAt, tags.hints),
    options.timezone,
    sorter,
  )
  const { byline, place, captions, related } = sorter
  const all = [...sorter.furniture, ...furniture].sort((a, b) => a.from - b.from)
  const [first] = blocks
  return {
    headline: headline ?? (first ? firstWords(first) : null),
    standfirst,
    body,
    isMissing,
    byline,
    place,
    date: surest(sorter.date, tags.published, options.timezone),
    captions,
    picture: pictureOf(tags.pictures, captions[0] ?? null, headline?.from ?? 0),
    related,
    furniture: all,
  }
}

type Chosen = ReturnType<typeof chooseHeadline>

/** The paragraph with the dateline is the first of the body, and one that stands between it and the headline is a standfirst. */
function withDateline(chosen: Chosen, timezone: string | undefined, sorter: Sorter): Chosen {
  const { body, standfirst, isMissing } = chosen
  const found = body.slice(0, isMissing ? 1 : MOST_ABOVE).map((block) => readDateline(block, timezone))
  const at = found.findIndex((dateline) => dateline !== null)
  const [dateline, block] = [found[at], body[at]]
  if (!dateline || !block) return chosen
  sorter.takeDateline(dateline)
  const rest = { text: block.text.slice(dateline.to - block.from), from: dateline.to, to: block.to }
  const above = body.slice(0, at)
  const [only] = above.length === 1 && !standfirst ? above : []
  return {
    ...chosen,
    standfirst: only ? { from: only.from, to: only.to } : standfirst,
    body: [...(only ? [] : above), rest, ...body.slice(at + 1)],
  }
}

/** Paragraphs that may stand between a headline and a dateline. */
const MOST_ABOVE = 4

/** What the head of a page says counts where the text has no date, or one that may be of another zone. */
function surest(
  found: FoundDate | null,
  published: string | null,
  timezone: string | undefined,
): FoundDate | null {
  const value = published === null ? null : readDateLine(published, timezone)
  if (value === null || value === 'ambiguous') return found
  const isVague = !found || found.value === 'ambiguous' || isNearer(value, found.value, timezone)
  return isVague ? { value, range: found?.range ?? null, rule: 'page' } : found
}

const DAY = 24 * 60 * 60 * 1000

/** The same day, told with its zone, or with its time. */
function isNearer(value: PublicationDate, found: PublicationDate, timezone: string | undefined): boolean {
  const apart = Math.abs(Date.parse(value.instant) - Date.parse(found.instant))
  const saysMore = found.hasTime ? value.hasZone && !found.hasZone && timezone === undefined : value.hasTime
  return saysMore && apart <= 1.5 * DAY
}
