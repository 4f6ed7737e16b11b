import { z } from 'zod'
import { define } from '../documents/definition.ts'
import { line, parent, position, reference, webAddress } from '../documents/fields.ts'

/** The lines inside and under a story that lead to another one: READ, OPINION, WATCH. */
export const relatedLinks = define({
  type: 'link',
  name: 'RelatedLink',
  path: 'related-links',
  description: 'A line of an article that leads to another story, here or elsewhere.',
  whenNew: 'with-parent',
  filters: { article: 'articleId', kind: 'kind' },
  searched: ['title'],
  sortBy: 'title',
  fields: {
    articleId: parent('article'),
    kind: z.enum(['read', 'opinion', 'analysis', 'watch', 'listen', 'background', 'source']).default('read'),
    title: line(500),
    url: webAddress()
      .nullable()
      .meta({ description: 'Null where the article names a story and gives no address.' }),
    targetArticleId: reference('article')
      .nullable()
      .meta({ description: 'The story, where it is published here.' }),
    position: position(),
  },
})
