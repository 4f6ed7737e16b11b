import { Document, isScalar, Scalar, visit } from 'yaml'
import type { Mention, Picture, Quote, RelatedLink, Story } from './story.ts'

/**
 * An article as an editor keeps it in a file: front matter in YAML, an empty line, the body. A PUT takes it
 * back as it is, and then nothing changes. What is null or empty is left out, since absent means the same.
 *
 * @param saysIfNone that there are no quotes is said, because absent would not mean it
 */
export function markdown(story: Story, saysIfNone = false): string {
  const front = new Document(frontMatter(story, saysIfNone))
  const guard =
    'The version guards a PUT: once there is a newer one, this is refused. Without the line it is not.'
  if (front.contents) front.contents.commentBefore = ` ${story.id}\n ${guard}`
  visit(front, { Scalar: (_, scalar) => keep(scalar) })
  return `---\n${front.toString({ lineWidth: 0, blockQuote: 'literal' })}---\n\n${story.body}\n`
}

/** YAML may not hold these as they are, or may take them for the end of a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/

function keep(scalar: Scalar): void {
  if (isScalar(scalar) && typeof scalar.value === 'string' && UNPRINTABLE.test(scalar.value))
    scalar.type = Scalar.QUOTE_DOUBLE
}

function frontMatter(story: Story, saysIfNone: boolean): object {
  const { source, image, quotes } = story
  const none = saysIfNone && quotes.length === 0 ? { quotes: [] } : {}
  const members = present({
    version: story.version,
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
  return { ...members, ...none }
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

function present(members: Readonly<Record<string, unknown>>): object {
  const isThere = (value: unknown) => value !== null && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isThere(value)))
}
