import { z } from 'zod'

const text = z.string()

/** JSON Feed 1.1, as far as stories have something to say in it. What is not there is left out. */
export const jsonFeedSchema = z
  .object({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: text,
    home_page_url: text,
    feed_url: text,
    description: text,
    language: text.optional(),
    items: z.array(
      z.object({
        id: text,
        url: text,
        title: text,
        content_html: text.optional(),
        content_text: text.optional(),
        summary: text.optional(),
        image: text.optional(),
        date_published: text.optional(),
        date_modified: text,
        authors: z.array(z.object({ name: text })).optional(),
        tags: z.array(text).optional(),
        language: text.optional(),
      }),
    ),
  })
  .meta({ id: 'JsonFeed', description: 'JSON Feed 1.1.' })
