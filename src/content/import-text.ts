import { editBy } from '../documents/edit.ts'
import { ownerOfSlug } from '../documents/slugs.ts'
import { DatelineError } from '../errors.ts'
import { type Caller, roles } from '../http/auth.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import type { Imported } from './import-kept.ts'
import { typeAt } from './index.ts'
import { type Reading, type Said, saveReading } from './intake-reading.ts'

const caller: Caller = { id: 'import', scopes: new Set(roles.editor) }

/**
 * Makes an article of a pasted text. What was made of it may have been edited since, so a text that is there
 * already is left alone, and another text does not replace it.
 *
 * @throws DatelineError `slug_taken`, and what `saveReading` throws
 */
export async function importText(
  trx: WriteTrx,
  reading: Reading,
  said: Said & { readonly slug: string },
): Promise<Imported> {
  const articles = typeAt('articles')
  const owner = await ownerOfSlug(trx, articles, said.slug)
  if (owner === undefined) {
    const { done } = await saveReading(trx, articles, reading, said, editBy('import'), caller)
    return { id: done.id, isNew: true }
  }
  if (await isMadeOf(trx, owner, reading)) return { id: owner, isNew: false }
  throw new DatelineError(
    'slug_taken',
    `There is another article "${said.slug}" already, and a text only makes new ones. Rename the file, or edit the article.`,
  )
}

async function isMadeOf({ db }: WriteTrx, id: string, { bytes }: Reading): Promise<boolean> {
  const source = await db
    .selectFrom('sources')
    .select('version')
    .where('document_id', '=', id)
    .where('text', '=', bytes.toString('base64'))
    .executeTakeFirst()
  return source !== undefined
}
