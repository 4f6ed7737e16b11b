import { isThing } from './not-names.ts'
import { type Gender, genderOfRole, isRoleNoun } from './roles.ts'

export interface After {
  readonly role: string | null
  readonly affiliation: string | null
  readonly gender: Gender | null
  readonly isPerson: boolean
}

/** What follows a name: “, the mayor of Sarn,”, “, 43,”, “, who is head of year,”. */
export function roleAfter(text: string, at: number): After | null {
  const phrase = APPOSITION.exec(text.slice(at, at + 100))?.[1]
  if (phrase === undefined) return /^ \(\d{1,3}\)/.test(text.slice(at, at + 6)) ? bare(true) : null
  if (/^(?:aged )?\d{1,3}$/.test(phrase)) return roleAfterAge(text, at + phrase.length + 2)
  const relative = /^(?:who|whose)\b(?: (?:is|was|has been|works as|serves as))? ?/.exec(phrase)?.[0]
  if (relative !== undefined) return phraseRole(phrase.slice(relative.length)) ?? bare(true)
  return phraseRole(phrase)
}

function phraseRole(phrase: string): After | null {
  const words = phrase.split(' ')
  const start = ARTICLE.test(words[0] ?? '') ? 1 : 0
  const limit = words.slice(0, start + 7)
  const stop = limit.findIndex((word, index) => index >= start && ENDS.test(word))
  const nouns = stop < 0 ? limit : limit.slice(0, stop)
  const noun = nouns.findLastIndex((word, index) => index >= start && isRoleNoun(word.toLowerCase()))
  if (noun < 0) return start === 1 ? plainRole(phrase) : null
  const complement = complementIn(words.slice(noun + 1))
  const owner = nouns.findLastIndex((word) => /['’]s$/.test(word))
  const role = words.slice(Math.max(start, owner + 1), noun + 1 + complement).join(' ')
  return {
    role,
    affiliation: affiliationIn(words.slice(noun + 1 + complement)),
    gender: genderOfRole(words.slice(start, noun + 1).join(' ')),
    isPerson: true,
  }
}

const ARTICLE = /^(?:an?|the|its|his|her|their|our)$/i
const ENDS = /^(?:and|said|says|told|of|for|in|at|with|to|from|on|by|who|that|is|was|has|had)$/
const LONGEST_COMPLEMENT = 4

/** How many of the words after a role belong to it: of year; for adult social care; of Audiology, before an `at`. */
function complementIn(words: readonly string[]): number {
  if (!/^(?:of|for)$/.test(words[0] ?? '')) return 0
  const start = ARTICLE.test(words[1] ?? '') ? 2 : 1
  const rest = words.slice(start, start + LONGEST_COMPLEMENT)
  const isField = /^\p{Lu}\p{Ll}+$/u.test(rest[0] ?? '') && rest[1] === 'at'
  if (isField) return start + 1
  const end = rest.findIndex((word) => !/^\p{Ll}[\p{L}'’-]*$/u.test(word) || ENDS.test(word))
  if (end < 0) return words.length > start + rest.length ? 0 : start + rest.length
  return end === 0 || /^\p{Lu}/u.test(rest[end] ?? '') ? 0 : start + end
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
