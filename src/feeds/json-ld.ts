import { bodyHtml } from './body-html.ts'
import { plainText } from './plain-text.ts'
import type { Mention, Person, Picture, Quote, RelatedLink, Story } from './story.ts'

/** What schema.org calls a kind of article. For an interview it has no word of its own. */
const articleTypes: Readonly<Record<string, string | readonly string[]>> = {
  opinion: 'OpinionNewsArticle',
  analysis: 'AnalysisNewsArticle',
  explainer: 'BackgroundNewsArticle',
  live: ['NewsArticle', 'LiveBlogPosting'],
}

const linkTypes: Readonly<Record<string, string>> = {
  read: 'Article',
  opinion: 'OpinionNewsArticle',
  analysis: 'AnalysisNewsArticle',
  background: 'BackgroundNewsArticle',
  watch: 'VideoObject',
  listen: 'AudioObject',
}

/**
 * An article in the words of schema.org, as JSON-LD: NewsArticle with Quotation, Person and CorrectionComment.
 * What is null is left out.
 *
 * @param base the address of this server, without a slash at its end
 */
export function jsonLd(story: Story, base: string): Readonly<Record<string, unknown>> {
  const { source } = story
  const people = cast(base)
  const as = (role: string) => story.people.filter((mention) => mention.as === role).map(people.mentioned)
  const url = story.canonicalUrl ?? addressOf(story, base)
  return present({
    '@context': 'https://schema.org',
    '@type': articleTypes[story.kind] ?? 'NewsArticle',
    '@id': addressOf(story, base),
    identifier: story.id,
    version: story.version,
    url,
    mainEntityOfPage: url,
    headline: story.headline,
    description: story.standfirst,
    genre: story.kind,
    inLanguage: story.language,
    dateline: story.place,
    datePublished: story.publishedAt,
    dateModified: story.updatedAt,
    author: as('author'),
    creditText: story.byline,
    isBasedOn: source && {
      '@type': 'CreativeWork',
      ...present({ url: source.url, publisher: organization(source.name) }),
    },
    image: story.image && picture(story.image),
    keywords: story.tags,
    about: as('subject'),
    mentions: as('mentioned'),
    hasPart: story.quotes.map((quote) => quotation(quote, base, people)),
    citation: story.relatedLinks.map((link) => reference(link, base)),
    correction: story.corrections.map(({ kind, text, at }) =>
      present({ '@type': 'CorrectionComment', genre: kind, text, datePublished: at }),
    ),
    wordCount: story.wordCount,
    articleBody: plainText(bodyHtml(story.body)),
  })
}

/** Where a story is in this API. */
export function addressOf({ slug }: Pick<Story, 'slug'>, base: string): string {
  return `${base}/v1/articles/${slug}`
}

interface Cast {
  mentioned(mention: Mention): object
  speaking(quote: Quote): object | undefined
}

/** People, each whole where they first appear, and by name and address from then on. */
function cast(base: string): Cast {
  const known = new Set<string>()
  const introduce = (person: Person) => {
    const isKnown = known.has(person.id)
    known.add(person.id)
    const id = { '@type': 'Person', '@id': `${base}/v1/people/${person.slug}`, name: person.name }
    return isKnown ? id : { ...id, ...particulars(person) }
  }
  const unseen = (id: string) => ({ '@type': 'Person', identifier: id })
  return {
    mentioned: ({ personId, person }) => (person ? introduce(person) : unseen(personId)),
    speaking: ({ speakerId, speaker }) =>
      speaker ? introduce(speaker) : speakerId === null ? undefined : unseen(speakerId),
  }
}

function particulars({ id, aliases, role, affiliation, description, sameAs, image }: Person): object {
  return present({
    identifier: id,
    alternateName: aliases,
    jobTitle: role,
    affiliation: affiliation === null ? null : organization(affiliation),
    description,
    sameAs,
    image: image && picture(image),
  })
}

/** Who said it, and as what they said it, stands in `creditText`: a person's own role may be another by now. */
function quotation(quote: Quote, base: string, people: Cast): object {
  const { original, setting } = quote
  const credit = [quote.speaker?.name, quote.role].filter(Boolean).join(', ')
  return present({
    '@type': 'Quotation',
    '@id': `${base}/v1/quotes/${quote.id}`,
    text: quote.text,
    creator: people.speaking(quote),
    creditText: credit === '' ? null : credit,
    dateCreated: quote.saidOn,
    recordedAt: setting === null ? null : { '@type': 'Event', name: setting },
    citation: quote.via,
    translationOfWork: original && {
      '@type': 'Quotation',
      ...present({ text: original.text, inLanguage: original.language }),
    },
  })
}

function reference({ kind, title, url, targetArticleId }: RelatedLink, base: string): object {
  const here = targetArticleId === null ? null : addressOf({ slug: targetArticleId }, base)
  return present({ '@type': linkTypes[kind] ?? 'CreativeWork', name: title, url: url ?? here })
}

/** A caption without a picture is none. */
function picture({ url, caption, credit }: Picture): object | null {
  return url === null ? null : present({ '@type': 'ImageObject', url, caption, creditText: credit })
}

function organization(name: string): object {
  return { '@type': 'Organization', name }
}

function present(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isThere = (value: unknown) =>
    value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isThere(value)))
}
