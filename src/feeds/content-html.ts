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
  return remembered(body) + notes.join('')
}

/**
 * The bodies that feeds had last, as HTML. To make it of the 30 in a feed takes ten times as long as everything
 * else about the feed, and readers ask for the same again and again. At worst it holds 100 of the longest.
 */
const made = new Map<string, string>()
const MOST_REMEMBERED = 100

function remembered(body: string): string {
  const html = made.get(body) ?? bodyHtml(body)
  made.delete(body)
  made.set(body, html)
  const [oldest] = made.keys()
  if (made.size > MOST_REMEMBERED && oldest !== undefined) made.delete(oldest)
  return html
}
