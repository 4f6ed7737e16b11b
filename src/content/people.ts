import { z } from 'zod'
import { define } from '../documents/definition.ts'
import { country, eachOnce, line, prose, webAddress } from '../documents/fields.ts'
import { image } from './image.ts'

/** Those who speak in the news and those it is about. */
export const people = define({
  type: 'person',
  name: 'Person',
  path: 'people',
  description: 'A person who speaks in articles, is their subject, is mentioned in them or writes them.',
  whenNew: 'live',
  slugFrom: 'name',
  filters: { country: 'country', name: 'name', aliases: 'aliases' },
  searched: ['name', 'aliases', 'role', 'affiliation', 'description'],
  sortBy: 'name',
  fields: {
    name: line(200).meta({ examples: ['Sergey Lavrov'] }),
    aliases: z
      .array(line(200))
      .max(50)
      .overwrite(eachOnce)
      .meta({ description: 'Other names by which the news calls them.', examples: [['S. Lavrov']] }),
    role: line(300)
      .nullable()
      .meta({ examples: ['Foreign minister'] }),
    affiliation: line(300)
      .nullable()
      .meta({ examples: ['Government of Russia'] }),
    country: country().nullable(),
    description: prose(5000).nullable(),
    sameAs: z
      .array(webAddress())
      .max(50)
      .meta({ description: 'The same person elsewhere, such as a Wikidata item.' }),
    image: image().nullable(),
  },
})
