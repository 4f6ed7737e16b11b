import { cueVerbs } from './cues.ts'
import { genderOfGivenName } from './given-names.ts'
import { countryOfAdjective } from './nations.ts'
import { isPlaceWord, isStarter } from './not-names.ts'
import { type Gender, genderOfRole, isCommonRole, isRoleNoun, isRoleQualifier } from './roles.ts'
import { smallRole } from './small-role.ts'
import type { Range } from './source.ts'
import { isHonorific, isRank, isRankAfter, isShortRank } from './titles.ts'

export interface Word extends Range {
  readonly text: string
}

/** What stands before a name and says whose it is. */
export interface Before {
  readonly role: string | null
  /** `Det Insp`: what somebody is where nothing says it better. */
  readonly rank: string | null
  readonly title: string | null
  readonly country: string | null
  readonly gender: Gender | null
  /** The words of the name. */
  readonly name: readonly Word[]
  /** Where role and name begin. */
  readonly from: number
  /** The role stands before a comma, and may be somebody else's. */
  readonly isApart: boolean
}

/**
 * Takes apart words with capitals: `Russian Foreign Minister Sergey Lavrov`. A role in small letters before
 * them counts as well: striker Ana Costa.
 */
export function beforeName(text: string, words: readonly Word[]): Before {
  const office = officeBefore(text, words)
  if (office) return office
  const start = words.findIndex(
    (word, index) => isGivenHere(text, word, words) || !(isStarter(word.text) || isOpening(words, index)),
  )
  const at = start < 0 ? words.length : insideRole(words, start)
  const lead = unknownRole(words, leadOf(words, at), followsArticle(text, words, at))
  const name = words.slice(lead.next)
  const [first] = name
  const begins = words[at]?.from ?? 0
  const small = first && lead.role === null && /^\P{Ll}/u.test(first.text) ? smallRole(text, begins) : null
  const role = lead.role ?? small?.role ?? null
  const from = small?.from ?? begins
  return {
    ...{ role, rank: lead.rank, title: lead.title, name, from },
    country: lead.country ?? small?.country ?? bracketed(text, from),
    gender: lead.gender ?? (role === null ? null : genderOfRole(role)),
    isApart: small !== null && small.from === begins,
  }
}

/** `said Will Holm`, `Will Holm said`: a word that begins no sentence there, or no question. */
function isGivenHere(text: string, { text: word, from }: Word, words: readonly Word[]): boolean {
  if (!isStarter(word) || genderOfGivenName(word) === undefined) return false
  if (/\p{Ll},? $/u.test(text.slice(Math.max(0, from - 3), from))) return true
  const end = words.at(-1)?.to ?? 0
  const verb = /^(?:,[^,.?!]{2,60},)? (\p{Ll}+)/u.exec(text.slice(end, end + 80))?.[1] ?? ''
  return words.length > 1 && (cueVerbs.has(verb) || PAST.test(verb))
}

const PAST = /^(?:is|was|has|had)$/

/** `BRAVE Ana Costa`: the first word of a story, in the capitals with which papers begin one. */
function isOpening(words: readonly Word[], index: number): boolean {
  const { text = '', from } = words[index] ?? {}
  const isCapitals = from === 0 && /^\p{Lu}{3,}$/u.test(text) && !isRoleNoun(text.toLowerCase())
  return (
    isCapitals && words.length > index + 2 && genderOfGivenName(words[index + 1]?.text ?? '') !== undefined
  )
}

function followsArticle(text: string, words: readonly Word[], at: number): boolean {
  const { from = 0 } = words[at] ?? {}
  return (
    /^(?:Die|Der)$/.test(words[at - 1]?.text ?? '') || ARTICLE.test(text.slice(Math.max(0, from - 5), from))
  )
}

const ARTICLE = /(?:^|[^\p{L}])(?:[Dd]ie|[Dd]er|[Dd]en|[Dd]em) $/u

/** `[Azeri] President …`: an adjective that an editor put in. */
function bracketed(text: string, at: number): string | null {
  const adjective = /\[([\p{L} ]+)\] $/u.exec(text.slice(Math.max(0, at - 24), at))?.[1]
  return countryOfAdjective.get(adjective ?? '') ?? null
}

interface Lead {
  readonly role: string | null
  readonly rank: string | null
  readonly title: string | null
  readonly country: string | null
  readonly gender: Gender | null
  readonly next: number
}

/** What stands with capitals before a name: an adjective of a country, a role, a rank, a title. */
function leadOf(words: readonly Word[], from: number): Lead {
  let [at, country, title]: [number, string | null, string | null] = [from, null, null]
  const roles: string[] = []
  const ranks: string[] = []
  let hasNoun = false
  for (; at < words.length; at += 1) {
    const { text = '' } = words[at] ?? {}
    const plain = text.replace(/\.$/, '')
    const small = plain.toLowerCase().replace(/^ex-/, '')
    const pair = `${text} ${words[at + 1]?.text ?? ''}`
    const isLast = at + 1 === words.length
    if (!isLast && isHonorific(plain)) title = plain
    else if (!isLast && (isRank(plain) || isRankAfter(plain, ranks))) {
      ranks.push(text)
      if (!isShortRank(plain)) title ??= plain
    } else if (isOfRole(small, roles, isLast)) {
      roles.push(inOrdinary(text))
      hasNoun ||= isRoleNoun(small)
    } else if (countryOfAdjective.has(pair)) {
      country = countryOfAdjective.get(pair) ?? null
      at += 1
    } else if (countryOfAdjective.has(text)) country = countryOfAdjective.get(text) ?? null
    else if (roles.length > 0 && isInsideRole(words, at)) roles.push(text)
    else break
  }
  const role = hasNoun ? roles.join(' ') : null
  const rank = ranks.length > 0 ? [...(hasNoun ? [] : roles), ...ranks].join(' ') : null
  if (roles.length > 0 && !role && !rank)
    return { role, rank, title, country: null, gender: null, next: from }
  const gender = (title && genderOfRole(title)) ?? (role && genderOfRole(role)) ?? null
  return { role, rank, title, country, gender: gender || null, next: at }
}

