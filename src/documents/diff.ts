import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Content } from './definition.ts'

/** A stretch of two texts: `same` and `removed` together are the text before, `same` and `added` the one after. */
export type WordChange = z.output<typeof wordChange>

const wordChange = z
  .object({ op: z.enum(['same', 'removed', 'added']), text: z.string() })
  .meta({ id: 'WordChange' })

const wordChangesSchema = z.array(wordChange).meta({
  description:
    'Only where both are texts that are not empty. `same` and `removed`, one after the other, give the text before; `same` and `added` the text after. Where little is in common, or there is very much to compare, whole sentences, paragraphs or texts are removed and added.',
})

/** A field that two versions do not have in common. */
export interface Change {
  /** A JSON Pointer (RFC 6901) into the document. */
  readonly pointer: string
  readonly was: unknown
  readonly now: unknown
  /** Only where both are texts that are not empty. */
  readonly words?: readonly WordChange[]
}

const anyValue = 'Any JSON value; null where there was none.'

export const changesSchema = z
  .array(
    z
      .object({
        pointer: z.string().meta({
          description: 'The field, as a JSON Pointer (RFC 6901) into the document.',
          examples: ['/headline'],
        }),
        was: z.unknown().meta({ description: `The value before. ${anyValue}` }),
        now: z.unknown().meta({ description: `The value after. ${anyValue}` }),
        words: wordChangesSchema.optional(),
      })
      .meta({ id: 'FieldChange' }),
  )
  .meta({ description: 'The fields that differ, in the order in which the document has them.' })

/** What is not the same in the contents of two versions, field by field, and texts by their words. */
export async function compare(before: Content, after: Content): Promise<Change[]> {
  const { wordChanges } = await import('./diff-words.ts')
  return changedFields(before, after).map((field) => {
    const [was, now] = [before[field] ?? null, after[field] ?? null]
    const pointer = `/${field.replace(/~/g, '~0').replace(/\//g, '~1')}`
    return isText(was) && isText(now)
      ? { pointer, was, now, words: wordChanges(was, now) }
      : { pointer, was, now }
  })
}

/** In the order of `after`; those that only `before` has come last. A field that is absent is as good as null. */
export function changedFields(before: Content, after: Content): string[] {
  return fieldsOf(before, after).filter(
    (field) => !isDeepStrictEqual(before[field] ?? null, after[field] ?? null),
  )
}

/** All fields of both, in the same order. */
export function fieldsOf(before: Content, after: Content): string[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])]
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
