import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { keptTypes } from './kept-file.ts'

/** What each extension is read as. */
const kinds: Readonly<Record<string, FileKind>> = {
  '.json': 'person',
  '.md': 'article',
  '.txt': 'text/plain',
  '.html': 'text/html',
  '.htm': 'text/html',
}

export type FileKind = 'person' | 'article' | 'text/plain' | 'text/html'

export interface FileToImport {
  readonly path: string
  readonly kind: FileKind
}

export interface Failure {
  readonly path: string
  /** In one line. */
  readonly reason: string
}

/**
 * The files that these paths name, people first and each once. Of a folder that an export could have made only
 * what an export makes is taken, so that the folder can have a README; of any other one everything in it and
 * below that can be read.
 */
export async function filesToImport(
  paths: readonly string[],
): Promise<{ files: readonly FileToImport[]; failed: readonly Failure[] }> {
  const files = new Map<string, FileToImport>()
  const failed: Failure[] = []
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined)
    const inside = found?.isDirectory() ? await filesIn(path) : [path]
    for (const file of inside) {
      const kind = kinds[extname(file).toLowerCase()]
      if (kind !== undefined && found) files.set(file, { path: file, kind })
      else failed.push({ path: file, reason: found ? UNKNOWN : 'There is no such file.' })
    }
  }
  const [people, others] = [true, false].map((isPerson) =>
    [...files.values()].filter(({ kind }) => (kind === 'person') === isPerson),
  )
  return { files: [...(people ?? []), ...(others ?? [])], failed }
}

const UNKNOWN =
  'What is in it cannot be told: its name must end in .md, .txt, .html, .htm or .json (a person).'

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  const kept = keptTypes.filter(({ path }) => names.includes(path))
  if (kept.length === 0) return walk(folder)
  const found = kept.map(async ({ path, extension }) =>
    (await walk(join(folder, path))).filter((file) => file.endsWith(`.${extension}`)),
  )
  return (await Promise.all(found)).flat()
}

/** What is hidden is nobody's story. */
async function walk(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'))
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return walk(path)
    return kinds[extname(entry.name).toLowerCase()] === undefined ? [] : [path]
  })
  return (await Promise.all(found)).flat().sort()
}
