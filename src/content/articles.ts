import { z } from 'zod'
import { define } from '../documents/definition.ts'
import {
  eachOnce,
  language,
  line,
  onRecord,
  prose,
  reference,
  slug,
  webAddress,
} from '../documents/fields.ts'
import { countWords } from './count-words.ts'
import { image } from './image.ts'

/** The stories. */
export const articles = define({
  type: 'article',
  name: 'Article',
  path: 'articles',
  description: 'A story, with the people it is about.',
  whenNew: 'draft',
  slugFrom: 'headline',
  filters: {
    kind: 'kind',
    language: 'language',
    tags: 'tags',
    person: 'people.personId',
    speaker: 'quotes.speakerId',
  },
  guesses: { author: 'person', byline: 'person', people: 'person', writer: 'person' },
  searched: ['headline', 'standfirst', 'body', 'byline', 'place'],
  sortBy: 'headline',
  fields: {
    headline: onRecord(
      line(300).meta({
        examples: ['Russia never considered Turkey as a strategic ally, says Lavrov'],
      }),
    ),
    kind: z.enum(['news', 'opinion', 'analysis', 'interview', 'explainer', 'live']).default('news'),
    standfirst: onRecord(
      prose(2000).nullable().meta({ description: 'The sentence or two under the headline.' }),
    ),
    body: onRecord(prose(1_000_000).default('').meta({ description: 'CommonMark.', maxLength: 1_000_000 })),
    language: language().nullable(),
    place: line(200)
      .nullable()
      .meta({ description: "The dateline's place.", examples: ['Moscow'] }),
    byline: line(500).nullable(),
    source: z
      .strictObject({ name: line(200), url: webAddress().nullable() })
      .nullable()
      .meta({ description: 'Where the story was published first.' }),
    image: image().nullable(),
    tags: z
      .array(slug().meta({ examples: ['middle-east'] }))
      .max(50)
      .overwrite(eachOnce),
    canonicalUrl: webAddress().nullable(),
    people: z
      .array(
        z.strictObject({
          personId: reference('person'),
          as: z.enum(['subject', 'mentioned', 'author']).default('mentioned'),
        }),
      )
      .max(200),
  },
  derived: {
    wordCount: {
      schema: z.int().min(0).meta({ description: 'Words in the body.' }),
      from: ({ body }) => countWords(String(body)),
    },
  },
})
