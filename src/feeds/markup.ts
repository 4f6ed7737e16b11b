/** HTML that is safe as it stands. */
export class Markup {
  readonly html: string

  constructor(html: string) {
    this.html = html
  }
}

type Value = Markup | string | number | null | readonly Value[]

/** HTML in which every text is escaped, and fit for an attribute in double quotation marks. Null is nothing. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.map((part, index) => part + written(values[index] ?? null)).join(''))
}

function written(value: Value): string {
  if (value === null) return ''
  if (value instanceof Markup) return value.html
  return typeof value === 'object' ? value.map(written).join('') : escaped(String(value))
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '')
}
