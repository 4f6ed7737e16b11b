import { sql } from 'kysely'
import { resolve } from '../documents/references.ts'
import { slugify } from '../documents/slugs.ts'
import { aliasesOf } from '../intake/nicknames.ts'
import type { Trx } from '../storage/transaction.ts'
import { typeAt } from './index.ts'

const people = typeAt('people')

/**
 * The id of the one person with this name, by slug, name or alias; undefined where there is none, or several.
 * `Robert “Bobby” Hayes` may be known as Robert Hayes or as Bobby Hayes.
 */
export async function knownPerson(trx: Trx, name: string): Promise<string | undefined> {
  for (const called of [name, ...aliasesOf(name)]) {
    const id = await personCalled(trx, called)
    if (id) return id
  }
  return undefined
}

async function personCalled(trx: Trx, name: string): Promise<string | undefined> {
  const bySlug = await resolve(trx, people, await slugify(name))
  if (bySlug) return bySlug
  const { rows } = await sql<{ id: string }>`
    select d.id from person_versions as v join documents as d on d.id = v.document_id and d.latest_version = v.version
      where v.name = ${name}
    union
    select d.id from person_aliases_index as i join documents as d on d.id = i.document_id and d.latest_version = i.version
      where i.target_id = ${name}
    limit 2`.execute(trx.db)
  return rows.length === 1 ? rows[0]?.id : undefined
}
