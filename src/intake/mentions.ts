import { cueVerbs } from './cues.ts'
import { countryOfAdjective } from './nations.ts'
import type { NamedAt } from './people.ts'
import { type Gender, isRoleNoun, isRoleQualifier } from './roles.ts'
import { HIDDEN } from './sentences.ts'
import type { Range } from './source.ts'

/** Words that may be the subject of a verb of saying. */
export interface Mention extends Range {
  readonly kind: 'person' | 'other' | 'pronoun' | 'nominal' | 'first' | 'unknown'
  readonly person: number | null
  readonly candidates: readonly number[]
  readonly gender: Gender | null
  /** For “the minister”: minister. */
  readonly noun: string | null
  /** The minister, and not a minister. */
  readonly isDefinite?: boolean
  /** The words between the article and the noun, in small letters. */
  readonly qualifiers?: string
  /** `Holm’s spokeswoman`: not Holm speaks. */
  readonly isOwner?: boolean
  /** A name that may be a person's. */
  readonly isOpen?: boolean
}

/**
 * Everything in a paragraph that may be a speaker, in order.
 *
 * @param text with its quotations hidden: nobody named inside a quotation speaks there
 */
export function mentionsIn(text: string, named: readonly NamedAt[]): Mention[] {
  const found: Mention[] = named
    .filter(({ range }) => text[range.from] !== HIDDEN)
    .map(({ range, person, candidates, isOpen }) => ({
      ...{ ...range, kind: person === null && candidates.length === 0 ? 'other' : 'person' },
      ...{ person, candidates, gender: null, noun: null, isOpen },
      isOwner: /^(?:['’]s|(?<=s)['’]) /.test(text.slice(range.to, range.to + 3)),
    }))
  const all = [...found, ...pronounsIn(text), ...nominalsIn(text)].sort(
    (a, b) => a.from - b.from || b.to - a.to,
  )
  return all.filter((mention, index) => {
    const next = all[index + 1]
    const isOfName = mention.kind === 'nominal' && next?.kind === 'person' && next.from < mention.to
    return !isOfName && ((all[index - 1]?.to ?? 0) <= mention.from || mention.kind === 'person')
  })
}

/** Looking for the words first is faster than for where words begin. */
const PRONOUNS = 'he|she|they|it|il|elle|er|sie|I|we|je|nous|ich|wir'
const PRONOUN = new RegExp(`(?=${PRONOUNS})(?<![\\p{L}\\p{N}])(?:${PRONOUNS})(?![\\p{L}\\p{N}'’-])`, 'giu')
const genders: Readonly<Record<string, Gender>> = {
  he: 'he',
  il: 'he',
  er: 'he',
  she: 'she',
  elle: 'she',
  sie: 'she',
}

function pronounsIn(text: string): Mention[] {
  return [...text.matchAll(PRONOUN)].map(({ index, 0: word }) => {
    const plain = word.toLowerCase()
    const kind = /^(?:i|we|je|nous|ich|wir)$/.test(plain) ? 'first' : 'pronoun'
    const range = { from: index, to: index + word.length }
    return { ...range, kind, person: null, candidates: [], gender: genders[plain] ?? null, noun: null }
  })
}

const groups = new Set(
  `company firm club government ministry council court party union agency group newspaper paper outlet statement report organisation organization charity school university team
  bank department office board committee police authority jury inquiry regulator operator channel station magazine band woman man boy girl crowd source sources
  officials witnesses residents campaigners prosecutors lawyers doctors scientists researchers organisers organizers critics fans analysts experts ministers councillors parents
  pupils staff neighbours supporters protesters authorities polizei behörde pair couple duo trio`
    .trim()
    .split(/\s+/),
)
/** What ends the words that belong to an article. */
const ENDS = /^(?:the|an?|le|la|les|der|die|das|of|in|on|at|to|for|and|that|who|with|by|from)$/
const ARTICLES = "the|an?|one|another|his|her|their|its|our|some|several|le|la|l['’]|un|une|der|die|ein|eine"
const PLURALS =
  'police|officials|witnesses|residents|campaigners|prosecutors|lawyers|doctors|scientists|researchers|organisers|critics|fans|analysts|experts|ministers|parents|neighbours|authorities'
const NOMINAL = new RegExp(
  `(?=${ARTICLES}|${PLURALS})(?<![\\p{L}\\p{N}])(?:(${ARTICLES})(?: |(?<=['’]))(?=((?:[\\p{L}\\p{N}'’-]+ ?){1,6}))|(${PLURALS})(?!\\p{L}))`,
  'giu',
)

function nominalsIn(text: string): Mention[] {
  return [...text.matchAll(NOMINAL)].flatMap(
    ({ index, 0: whole, 1: article = '', 2: words = '', 3: plural }) => {
      if (plural) return nominal(index, index + plural.length, null, false)
      let end = whole.length
      let noun: string | null = null
      let to = 0
      for (const word of words.split(' ')) {
        const small = word.toLowerCase()
        const isNoun = isRoleNoun(small) || groups.has(small) || isAge(small)
        if ((to > 0 && !isNoun) || ENDS.test(small) || cueVerbs.has(small)) break
        if (to === 0 && /^\p{Lu}/u.test(word) && !mayLead(word)) break
        end += word.length
        if (isNoun) [noun, to] = [small, index + end]
        end += 1
      }
      const isDefinite = /^(?:the|le|la|l['’]|der|die)$/i.test(article)
      const qualifiers = words.slice(0, Math.max(0, words.toLowerCase().indexOf(noun ?? ''))).trim()
      return to === 0 ? [] : nominal(index, to, noun, isDefinite, qualifiers)
    },
  )
}

/** The 34-year-old; die 34-Jährige. @param word in small letters */
export function isAge(word: string): boolean {
  return /^\d+-(?:year-old|jährige[rn]?)$/.test(word)
}

/** The Dutch director; der Bürgermeister; the Prime Minister. */
function mayLead(word: string): boolean {
  const small = word.toLowerCase()
  return countryOfAdjective.has(word) || isRoleNoun(small) || isRoleQualifier(small)
}

function nominal(
  from: number,
  to: number,
  noun: string | null,
  isDefinite: boolean,
  qualifiers = '',
): Mention[] {
  return [
    { from, to, kind: 'nominal', person: null, candidates: [], gender: null, noun, isDefinite, qualifiers },
  ]
}
