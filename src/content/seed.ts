import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { ContentType } from '../documents/content-type.ts'
import { create } from '../documents/create.ts'
import type { Content } from '../documents/definition.ts'
import { editBy } from '../documents/edit.ts'
import { parseInstant } from '../documents/instants.ts'
import { ownerOfSlug } from '../documents/slugs.ts'
import type { Storage } from '../storage/open.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { typeAt } from './index.ts'

/**
 * Loads `seed/`: a folder for each type that has slugs, and in it a document as a `.json` file or, with
 * its body and its parts beside it, as a folder. Each file is the body of a request to the API, and
 * `publish` its parameter. What is there already, by its slug, is left alone.
 */
const folder = new URL('../../seed/', import.meta.url)

/** Seeds a database that has no documents. @returns whether it did */
export async function seedIfNew(storage: Storage): Promise<boolean> {
  return storage.write(async (trx) => {
    const any = await trx.db.selectFrom('documents').select('id').limit(1).executeTakeFirst()
    if (any) return false
    await loadAll(trx)
    return true
  })
}

/** Adds what is in `seed/` and not yet here, in one transaction. @returns how many documents were added */
export async function seed(storage: Storage): Promise<number> {
  return storage.write(loadAll)
}

async function loadAll(trx: WriteTrx): Promise<number> {
  for (const name of ['people', 'articles']) await loadFolder(trx, typeAt(name), new URL(`${name}/`, folder))
  return trx.created
}

async function loadFolder(trx: WriteTrx, type: ContentType, from: URL): Promise<void> {
  for (const entry of (await readdir(from)).sort()) {
    const slug = entry.replace(/\.json$/, '')
    if (await ownerOfSlug(trx, type, slug)) continue
    if (entry.endsWith('.json')) await load(trx, type, await readJson(new URL(entry, from)))
    else await loadWithParts(trx, type, new URL(`${entry}/`, from))
  }
}

async function loadWithParts(trx: WriteTrx, type: ContentType, from: URL): Promise<void> {
  const document = await readJson(new URL(`${type.type}.json`, from))
  const body = await readFile(new URL('body.md', from), 'utf8')
  const id = await load(trx, type, { ...document, body: body.trimEnd() })
  for (const part of type.children) {
    const file = new URL(`${part.path}.json`, from)
    const parts = existsSync(file) ? ((await readJson(file)) as unknown as Content[]) : [] // a list, by its name
    for (const each of parts)
      await load(trx, part, { ...each, publish: document.publish, [part.parent?.field ?? '']: id })
  }
}

async function load(trx: WriteTrx, type: ContentType, { publish, ...given }: Content): Promise<string> {
  return create(trx, type, type.schemas.content.parse(given), parseInstant(String(publish)), editBy('seed'))
}

async function readJson(file: URL): Promise<Content> {
  return JSON.parse(await readFile(file, 'utf8'))
}
