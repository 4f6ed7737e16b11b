import { z } from 'zod'
import type { Content } from '../documents/definition.ts'
import type { Document } from '../documents/rows.ts'
import type { Intake } from '../intake/intake.ts'
import { warningDetails } from '../intake/intake.ts'

/** What the answer to a pasted text says beside the article: where everything was found, by which rule, how surely. */

const span = z.object({ start: z.int(), end: z.int() }).meta({
  id: 'Span',
  description: 'A place in the pasted text, in Unicode code points; the end is exclusive.',
})
export const rule = z.string().meta({ description: 'The name of the rule that found it.' })
export const confidence = z.enum(['high', 'medium', 'low'])
export const named = z.object({ name: z.string(), personId: z.string().nullable() })

const quote = z.object({
  quoteId: z.string(),
  text: z.string(),
  parts: z.array(span),
  confidence,
  rule,
  speaker: named.nullable().meta({ description: 'Who said it. Null where that is not sure enough.' }),
  suggestion: named
    .extend({ rule, confidence })
    .nullable()
    .meta({ description: 'Who may have said it. It is not saved: confirm it with a PATCH of the quote.' }),
  candidates: z.array(named).meta({ description: 'Where several fit equally.' }),
  mention: z
    .object({ text: z.string(), span })
    .nullable()
    .meta({ description: 'The words that name the speaker.' }),
  isPartial: z.boolean().meta({ description: 'A few words inside a sentence of the article.' }),
  hasNested: z.boolean().meta({ description: 'It quotes somebody else.' }),
  insertions: z.array(span).meta({ description: 'What an editor put in, in square brackets.' }),
})

const person = z.object({
  name: z.string(),
  personId: z
    .string()
    .nullable()
    .meta({ description: 'Null where they are only suggested: nobody was made.' }),
  as: z.enum(['subject', 'mentioned', 'author']),
  role: z.string().nullable(),
  country: z.string().nullable(),
  spans: z.array(span),
  confidence,
  rule,
})

export const intakeSchema = z
  .object({
    publishedAt: z.string().nullable().meta({
      description: 'The date in the text. A publication at once takes it; it is kept for no draft.',
    }),
    fields: z
      .record(z.string(), z.object({ span: span.nullable(), rule, confidence }))
      .meta({ description: 'Of each field of the article that was found in the text, where and how.' }),
    quotes: z.array(quote),
    people: z.array(person),
    relatedLinks: z.array(z.object({ linkId: z.string(), title: z.string(), span })),
    quotedWords: z
      .array(z.object({ text: z.string(), span, rule }))
      .meta({ description: 'Words in quotation marks that are nobody’s speech.' }),
    furniture: z
      .array(z.object({ text: z.string(), span, rule }))
      .meta({ description: 'Lines of the site that are no part of the story, and were left out.' }),
    warnings: z.array(
      z.object({
        code: z.enum(Object.keys(warningDetails) as [string]),
        detail: z.string(),
        span: span.nullable(),
      }),
    ),
  })
  .meta({ id: 'Intake', description: 'Only in the answer to a pasted text: how it was read.' })

/** The article that was made, with how. */
export type Told = Document & {
  readonly intake: z.infer<typeof intakeSchema>
  readonly notices?: readonly { code: string; detail: string }[]
}

/**
 * @param document the article as it was saved, expanded
 * @param isSaved whether the person at this place of `story.people` is among the article's
 */
export function told(
  { story, fields, quotedWords, furniture, warnings }: Intake,
  document: Document,
  isSaved: (index: number) => boolean,
): z.infer<typeof intakeSchema> {
  const saved = [...(document.people as readonly { personId: string }[])]
  const people = story.people.map((each, index) => ({
    ...each,
    personId: isSaved(index) ? (saved.shift()?.personId ?? null) : null,
  }))
  const named = (index: number | null) => {
    const { name, personId } = (index === null ? undefined : people[index]) ?? { name: '', personId: null }
    return { name, personId }
  }
  const ids = (name: string) => (document[name] as readonly Content[]).map(({ id }) => String(id))
  const [quoteIds, linkIds] = [ids('quotes'), ids('relatedLinks')]
  return {
    publishedAt: story.publishedAt,
    fields: { ...fields },
    quotes: story.quotes.map((each, index) => ({
      ...each,
      parts: [...each.parts],
      insertions: [...each.insertions],
      quoteId: quoteIds[index] ?? '',
      speaker: each.speaker === null ? null : named(each.speaker),
      suggestion: each.suggestion && { ...each.suggestion, ...named(each.suggestion.person) },
      candidates: each.candidates.map(named),
    })),
    people: people.map((each) => ({ ...each, spans: [...each.spans] })),
    relatedLinks: story.relatedLinks.map(({ title, span }, index) => ({
      linkId: linkIds[index] ?? '',
      title,
      span,
    })),
    quotedWords: [...quotedWords],
    furniture: [...furniture],
    warnings: [...warnings],
  }
}
