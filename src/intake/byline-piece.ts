import { genderOfGivenName } from './given-names.ts'
import { NICKNAME, wordsOfName } from './nicknames.ts'
import { isElsewhere } from './not-names.ts'
import { beforeName } from './role-before.ts'
import { isRoleNoun, isRoleQualifier } from './roles.ts'
import type { Range } from './source.ts'
import { isPostnominal } from './titles.ts'

/** What stands between two commas of a byline. The range of a name is one of the piece. */
export type Piece = About &
  ({ readonly kind: 'name'; readonly name: Range } | { readonly kind: 'desk' | 'outlet' | 'unknown' })

interface About {
  readonly role: string | null
  readonly affiliation: string | null
}

export function pieceOf(text: string): Piece {
  const [, whole = text, bracketed = null] = /^(.*?) \(([^()]{2,40})\)$/.exec(text) ?? []
  const own = whole.replace(PLACE, '')
  const affiliation = bracketed?.replace(/^(?:with|avec|mit) /i, '') ?? null
  if (PRESS.test(own)) return named(own, affiliation) ?? desk(own)
  if (isOutlet(own)) return { kind: 'outlet', role: null, affiliation: own }
  return named(own, affiliation) ?? { kind: 'unknown', ...NOTHING }
}

const NOTHING: About = { role: null, affiliation: null }

/** ` in Sarn`, ` for The Evening Herald` */
const PLACE = / (?:in|for|at|from|aus|à) \p{Lu}.*$/u
/** What only those are called who make newspapers, or where they sit. */
const PRESS =
  /(?:^| )(?:reporters?|correspondents?|correspondante?s?|editors?|writers?|journalists?|journalistes?|columnists?|critics?|photographers?|staff|desk|newsroom|bureau|redaktion|redakteur(?:in)?|korrespondent(?:in|en)?|reporterin|rédaction|muhabiri?|servisi|editörü)(?= |$)/iu
const OUTLET =
  /(?:^| )(?:press|agence|agency|agentur|ajansı|news|herald|times|post|gazette|telegraph|tribune|journal|reuters|media|radio|tv|broadcasting|university|institute|association|foundation|college|council|trust|dpa|ansa|efe)(?= |$)/iu

function isOutlet(text: string): boolean {
  const [first = '', second] = text.split(' ')
  if (second === undefined) return /^\p{Lu}{2,5}$/u.test(first) || OUTLET.test(first)
  return OUTLET.test(text) && genderOfGivenName(ordinary(first)) === undefined
}

function ordinary(word: string): string {
  return word.slice(0, 1) + word.slice(1).toLowerCase()
}

/** `AP Sports Writer`; `our chess correspondent` */
function desk(text: string): Piece {
  const own = withoutOur(text)
  const [, affiliation = null, role = own] = /^(\p{Lu}{2,5}) (.*\p{Ll}.*)$/u.exec(own) ?? []
  return { kind: 'desk', role: /s$/i.test(role) ? null : role, affiliation }
}

const OUR = /^(?:our|the|an?|unser(?:e[mnr]?)?|notre|nos) (?:own )?/i

function withoutOur(role: string): string {
  return role.replace(OUR, '')
}

/** What no name of two words begins with. */
const LEAD =
  /^(?:the|our|an?|all|any|each|every|next|last|this|that|these|no|some|its|his|her|their|early|late|mr|mrs|ms|dr|prof|sir|dame) /i

/** A name, with a role before it (`Political Editor Jo Lind`) or after it (`Jo Lind Political Editor`). */
function named(text: string, affiliation: string | null): Piece | null {
  const lead = text.length - withoutOur(text).length
  const words = wordsOfName(text.slice(lead)).map(({ text: word, at }) => ({
    ...{ text: word, from: lead + at, to: lead + at + word.length },
  }))
  const isGiven = genderOfGivenName(ordinary(words[0]?.text ?? '')) !== undefined
  const end = PRESS.test(text) ? endOfName(words, isGiven) : -1
  const isPlain = isGiven || end > 0 || (words.length === 2 && !LEAD.test(text))
  const before = isPlain ? { name: words.slice(0, end > 0 ? end : words.length) } : beforeName(text, words)
  const own = before.name.filter(({ text: word }, index) => index < 2 || !isPostnominal(word))
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return null
  const name = { from: first.from, to: last.to }
  const whole = text.slice(name.from, name.to)
  if (!isName(whole) || PRESS.test(whole)) return null
  const isLed = 'role' in before && before.role !== null
  const role = isLed ? withoutOur(text.slice(0, first.from - 1)) : end > 0 ? text.slice(last.to + 1) : null
  return { kind: 'name', name, role, affiliation }
}

/** Where a desk begins behind a name. One of a single word would do for a desk: `Consumer Affairs Editor`. */
function endOfName(words: readonly { readonly text: string }[], isGiven: boolean): number {
  const texts = words.map(({ text }) => text)
  const end = texts.findIndex((word, index) => index > 1 && isOfDesk(word))
  const isName = isGiven || (end < texts.length - 1 && isElsewhere(texts.slice(0, end)) === 'no')
  return isName && !isOfDesk(texts[0] ?? '') ? end : -1
}

function isOfDesk(word: string): boolean {
  const small = word.toLowerCase()
  return PRESS.test(small) || isRoleNoun(small) || isRoleQualifier(small) || /^\p{Lu}{2,5}$/u.test(word)
}

/** `Jo Lind`, `J. M. de la Cruz`, `Robert “Bobby” Hayes`; up to five words that are neither nicknames nor particles. */
function isName(text: string): boolean {
  const words = wordsOfName(text).map(({ text: word }) => word)
  return /^W(?:N?p{0,2}W){1,4}$/.test(words.map(letterOf).join('')) && words.join(' ') === text
}

/** W for a word that names somebody, p for a particle, N for a nickname. */
function letterOf(word: string): string {
  if (WORD.test(word)) return 'W'
  return PARTICLE.test(word) ? 'p' : WHOLE_NICKNAME.test(word) ? 'N' : '?'
}

const WORD = /^(?:(?:\p{Lu}\.-?)+|(?:al-)?\p{Lu}[\p{L}\p{M}'’-]+\.?)$/u
const PARTICLE = /^(?:de|la|van|von|der|den|ten|ter|bin|di|da|do|dos|del|della|du|al|el|le)$/
const WHOLE_NICKNAME = new RegExp(`^${NICKNAME}$`, 'u')
