import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { DatelineError } from '../errors.ts'
import type { Instant } from '../storage/clock.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { prose } from './fields.ts'
import { formatInstant } from './instants.ts'
import type { Step } from './lifecycle.ts'

/**
 * Public notes on what was wrong, or is new, in something that had been published. They are carried from
 * version to version with the content, and each has the instant at which readers could first see it.
 */
export interface Correction {
  readonly kind: string
  readonly text: string
  /** Null until a version that has it is published. */
  readonly at: string | null
}

const kind = z.enum(['correction', 'clarification', 'update', 'retraction'])

/** As a request gives it. */
export const givenCorrection = z
  .strictObject({ kind, text: prose(5000).trim().min(1, 'must not be empty').meta({ maxLength: 5000 }) })
  .nullable()
  .optional()
  .meta({
    description:
      'Tells readers what this change puts right. Only for what has been live; it is shown from when the change is.',
  })

export type GivenCorrection = z.output<typeof givenCorrection>

/** As an answer lists them, the oldest first. */
export const correctionsField = z
  .array(
    z
      .object({
        kind,
        text: z.string(),
        at: z.string().nullable().meta({
          format: 'date-time',
          description: 'Since when readers see it; null while it is not published.',
        }),
      })
      .meta({ id: 'Correction' }),
  )
  .meta({ description: 'In the order in which they were made.' })

/** Those in a content of a type with fields on record. */
export function correctionsIn({ corrections }: Content): readonly Correction[] {
  return (corrections ?? []) as readonly Correction[] // only this module makes them
}

/** Readers see it, or did. */
export function isPublic({ at }: Correction, now: Instant): boolean {
  return at !== null && at <= formatInstant(now)
}

/**
 * The corrections of a version that waits, with those that are public by now. One of its own that has
 * just been made in public is not made a second time.
 */
export function withPublished(
  waiting: readonly Correction[],
  published: readonly Correction[],
  now: Instant,
): readonly Correction[] {
  const at = formatInstant(now)
  const isSaid = (own: Correction) => published.some((each) => isDeepStrictEqual(each, { ...own, at }))
  return [...published, ...waiting.filter((own) => !isPublic(own, now) && !isSaid(own))]
}

/** The list with a further one, unless it is there already because the request was sent twice. */
export function withCorrection(
  corrections: readonly Correction[],
  given: GivenCorrection,
  isChange: boolean,
): readonly Correction[] {
  if (!given) return corrections
  const last = corrections.at(-1)
  if (!isChange && last && isDeepStrictEqual({ ...last, at: null }, { ...given, at: null }))
    return corrections
  return [...corrections, { ...given, at: null }]
}

/**
 * What is new in a version becomes public with it; what is in the scheduled version already, with that one.
 *
 * @param step `from`: the start of the version's window, null where it has none; `awaits`: that of the
 *   version that is scheduled beside it
 */
export function dated(
  corrections: readonly Correction[],
  { from, awaits }: Pick<Step, 'from' | 'awaits'>,
  now: Instant,
): Correction[] {
  const scheduledFor = awaits === null ? undefined : formatInstant(awaits)
  return corrections.map((each) => {
    if (isPublic(each, now)) return each
    if (from !== null) return { ...each, at: formatInstant(from) }
    return { ...each, at: each.at === scheduledFor ? each.at : null }
  })
}

/**
 * @throws DatelineError `invalid_content` for a correction of what nobody has seen,
 *   `correction_missing` where one is required
 */
export function assertExplained(
  type: ContentType,
  { before, after }: { before: Content; after: Content },
  given: GivenCorrection,
  { isLive, wasLive }: { isLive: boolean; wasLive: boolean },
  edit: Edit,
): void {
  if (given && !wasLive) {
    const detail = `Nobody has seen this ${type.type} yet, so there is nothing to correct. Leave it out.`
    throw new DatelineError('invalid_content', `/correction: ${detail}`, {
      items: [{ pointer: '/correction', code: 'not_allowed', detail }],
    })
  }
  const changed = type.onRecord.filter((field) => !isDeepStrictEqual(before[field], after[field]))
  if (given || !isLive || !edit.mustExplain || edit.isMinor || changed.length === 0) return
  throw new DatelineError(
    'correction_missing',
    `This changes the ${changed.join(', ')} of what is live. Say so to readers with "correction": {"kind": "correction", "text": "…"}, or add ?minor=true.`,
    {
      items: changed.map((field) => ({
        pointer: `/${field}`,
        code: 'required',
        detail: 'is changed, so correction is required.',
      })),
    },
  )
}
