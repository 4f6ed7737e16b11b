import { sql } from 'kysely'
import type { Action } from '../storage/schema.ts'
import { run } from '../storage/statement.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { append } from './append.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { assertToldToReaders } from './explained.ts'
import { type Intent, step } from './lifecycle.ts'
import { contentOf } from './rows.ts'
import type { Standing } from './timelines.ts'

/**
 * Appends the next version of a document that exists: other content, or another state of the same.
 *
 * @throws DatelineError `correction_missing`, and what `step` does
 */
export async function appendNext(
  trx: WriteTrx,
  type: ContentType,
  { newest, timeline }: Standing,
  intent: Intent,
  edit: Edit,
  { action, content, slug }: { action?: Action; content?: Content; slug?: string | null } = {},
): Promise<void> {
  const next = step(timeline, intent, trx.now)
  const saved = content ?? contentOf(trx, type, newest)
  const isToldAnew = next.from !== null && (intent.kind === 'publish' || intent.kind === 'keep')
  if (isToldAnew) await assertToldToReaders(trx, type, newest.document_id, saved, edit)
  await append(trx, type, {
    id: newest.document_id,
    slug: slug === undefined ? newest.slug : slug,
    content: saved,
    createdAt: newest.created_at,
    step: next,
    edit,
    action: action ?? actionOf(intent, trx.now),
  })
  await run(
    trx,
    'the latest version',
    [next.version, newest.document_id],
    (version, id) => sql`update documents set latest_version = ${version} where id = ${id}`,
  )
}

function actionOf(intent: Intent, now: number): Action {
  if (intent.kind === 'withdraw') return intent.at > now ? 'expire' : 'withdraw'
  if (intent.kind === 'publish') return intent.at > now ? 'schedule' : 'publish'
  return intent.kind === 'unschedule' || intent.kind === 'carry' ? intent.kind : 'save'
}

/** The content with what follows from it. */
export function complete(type: ContentType, content: Content): Content {
  const derived = Object.entries(type.derived ?? {}).map(([field, { from }]) => [field, from(content)])
  return { ...content, ...Object.fromEntries(derived) }
}
