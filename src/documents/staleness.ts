import { DatelineError } from '../errors.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import { changedFields } from './diff.ts'
import { editable, selectRows } from './rows.ts'
import type { Standing } from './timelines.ts'

/** The versions that an `If-Match` allows; absent: any. */
export type Expected = readonly number[] | undefined

/**
 * @param base `live`: the change is made to what is live, so the number of that will do as well
 * @throws DatelineError `stale_version` with the current tag and what has changed since the version that was expected
 */
export async function assertExpected(
  trx: WriteTrx,
  type: ContentType,
  { newest, live }: Standing,
  expected: Expected,
  base: 'live' | undefined,
): Promise<void> {
  const current = base === 'live' && live ? live : newest
  if (!expected || expected.includes(newest.version) || expected.includes(current.version)) return
  const known = await selectRows(trx, type)
    .where('v.document_id', '=', newest.document_id)
    .where('v.version', '=', Math.max(0, ...expected.filter((each) => each < newest.version)))
    .executeTakeFirst()
  const changed = known ? differences(editable(trx, type, known), editable(trx, type, current)) : []
  const { version } = current
  const [which, how] = current === newest ? ['newest', ' with ?at=latest'] : ['live', '']
  throw new DatelineError(
    'stale_version',
    `Somebody saved this ${type.type} in the meantime: its ${which} version is ${version}. Read it${how}, make your change again and send If-Match: "${version}".`,
    { extensions: { current: `"${version}"`, changed } },
  )
}

/** For a server that takes changes only with `If-Match`. */
export function ifMatchMissing(): DatelineError {
  const detail = 'is required here: send the ETag of the version that your change was made from.'
  return new DatelineError('if_match_missing', `If-Match ${detail}`, {
    items: [{ header: 'if-match', code: 'required', detail }],
  })
}

interface Difference {
  readonly pointer: string
  readonly was: unknown
  readonly now: unknown
}

function differences(was: Content, now: Content): Difference[] {
  return changedFields(was, now).map((field) => ({ pointer: `/${field}`, was: was[field], now: now[field] }))
}
