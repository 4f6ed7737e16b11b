import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { DatelineError } from '../errors.ts'
import { insert } from '../storage/insert.ts'
import { run } from '../storage/statement.ts'
import type { Trx, WriteTrx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'

const LONGEST = 80

/**
 * A slug in ASCII for a headline or a name in any script, at most 80 characters, cut between words: `£2m` is 2m.
 * All scripts take 4 MB, which the first writer brings in.
 */
export async function slugify(text: string): Promise<string> {
  const { transliterate } = await import('transliteration')
  const words = transliterate(text.normalize('NFC').replace(/\p{Sc}/gu, ' '))
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  let slug = ''
  for (const word of words) {
    if (slug.length + 1 + word.length > LONGEST) break
    slug = slug ? `${slug}-${word}` : word
  }
  return slug || (words[0]?.slice(0, LONGEST) ?? '')
}

/**
 * Reserves a slug for a document, for good: every slug that any version ever had leads to it.
 *
 * @throws DatelineError `slug_taken` when it belongs to another document
 */
export async function reserveSlug(trx: WriteTrx, type: ContentType, slug: string, id: string): Promise<void> {
  const owner = await ownerOfSlug(trx, type, slug)
  if (owner === id) return
  if (owner)
    throw new DatelineError(
      'slug_taken',
      `The slug "${slug}" belongs to another ${type.type}, now or in its past. Choose another one.`,
      {
        items: [{ pointer: '/slug', code: 'not_allowed', detail: `"${slug}" is taken.` }],
      },
    )
  await take(trx, type, slug, id)
}

/**
 * Reserves a slug made from a text: with `-2`, `-3` … at its end when the plain one belongs to another document.
 *
 * @returns the slug
 */
export async function reserveFreeSlug(
  trx: WriteTrx,
  type: ContentType,
  text: string,
  id: string,
): Promise<string> {
  const stem = (await slugify(text)) || type.type
  const owner = await ownerOfSlug(trx, type, stem)
  if (owner === id) return stem
  const slug = owner ? await freeSlug(trx, type, stem) : stem
  await take(trx, type, slug, id)
  return slug
}

async function take(trx: WriteTrx, type: ContentType, slug: string, id: string): Promise<void> {
  await insert(trx, 'slugs', { type: type.type, slug, document_id: id })
}

async function freeSlug(trx: Trx, type: ContentType, stem: string): Promise<string> {
  for (let count = 2; ; count += 1) {
    if (count === 10) count += await countNumbered(trx, type, stem)
    const suffix = `-${count}`
    const slug = stem.slice(0, LONGEST - suffix.length).replace(/-$/, '') + suffix
    if (!(await ownerOfSlug(trx, type, slug))) return slug
  }
}

/** The ids of the documents that a text gave its slug to, with a number at its end or without; the first of very many. */
export async function idsAtSlug(trx: Trx, type: ContentType, text: string): Promise<string[]> {
  const stem = (await slugify(text)) || type.type
  const short = stem.slice(0, LONGEST - 2).replace(/-$/, '')
  const rows = await trx.db
    .selectFrom('slugs')
    .select(['slug', 'document_id'])
    .where('type', '=', type.type)
    .where(({ eb, and, or }) =>
      or([eb('slug', '=', stem), and([eb('slug', '>', `${short}-`), eb('slug', '<', `${short}.`)])]),
    )
    .orderBy('slug')
    .limit(MOST_ALIKE)
    .execute()
  const alike = rows.filter(({ slug }) => slug === stem || /^-\d+$/.test(slug.slice(short.length)))
  return [...new Set(alike.map(({ document_id }) => document_id))]
}

const MOST_ALIKE = 200

/** How many slugs go on after the stem with a hyphen: a search for a free number may start after so many. */
async function countNumbered(trx: Trx, type: ContentType, stem: string): Promise<number> {
  const { total } = await trx.db
    .selectFrom('slugs')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('type', '=', type.type)
    .where('slug', '>', `${stem}-`)
    .where('slug', '<', `${stem}.`)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Anything else leads nowhere: neither to what is kept of a slug that was erased, nor, with a NUL in it, to an error of PostgreSQL's. */
export function mayBeSlug(text: string): boolean {
  return /^[a-z0-9-]+$/.test(text)
}

/** The id of the document that a slug leads to, whether or not a reader may know of it. */
export async function ownerOfSlug(trx: Trx, type: ContentType, slug: string): Promise<string | undefined> {
  if (!mayBeSlug(slug)) return undefined
  const [row] = await run<{ document_id: string }>(
    trx,
    'the owner of a slug',
    [type.type, slug, ...erasedForms(slug)],
    (type, ...forms) =>
      sql`select document_id from slugs where type = ${type} and slug in (${sql.join(forms)})`,
  )
  return row?.document_id
}

/**
 * Erases the words in a document's slugs. They stay reserved, and lead to its tombstone, by their hashes.
 *
 * @param wasSeen whether the public knew the document by that slug
 */
export async function eraseSlugs(
  trx: WriteTrx,
  type: ContentType,
  id: string,
  wasSeen: (slug: string) => Promise<boolean>,
): Promise<void> {
  const slugs = await trx.db
    .selectFrom('slugs')
    .select('slug')
    .where('type', '=', type.type)
    .where('document_id', '=', id)
    .execute()
  for (const { slug } of slugs) {
    await trx.db.deleteFrom('slugs').where('type', '=', type.type).where('slug', '=', slug).execute()
    await trx.db
      .insertInto('slugs')
      .values({ type: type.type, slug: erasedForm(slug, await wasSeen(slug)), document_id: id })
      .execute()
  }
}

/** True when readers knew a document by this slug whose content was erased. */
export async function wasErasedInPublic(trx: Trx, type: ContentType, slug: string): Promise<boolean> {
  const row = await trx.db
    .selectFrom('slugs')
    .select('document_id')
    .where('type', '=', type.type)
    .where('slug', '=', erasedForm(slug, true))
    .executeTakeFirst()
  return row !== undefined
}

function erasedForm(slug: string, wasSeen: boolean): string {
  const [seen, unseen] = erasedForms(slug)
  return wasSeen ? seen : unseen
}

/** That of one that the public knew, and of one that it did not. No slug has a colon, so that none is taken for a hash. */
function erasedForms(slug: string): [seen: string, unseen: string] {
  const digest = hash('sha256', slug, 'hex')
  return [`seen:${digest}`, `unseen:${digest}`]
}
