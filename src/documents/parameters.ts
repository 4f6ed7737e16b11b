import { z } from 'zod'
import { flagParameter, integerParameter, parameter } from '../http/parameter.ts'
import type { ContentType } from './content-type.ts'
import { parseInstant } from './instants.ts'
import type { Publication } from './publication.ts'

const anInstant = 'an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15'
const aLaterInstant =
  'must be an instant with its zone, such as 2026-12-24T06:00:00Z, or a date such as 2026-12-24'

const at = parameter(
  (text) => (text === 'latest' ? 'latest' : parseInstant(text)),
  `must be ${anInstant}, or latest`,
  {
    type: 'string',
    description:
      'Reads what was live at that instant, expansions included: RFC 3339, or a date (00:00Z). `latest` reads the newest version of everything that is not withdrawn; it and the future need the scope `read:drafts`.',
    examples: ['2020-10-15T14:07:00Z'],
  },
)

const cursor = parameter((text) => text, '', {
  type: 'string',
  description: 'Where the page begins: `page.next` or `page.prev` of another one.',
})

const publish = (whenAbsent: string) =>
  parameter(readPublication, `must be now, no, or ${anInstant}`, {
    type: 'string',
    description: `When the new version goes live: \`now\`, an instant (in the past only for a first publication) or \`no\`. ${whenAbsent}`,
    examples: ['now'],
  })

const when = (description: string) => parameter(parseInstant, aLaterInstant, { type: 'string', description })

const whenNew = {
  draft: 'When absent, it is a draft.',
  live: 'When absent, it goes live.',
  'with-parent': 'When absent, it goes with its parent: live, scheduled or a draft.',
}

/** The query parameters of a type's routes, read strictly: what is not here is refused. */
export function parametersOf(type: ContentType) {
  const reading = { at, include: includeOf(type) }
  return {
    read: z.strictObject(reading),
    list: z.strictObject({
      limit: integerParameter(1, 100, 20, 'How many documents a page has at most.'),
      cursor,
      count: flagParameter('Adds `page.total`.'),
      ...reading,
    }),
    create: z.strictObject({
      publish: publish(`${whenNew[type.whenNew]} A token without the scope \`publish\` makes drafts.`),
    }),
    change: z.strictObject({
      publish: publish(
        'When absent, the change takes the state of the version that it changes: live if that is live.',
      ),
    }),
    publish: z.strictObject({
      at: when(
        'When it goes live; absent: now. An instant in the past is possible for a first publication only.',
      ),
    }),
    withdraw: z.strictObject({ at: when('When it goes; absent: now. Not in the past.') }),
  }
}

function includeOf({ relations }: ContentType) {
  const names = relations.map(({ name }) => name)
  const list = names.map((name) => `\`${name}\``).join(', ')
  const own = names.length > 0 ? `${list}; theirs follow a dot, at most three deep.` : 'this type has none.'
  return parameter((text) => text, '', {
    type: 'string',
    description: `Relations to expand in place, separated by commas: ${own}`,
    ...(names.length > 0 ? { examples: [names.join(',')] } : {}),
  })
}

function readPublication(text: string): Publication {
  return text === 'now' || text === 'no' ? text : parseInstant(text)
}
