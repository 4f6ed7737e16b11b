import type { FastifyRequest } from 'fastify'
import type { ContentType } from '../documents/content-type.ts'
import type { Form, Forms } from '../documents/forms.ts'
import type { Document } from '../documents/rows.ts'
import { policy } from '../feeds/page-style.ts'
import type { Story } from '../feeds/story.ts'
import { decode } from '../http/body.ts'
import { publicUrl } from '../http/public-url.ts'
import type { Markdown } from '../intake/markdown.ts'
import { articleIntake } from './article-intake.ts'

/**
 * The forms that documents of a type have besides JSON: articles have a page to read, a file to edit, and
 * data in the words of schema.org. What makes them is loaded when one is asked for.
 *
 * @param configured `PUBLIC_URL`
 */
export function formsOf({ type }: ContentType, configured: string | undefined): Forms | undefined {
  if (type !== 'article') return undefined
  const base = (request: FastifyRequest) => publicUrl(request, configured)
  return {
    all: [jsonLdForm, htmlForm, markdownForm],
    base,
    canonical: (document) => storyOf(document).canonicalUrl,
    intake: articleIntake(base),
  }
}

/** All that a story is told with. */
const include = 'quotes.speaker,relatedLinks,people'

const jsonLdForm: Form = {
  mediaType: 'application/ld+json',
  extension: 'jsonld',
  name: 'JSON-LD',
  include,
  render: async (document, { base }) => {
    const { jsonLd } = await import('../feeds/json-ld.ts')
    return `${JSON.stringify(jsonLd(storyOf(document), base))}\n`
  },
}

const htmlForm: Form = {
  mediaType: 'text/html',
  extension: 'html',
  name: 'HTML',
  include,
  headers: { 'content-security-policy': policy, 'x-content-type-options': 'nosniff' },
  render: async (document, read) => {
    const { html } = await import('../feeds/html.ts')
    return html(storyOf(document), { ...read, status: document.status })
  },
}

const markdownForm: Form = {
  mediaType: 'text/markdown',
  extension: 'md',
  name: 'Markdown',
  include,
  render: async (document) => {
    const [{ markdown }, { blockQuotesIn }] = await Promise.all([
      import('../feeds/markdown.ts'),
      import('../intake/block-quotes.ts'),
    ])
    return markdown(storyOf(document), blockQuotesIn(storyOf(document).body).length > 0)
  },
  body: {
    mediaType: 'text/markdown',
    extension: 'md',
    sign: '---',
    read: async (body) => {
      const { readMarkdown } = await import('../intake/markdown.ts')
      return withBlockQuotes(readMarkdown(decode(body, 'malformed_request')))
    },
  },
}

/** Where the front matter says nothing of quotes, the attributed block quotes of the body are the quotes. */
export async function withBlockQuotes({ content, version }: Markdown): Promise<Markdown> {
  const { blockQuotesIn } = await import('../intake/block-quotes.ts')
  const quotes = 'quotes' in content ? [] : blockQuotesIn(String(content.body))
  return { content: quotes.length > 0 ? { ...content, quotes } : content, version }
}

/** A document of this type with its expansions is a story: `test/content/forms.test.ts` renders them all. */
export function storyOf(document: Document): Story {
  return document as unknown as Story
}
