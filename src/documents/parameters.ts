import { z } from 'zod'
import { alsoCalled } from '../http/guesses.ts'
import { flagParameter, integerParameter, parameter } from '../http/parameter.ts'
import { LONGEST_NOTE } from '../http/preferences.ts'
import { suggestion } from '../http/suggestion.ts'
import type { ContentType } from './content-type.ts'
import { filterParameters } from './filter-parameters.ts'
import { pathsFrom } from './include.ts'
import { parseInstant } from './instants.ts'
import { type Sort, sortsOf } from './order.ts'
import type { Publication } from './publication.ts'
import { fieldsOf } from './sparse.ts'

const anInstant = 'an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15'
const aLaterInstant =
  'must be an instant with its zone, such as 2026-12-24T06:00:00Z, or a date such as 2026-12-24'

export const at = parameter(
  (text) => (text === 'latest' ? 'latest' : parseInstant(text)),
  `must be ${anInstant}, or latest`,
  {
    type: 'string',
    description:
      'Reads what was live at that instant, expansions included: RFC 3339, or a date (00:00Z). `latest` reads the newest version of everything that is not withdrawn; it and the future need the scope `read:drafts`.',
    examples: ['2020-10-15T14:07:00Z'],
  },
)

export const cursor = parameter((text) => text, '', {
  type: 'string',
  description: 'Where the page begins: `page.next` or `page.prev` of another one.',
  examples: ['WzE2LCIiLDAsImsxIl0'],
})

export function typeAmong(names: readonly string[]) {
  return parameter(
    (text) => names.find((name) => name === text),
    `must be one of ${names.join(', ')}`,
    { type: 'string', enum: [...names], description: 'Only documents of this type.' },
    'not_allowed',
  )
}

const publish = (whenAbsent: string) =>
  parameter(readPublication, `must be now, no, or ${anInstant}`, {
    type: 'string',
    description: `When the new version goes live: \`now\`, an instant (in the past only for a first publication) or \`no\`. ${whenAbsent}`,
    examples: ['now'],
  })

const when = (description: string) =>
  parameter((text) => (text === 'never' ? 'never' : parseInstant(text)), `${aLaterInstant}, or never`, {
    type: 'string',
    description,
    examples: ['2026-12-24T06:00:00Z'],
  })

/** What every write takes. */
export const writing = {
  note: parameter(readNote, `must have 1 to ${LONGEST_NOTE} characters`, {
    type: 'string',
    maxLength: LONGEST_NOTE,
    description:
      'What you say about the change, as in a commit message. The header `Dateline-Note` does the same.',
  }),
  minor: flagParameter('The change is too small to explain to readers.'),
  dryRun: flagParameter('Everything is checked and answered as it would be, and nothing is saved.'),
}

const asItStands = publish(
  'When absent, the change takes the state of the version that it changes: live if that is live.',
)

const whenItGoes = when(
  'When it goes; absent: now. Not in the past. `never` takes back an end that was set for later.',
)

const base = parameter((text) => (text === 'live' ? 'live' : undefined), 'must be live', {
  type: 'string',
  enum: ['live'],
  description:
    'Changes what is live, at once, instead of the newest version. What is unpublished or scheduled does not get the change and stays the newest version; `notices` says so.',
})

const whenNew = {
  draft: 'When absent, it is a draft.',
  live: 'When absent, it goes live.',
  'with-parent': 'When absent, it goes with its parent: live, scheduled or a draft.',
}

const known = new WeakMap<ContentType, ReturnType<typeof makeParameters>>()

/** The query parameters of a type's routes, read strictly: what is not here is refused. */
export function parametersOf(type: ContentType) {
  const parameters = known.get(type) ?? makeParameters(type)
  known.set(type, parameters)
  return parameters
}

function makeParameters(type: ContentType) {
  const reading = { at, include: includeOf(type), fields: fieldsOf(type) }
  return {
    read: z.strictObject(reading),
    list: alsoCalled(
      z.strictObject({
        limit: integerParameter(1, 100, 20, 'How many documents a page has at most.'),
        cursor,
        count: flagParameter('Adds `page.total`.'),
        ...reading,
        sort: sortOf(type),
        ...filterParameters(type),
      }),
      type.guesses ?? {},
    ),
    create: z.strictObject({
      publish: publish(`${whenNew[type.whenNew]} A token without the scope \`publish\` makes drafts.`),
      ...writing,
    }),
    change: z.strictObject({ publish: asItStands, base, ...writing }),
    replace: z.strictObject({ publish: asItStands, ...writing }),
    restore: z.strictObject({ publish: asItStands, ...writing }),
    publish: z.strictObject({
      at: when(
        'When it goes live; absent: now. An instant in the past is possible for a first publication only. `never` cancels what is scheduled.',
      ),
      ...writing,
    }),
    withdraw: z.strictObject({ at: whenItGoes, ...writing }),
    delete: z.strictObject({
      at: whenItGoes,
      purge: flagParameter(
        'Erases the content of every version for good, with its parts, slugs and notes. Needs the scope `admin`; nothing brings it back.',
      ),
      ...writing,
    }),
  }
}

/** Read by `parseInclude`, which can tell of each name what is wrong with it. */
function includeOf(type: ContentType) {
  const paths = pathsFrom(type)
  return parameter((text) => text, '', {
    type: 'array',
    items: { type: 'string', ...(paths.length > 0 ? { enum: paths } : {}) },
    description: `Relations to expand in place, separated by commas${paths.length > 0 ? '' : '; this type has none'}.`,
  })
}

function sortOf(type: ContentType) {
  const names = sortsOf(type).flatMap((name) => [name, `-${name}`])
  const read = (text: string): Sort | undefined =>
    names.includes(text) ? { by: text.replace(/^-/, ''), descending: text.startsWith('-') } : undefined
  const refusal = (text: string) => `must be one of ${names.join(', ')}.${suggestion(text, names)}`
  return parameter(
    read,
    refusal,
    {
      type: 'string',
      enum: names,
      description:
        'What the list is in the order of; with a minus, the greatest or newest first. Equals are in the order of their ids.',
    },
    'not_allowed',
  )
}

function readNote(text: string): string | undefined {
  const note = text.trim().normalize('NFC')
  const isText = note !== '' && note.isWellFormed() && !note.includes('\0')
  return isText && [...note].length <= LONGEST_NOTE ? note : undefined
}

function readPublication(text: string): Publication {
  return text === 'now' || text === 'no' ? text : parseInstant(text)
}
