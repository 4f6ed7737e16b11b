import { z } from 'zod'
import { define } from '../documents/definition.ts'
import { dayMonthOrYear, language, line, parent, position, prose, reference } from '../documents/fields.ts'
import { anchor, anchorsOf, harmOf, tellOfAnchor } from './anchor.ts'

/** Words that somebody said, tied to the article that reports them. */
export const quotes = define({
  type: 'quote',
  name: 'Quote',
  path: 'quotes',
  description: 'Words that somebody said, as an article reports them.',
  whenNew: 'with-parent',
  filters: { article: 'articleId', speaker: 'speakerId', saidOn: 'saidOn' },
  guesses: { author: 'speaker', person: 'speaker', by: 'speaker' },
  searched: ['text', 'role', 'setting', 'via'],
  fields: {
    articleId: parent('article'),
    position: position(),
    speakerId: reference('person').nullable().meta({ description: 'Null where nobody can be named.' }),
    text: prose(20_000).trim().min(1, 'must not be empty').meta({
      maxLength: 20_000,
      description: 'The words, joined where the article interrupts them.',
    }),
    role: line(300)
      .nullable()
      .meta({ description: 'What the speaker was then.', examples: ['Foreign minister of Russia'] }),
    saidOn: dayMonthOrYear().nullable(),
    setting: line(500).nullable().meta({ description: 'The interview, speech or statement, and where.' }),
    via: line(300).nullable().meta({ description: 'Who reported it first.' }),
    original: z
      .strictObject({
        text: prose(20_000).trim().min(1, 'must not be empty').meta({ maxLength: 20_000 }),
        language: language().nullable(),
      })
      .nullable()
      .meta({ description: 'The words in the language in which they were said.' }),
  },
  compared: {
    anchor: {
      schema: anchor,
      with: ({ body }) => {
        const find = anchorsOf(String(body))
        return ({ text }) => find(String(text))
      },
      harm: harmOf,
      tells: tellOfAnchor,
    },
  },
})
