import { genderOfGivenName } from './given-names.ts'
import { isNickname, NICKNAME, wordsOfName } from './nicknames.ts'
import { isDate, isElsewhere, isStarter, isThing } from './not-names.ts'
import { roleAfter } from './role-after.ts'
import { type Before, beforeName, type Word } from './role-before.ts'
import type { Gender } from './roles.ts'
import type { Range } from './source.ts'
import { ABBREVIATED, honorificAfter, isPostnominal } from './titles.ts'

/** Words with capitals that follow each other and may be somebody's name. */
export interface Name {
  /** The name itself, in the paragraph. */
  readonly range: Range
  /** With the role or title before it, and the letters after it. */
  readonly whole: Range
  readonly words: readonly string[]
  readonly role: string | null
  readonly affiliation: string | null
  readonly country: string | null
  readonly gender: Gender | null
  /** Why it is a person's; null where nothing says so. */
  readonly evidence: Evidence | null
  /** Certainly something else: a place, an office, an outlet. */
  readonly isOther: boolean
  /** A day or a month, which is nothing that could speak. */
  readonly isDate: boolean
  /** Comes after a preposition or an article, as places and things do. */
  readonly isPlaced: boolean
}

export type Evidence =
  | 'surname'
  | 'role'
  | 'title'
  | 'given-name'
  | 'initials'
  | 'particle'
  | 'apposition'
  | 'given-name-cue'
  | 'cue'

/** The names in a paragraph, in order. */
export function namesIn(text: string): Name[] {
  const names: Name[] = []
  for (const match of text.matchAll(SEQUENCE)) {
    if (match[0].length > WIDEST) continue
    for (const words of ownersApart(wordsOf(match[0], match.index))) {
      const name = words.length <= LONGEST ? nameOf(text, words) : null
      if (name) names.push(name)
    }
  }
  return names
}

const LONGEST = 12
const WIDEST = 160
const PARTICLES =
  "(?:(?:(?<=[Vv][ao]n |[Dd]e )(?:der|den|dem)|de|del|della|di|da|do|dos|das|du|des|la|le|les|los|van|von|ten|ter|zu|zum|bin|bint|ibn|al|el|ben|af|av|y|e) |d['’])"
