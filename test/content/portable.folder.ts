import { deepStrictEqual } from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Test } from 'tap'
import { exportFolder } from '../../src/content/export-folder.ts'
import type { ImportOptions } from '../../src/content/file-reading.ts'
import { importFiles } from '../../src/content/import-files.ts'
import { type Dateline, start } from '../support/dateline.ts'

export type Files = Record<string, string>

export async function folderFor(t: Test, files: Files = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

export async function filesIn(folder: string): Promise<Files> {
  const paths = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = paths
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')]),
  )
  return Object.fromEntries(texts)
}

const silent = () => {}
export const exportTo = ({ storage }: Dateline, folder: string) => exportFolder(storage, folder, silent)
export const importFrom = (
  { storage }: Dateline,
  paths: string | string[],
  options: ImportOptions & { isDry?: boolean } = {},
) => importFiles(storage, [paths].flat(), options, silent)

/**
 * An import of what was exported changes nothing where it came from, and an empty database makes the same of it.
 *
 * @returns that other database
 */
export async function assertRoundTrip(t: Test, dateline: Dateline): Promise<Dateline> {
  const [first, second] = [await folderFor(t), await folderFor(t)]
  await exportTo(dateline, first)
  const files = await filesIn(first)
  const count = Object.keys(files).length - 1
  const before = await state(dateline)
  deepStrictEqual(await importFrom(dateline, first), report({ unchanged: count }))
  deepStrictEqual(await state(dateline), before, 'nothing is written where it came from')
  const other = await start(t)
  other.clock.now = dateline.clock.now
  deepStrictEqual(await importFrom(other, first), report({ made: count }))
  await exportTo(other, second)
  deepStrictEqual(await filesIn(second), files, 'the other database exports the same bytes')
  t.pass('exported, imported and exported again')
  return other
}

export function report(
  counts: Partial<Record<'made' | 'changed' | 'unchanged', number>>,
  failed: unknown[] = [],
) {
  return { made: 0, changed: 0, unchanged: 0, ...counts, failed }
}

export const state = ({ storage }: Dateline) =>
  storage.read(async ({ db }) => ({
    clock: await db.selectFrom('clock').selectAll().execute(),
    documents: await db.selectFrom('documents').selectAll().orderBy('id').execute(),
  }))
