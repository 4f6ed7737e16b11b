import { parameter } from '../http/parameter.ts'
import { suggestion } from '../http/suggestion.ts'
import type { ContentType } from './content-type.ts'
import type { IncludeTree } from './include.ts'

/** What is shown of a document whatever was asked for: without it, nobody could tell what it is. */
const ALWAYS = ['id', 'type']

/** `fields=headline,slug`: the names of what to show of each document. */
export function fieldsOf(type: ContentType) {
  const names = namesIn(type)
  const read = (text: string) => {
    const given = text.split(',')
    const isRight = new Set(given).size === given.length && given.every((name) => names.includes(name))
    return isRight ? given : undefined
  }
  const meta = {
    type: 'array',
    items: { type: 'string', enum: names },
    description:
      'The fields to show, separated by commas; all when absent. `id`, `type` and what is included are shown always.',
  }
  return parameter(read, (text) => refusal(type, names, text), meta, 'unknown')
}

/** The document with no more than these of its fields, and what is included. */
export function selectFields(
  document: Readonly<Record<string, unknown>>,
  fields: readonly string[] | undefined,
  included: IncludeTree,
): Readonly<Record<string, unknown>> {
  if (!fields) return document
  const shown = new Set([...ALWAYS, ...fields, ...[...included.keys()].map(({ name }) => name)])
  return Object.fromEntries(Object.entries(document).filter(([name]) => shown.has(name)))
}

function namesIn({ schemas, relations }: ContentType): string[] {
  const expansions = relations.filter(({ kind }) => kind !== 'each').map(({ name }) => name)
  const other = [...expansions, 'notices']
  return Object.keys(schemas.document.shape).filter((name) => !other.includes(name))
}

function refusal({ type }: ContentType, names: readonly string[], text: string): string {
  const given = text.split(',')
  const wrong = given.find((name) => !names.includes(name))
  if (wrong === undefined) return 'must name each field once'
  return `must name fields of ${type}: "${wrong}" is none.${suggestion(wrong, names)} They are ${names.join(', ')}`
}
