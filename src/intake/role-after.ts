import { isThing } from './not-names.ts'
import { type Gender, genderOfRole, isRoleNoun } from './roles.ts'

export interface After {
  readonly role: string | null
  readonly affiliation: string | null
  readonly gender: Gender | null
  readonly isPerson: boolean
}

/** What follows a name: “, the mayor of Sarn,”, “, 43,”, “, who …”. */
export function roleAfter(text: string, at: number): After | null {
  const phrase = APPOSITION.exec(text.slice(at, at + 100))?.[1]
  if (phrase === undefined) return /^ \(\d{1,3}\)/.test(text.slice(at, at + 6)) ? bare(true) : null
  if (/^(?:aged )?\d{1,3}$/.test(phrase)) return roleAfterAge(text, at + phrase.length + 2)
  if (/^(?:who|whose)\b/.test(phrase)) return bare(true)
  const words = phrase.split(' ')
  const start = /^(?:an?|the|its|his|her|their|our)$/i.test(words[0] ?? '') ? 1 : 0
  const limit = words.slice(0, start + 7)
  const noun = limit.findIndex((word, index) => index >= start && isRoleNoun(word.toLowerCase()))
  if (noun < 0 && start === 1) return plainRole(phrase)
  if (noun < 0 || limit.slice(0, noun).some((word) => /^(?:and|said|of|for|in|at|with|to)$/.test(word)))
    return null
  let end = noun
  while (isRoleNoun((words[end + 1] ?? '').toLowerCase())) end += 1
  const role = words.slice(start, end + 1).join(' ')
  return {
    role,
    affiliation: affiliationIn(words.slice(end + 1)),
    gender: genderOfRole(role),
    isPerson: true,
  }
}

/** “, the miller.”: no role that we know, and not enough to make anybody a person. */
function plainRole(phrase: string): After | null {
  const role = /^(?:an?|the) (\p{Ll}[\p{L}-]+(?: \p{Ll}[\p{L}-]+)?)$/u.exec(phrase)?.[1]
  if (role === undefined || isThing(role.split(' ').at(-1) ?? '')) return null
  return { role, affiliation: null, gender: genderOfRole(role), isPerson: false }
}

function roleAfterAge(text: string, at: number): After {
  const next = roleAfter(text, at)
  return next?.role ? next : bare(true)
}

function bare(isPerson: boolean): After {
  return { role: null, affiliation: null, gender: null, isPerson }
}

function affiliationIn(words: readonly string[]): string | null {
  if (!/^(?:of|for|at|from|with)$/.test(words[0] ?? '')) return null
  const rest = words.slice(1).filter((word, index) => index > 0 || word !== 'the')
  const end = rest.findIndex((word) => !/^\p{Lu}|^(?:of|and|for|the|de|on)$/u.test(word))
  const own = (end < 0 ? rest : rest.slice(0, end)).join(' ').replace(/ (?:of|and|for|the|on)$/, '')
  return /^\p{Lu}/u.test(own) ? own.replace(/['’]s?$/, '') : null
}

const APPOSITION = /^, ([^,.;:!?()“”"]{2,90})/u
