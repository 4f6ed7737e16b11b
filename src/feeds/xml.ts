/**
 * XML 1.0 as text: what is handed in as text or as an attribute is escaped, and loses the characters that
 * XML cannot hold in any form, such as most control characters. An element that is '' is left out.
 */
export type Attributes = Readonly<Record<string, string>>

export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`
}

/** An element with other elements in it, each on a line of its own. */
export function branch(name: string, elements: readonly string[], attributes: Attributes = {}): string {
  const lines = elements.filter((element) => element !== '')
  return `<${name}${written(attributes)}>\n${lines.map((line) => `${line}\n`).join('')}</${name}>`
}

/** An element with text in it; '' where there is none. */
export function leaf(name: string, text: string | null, attributes: Attributes = {}): string {
  return text === null ? '' : `<${name}${written(attributes)}>${escapeXml(text)}</${name}>`
}

/** An element that says everything in its attributes. */
export function empty(name: string, attributes: Attributes): string {
  return `<${name}${written(attributes)}/>`
}

/** Text as it stands in XML, and in HTML. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => `&${entities[character]};`)
}

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }

/** What is no `Char` of XML 1.0 (section 2.2), lone surrogates included. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('')
}
