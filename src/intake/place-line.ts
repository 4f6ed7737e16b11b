import type { Block } from './blocks.ts'
import type { Range } from './source.ts'

/** The place that a story begins with: `MOSCOW (Agency) —`, `BERLIN, Oct 3 –`. The words stay in the body. */
export function placeLine({ text, from }: Block): (Range & { readonly name: string }) | null {
  const [whole = ''] = PLACE.exec(text) ?? []
  if (whole === '' || whole.length > 80) return null
  const name = whole.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase())
  return { name, from, to: from + whole.length }
}

const PLACE =
  /^\p{Lu}[\p{Lu}'’.-]+(?: \p{Lu}[\p{Lu}'’.-]*){0,3}(?=(?:, (?:\d{1,2} )?\p{L}[\p{L}. ]{1,25}(?:\d{1,4})?)? ?(?:\([^()]{2,30}\) ?)?[—–-]{1,2} )/u
