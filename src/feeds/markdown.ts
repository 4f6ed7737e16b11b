import { Document, isScalar, Scalar, visit } from 'yaml'
import type { Mention, Picture, Quote, RelatedLink, Story } from './story.ts'

/**
 * An article as an editor keeps it in a file: front matter in YAML, an empty line, the body. A PUT takes it
 * back as it is, and then nothing changes. What is null or empty is left out, since absent means the same.
 *
 * @param saysIfNone that there are no quotes is said, because absent would not mean it
 */
export function markdown(story: Story, saysIfNone = false): string {
  const guard =
    'The version guards a PUT: once there is a newer one, this is refused. Without the line it is not.'
  const none = saysIfNone && story.quotes.length === 0 ? { quotes: [] } : {}
  const front = { version: story.version, ...frontMatter(story), ...none }
  return file(front, story.body, ` ${story.id}\n ${guard}`)
}

/** When a document and its parts are published: `no`, or an instant in RFC 3339. */
export interface Publishing {
  readonly publish: string
  /** Of those parts that do not go with it, by their ids. */
  readonly ofParts: ReadonlyMap<string, string>
}

/**
 * The same for a folder of files, with what another database needs to have it as it is here. Two stories
 * with the same words and the same state give the same bytes, so there is no version in it. The lists of parts
 * are always there: where there is none, a file without them would leave those that have come since.
 */
export function markdownToKeep(story: Story, { publish, ofParts }: Publishing): string {
  const { quotes, relatedLinks, ...front } = frontMatter(story)
  const parted = <Part extends { readonly id: string }>(parts: readonly Part[], shown: readonly object[]) =>
    shown.map((part, index) => ({ ...part, ...publishing(ofParts.get(parts[index]?.id ?? '')) }))
  const corrections = story.corrections.map((correction) => present({ ...correction }))
  const kept = {
    ...present({ id: story.id, publish, ...front, corrections }),
    quotes: parted(story.quotes, quotes ?? []),
    relatedLinks: parted(story.relatedLinks, relatedLinks ?? []),
  }
  return file(kept, story.body)
}

function publishing(publish: string | undefined): object {
  return publish === undefined ? {} : { publish }
}

function file(frontMatter: object, body: string, comment?: string): string {
  const front = new Document(frontMatter)
  if (front.contents && comment !== undefined) front.contents.commentBefore = comment
  visit(front, { Scalar: (_, scalar) => keep(scalar) })
  return `---\n${front.toString({ lineWidth: 0, blockQuote: 'literal' })}---\n\n${body}\n`
}

/** YAML may not hold these as they are, or may take them for the end of a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/

function keep(scalar: Scalar): void {
  if (!isScalar(scalar) || typeof scalar.value !== 'string') return
  // Of nothing but blanks, a block in which each line is indented would lose those of its first line.
  if (UNPRINTABLE.test(scalar.value) || scalar.value.trim() === '') scalar.type = Scalar.QUOTE_DOUBLE
}

function frontMatter(story: Story) {
  const { source, image, quotes } = story
  return present({
    headline: story.headline,
    slug: story.slug,
    kind: story.kind,
    standfirst: story.standfirst,
    language: story.language,
    place: story.place,
    byline: story.byline,
    source: source && present({ ...source }),
    image: image && picture(image),
    tags: story.tags,
    canonicalUrl: story.canonicalUrl,
    people: story.people.map(mention),
    quotes: quotes.map(quote),
    relatedLinks: story.relatedLinks.map(relatedLink),
  })
}

/** By the slug, which says more than an id; by the id where the reader sees no such person. */
function mention({ personId, person, as }: Mention): object {
  return person ? { person: person.slug, as } : { personId, as }
}

function quote({ speaker, speakerId, original, ...quote }: Quote, index: number): object {
  return present({
    id: quote.id,
    ...(speaker ? { speaker: speaker.slug } : { speakerId }),
    text: quote.text,
    role: quote.role,
    saidOn: quote.saidOn,
    setting: quote.setting,
    via: quote.via,
    original: original && present({ ...original }),
    position: placeOf(quote, index),
  })
}

function relatedLink(link: RelatedLink, index: number): object {
  const { id, kind, title, url, targetArticleId } = link
  return present({ id, kind, title, url, targetArticleId, position: placeOf(link, index) })
}

/** The place in the list is the place in the order, where nothing else is said. */
function placeOf({ position }: { readonly position: number }, index: number): number | null {
  return position === index + 1 ? null : position
}

/** `{}` is a picture of which nothing is known. */
function picture({ url, caption, credit }: Picture): object {
  return present({ url, caption, credit })
}

function present<Members extends Readonly<Record<string, unknown>>>(members: Members): Partial<Members> {
  const isThere = (value: unknown) => value !== null && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isThere(value))) as Partial<Members> // some of them
}
