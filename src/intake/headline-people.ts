import type { Block } from './blocks.ts'
import type { Person } from './people.ts'
import type { Range } from './source.ts'

/**
 * Who of the people of a story is named in its headline. A headline makes nobody known: in many papers every
 * word of it has a capital.
 *
 * @returns ranges of the headline, in order
 */
export function namedInHeadline(
  { text }: Block,
  people: readonly Person[],
): { range: Range; person: number }[] {
  const bySurname = surnames(people)
  let before: RegExpExecArray | null = null
  return [...text.matchAll(WORD)].flatMap((match) => {
    const word = match[0].replace(/['’]s$/, '')
    const person = bySurname.get(word)
    const given = person === undefined ? undefined : people[person]?.name.split(' ')[0]
    const isWhole =
      before !== null && before[0] === given && /^ $/.test(text.slice(endOf(before), match.index))
    const from = isWhole && before ? before.index : match.index
    before = match
    return person === undefined ? [] : [{ range: { from, to: match.index + word.length }, person }]
  })
}

const WORD = /\p{Lu}[\p{L}\p{M}'’-]*/gu

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length
}

/** The last words of names, without those that two people have. */
function surnames(people: readonly Person[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const shared = new Set<string>()
  people.forEach(({ name }, index) => {
    const surname = (name.split(' ').at(-1) ?? '').replace(/^\p{Ll}+[-'’]/u, '')
    if (found.has(surname)) shared.add(surname)
    found.set(surname, index)
  })
  for (const surname of shared) found.delete(surname)
  return found
}