const PIECE = `(?:(?:${ABBREVIATED}|St|Jr|Sr)\\.|(?:\\p{Lu}\\.-?){1,4}|(?:(?:al|el|an|ar|as|ash|at|ad|az|ul|ben)-)?\\p{Lu}[\\p{L}\\p{M}]*(?:[-'’]\\p{L}[\\p{L}\\p{M}]*)*)`
const SEQUENCE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:de|von|van|bin|al) (?:la |der |den )?(?=\\p{Lu}))?${PIECE}(?: {1,2}(?:${NICKNAME} )?${PARTICLES}{0,2}${PIECE})*`,
  'gu',
)

function wordsOf(sequence: string, at: number): Word[] {
  return wordsOfName(sequence).map(({ text, at: index }) => {
    const from = at + index
    return { text, from, to: from + text.length }
  })
}

/** `Turkey’s Foreign Minister …` is two names: what follows an ’s is another one, or what stands in brackets. */
function ownersApart(words: readonly Word[]): Word[][] {
  const lists: Word[][] = [[]]
  for (const { text, from, to } of words) {
    if (text.startsWith('(') && genderOfGivenName(lists.at(-1)?.at(-1)?.text ?? '') === undefined) {
      lists.push([]) // Ana Costa (Labour) and others
      continue
    }
    const isOwner = /['’]s$/.test(text)
    lists.at(-1)?.push(isOwner ? { text: text.slice(0, -2), from, to: to - 2 } : { text, from, to })
    if (isOwner) lists.push([])
  }
  return lists.filter((list) => list.length > 0).map((list) => withoutNoun(withoutDay(list)))
}

/** Gab Sprengmeister Jo Lind Entwarnung: German nouns have capitals, and these are no surnames. */
function withoutNoun(words: Word[]): Word[] {
  const { text = '' } = words.at(-1) ?? {}
  return words.length > 2 && /^\p{Lu}\p{Ll}{4,}(?:ung|heit|keit|schaft)$/u.test(text)
    ? words.slice(0, -1)
    : words
}

/** On Monday Jo Lind came: the day is no part of the name. The Sunday Times is one. */
function withoutDay(words: Word[]): Word[] {
  const at = words.findIndex(({ text }) => !isStarter(text))
  const day = words[at]?.text ?? ''
  const rest = words.slice(at + 1)
  const isDay = day.endsWith('day') && isDate(day) && rest.length > 1
  return isDay && isElsewhere(rest.slice(-2).map(({ text }) => text)) !== 'surely' ? rest : words
}

function nameOf(text: string, sequence: readonly Word[]): Name | null {
  const before = beforeName(text, sequence)
  const { own, hasLetters, gender, to } = withoutLetters(before.name)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last || (own.length === 1 && first.text.length === 1)) return null
  const words = own.map((word) => word.text)
  const range = { from: first.from, to: last.to }
  const elsewhere = isElsewhere(words)
  const after = elsewhere === 'surely' ? null : roleAfter(text, to)
  const hasTitle = before.title !== null || hasLetters || gender !== null
  const enclosed = elsewhere === 'surely' || words.length < 2 ? null : enclosedRole(text, range)
  const isPerson = enclosed !== null || after?.isPerson === true
  const evidence = elsewhere === 'surely' ? null : evidenceOf(text, words, range, hasTitle, before, isPerson)
  const isOther =
    elsewhere === 'surely' || (elsewhere === 'perhaps' && (!evidence || evidence === 'given-name'))
  const role = (before.isApart ? (after?.role ?? before.role) : before.role) ?? after?.role ?? enclosed
  return {
    ...{ range, whole: { from: before.from, to }, words },
    role: role ?? before.rank,
    affiliation: after?.affiliation ?? null,
    country: before.country,
    gender: before.gender ?? gender ?? after?.gender ?? givenGender(words) ?? null,
    evidence: isOther ? null : evidence,
    ...{ isOther, isDate: words.length === 1 && isDate(first.text) },
    isPlaced: PLACED.test(text.slice(Math.max(0, first.from - 12), first.from)),
  }
}

/** A name without what stands after it (MP, Bey), and without a nickname that it would begin with. */
function withoutLetters(name: readonly Word[]) {
  const start = Math.max(
    0,
    name.findIndex(({ text }) => !isNickname(text)),
  )
  const gender = name.length - start > 1 ? honorificAfter(name.at(-1)?.text ?? '') : null
  let end = gender ? name.length - 1 : name.length
  while (end - start > 2 && isPostnominal(name[end - 1]?.text ?? '')) end -= 1
  const to = name.at(-1)?.to ?? 0
  return { own: name.slice(start, end), hasLetters: !gender && end < name.length, gender, to }
}

const PLACED =
  /(?:^|[^\p{L}])(?:the|a|an|in|at|near|from|to|into|of|around|across|outside|towards?|on|for) $/iu

function givenGender(words: readonly string[]): Gender | null | undefined {
  if (words.length < 2) return undefined
  const [first = ''] = words
  return genderOfGivenName(first) ?? genderOfGivenName(first.split('-')[0] ?? '')
}

const CUE_AFTER =
  /^(?:,[^,.;“”"]{2,60},)? (?:(?:has|have|had|also|later|then|who) )*(?:said|says|told|added|asked|replied|wrote|explained|insisted|warned|argued|recalled|tweeted|testified|sagte|erklärte|dit|dedi)\b/u
const CUE_BEFORE =
  /(?:[”"’»“']|,) (?:said|says|added|adds|asked|wrote|explained|warned|sagte|sagt|erklärte|dit|déclare|explique) (?:\p{Ll}[\p{L}-]+ ){0,2}$/u

function evidenceOf(
  text: string,
  words: readonly string[],
  range: Range,
  hasTitle: boolean,
  { role, rank }: Before,
  isPerson: boolean,
): Evidence | null {
  if (hasTitle) return 'title'
  if (role !== null) return 'role'
  if (words.length < 2) return null
  if (isPerson) return 'apposition'
  if (/^(?:\p{Lu}\.)+$/u.test(words[0] ?? '')) return 'initials'
  const isCued =
    CUE_AFTER.test(text.slice(range.to, range.to + 100)) ||
    CUE_BEFORE.test(text.slice(Math.max(0, range.from - 50), range.from))
  if (isCued && rank !== null) return 'title' // PC Ana Costa said
  if (isCued && givenGender(words) === undefined) return 'cue'
  if (isCued) return 'given-name-cue'
  if (givenGender(words) !== undefined) return 'given-name'
  if (words.some(isNickname)) return 'surname'
  return words.slice(1).some((word) => PARTICLE.test(word)) ? 'particle' : null
}

const PARTICLE = /^(?:al-|bin$|ibn$|van$|von$|de$)/

/** The guard, Ana Costa, works: between commas after a noun that is none for a thing. */
function enclosedRole(text: string, { from, to }: Range): string | null {
  if (!text.startsWith(',', to)) return null
  const words =
    /(?:^|[^\p{L}])(?:the|an?|its|his|her|their|our|\p{L}+['’]s) ((?:\p{Ll}[\p{L}-]* ){0,3}?\p{Ll}[\p{L}-]*), $/iu.exec(
      text.slice(Math.max(0, from - 70), from),
    )?.[1]
  return words === undefined || isThing(words.split(' ').at(-1) ?? '') ? null : words
}
