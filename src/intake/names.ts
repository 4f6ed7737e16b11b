import { genderOfGivenName } from './given-names.ts'
import { isDate, isElsewhere, isThing } from './not-names.ts'
import { roleAfter } from './role-after.ts'
import { beforeName, type Word } from './role-before.ts'
import type { Gender } from './roles.ts'
import type { Range } from './source.ts'

/** Words with capitals that follow each other and may be somebody's name. */
export interface Name {
  /** The name itself, in the paragraph. */
  readonly range: Range
  /** With the role or title before it. */
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

/** Letters after a name. */
const POSTNOMINAL = /^(?:KC|QC|MP|MEP|MSP|MBE|OBE|CBE|PhD|MD|Esq|TD|JP)$/
const LONGEST = 12
const WIDEST = 160
const PARTICLES =
  "(?:(?:de|del|della|di|da|do|dos|das|du|des|la|le|les|los|van|von|der|den|dem|ten|ter|zu|zum|bin|bint|ibn|al|el|ben|af|av|y|e)|d['’])"
const PIECE =
  "(?:(?:Mr|Mrs|Ms|Dr|Prof|Rev|Sen|Gov|Gen|Col|Maj|Capt|Lt|Sgt|Rep|St|Jr)\\.|(?:\\p{Lu}\\.-?){1,4}|(?:(?:al|el|an|ar|as|ash|at|ad|az|ul|ben)-)?\\p{Lu}[\\p{L}\\p{M}]*(?:[-'’]\\p{L}[\\p{L}\\p{M}]*)*)"
const SEQUENCE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:de|von|van|bin|al) (?:la |der |den )?(?=\\p{Lu}))?${PIECE}(?: {1,2}(?:${PARTICLES} ?){0,2}${PIECE})*`,
  'gu',
)

function wordsOf(sequence: string, at: number): Word[] {
  return [...sequence.matchAll(/[^ ]+/g)].map(({ 0: text, index }) => {
    const from = at + index
    return { text, from, to: from + text.length }
  })
}

/** `Turkey’s Foreign Minister …` is two names: what follows an ’s is another one. */
function ownersApart(words: readonly Word[]): Word[][] {
  const lists: Word[][] = [[]]
  for (const { text, from, to } of words) {
    const isOwner = /['’]s$/.test(text)
    lists.at(-1)?.push(isOwner ? { text: text.slice(0, -2), from, to: to - 2 } : { text, from, to })
    if (isOwner) lists.push([])
  }
  return lists.filter((list) => list.length > 0)
}

function nameOf(text: string, sequence: readonly Word[]): Name | null {
  const before = beforeName(text, sequence)
  const hasLetters = before.name.length > 2 && POSTNOMINAL.test(before.name.at(-1)?.text ?? '')
  const own = hasLetters ? before.name.slice(0, -1) : before.name
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return null
  const words = own.map((word) => word.text)
  const range = { from: first.from, to: last.to }
  const elsewhere = isElsewhere(words)
  const after = elsewhere === 'surely' ? null : roleAfter(text, last.to)
  const hasTitle = before.title !== null || hasLetters
  const enclosed = elsewhere === 'surely' || words.length < 2 ? null : enclosedRole(text, range)
  const isPerson = enclosed !== null || after?.isPerson === true
  const evidence =
    elsewhere === 'surely' ? null : evidenceOf(text, words, range, hasTitle, before.role, isPerson)
  const isOther =
    elsewhere === 'surely' || (elsewhere === 'perhaps' && (!evidence || evidence === 'given-name'))
  return {
    ...{ range, whole: { from: before.from, to: range.to }, words },
    role: (before.isApart ? (after?.role ?? before.role) : before.role) ?? after?.role ?? enclosed,
    affiliation: after?.affiliation ?? null,
    country: before.country,
    gender: before.gender ?? after?.gender ?? givenGender(words) ?? null,
    evidence: isOther ? null : evidence,
    ...{ isOther, isDate: words.length === 1 && isDate(first.text) },
    isPlaced: PLACED.test(text.slice(Math.max(0, first.from - 12), first.from)),
  }
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
  /(?:[”"’»“']|,) (?:said|says|added|adds|asked|wrote|explained|warned|sagte|sagt|erklärte|dit|déclare|explique) $/u

function evidenceOf(
  text: string,
  words: readonly string[],
  range: Range,
  hasTitle: boolean,
  role: string | null,
  isPerson: boolean,
): Evidence | null {
  if (hasTitle) return 'title'
  if (role !== null) return 'role'
  if (words.length < 2) return null
  if (isPerson) return 'apposition'
  if (/^(?:\p{Lu}\.)+$/u.test(words[0] ?? '')) return 'initials'
  const isCued =
    CUE_AFTER.test(text.slice(range.to, range.to + 100)) ||
    CUE_BEFORE.test(text.slice(Math.max(0, range.from - 20), range.from))
  if (isCued && givenGender(words) === undefined) return 'cue'
  if (isCued) return 'given-name-cue'
  if (givenGender(words) !== undefined) return 'given-name'
  return words.slice(1).some((word) => PARTICLE.test(word)) ? 'particle' : null
}

const PARTICLE = /^(?:al-|bin$|ibn$|van$|von$|de$|der$)/

/** The guard, Ana Costa, works: between commas after a noun that is none for a thing. */
function enclosedRole(text: string, { from, to }: Range): string | null {
  if (!text.startsWith(',', to)) return null
  const words =
    /(?:^|[^\p{L}])(?:the|an?|its|his|her|their|our|\p{L}+['’]s) ((?:\p{Ll}[\p{L}-]* ){0,3}?\p{Ll}[\p{L}-]*), $/iu.exec(
      text.slice(Math.max(0, from - 70), from),
    )?.[1]
  return words === undefined || isThing(words.split(' ').at(-1) ?? '') ? null : words
}
