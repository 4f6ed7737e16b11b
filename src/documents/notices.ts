import { z } from 'zod'

/** What a write's answer tells an editor beside the document: a closed list. */
export const noticeCodes = [
  'unchanged',
  'not_published',
  'joined_schedule',
  'scheduled_version_differs',
  'unpublished_version_differs',
  'schedule_cancelled',
  'end_cancelled',
  'old_slug_redirects',
  'reference_not_live',
  'linked_to_existing',
  'part_kept',
  'quotes_moved',
  'quotes_lost',
  'pasted_before',
  'same_headline',
] as const

export type NoticeCode = (typeof noticeCodes)[number]

export interface Notice {
  readonly code: NoticeCode
  /** A sentence. */
  readonly detail: string
  readonly [member: string]: unknown
}

export const noticesSchema = z
  .array(z.looseObject({ code: z.enum(noticeCodes), detail: z.string() }).meta({ id: 'Notice' }))
  .optional()
  .meta({ description: 'Only in the answer to a write: what an editor should know and need not fix.' })
