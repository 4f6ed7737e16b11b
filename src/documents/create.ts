import { DatelineError } from '../errors.ts'
import { insert } from '../storage/insert.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { append } from './append.ts'
import type { ContentType } from './content-type.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { whatIsWrong } from './find.ts'
import { isId, newId } from './ids.ts'
import { type Intent, step } from './lifecycle.ts'
import { assertParentLive, intentOfNewPart, positionAtEnd, takeRoom } from './parts.ts'
import { type Publication, publicationIntent } from './publication.ts'
import { resolveReferences } from './references.ts'
import { complete } from './save.ts'
import { reserveFreeSlug, reserveSlug } from './slugs.ts'

/**
 * Creates a document and its first version.
 *
 * @param given content as the type's schema `content` gives it
 * @returns its id
 * @throws DatelineError `invalid_content` for references to nothing and for an id that is taken, `slug_taken`,
 *   `parent_not_live`
 */
export async function create(
  trx: WriteTrx,
  type: ContentType,
  { id: broughtAlong, slug: wanted, ...given }: Content,
  publication: Publication,
  edit: Edit,
): Promise<string> {
  const content = await resolveReferences(trx, type, given, edit.names, new Set())
  if (type.parent) {
    const parentId = String(content[type.parent.field])
    await takeRoom(trx, type, parentId)
    content.position ??= await positionAtEnd(trx, type, parentId)
  }
  const id = edit.keepsIds ? await idToKeep(trx, type, broughtAlong) : newId(type.type, trx)
  const intent = await intentOfNew(trx, type, content, publication, edit)
  const next = step({}, intent, trx.now)
  await insert(trx, 'documents', { id, type: type.type, latest_version: next.version, created_at: trx.now })
  const slug = type.slugFrom ? await slugOfNew(trx, type, wanted, content[type.slugFrom], id) : null
  await append(trx, type, {
    id,
    slug,
    content: complete(type, content),
    createdAt: trx.now,
    step: next,
    edit,
    action: 'create',
  })
  return id
}

/** An id leads to one document for good: also that of one that is withdrawn, or was erased. */
async function idToKeep(trx: WriteTrx, type: ContentType, given: unknown): Promise<string> {
  if (given === undefined) return newId(type.type, trx)
  const id = String(given)
  const fault = isId(type.type, id) ? await takenBy(trx, id) : whatIsWrong(type, id)
  if (fault === undefined) return id
  throw new DatelineError('invalid_content', `/id: ${fault}`, {
    items: [{ pointer: '/id', code: 'not_allowed', detail: fault }],
  })
}

async function takenBy({ db }: WriteTrx, id: string): Promise<string | undefined> {
  const taken = await db.selectFrom('documents').select('id').where('id', '=', id).executeTakeFirst()
  return (
    taken && `"${id}" was withdrawn here, or belongs to another document. Leave the id out to make a new one.`
  )
}

async function intentOfNew(
  trx: WriteTrx,
  type: ContentType,
  content: Content,
  publication: Publication,
  edit: Edit,
): Promise<Intent> {
  if (publication !== undefined) {
    const intent = publicationIntent(publication, trx.now)
    if (intent.kind === 'publish') await assertParentLive(trx, type, content, intent.at)
    return intent
  }
  if (!edit.mayPublish || type.whenNew === 'draft') return { kind: 'draft' }
  return type.whenNew === 'live' ? { kind: 'publish', at: trx.now } : intentOfNewPart(trx, type, content)
}

async function slugOfNew(
  trx: WriteTrx,
  type: ContentType,
  wanted: unknown,
  text: unknown,
  id: string,
): Promise<string> {
  if (typeof wanted !== 'string') return reserveFreeSlug(trx, type, String(text), id)
  await reserveSlug(trx, type, wanted, id)
  return wanted
}
