import { nameOf, pageOf, urnOf } from './addresses.ts'
import { contentHtml } from './content-html.ts'
import { authorsOf, commonLanguage, type Feed, type Item, lastChange } from './feed.ts'
import type { Picture } from './story.ts'
import { branch, empty, escapeXml, leaf, xmlDocument } from './xml.ts'

const namespaces = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
}

/** RSS 2.0.11, with what it lacks from Atom (RFC 4287), Dublin Core, Media RSS and the content module. */
export function rss({ site, self, title, items }: Feed): string {
  const channel = branch('channel', [
    leaf('title', title),
    leaf('link', `${site}/`),
    leaf('description', `The newest articles of ${nameOf(site)}.`),
    empty('atom:link', { rel: 'self', type: 'application/rss+xml', href: self }),
    leaf('language', commonLanguage(items)),
    leaf('lastBuildDate', inRfc822(lastChange(items))),
    leaf('generator', 'Dateline'),
    ...items.map((each) => item(site, each)),
  ])
  return xmlDocument(branch('rss', [channel], { version: '2.0', ...namespaces }))
}

/** A summary and the content are HTML to a reader of RSS, a title is text. */
function item(site: string, story: Item): string {
  const { headline, standfirst, publishedAt, updatedAt, tags, source, image } = story
  return branch('item', [
    leaf('title', headline),
    leaf('link', pageOf(site, story)),
    leaf('guid', urnOf(story), { isPermaLink: 'false' }),
    leaf('pubDate', inRfc822(publishedAt)),
    leaf('atom:updated', updatedAt),
    ...authorsOf(story).map((name) => leaf('dc:creator', name)),
    ...tags.map((tag) => leaf('category', tag)),
    leaf('description', standfirst && escapeXml(standfirst)),
    leaf('content:encoded', contentHtml(story)),
    image?.url ? picture(image.url, image) : '',
    source?.url ? leaf('source', source.name, { url: source.url }) : '',
  ])
}

/** An `enclosure` would have to give the length in bytes, which only the picture's own server knows. */
function picture(url: string, { caption, credit }: Picture): string {
  const about = [leaf('media:description', caption), leaf('media:credit', credit)]
  const attributes = { url, medium: 'image' }
  return about.join('') === ''
    ? empty('media:content', attributes)
    : branch('media:content', about, attributes)
}

/** With four digits for the year, as RFC 1123 has it. */
function inRfc822(instant: string | null): string | null {
  return instant && new Date(instant).toUTCString()
}
