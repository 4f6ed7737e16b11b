import type { Block } from './blocks.ts'
import type { Range } from './source.ts'
import { folded } from './text.ts'

export type RelatedKind = 'read' | 'opinion' | 'analysis' | 'watch' | 'listen' | 'background'

export interface RelatedLine extends Range {
  readonly kind: RelatedKind
  readonly title: string
  readonly url: string | null
}

/** A line that leads to another story, such as `READ: Harbour tunnel delayed again`. Inside a sentence it is none. */
export function readRelatedLine({ text, from, to }: Block): RelatedLine | null {
  const match = LABEL.exec(text)
  if (!match || text.length > LONGEST) return null
  const label = (match[1] ?? '').toLowerCase()
  const [, rest = '', url = null] = ADDRESS.exec(text.slice(match[0].length)) ?? []
  const title = folded(rest)
  const kind = kinds.find(([pattern]) => pattern.test(label))?.[1] ?? 'read'
  return title === '' ? null : { kind, title, url, from, to }
}

const LONGEST = 400
const LABEL =
  /^((?:READ|Read)(?: (?:MORE|ALSO|NEXT|more|also|next))?|ALSO READ|Also read|SEE ALSO|See also|OPINION|Opinion|COMMENT|EDITORIAL|ANALYSIS|Analysis|EXPLAINER|BACKGROUND|Background|WATCH|Watch|VIDEO|LISTEN|Listen|PODCAST|LIRE AUSSI|Lire aussi|À LIRE|LESEN SIE AUCH|Lesen Sie auch|OKU|AYRICA OKUYUN) ?(?::|\||–|—) ?(?=\S)/u
const ADDRESS = /^(.*?)(?:[\s(<]*(https?:\/\/[^\s<>()]+)[)>]?)?\s*$/u

const kinds: readonly (readonly [RegExp, RelatedKind])[] = [
  [/opinion|comment|editorial/, 'opinion'],
  [/analysis/, 'analysis'],
  [/watch|video/, 'watch'],
  [/listen|podcast/, 'listen'],
  [/background|explainer/, 'background'],
]
