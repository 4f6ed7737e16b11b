import type { Content } from '../documents/definition.ts'
import { DatelineError } from '../errors.ts'
import { type FileRead, type ImportOptions, keptFile } from './file-reading.ts'

/** Where one article leads to another: it has to be there before. */
const TARGET = /^\/relatedLinks\/(\d+)\/targetArticleId$/

/** What a file leads to and is not there, by its id or slug; nothing where something else is wrong as well. */
export function missingTargets({ kept }: FileRead, error: unknown): string[] {
  const items = error instanceof DatelineError ? error.items : []
  const targets = items.map(({ pointer = '', code }) => {
    const [, index] = (code === 'not_found' && TARGET.exec(pointer)) || []
    return index === undefined ? undefined : linksOf(kept?.body)[Number(index)]?.targetArticleId
  })
  return targets.every((target) => typeof target === 'string') ? targets : []
}

/** All of these are articles of those files. */
export function leadsTo(files: readonly FileRead[], targets: readonly string[]): boolean {
  const keys = new Set(files.flatMap(({ kept }) => [kept?.id, kept?.body.slug ?? kept?.slug]))
  return targets.every((target) => keys.has(target))
}

/** The same file, leading nowhere where it leads to these. */
export function withoutTargets(read: FileRead, targets: readonly string[], options: ImportOptions): FileRead {
  if (!read.kept) return read
  const relatedLinks = linksOf(read.kept.body).map((link) =>
    targets.includes(String(link.targetArticleId)) ? { ...link, targetArticleId: null } : link,
  )
  return keptFile(read.path, { ...read.kept, body: { ...read.kept.body, relatedLinks } }, options)
}

function linksOf(body: Content | undefined): readonly Content[] {
  return (body?.relatedLinks ?? []) as readonly Content[] // checked by the type's schema
}
