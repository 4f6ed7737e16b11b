import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'

const commonMark = new MarkdownIt('commonmark')

/** Headings stand below the headline of the page that shows the body, which is its only `h1`. */
commonMark.core.ruler.push('headings', ({ tokens }) => {
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close')
  if (!headings.some(({ tag }) => tag === 'h1')) return
  for (const heading of headings) heading.tag = `h${Math.min(6, Number(heading.tag.slice(1)) + 1)}`
})

/**
 * What an editor's raw HTML may say: text and its structure. Nothing that runs, is styled, is fetched but
 * for pictures, takes input or has an id, which would be one of the page's.
 */
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'p', 'div', 'blockquote', 'pre', 'hr', 'figure', 'figcaption'],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
    ...[
      'a',
      'img',
      'br',
      'wbr',
      'em',
      'strong',
      'b',
      'i',
      's',
      'u',
      'del',
      'ins',
      'mark',
      'small',
      'sub',
      'sup',
    ],
    ...[
      'code',
      'kbd',
      'samp',
      'var',
      'abbr',
      'cite',
      'q',
      'dfn',
      'time',
      'span',
      'bdi',
      'bdo',
      'ruby',
      'rt',
      'rp',
    ],
  ],
  allowedAttributes: {
    '*': ['lang', 'dir', 'title'],
    a: ['href'],
    img: ['src', 'alt', 'width', 'height'],
    ol: ['start', 'reversed'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
    time: ['datetime'],
  },
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  nonTextTags: [
    ...['script', 'style', 'template', 'noscript', 'title', 'textarea', 'option', 'svg', 'math'],
    ...['iframe', 'object', 'audio', 'video', 'canvas', 'noembed', 'noframes', 'xmp', 'plaintext'],
  ],
  transformTags: { h1: 'h2' },
  nestingLimit: 100,
}

/** Tags of raw HTML that a body may have: the sanitiser's time grows with the square of how deep they nest. */
const MOST_TAGS = 20_000

/**
 * A body as HTML that is safe in any page. Raw HTML beyond 20,000 tags is shown as it was written.
 *
 * @param markdown CommonMark, raw HTML in it included
 * @returns a fragment: elements that stand in an `article`, with headings from `h2` on
 */
export function bodyHtml(markdown: string): string {
  const html = (markdown.match(/<[a-z]/gi)?.length ?? 0) <= MOST_TAGS
  const safe = sanitizeHtml(commonMark.set({ html }).render(markdown), allowed)
  return safe.replace(/<img(?![^>]* src=)[^>]*>/g, '')
}
