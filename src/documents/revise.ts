import { isDeepStrictEqual } from 'node:util'
import { DatelineError } from '../errors.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import type { Author } from './create.ts'
import type { Content } from './definition.ts'
import { notFound } from './find.ts'
import { type Intent, isSettled } from './lifecycle.ts'
import { assertParentLive, positionAtEnd, publishParts } from './parts.ts'
import { assertNothingScheduled, type Publication, publicationIntent } from './publication.ts'
import { resolveReferences } from './references.ts'
import { contentOf, type Row, selectRows } from './rows.ts'
import { appendNext, complete } from './save.ts'
import { freeSlug, reserveSlug } from './slugs.ts'
import { readStanding, type Standing } from './timelines.ts'

/** The versions that an `If-Match` allows; absent: any. */
export type Expected = readonly number[] | undefined

/**
 * Changes a document's content: the edit gets the newest version's, and the type's schema checks what it
 * gives back. Saving what is there already appends nothing.
 *
 * @throws DatelineError `not_found`, `stale_version`, `invalid_content`, `slug_taken`, `already_scheduled`,
 *   `already_published`, `parent_not_live`; ZodError when the edited content breaks its schema
 */
export async function revise(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  edit: (content: Content) => unknown,
  { publication, author, expected }: { publication: Publication; author: Author; expected: Expected },
): Promise<void> {
  const standing = await standingOf(trx, type, id, expected)
  const { newest, timeline } = standing
  const before = editable(trx, type, newest)
  const after = await prepare(
    trx,
    type,
    newest,
    before,
    type.schemas.content.parse(edit(structuredClone(before))),
  )
  const intent = await intentOfChange(trx, type, standing, after, publication, author)
  if (!isDeepStrictEqual(before, after) || !isSettled(timeline, intent, trx.now)) {
    const { slug, ...content } = after
    await appendNext(trx, type, standing, intent, {
      by: author.by,
      content: complete(type, content),
      slug: typeof slug === 'string' ? slug : null,
    })
  }
  if (intent.kind === 'publish') await publishParts(trx, type, id, intent.at, author.by)
}

/** Reads where a document stands and refuses a stale `If-Match`. */
export async function standingOf(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  expected: Expected,
): Promise<Standing> {
  const standing = await readStanding(trx, type, id)
  if (!standing) throw notFound(type, id)
  const { version } = standing.newest
  if (expected && !expected.includes(version)) throw await staleness(trx, type, standing.newest, expected)
  return standing
}

/** What to tell somebody whose version is not the newest: what has changed since. */
async function staleness(
  trx: WriteTrx,
  type: ContentType,
  newest: Row,
  expected: readonly number[],
): Promise<DatelineError> {
  const { version } = newest
  const known = await selectRows(trx, type)
    .where('v.document_id', '=', newest.document_id)
    .where('v.version', '=', Math.max(0, ...expected.filter((each) => each < version)))
    .executeTakeFirst()
  const changed = known ? differences(editable(trx, type, known), editable(trx, type, newest)) : []
  return new DatelineError(
    'stale_version',
    `Somebody saved this ${type.type} in the meantime: its newest version is ${version}. Read it with ?at=latest, make your change again and send If-Match: "${version}".`,
    { extensions: { current: `"${version}"`, changed } },
  )
}

interface Difference {
  readonly pointer: string
  readonly was: unknown
  readonly now: unknown
}

function differences(was: Content, now: Content): Difference[] {
  return Object.keys(now)
    .filter((field) => !isDeepStrictEqual(was[field], now[field]))
    .map((field) => ({ pointer: `/${field}`, was: was[field], now: now[field] }))
}

async function intentOfChange(
  trx: WriteTrx,
  type: ContentType,
  { timeline }: Standing,
  content: Content,
  publication: Publication,
  author: Author,
): Promise<Intent> {
  if (publication === undefined) return { kind: author.mayPublish ? 'keep' : 'draft' }
  const intent = publicationIntent(publication, trx.now)
  assertNothingScheduled(timeline, intent, trx.now)
  if (intent.kind === 'publish') await assertParentLive(trx, type, content, intent.at)
  return intent
}

/** What a request may set, as it is stored: the content without what is derived, and the slug. */
function editable(trx: WriteTrx, type: ContentType, newest: Row): Content {
  const content = contentOf(trx, type, newest)
  for (const field of Object.keys(type.derived ?? {})) delete content[field]
  return type.slugFrom ? { slug: newest.slug, ...content } : content
}

async function prepare(
  trx: WriteTrx,
  type: ContentType,
  newest: Row,
  before: Content,
  edited: Content,
): Promise<Content> {
  const content = await resolveReferences(trx, type, edited)
  if (type.parent) await prepareAsPart(trx, type, type.parent.field, before, content)
  if (!type.slugFrom) return content
  content.slug ??= await freeSlug(trx, type, String(content[type.slugFrom]), newest.document_id)
  await reserveSlug(trx, type, String(content.slug), newest.document_id)
  return content
}

async function prepareAsPart(
  trx: WriteTrx,
  type: ContentType,
  parent: string,
  before: Content,
  content: Content,
): Promise<void> {
  if (content[parent] !== before[parent]) {
    const detail = `A ${type.type} stays with its ${type.parent?.type.type}. Withdraw this one and post it anew under the other.`
    throw new DatelineError('invalid_content', detail, {
      items: [{ pointer: `/${parent}`, code: 'immutable', detail }],
    })
  }
  content.position ??= await positionAtEnd(trx, type, content[parent])
}
