import { foreignCues } from './cues.ts'
import type { Quotation } from './quotation-marks.ts'

/**
 * French papers name the speaker inside the guillemets: « Je n’y croyais plus, confie Marie Petit. J’avais
 * fait mes valises. » Such a quotation is two, with the words of the article between them.
 */
export function withoutIncises(text: string, quotations: readonly Quotation[]): readonly Quotation[] {
  if (!text.includes('«')) return quotations
  return quotations.flatMap((quotation) =>
    text[quotation.outer.from] === '«' ? split(text, quotation) : quotation,
  )
}

const CUE = `(?:${foreignCues.join('|')})`
/** What begins a sentence that goes on, and no description of the speaker. */
const joining = `
  et mais ou donc car puis que qui quand comme si pour parce pas ni ne y en à au aux dans sur avec sans
  chez par je tu il elle on nous vous ils elles le la les un une des du de ce cet cette ces ça cela mon ma
  mes notre nos votre vos leur leurs son sa ses tout tous plus très même alors aussi se me te`
const GOES_ON = `(?:${joining.trim().split(/\s+/).join('|')})\\s|(?:[cdjlmnst]|qu)['’]`
/** …, confie Marie Petit, infirmière à Sarn. */
const DESCRIBED = `(?:,\\s(?!${GOES_ON})[\\p{Ll}\\d][^.,;:!?«»]{1,80}(?=\\.\\s))`
const INCISE = new RegExp(
  `,\\s(?:(?:(?:a|ont|avait|se|s['’]est)\\s|s['’])?${CUE}(?:-t)?(?:-(?:il|elle|on|ils|elles))?(?:\\s[^.,;:!?«»]{1,60}${DESCRIBED}?)?|a-t-(?:il|elle)\\s${CUE})[.,]\\s(?=\\S)`,
  'u',
)

function split(text: string, { outer, inner, isClosed, hasNested }: Quotation): Quotation[] {
  const match = INCISE.exec(text.slice(inner.from, inner.to))
  if (!match) return [{ outer, inner, isClosed, hasNested }]
  const from = inner.from + match.index
  const to = from + match[0].length
  return [
    {
      ...{ outer: { from: outer.from, to: from }, inner: { from: inner.from, to: from } },
      ...{ isClosed: true, hasNested },
    },
    { outer: { from: to, to: outer.to }, inner: { from: to, to: inner.to }, isClosed, hasNested },
  ]
}
