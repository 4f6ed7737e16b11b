import { language } from '../documents/fields.ts'
import type { Publication } from '../documents/publication.ts'
import { isTimezone, linesOf } from './article-intake.ts'
import type { ExportReport } from './export-folder.ts'
import type { ImportOptions } from './file-reading.ts'
import type { ImportReport } from './import-files.ts'
import { readPublishLine } from './publish-line.ts'

/** How people at a terminal give the options of an import, and what they are told at its end. */

/** The options of an import, as they are typed. */
export interface ImportGiven {
  readonly publish?: string
  readonly timezone?: string
  readonly language?: string
  readonly furniture?: string
  readonly source?: string
}

/** @throws Error that says what is wrong with one of them */
export function importOptions({
  publish,
  timezone,
  language,
  furniture,
  source,
}: ImportGiven): ImportOptions {
  return {
    ...(publish === undefined ? {} : { publish: publicationOption(publish) }),
    ...(timezone === undefined ? {} : { timezone: timezoneOption(timezone) }),
    ...(language === undefined ? {} : { language: languageOption(language) }),
    ...(furniture === undefined ? {} : { furniture: furnitureOption(furniture) }),
    ...(source === undefined ? {} : { source }),
  }
}

function publicationOption(text: string): Publication {
  const publication = readPublishLine(text)
  if (publication === undefined || publication === null)
    throw new Error('--publish must be now, no or an instant such as 2026-01-31T08:00:00Z.')
  return publication
}

function timezoneOption(text: string): string {
  if (isTimezone(text)) return text
  throw new Error('--timezone must be the name of a time zone such as Europe/London.')
}

function languageOption(text: string): string {
  const { data } = language().safeParse(text)
  if (data !== undefined) return data
  throw new Error('--language must be a BCP 47 language tag such as en, tr or pt-BR.')
}

function furnitureOption(text: string): string[] {
  const lines = linesOf(text)
  if (lines) return lines
  throw new Error('--furniture must have 1 to 200 characters for each line.')
}

/** In lines. */
export function toldOfExport({ files, written, removed, ahead }: ExportReport): string[] {
  const warning = `${ahead.length} ${ahead.length === 1 ? 'file has' : 'files have'} words that are not published, of what is live with older ones. Those are not in the folder:`
  return [
    `${counted(files, 'file')}: ${written} written, ${files - written} as before, ${removed} removed.`,
    ...(ahead.length > 0 ? [warning, ...ahead.map((file) => `  ${file}`)] : []),
  ]
}

export function toldOfImport({ made, changed, unchanged, failed }: ImportReport, isDry: boolean): string {
  const total = made + changed + unchanged + failed.length
  const counts = `${counted(total, 'file')}: ${made} made, ${changed} changed, ${unchanged} unchanged, ${failed.length} failed.`
  return isDry ? `${counts} Nothing was saved: this was a dry run.` : counts
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
