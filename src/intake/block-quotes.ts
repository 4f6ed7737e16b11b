import MarkdownIt from 'markdown-it'

/** What a block quote says, and who says it. */
export interface BlockQuote {
  readonly text: string
  readonly speaker: { readonly name: string }
  /** What follows the name: what the speaker was then. */
  readonly role: string | null
}

const commonMark = new MarkdownIt('commonmark')

/** Of a name, and of what follows it; what is longer is no attribution. */
const LONGEST_NAME = 200
const LONGEST_ROLE = 300

/**
 * The block quotes of a body that end in a line with a dash and a name, such as `> — Ada Okafor, minister`,
 * in their order. Those inside of others, and those that name nobody, are words of the article.
 */
export function blockQuotesIn(body: string): BlockQuote[] {
  return paragraphsOfQuotes(body).flatMap((paragraphs) => {
    const lines = paragraphs.join('\n\n').split('\n')
    const { name, role } = attributionIn(lines.at(-1) ?? '') ?? {}
    const text = unquoted(lines.slice(0, -1).join('\n').trim())
    return name === undefined || text === '' ? [] : [{ text, speaker: { name }, role: role ?? null }]
  })
}

/** Of each block quote that stands by itself, with its Markdown as it is. */
function paragraphsOfQuotes(body: string): string[][] {
  const quotes: string[][] = []
  let depth = 0
  for (const { type, level, content } of commonMark.parse(body, {})) {
    if (type === 'blockquote_open' && depth++ === 0) quotes.push([])
    if (type === 'blockquote_close') depth -= 1
    // Level 2: in a paragraph, in the quote, and in nothing else.
    if (type === 'inline' && depth === 1 && level === 2) quotes.at(-1)?.push(content)
  }
  return quotes
}

function attributionIn(line: string): { name: string; role: string | null } | undefined {
  const [, said = ''] = /^(?:[—–―]|--)\s*(.+)$/.exec(line.trim()) ?? []
  const [name = '', ...rest] = said.replace(/[*_]/g, '').split(', ')
  const role = rest.join(', ').trim()
  const isName = /\p{L}/u.test(name) && [...name].length <= LONGEST_NAME && [...role].length <= LONGEST_ROLE
  return isName ? { name: name.trim(), role: role === '' ? null : role } : undefined
}

/** The marks that enclose all of it say nothing that the quote does not say. */
function unquoted(text: string): string {
  const [, inside] = /^[“„«"](.*)[”“»"]$/s.exec(text) ?? []
  return inside === undefined || /[“”„«»"]/.test(inside) ? text : inside.trim()
}
