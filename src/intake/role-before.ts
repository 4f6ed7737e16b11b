import { genderOfGivenName } from './given-names.ts'
import { countryOfAdjective } from './nations.ts'
import { isPlaceWord, isStarter } from './not-names.ts'
import { type Gender, genderOfRole, isCommonRole, isRoleNoun, isRoleQualifier, isTitle } from './roles.ts'
import type { Range } from './source.ts'

export interface Word extends Range {
  readonly text: string
}

/** What stands before a name and says whose it is. */
export interface Before {
  readonly role: string | null
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
  const start = words.findIndex((word) => !isStarter(word.text))
  const at = start < 0 ? words.length : insideRole(words, start)
  const lead = unknownRole(words, leadOf(words, at), followsArticle(text, words, at))
  const name = words.slice(lead.next)
  const [first] = name
  const small =
    first && lead.role === null && /^\P{Ll}/u.test(first.text) ? smallRole(text, first.from) : null
  const role = lead.role ?? small?.role ?? null
  const from = small?.from ?? words[at]?.from ?? 0
  return {
    ...{ role, title: lead.title, name, from },
    country: lead.country ?? small?.country ?? bracketed(text, from),
    gender: lead.gender ?? (role === null ? null : genderOfRole(role)),
    isApart: small !== null && small.from === first?.from,
  }
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
  readonly title: string | null
  readonly country: string | null
  readonly gender: Gender | null
  readonly next: number
}

/** What stands with capitals before a name: an adjective of a country, a role, a title. */
function leadOf(words: readonly Word[], from: number): Lead {
  let [at, country, title]: [number, string | null, string | null] = [from, null, null]
  const roles: string[] = []
  let hasNoun = false
  for (; at < words.length; at += 1) {
    const { text = '' } = words[at] ?? {}
    const plain = text.replace(/\.$/, '')
    const small = plain.toLowerCase().replace(/^ex-/, '')
    const pair = `${text} ${words[at + 1]?.text ?? ''}`
    if (isTitle(plain) && at + 1 < words.length) title = plain
    else if (
      (isRoleNoun(small) && (at + 1 < words.length || roles.length > 0 || isCommonRole(small))) ||
      (isRoleQualifier(small) && at + 1 < words.length)
    ) {
      roles.push(text)
      hasNoun ||= isRoleNoun(small)
    } else if (countryOfAdjective.has(pair)) {
      country = countryOfAdjective.get(pair) ?? null
      at += 1
    } else if (countryOfAdjective.has(text)) country = countryOfAdjective.get(text) ?? null
    else if (roles.length > 0 && isInsideRole(words, at)) roles.push(text)
    else break
  }
  if (roles.length > 0 && !hasNoun) return { role: null, title, country: null, gender: null, next: from }
  const role = roles.length > 0 ? roles.join(' ') : null
  const gender = (title && genderOfRole(title)) ?? (role && genderOfRole(role)) ?? null
  return { role, title, country, gender: gender || null, next: at }
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
    isRoleQualifier(small[from] ?? '') || countryOfAdjective.has(first) || isTitle(first.replace('.', ''))
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

/** A role in small letters before a name: striker Ana Costa; the former prime minister, Jo Lind. */
function smallRole(text: string, at: number): { role: string; country: string | null; from: number } | null {
  const before = /^(.*?)(,?) $/.exec(text.slice(Math.max(0, at - 80), at))
  if (!before) return null
  const words = (before[1] ?? '').replace(/[[\]]/g, '').split(' ').slice(-8)
  const hasComma = before[2] === ','
  const of = hasComma ? words.findLastIndex((word) => /^(?:of|for|at|de|du|des|von|der)$/.test(word)) : -1
  const end = of > 0 && !isRoleNoun(words.at(-1) ?? '') ? ofRole(words, of) : words.length
  let first = end
  while (first > 0 && isRoleWord(words[first - 1] ?? '')) first -= 1
  if (first < end && isRoleQualifier((words[first - 1] ?? '').toLowerCase())) first -= 1 // Prime minister Jo Lind
  const role = words.slice(first, end).join(' ')
  if (!isRoleNoun(words[end - 1] ?? '')) return null
  const country = countryOfAdjective.get(words[first - 1] ?? '') ?? null
  return { role, country, from: hasComma ? at : at - role.length - 1 }
}

/** The head of the Sarn union, X: where the role before the “of” ends. */
function ofRole(words: readonly string[], of: number): number {
  const first = words.findIndex((word, index) => index < of && isRoleNoun(word))
  return first < 0 ? of : first + 1
}

function isRoleWord(word: string): boolean {
  return word === word.toLowerCase() && (isRoleNoun(word) || isRoleQualifier(word))
}
