import { z } from 'zod'
import { flagParameter, integerParameter, parameter } from '../http/parameter.ts'
import { parseInstant } from './instants.ts'
import type { Publication } from './publication.ts'

/** The query parameters of every type's routes. */
const instantText = 'an instant such as 2020-10-15T14:07:00Z or a date such as 2020-10-15'

const at = parameter(
  (text) => (text === 'latest' ? 'latest' : parseInstant(text)),
  `must be ${instantText}, or latest`,
  {
    type: 'string',
    description:
      'Reads what was live at that instant, expansions included: RFC 3339, or a date (00:00Z). `latest` reads the newest version of everything that is not withdrawn; it and the future need the scope `read:drafts`.',
    examples: ['2020-10-15T14:07:00Z'],
  },
)

const include = parameter((text) => text, '', {
  type: 'string',
  description:
    'Relations to expand in place, separated by commas, at most three deep: `quotes.speaker,relatedLinks`.',
})

const publish = parameter(readPublication, `must be now, no, or ${instantText}`, {
  type: 'string',
  description:
    'When the new version goes live: `now`, an instant (in the past only for a first publication) or `no`. When absent, a new article is a draft, a new person goes live, a new quote or link goes with its article, and a change takes the state of the version that it changes.',
  examples: ['now'],
})

function readPublication(text: string): Publication {
  return text === 'now' || text === 'no' ? text : parseInstant(text)
}

const whenText = 'must be an instant such as 2026-12-24T06:00:00Z or a date such as 2026-12-24'
const when = (description: string) => parameter(parseInstant, whenText, { type: 'string', description })

export const readQuery = z.strictObject({ at, include })

export const listQuery = z.strictObject({
  limit: integerParameter(1, 100, 20, 'How many documents a page has at most.'),
  cursor: parameter((text) => text, '', {
    type: 'string',
    description: 'Where the page begins: `page.next` or `page.prev` of another one.',
  }),
  count: flagParameter('Adds `page.total`.'),
  at,
  include,
})

export const writeQuery = z.strictObject({ publish })

export const publishQuery = z.strictObject({
  at: when(
    'When it goes live; absent: now. An instant in the past is possible for a first publication only.',
  ),
})

export const withdrawQuery = z.strictObject({ at: when('When it goes; absent: now. Not in the past.') })

export const noQuery = z.strictObject({})
