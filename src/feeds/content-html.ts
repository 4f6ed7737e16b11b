import { bodyHtml } from './body-html.ts'
import type { Story } from './story.ts'
import { escapeXml } from './xml.ts'

/** The longest body, in UTF-16 code units, that a feed carries whole: a feed is read again every few minutes. */
const LONGEST_BODY = 100_000

/** The body and what was corrected in it, as HTML; null where there is none or it is too long for a feed. */
export function contentHtml({ body, corrections }: Pick<Story, 'body' | 'corrections'>): string | null {
  if (body === '' || body.length > LONGEST_BODY) return null
  const notes = corrections.map(({ kind, text, at }) => {
    const label = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${at === null ? '' : `, ${at.slice(0, 10)}`}`
    return `<p><strong>${label}:</strong> ${escapeXml(text)}</p>\n`
  })
  return bodyHtml(body) + notes.join('')
}
