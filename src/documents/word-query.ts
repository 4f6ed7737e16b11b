import { parameter } from '../http/parameter.ts'
import type { IndexedWord } from '../storage/word-index.ts'
import { wordsIn } from './words.ts'

/** A word, or several that stand side by side. */
export interface Term {
  readonly words: readonly string[]
  /** The last word may go on. */
  readonly isPrefix: boolean
}

/** What `q` asks for: all that is wanted, and nothing that is excluded. */
export interface WordQuery {
  readonly wanted: readonly Term[]
  readonly excluded: readonly Term[]
}

const LONGEST = 300
const MOST_WORDS = 32
const SHORTEST_PREFIX = 2

/** A term: perhaps excluded, in quotation marks or up to the next blank, perhaps a beginning. */
const TERM = /(-?)(?:"([^"]*)"?(\*?)|([^\s"]+))/g

/** `q=lavrov "strategic ally" turk* -syria`. Anything that is typed means something or is told why not. */
export const wordQuery = parameter(
  (text) => {
    const query = read(text)
    return 'wanted' in query ? query : undefined
  },
  (text) => faultIn(read(text)),
  {
    type: 'string',
    maxLength: LONGEST,
    description:
      'Only those with all of these words. "Words in quotation marks" stand side by side, a word that ends in `*` may go on, and what begins with `-` must not be there. Case and accents make no difference.',
    examples: ['lavrov "strategic ally"'],
  },
)

/**
 * Whatever index finds the words together finds the terms among what they are in. A single letter that may go on
 * is in too many words to be looked for.
 */
export function lookupsOf({ wanted }: WordQuery): IndexedWord[] {
  const lookups = wanted.flatMap(({ words, isPrefix }) =>
    words.map((word, index) => ({ word, isPrefix: isPrefix && index === words.length - 1 })),
  )
  return eachOnce(lookups.filter(({ word, isPrefix }) => !isPrefix || isLongEnough(word)))
}

/** How a term stands in what `indexedText` makes of a document. */
export function asWritten({ words, isPrefix }: Term): string {
  return ` ${words.join(' ')}${isPrefix ? '' : ' '}`
}

type Fault = { readonly fault: string }

function read(text: string): WordQuery | Fault {
  if ([...text].length > LONGEST) return { fault: `must have at most ${LONGEST} characters` }
  if (!text.isWellFormed() || text.includes('\0')) return { fault: 'must be well-formed Unicode without NUL' }
  const wanted: Term[] = []
  const excluded: Term[] = []
  for (const [, minus, quoted, star, plain = ''] of straight(text).matchAll(TERM)) {
    const words = Array.from(wordsIn(quoted ?? plain), ({ folded }) => folded)
    const isPrefix = star === '*' || plain.endsWith('*')
    if (words.length > 0) (minus ? excluded : wanted).push({ words, isPrefix })
  }
  return checked({ wanted: eachOnce(wanted), excluded: eachOnce(excluded) })
}

/** Asking for something again asks for nothing more, and would cost as much again. */
function eachOnce<Sought>(sought: readonly Sought[]): Sought[] {
  return [...new Map(sought.map((each) => [JSON.stringify(each), each])).values()]
}

function checked(query: WordQuery): WordQuery | Fault {
  const terms = [...query.wanted, ...query.excluded]
  if (terms.flatMap(({ words }) => words).length > MOST_WORDS)
    return { fault: `must have at most ${MOST_WORDS} words` }
  if (terms.some(({ words, isPrefix }) => isPrefix && !isLongEnough(words.join(''))))
    return { fault: `must have at least ${SHORTEST_PREFIX} letters before a *` }
  if (query.wanted.length === 0)
    return {
      fault: `must have a word to look for${query.excluded.length > 0 ? ' besides what is excluded' : ''}, such as lavrov`,
    }
  return query
}

function isLongEnough(prefix: string): boolean {
  return [...prefix].length >= SHORTEST_PREFIX
}

/** A word processor's quotation marks are meant as such. */
function straight(text: string): string {
  return text.replace(/[“”„«»]/g, '"')
}

function faultIn(result: WordQuery | Fault): string {
  return 'fault' in result ? result.fault : ''
}
