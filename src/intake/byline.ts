import type { Range } from './source.ts'

/** The names after “By”, as a range of the line; null for a line that is no byline. */
export function readByline(line: string): { names: Range; people: readonly Range[] } | null {
  const match = line.length <= LONGEST ? BYLINE.exec(line) : null
  if (!match) return null
  const [whole, lead = '', named = ''] = match
  if (whole.length < line.length && !/^(?:,| in \p{Lu}| for \p{Lu}| [|–—-] )/u.test(line.slice(whole.length)))
    return null
  const people = [...named.matchAll(new RegExp(NAME, 'gu'))].map(({ index, 0: name }) => ({
    from: lead.length + index,
    to: lead.length + index + name.length,
  }))
  return { names: { from: lead.length, to: line.trimEnd().length }, people }
}

const LONGEST = 140
const WORD = "(?:\\p{Lu}\\.|(?:al-)?\\p{Lu}[\\p{L}\\p{M}'’-]+)"
const NAME = `${WORD}(?: (?:(?:de|la|van|von|der|den|bin|di|da|al|el) ){0,2}${WORD}){1,4}`
const BYLINE = new RegExp(
  `^((?:By|BY|Von|Par|De notre correspondant|Words by|Text by|Written by|Reported by|Yazan):? )(${NAME}(?:(?:, | and | & | und | et | ve )${NAME})*)`,
  'u',
)
