import type { z } from 'zod'
import { nameOf, pageOf, urnOf } from './addresses.ts'
import { contentHtml } from './content-html.ts'
import { authorsOf, commonLanguage, type Feed, type Item } from './feed.ts'
import type { jsonFeedSchema } from './json-feed-schema.ts'

type JsonFeed = z.output<typeof jsonFeedSchema>

export function jsonFeed({ site, self, title, items }: Feed): string {
  const feed: JsonFeed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: `${site}/`,
    feed_url: self,
    description: `The newest articles of ${nameOf(site)}.`,
    language: commonLanguage(items) ?? undefined,
    items: items.map((each) => item(site, each)),
  }
  return `${JSON.stringify(feed)}\n`
}

/** Each item must have a content; a story without a body has its standfirst, or its headline. */
function item(site: string, story: Item): JsonFeed['items'][number] {
  const { headline, standfirst, publishedAt, updatedAt, language, tags, image } = story
  const html = contentHtml(story)
  const authors = authorsOf(story).map((name) => ({ name }))
  return {
    id: urnOf(story),
    url: pageOf(site, story),
    title: headline,
    ...(html === null ? { content_text: standfirst ?? headline } : { content_html: html }),
    summary: standfirst ?? undefined,
    image: image?.url ?? undefined,
    date_published: publishedAt ?? undefined,
    date_modified: updatedAt,
    authors: authors.length > 0 ? authors : undefined,
    tags: tags.length > 0 ? [...tags] : undefined,
    language: language ?? undefined,
  }
}
