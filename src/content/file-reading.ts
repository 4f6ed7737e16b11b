import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Content } from '../documents/definition.ts'
import type { Publication } from '../documents/publication.ts'
import { slugify } from '../documents/slugs.ts'
import { DatelineError } from '../errors.ts'
import { decode, parseJson } from '../http/body.ts'
import { readMarkdown } from '../intake/markdown.ts'
import { readStory } from '../intake/story.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { withBlockQuotes } from './article-forms.ts'
import type { FileToImport } from './files-to-import.ts'
import { type Imported, importKept } from './import-kept.ts'
import { importText } from './import-text.ts'
import { typeAt } from './index.ts'
import { readingOf } from './intake-reading.ts'
import { type KeptDocument, readKept } from './kept-reading.ts'
import { pastedText } from './pasted-text.ts'

export interface ImportOptions {
  /** Of a pasted text: the zone of times that name none, its language, and where it was published first. */
  readonly timezone?: string | undefined
  readonly language?: string | undefined
  readonly source?: string | undefined
  /** Lines of the site of a pasted text that are no part of any story. */
  readonly furniture?: readonly string[] | undefined
  /** What a new document does whose file does not say. */
  readonly publish?: Publication
}

/** A file that was read, before anything of it is saved. */
export interface FileRead {
  readonly path: string
  /** Absent for a text, which is nothing before it is saved. */
  readonly kept?: KeptDocument
  save(trx: WriteTrx): Promise<Imported>
}

/** @throws DatelineError that says what is wrong with the file */
export async function readFileToImport(
  { path, kind }: FileToImport,
  options: ImportOptions,
): Promise<FileRead> {
  const bytes = await readFile(path)
  const slug = await slugify(basename(path, extname(path)))
  if (slug === '') throw nameless()
  if (kind === 'person') return keptFile(path, await person(bytes, slug), options)
  if (kind === 'article') return keptFile(path, await article(bytes, slug), options)
  const { text, encoding } = pastedText(bytes)
  const { timezone, language, furniture, source, publish } = options
  const reading = readingOf(
    readStory(text, { timezone, language, furniture }),
    bytes,
    `${kind}; charset=${encoding}`,
  )
  return { path, save: (trx) => importText(trx, reading, { slug, source, publish }) }
}

export function keptFile(path: string, kept: KeptDocument, { publish }: ImportOptions): FileRead {
  return { path, kept, save: (trx) => importKept(trx, kept, publish) }
}

async function person(bytes: Buffer, slug: string): Promise<KeptDocument> {
  const given = await parseJson(decode(bytes, 'malformed_json').replace(/^\uFEFF/, ''))
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new DatelineError('invalid_content', 'It must be a JSON object: a person.')
  return readKept(typeAt('people'), given as Content, slug, undefined)
}

/** Front matter of any length: nobody sends these to a server. */
async function article(bytes: Buffer, slug: string): Promise<KeptDocument> {
  const text = decode(bytes, 'malformed_request').replace(/^\uFEFF/, '')
  const { content, version } = await withBlockQuotes(readMarkdown(text, Number.POSITIVE_INFINITY))
  return readKept(typeAt('articles'), content, slug, version)
}

function nameless(): DatelineError {
  return new DatelineError('invalid_id', 'No slug can be made of its name: it needs letters or digits.')
}
