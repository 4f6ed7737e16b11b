import { nameOf, pageOf, urnOf } from './addresses.ts'
import { contentHtml } from './content-html.ts'
import { authorsOf, commonLanguage, type Feed, type Item, lastChange } from './feed.ts'
import { branch, empty, leaf, xmlDocument } from './xml.ts'

/** A feed must say when it changed, and one in which nothing was ever said has not. */
const NEVER = '1970-01-01T00:00:00.000Z'

/** Atom (RFC 4287). */
export function atom({ site, self, title, items }: Feed): string {
  const language = commonLanguage(items)
  const feed = [
    leaf('id', self),
    leaf('title', title),
    leaf('updated', lastChange(items) ?? NEVER),
    empty('link', { rel: 'self', type: 'application/atom+xml', href: self }),
    empty('link', { rel: 'alternate', href: `${site}/` }),
    branch('author', [leaf('name', nameOf(site))]),
    leaf('generator', 'Dateline'),
    ...items.map((each) => entry(site, each)),
  ]
  return xmlDocument(
    branch('feed', feed, {
      xmlns: 'http://www.w3.org/2005/Atom',
      ...(language === null ? {} : { 'xml:lang': language }),
    }),
  )
}

function entry(site: string, story: Item): string {
  const { headline, standfirst, publishedAt, updatedAt, language, tags, source, image } = story
  const address = pageOf(site, story)
  return branch(
    'entry',
    [
      leaf('id', urnOf(story)),
      leaf('title', headline),
      leaf('published', publishedAt),
      leaf('updated', updatedAt),
      empty('link', { rel: 'alternate', href: address }),
      image?.url ? empty('link', { rel: 'enclosure', href: image.url }) : '',
      source?.url ? empty('link', { rel: 'via', title: source.name, href: source.url }) : '',
      ...authorsOf(story).map((name) => branch('author', [leaf('name', name)])),
      ...tags.map((tag) => empty('category', { term: tag })),
      leaf('summary', standfirst),
      leaf('content', contentHtml(story), { type: 'html', 'xml:base': address }),
    ],
    language === null ? {} : { 'xml:lang': language },
  )
}
