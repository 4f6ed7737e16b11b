import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expand, parseInclude } from '../documents/include.ts'
import { type ListPosition, list } from '../documents/list.ts'
import type { Moment } from '../documents/moment.ts'
import type { Progress, Storage } from '../storage/open.ts'
import type { Trx } from '../storage/transaction.ts'
import { typeAt } from './index.ts'
import { type Kept, keptTypes } from './kept-file.ts'
import { isAheadOfLive } from './publish-line.ts'

export interface ExportReport {
  /** Files that the folder has now. */
  readonly files: number
  /** Those that are new or have changed. */
  readonly written: number
  readonly removed: number
  /** Files with words that are not published, of documents of which an older version is live. */
  readonly ahead: readonly string[]
}

/** The files that exports have made, one a line, for the next one to know them. */
const LIST = '.dateline-export'
const HEAD = '# The files that `dateline export` made here. It removes those that are no longer there.'

const AT_A_TIME = 100

/**
 * Writes the newest version of everything that is not withdrawn into a folder, each document as a file.
 * Exporting the same again gives the same bytes. Files whose documents are gone are removed, and nothing that
 * an export did not make.
 *
 * @throws Error for a database with nothing in it, where that would remove everything
 */
export async function exportFolder(
  storage: Storage,
  folder: string,
  progress: Progress,
): Promise<ExportReport> {
  await mkdir(folder, { recursive: true })
  const before = await filesOfExport(folder)
  const { files, written, ahead } = await storage.read(async (trx) => {
    const files = new Set<string>()
    const ahead: string[] = []
    let written = 0
    for await (const { file, text, isAhead } of everything(trx, progress)) {
      if (isAhead) ahead.push(file)
      files.add(file)
      if (await write(join(folder, file), text)) written += 1
    }
    return { files, written, ahead }
  })
  if (files.size === 0 && before.length > 0) throw nothingToExport(folder, before.length)
  const gone = before.filter((file) => !files.has(file))
  for (const file of gone) await rm(join(folder, file), { force: true })
  await write(join(folder, LIST), [HEAD, ...[...files].sort(), ''].join('\n'))
  return { files: files.size, written, removed: gone.length, ahead: ahead.sort() }
}

interface Rendered {
  readonly file: string
  readonly text: string
  readonly isAhead: boolean
}

/** Page by page, so that no more than a page is in memory. */
async function* everything(trx: Trx, progress: Progress): AsyncGenerator<Rendered> {
  const moment: Moment = { at: 'latest', now: trx.now, drafts: true }
  let done = 0
  let total = 0
  for (const kept of keptTypes) total += (await pageOf(trx, kept, moment, undefined, 1)).total ?? 0
  for (const kept of keptTypes) {
    let from: ListPosition | undefined
    do {
      const { documents, next } = await pageOf(trx, kept, moment, from, AT_A_TIME)
      for (const document of documents) {
        const file = `${kept.path}/${document.slug}.${kept.extension}`
        const text = kept.render(typeAt(kept.path), document)
        yield { file, text, isAhead: isAheadOfLive(document, trx.now) }
      }
      done += documents.length
      progress(done, total)
      from = next ?? undefined
    } while (from)
  }
}

async function pageOf(trx: Trx, kept: Kept, moment: Moment, from: ListPosition | undefined, limit: number) {
  const type = typeAt(kept.path)
  const page = await list(trx, type, { moment, limit, from, count: from === undefined })
  await expand(trx, page.documents, parseInclude(type, kept.include), moment)
  return page
}

/** @returns whether the file was new or had other bytes */
async function write(path: string, text: string): Promise<boolean> {
  const there = await readFile(path, 'utf8').catch(absent)
  if (there === text) return false
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  return true
}

/** The list can be edited by anyone who can edit the folder: whatever else stands in it is no file of ours. */
async function filesOfExport(folder: string): Promise<string[]> {
  const list = (await readFile(join(folder, LIST), 'utf8').catch(absent)) ?? ''
  const ours = new RegExp(
    `^(?:${keptTypes.map(({ path, extension }) => `${path}/[a-z0-9-]+\\.${extension}`).join('|')})$`,
  )
  return list.split(/\r?\n/).filter((line) => ours.test(line))
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** More likely the wrong database than a newsroom that has withdrawn everything. */
function nothingToExport(folder: string, count: number): Error {
  return new Error(
    `There is nothing in this database, and ${folder} has ${count} files of an earlier export, which were kept. Look at DATABASE_URL; if it is right, delete the files.`,
  )
}
