import { cueVerbs } from './cues.ts'
import { genderOfGivenName } from './given-names.ts'
import { countryOfAdjective } from './nations.ts'
import { isDate, isStarter } from './not-names.ts'
import { isRoleNoun, isRoleQualifier } from './roles.ts'

export interface SmallRole {
  readonly role: string
  readonly country: string | null
  /** Where the role begins; the name itself where a comma stands between. */
  readonly from: number
}

/**
 * A role in small letters before a name, with the nouns that belong to it: crime writer Ana Costa; Harbour Board
 * chair Ana Costa; head of year Ana Costa; the former prime minister, Jo Lind.
 */
export function smallRole(text: string, at: number): SmallRole | null {
  const start = Math.max(0, at - REACH)
  const before = /^(.*?)(,?) $/.exec(text.slice(start, at))
  if (!before) return null
  const words = (before[1] ?? '').replace(/[[\]]/g, '').split(' ').slice(-MOST)
  const hasComma = before[2] === ','
  const [noun, end] = nounIn(words, hasComma)
  if (noun < 0) return null
  let core = noun
  while (core > 0 && isRoleWord(words[core - 1] ?? '')) core -= 1
  if (isRoleQualifier((words[core - 1] ?? '').toLowerCase())) core -= 1 // Prime minister Jo Lind
  const isWhole = start === 0 && words.length < MOST
  const first = phraseStart(words, core, isWhole)
  const role = words.slice(first, end).join(' ').replace(ELIDED, '')
  const country = countryOfAdjective.get(words[first - 1] ?? '') ?? null
  return { role, country, from: hasComma ? at : at - words.slice(first).join(' ').length - 1 }
}

const REACH = 80
const MOST = 9
const LONGEST_COMPLEMENT = 4

/** Where the noun of the role stands, and where the role ends: `of year` is part of it, `of the Sarn union` is not. */
function nounIn(words: readonly string[], hasComma: boolean): [noun: number, end: number] {
  const last = words.length - 1
  if (isNounOfRole(words[last] ?? '', last)) return [last, words.length]
  const of = words.findLastIndex((word) => /^(?:of|for|at|de|du|des|von|der)$/.test(word))
  const noun = words.findIndex((word, index) => index < of && isNounOfRole(word, index))
  const complement = words.slice(of + 1)
  const isShort =
    /^(?:of|for)$/.test(words[of] ?? '') &&
    noun === of - 1 &&
    complement.length > 0 &&
    complement.length <= LONGEST_COMPLEMENT
  const isPart = isShort && complement.every((word) => isPlainNoun(word) || (hasComma && ARTICLE.test(word)))
  if (of > 0 && noun >= 0 && isPart) return [noun, words.length]
  return hasComma && of > 0 && noun >= 0 ? [noun, noun + 1] : [-1, 0]
}

/** L’entraîneur Marc Petit. */
const ELIDED = /^l['’]/i
const ARTICLE = /^(?:the|an?|its|his|her|their)$/

function isNounOfRole(word: string, index: number): boolean {
  const noun = word.replace(ELIDED, '')
  return isRoleNoun(index === 0 ? noun.toLowerCase() : noun)
}

/**
 * Where the nouns before a role begin: `said crime writer`, `The Harbour Board chair`. What could be a verb after
 * its subject is left out: `they mourn author Jo Lind`.
 */
function phraseStart(words: readonly string[], core: number, isWhole: boolean): number {
  let first = core
  while (first > 0 && isModifier(words[first - 1] ?? '')) first -= 1
  const small = first
  while (first > 0 && isCapital(words[first - 1] ?? '', small === core)) first -= 1
  const bound = words[first - 1]
  if (core - first > MOST_NOUNS || (bound === undefined && !isWhole)) return core
  if (words.slice(first, small).some((word) => genderOfGivenName(word) !== undefined)) return core
  const plain = bound?.toLowerCase() ?? ''
  const isBound =
    bound === undefined ||
    (BOUND.test(plain) && !AUXILIARY.test(plain)) ||
    cueVerbs.has(bound) ||
    isOver(bound)
  if (isBound || (first < small && /^\p{Ll}/u.test(bound))) return first
  return first === core ? core : Math.min(core, first + 1)
}

const MOST_NOUNS = 5

function isPlainNoun(word: string): boolean {
  return /^\p{Ll}[\p{L}-]*$/u.test(word) && !BOUND.test(word) && !cueVerbs.has(word)
}

/** A word that may stand before the noun of a role: crime, parish, award-winning. */
function isModifier(word: string): boolean {
  if (isRoleWord(word)) return true
  return isPlainNoun(word) && !VERB.test(word) && (!INFLECTED.test(word) || NOUN.test(word))
}

/** Praised, praises, praising, warmly: what is no noun, or a plural, which seldom stands before another noun. */
const INFLECTED = /^[^-]*(?:ed|ing|ly|[^s]s)$/
const NOUN =
  /^(?:\p{L}{2,}[mt]ions|sales|news|affairs|building|housing|planning|racing|swimming|banking|engineering|nursing|marketing)$/u

/** A plural is one only right before the role: Hawks captain; but not: Councillors applaud goalkeeper. */
function isCapital(word: string, isNext: boolean): boolean {
  return (
    /^\p{Lu}[\p{L}-]*$/u.test(word) &&
    !BOUND.test(word.toLowerCase()) &&
    (isNext || !/[^s]s$/.test(word)) &&
    !isStarter(word) &&
    !isDate(word) &&
    !countryOfAdjective.has(word)
  )
}

/** It ends a clause, belongs to somebody, or can be nothing but a verb or a name of its own kind. */
function isOver(word: string): boolean {
  return (
    /[^\p{L}\p{N}-]$|['’]s$|\p{Ll}ed$|\p{Ll}ing$/u.test(word) ||
    VERB.test(word) ||
    isDate(word) ||
    countryOfAdjective.has(word)
  )
}

const VERB =
  /^(?:met|saw|left|won|beat|hit|sent|gave|took|got|made|led|ran|put|let|set|held|kept|brought|fought|lost|found|felt|knew|drew|drove|chose|became|paid|told|meets|thank|meet|visit|join)$/
const AUXILIARY = /^(?:be|been|has|had|have|will|would|also)$/
const BOUND =
  /^(?:the|an?|this|that|these|those|its|his|her|their|our|my|your|whose|of|in|on|at|by|with|from|for|as|like|about|to|into|after|before|through|via|over|against|between|including|under|behind|beside|and|but|or|nor|than|when|while|where|because|if|though|although|since|until|then|now|today|yesterday|tomorrow|later|meanwhile|also|is|was|are|were|be|been|has|had|have|will|would|both|two|three|four|le|la|les|l['’]|un|une|der|die|das|den|dem|ein|eine|und|et|ve|bir)$/

function isRoleWord(word: string): boolean {
  return word === word.toLowerCase() && (isRoleNoun(word) || isRoleQualifier(word))
}
