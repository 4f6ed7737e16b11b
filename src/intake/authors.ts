import type { Author } from './byline.ts'
import type { IntakePerson } from './intake.ts'
import { isParticle } from './surnames.ts'

/**
 * Those who wrote a story, with what its byline says of them. Names in capitals are put into ordinary letters.
 *
 * @param authors in the order in which they stand among the people
 */
export function withBylines(
  people: readonly IntakePerson[],
  authors: readonly Author[],
  language: string | null,
): IntakePerson[] {
  const left = [...authors]
  return people.map((person) => {
    if (person.as !== 'author') return person
    const { role = null, affiliation = null } = left.shift() ?? {}
    return {
      ...person,
      name: ordinaryLetters(person.name, language),
      role: role && inRole(role, language),
      affiliation,
    }
  })
}

/** DANA McGREGOR and Dana MCGREGOR as Dana McGregor. Initials, and short words beside ordinary ones, stay. */
export function ordinaryLetters(name: string, language: string | null): string {
  const words = name.split(' ')
  const spoken = /[İĞ]/.test(name) ? 'tr' : language
  const isAll = words.every((word) => IN_CAPITALS.test(word))
  return words.map((word, index) => inOrdinary(word, index, words, isAll, spoken)).join(' ')
}

const IN_CAPITALS = /^(?:Ma?c)?[^\p{Ll}]+$/u
const KEPT = /^(?:\p{Lu}\.)+$|^I{2,3}$|^IV$|^\P{L}*$/u

function inOrdinary(
  word: string,
  index: number,
  words: readonly string[],
  isAll: boolean,
  language: string | null,
): string {
  if (!IN_CAPITALS.test(word) || KEPT.test(word)) return word
  const isBeside = isParticle(word) && index > 0 && index < words.length - 1
  if (word.length < (isAll || isBeside ? 2 : 4)) return word
  const follows = isParticle(words[index - 1] ?? '')
  const isSmall = isBeside && (follows || !/^(?:mac|mc|ben|st|le|la)$/i.test(word))
  return isSmall ? lower(word, language) : capital(word, language)
}

function inRole(role: string, language: string | null): string {
  return /\p{Ll}/u.test(role) ? role : ordinaryLetters(role, language)
}

function capital(word: string, language: string | null): string {
  return lower(word, language).replace(BEGINS, (letter) => upper(letter, language))
}

/** The first letter, and the one behind a hyphen, an O’ or a Mc. */
const BEGINS = /(?<=^|^[-“"‘'„«]|-|(?:^|-)\p{L}['’]|^mc)\p{L}/gu

/** Turkish has an I without a dot. */
function lower(word: string, language: string | null): string {
  return language === 'tr' ? word.toLocaleLowerCase('tr') : word.toLowerCase()
}

function upper(letter: string, language: string | null): string {
  return language === 'tr' ? letter.toLocaleUpperCase('tr') : letter.toUpperCase()
}