/** A role that stands in the capitals with which papers begin a story: STRIKER Ana Costa. */
function inOrdinary(word: string): string {
  return /^\p{Lu}{5,}$/u.test(word) ? word.slice(0, 1) + word.slice(1).toLowerCase() : word
}

/** @param small a word with a capital, in small letters */
function isOfRole(small: string, roles: readonly string[], isLast: boolean): boolean {
  if (isRoleNoun(small)) return !isLast || roles.length > 0 || isCommonRole(small)
  return isRoleQualifier(small) && !isLast
}

/** `Deputy Transport Planning Secretary Jo Lind`: a role ends with its last noun. */
function isInsideRole(words: readonly Word[], at: number): boolean {
  const ahead = words.slice(at + 1, at + 3).findIndex(({ text }) => isCommonRole(text.toLowerCase()))
  return ahead >= 0 && at + 2 + ahead < words.length && genderOfGivenName(words[at]?.text ?? '') === undefined
}

/** `Acme Chief Executive Pat Lowe`: what stands before the role is where it is held. */
function insideRole(words: readonly Word[], from: number): number {
  const small = words.map(({ text }) => text.toLowerCase())
  const first = words[from]?.text ?? ''
  const isLead =
    isRoleQualifier(small[from] ?? '') ||
    countryOfAdjective.has(first) ||
    isHonorific(first.replace('.', '')) ||
    isRank(first.replace('.', ''))
  if (isLead || isCommonRole(small[from] ?? '') || genderOfGivenName(first) !== undefined) return from
  let noun = small.findIndex((word, at) => at > from && at < from + 4 && isCommonRole(word))
  if (noun < 0 || noun > words.length - 2) return from
  while (noun > from + 1 && isRoleQualifier(small[noun - 1] ?? '')) noun -= 1
  return noun
}

/** `Betreiberin Rita Holm`, `L’opposante Anne Rey`: a word that is no given name before one that is. */
function unknownRole(words: readonly Word[], lead: Lead, hasArticle: boolean): Lead {
  const [first, second] = [words[lead.next]?.text ?? '', words[lead.next + 1]?.text ?? '']
  const isElided = /^[LD]['’]\p{Ll}/u.test(first)
  const isRole =
    words.length - lead.next > 2 &&
    genderOfGivenName(first.split('-')[0] ?? '') === undefined &&
    (genderOfGivenName(second) !== undefined || isElided || hasArticle) &&
    (isElided || (/^\p{Lu}\p{Ll}+(?:-\p{Ll}+)?$/u.test(first) && first.length > 3)) &&
    !isPlaceWord(first)
  if (!isRole) return lead
  const role = [lead.role, first.replace(/^[LD]['’]/, '')].filter(Boolean).join(' ')
  return { ...lead, role, gender: lead.gender ?? genderOfRole(role), next: lead.next + 1 }
}

/** `Secretary of State Jo Lind`: the name begins with a given name that is known, else with the last word but one. */
function officeBefore(text: string, words: readonly Word[]): Before | null {
  const [first] = words
  if (!first || words.length < 3 || mayBeginName(first.text)) return null
  const lead = OFFICE.exec(text.slice(Math.max(0, first.from - 90), first.from))
  const nouns = (lead?.[1] ?? '').split(' ')
  let core = nouns.length
  while (core > 0 && isOfRole((nouns[core - 1] ?? '').toLowerCase(), [], false)) core -= 1
  if (!lead || core === nouns.length || !isRoleNoun(nouns.at(-1)?.toLowerCase() ?? '')) return null
  const given = words.findIndex(({ text }) => genderOfGivenName(text) !== undefined)
  const next = given > 0 && given < words.length - 1 ? given : words.length - 2
  if (words.slice(0, next).some((word) => isCommonRole(word.text.toLowerCase()))) return null
  const from = first.from - (lead[2] ?? '').length - nouns.slice(core).join(' ').length
  const role = text.slice(from, words[next - 1]?.to)
  const country = countryOfAdjective.get(nouns[core - 1] ?? '') ?? null
  return {
    ...{ role, rank: null, title: null, country, gender: genderOfRole(nouns.at(-1) ?? '') },
    ...{ name: words.slice(next), from, isApart: false },
  }
}

const OFFICE =
  /(?:^|[^\p{L}])(\p{L}[\p{L}-]*(?: \p{L}[\p{L}-]*){0,3})( (?:of|for) (?:the )?(?:\p{Lu}[\p{L}-]*,? (?:\p{Lu}[\p{L}-]*,? ){0,3}and )?)$/u

function mayBeginName(word: string): boolean {
  const plain = word.replace(/\.$/, '')
  return (
    genderOfGivenName(word) !== undefined ||
    isHonorific(plain) ||
    isRank(plain) ||
    isCommonRole(word.toLowerCase()) ||
    countryOfAdjective.has(word)
  )
}
