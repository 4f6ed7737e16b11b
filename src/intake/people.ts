import type { Block } from './blocks.ts'
import { genderOfGivenName } from './given-names.ts'
import { type Evidence, type Name, namesIn } from './names.ts'
import { formsOf, isNickname } from './nicknames.ts'
import type { Gender } from './roles.ts'
import type { Range } from './source.ts'
import { bare, isParticle, keyOf, surnameOf, surnamesOf, withoutSuffix } from './surnames.ts'

/** Somebody whom the text names. Ranges are those of the whole text. */
export interface Person {
  readonly name: string
  role: string | null
  affiliation: string | null
  country: string | null
  gender: Gender | null
  evidence: Evidence | 'byline'
  readonly ranges: Range[]
}

/** Where a paragraph names somebody, or something that is nobody. Ranges are those of the paragraph. */
export interface NamedAt {
  readonly range: Range
  readonly person: number | null
  /** Whom else it may be, where several have the name. */
  readonly candidates: readonly number[]
  /** Nothing says that it is a person, and nothing says that it is none. */
  readonly isOpen: boolean
}

export interface People {
  readonly people: readonly Person[]
  /** For each of the paragraphs, in their order. */
  readonly named: readonly (readonly NamedAt[])[]
}

/**
 * Finds the people of a text: first the whole names, then what stands for them later. A surname alone is a
 * person's only where a whole name, a role or a title has introduced it.
 *
 * @param headline where a surname may stand alone as well
 */
export function peopleIn(paragraphs: readonly Block[], headline = ''): People {
  const names = paragraphs.map(({ text }) => namesIn(text).filter(({ isDate }) => !isDate))
  const register = new Register(surnamesAlone([...names, namesIn(headline)]))
  const whole = names.flat().filter(({ words }) => words.length > 1)
  for (const name of whole.toSorted((a, b) => turnOf(a) - turnOf(b))) register.introduce(name)
  const named = paragraphs.map((block, index) =>
    (names[index] ?? []).map((name) => register.find(name, block)),
  )
  return inOrder(register.people, named)
}

/**
 * `Striker Ana Costa` is somebody whom `Ana Costa` has introduced: names of two words go before longer ones. What
 * may be a surname of two words, as in `Mr Le Goff`, comes when all whole names are known.
 */
function turnOf({ words, evidence }: Name): number {
  if (words.some(isNickname)) return 0
  if (isParticle(words[0] ?? '') || (evidence === 'title' && !hasGivenName(words))) return 3
  return words.length > 2 ? 2 : 1
}

function hasGivenName([first = '']: readonly string[]): boolean {
  return genderOfGivenName(first) !== undefined
}

/** Words that stand alone somewhere, as a surname does after its whole name was given. */
function surnamesAlone(names: readonly (readonly Name[])[]): ReadonlySet<string> {
  return new Set(
    names
      .flat()
      .flatMap(({ words, isPlaced, isOther }) => (words.length === 1 && !isPlaced && !isOther ? words : [])),
  )
}

/** What makes a surname the name of a thing: the Assad regime. */
const POSSESSED =
  /^ (?:regime|government|administration|family|camp|era|dynasty|campaign|doctrine|loyalists|supporters|years|plan|report|inquiry|foundation|trust|estate)\b/

/** A place that is called like a person: in Dorn. */
const WITHIN = /(?:^|[^\p{L}])(?:in|at|near|into|across|outside) $/iu

/** What makes somebody likely; `Ms Holm`, later on, makes Zelda Holm certain. */
const WEAK: ReadonlySet<Person['evidence']> = new Set(['surname', 'initials', 'particle', 'cue'])

class Register {
  readonly people: Person[] = []
  private readonly whole = new Map<string, number>()
  private readonly bySurname = new Map<string, number[]>()
  private readonly byGiven = new Map<string, number[]>()
  /** For each of the people the longest of the surnames. */
  private readonly surnames: string[] = []
  private readonly alone: ReadonlySet<string>

  constructor(alone: ReadonlySet<string>) {
    this.alone = alone
  }

  /** Takes a whole name, where something says that it is a person's. */
  introduce(name: Name): void {
    if ((isSurname(name) && !isIntroducedSurname(name, this.alone)) || this.standsForSurname(name)) return
    const known = this.known(name)
    const isAlone = !name.isOther && this.alone.has(name.words.at(-1) ?? '')
    const evidence = name.evidence ?? (isAlone ? 'surname' : null)
    if (known !== undefined) this.learn(known, name)
    else if (evidence) this.add(name, evidence)
  }

  find(name: Name, block: Block): NamedAt {
    const people = this.match(name, block.text)
    const [only = null] = people.length === 1 ? people : []
    const person = only !== null && this.isExcluded(only, name) ? null : only
    let from = name.whole.from
    if (person !== null) {
      this.learn(person, name)
      const own = this.ownRange(name, person, block.text)
      from = Math.min(from, own.from)
      this.people[person]?.ranges.push({ from: block.from + own.from, to: block.from + own.to })
    }
    return {
      range: { from, to: name.whole.to },
      person,
      candidates: person === null ? people : [],
      isOpen: people.length === 0 && mayBePerson(name),
    }
  }

  private match(name: Name, text: string): readonly number[] {
    if (POSSESSED.test(text.slice(name.range.to, name.range.to + 20))) return []
    if (name.words.length === 1 && WITHIN.test(text.slice(Math.max(0, name.range.from - 9), name.range.from)))
      return []
    const known = this.known(name)
    if (known !== undefined) return [known]
    const last = withoutSuffix(name.words.at(-1) ?? '')
    const own = this.called(name)
    if (own && (name.words.length === 1 || !name.isOther)) return this.fitting(own, name)
    const given = name.words.length === 1 ? this.byGiven.get(last) : undefined
    if (given) return given
    const isIntroduced = name.words.length === 1 && (name.evidence === 'role' || name.evidence === 'title')
    return isIntroduced && name.evidence ? [this.add(name, name.evidence)] : []
  }

  /** Those who have the words of a name, or the last one of them, as their surname. */
  private called({ words }: Name): readonly number[] | undefined {
    const last = words.at(-1) ?? ''
    return (
      this.bySurname.get(keyOf(words.join(' '))) ??
      this.bySurname.get(bare(last)) ??
      this.bySurname.get(withoutSuffix(last))
    )
  }

  /** Of those who share a surname, the ones whom a title or a given name does not exclude. */
  private fitting(people: readonly number[], name: Name): readonly number[] {
    if (name.words.length > 1 && !isSurname(name) && !this.standsForSurname(name))
      return people.length === 1 && isLead(name) ? people : []
    const fit = people.filter((index) => {
      const gender = this.people[index]?.gender
      return !gender || !name.gender || gender === name.gender
    })
    return fit.length > 0 ? fit : people
  }

  /** Mrs Hayes is not the Robert Hayes who was named before, and may be anybody. */
  private isExcluded(person: number, { evidence, gender }: Name): boolean {
    const known = this.people[person]?.gender
    return evidence === 'title' && !!gender && !!known && gender !== known
  }

  /** `Le Goff`, and `García Márquez` after a title, where a whole name ended so. */
  private standsForSurname({ words, evidence }: Name): boolean {
    if (words.length < 2 || !this.bySurname.has(keyOf(words.join(' ')))) return false
    return isParticle(words[0] ?? '') || (evidence === 'title' && !hasGivenName(words))
  }

  private known(name: Name): number | undefined {
    return formsOf(name.words)
      .map((words) => this.knownAs(words))
      .find((found) => found !== undefined)
  }

  private knownAs(words: readonly string[]): number | undefined {
    const whole = this.whole.get(words.join(' '))
    if (whole !== undefined || words.length < 2) return whole
    const tail = words.length > 2 ? this.whole.get(words.slice(1).join(' ')) : undefined
    if (tail !== undefined) return tail
    const given = this.byGiven.get(words[0] ?? '')
    return this.bySurname.get(bare(words.at(-1) ?? ''))?.find((index) => given?.includes(index))
  }

  private add(name: Name, evidence: Evidence): number {
    const index = this.people.length
    const { role, affiliation, country, gender } = name
    this.people.push({ name: name.words.join(' '), role, affiliation, country, gender, evidence, ranges: [] })
    for (const words of formsOf(name.words)) {
      this.whole.set(words.join(' '), index)
      for (const surname of surnamesOf(words)) append(this.bySurname, keyOf(surname), index)
      if (words.length > 1) append(this.byGiven, words[0] ?? '', index)
      this.surnames[index] ??= surnameOf(words)
    }
    return index
  }

  private learn(index: number, name: Name): void {
    const person = this.people[index]
    if (!person) return
    person.role ??= name.role
    person.affiliation ??= name.affiliation
    person.country ??= name.country
    person.gender ??= name.gender
    if (name.evidence === 'title' && WEAK.has(person.evidence)) person.evidence = 'title'
  }

  /** Without a word before the name, and with a `Le` that was taken for one. */
  private ownRange(name: Name, person: number, text: string): Range {
    const { from, to } = name.range
    const isWhole = name.words.length === 1 || this.byGiven.get(name.words[0] ?? '')?.includes(person)
    const shortest = isWhole ? from : to - (name.words.at(-1)?.length ?? 0)
    const surname = this.surnames[person] ?? ''
    const longest = to - surname.length
    const isThere =
      surname.includes(' ') &&
      keyOf(text.slice(Math.max(0, longest), to)) === keyOf(surname) &&
      !/\p{L}/u.test(text[longest - 1] ?? ' ')
    return { from: isThere ? Math.min(shortest, longest) : shortest, to }
  }
}

/**
 * `President de Klerk`, `Ms van den Berg`; but `Sprecher des Ministeriums` and `Frau des Pfarrers` name nobody, nor
 * does `de la République`, and the `Bürgermeister von Sarn` is called so only where a `Sarn` is somebody elsewhere.
 */
function isIntroducedSurname({ words, role, evidence }: Name, alone: ReadonlySet<string>): boolean {
  const [first = '', second = ''] = words
  if (first === 'des') return false
  if (evidence === 'title') return true
  if (first === 'von' && words.length === 2 && !alone.has(second)) return false
  return (
    role !== null && !/^(?:der|dem|den|zum|zur|du|les)$|^de la$/.test(second === 'la' ? `${first} la` : first)
  )
}

/** Two words or more that nothing makes a person's and nothing makes a thing's. */
function mayBePerson(name: Name): boolean {
  return name.words.length > 1 && !name.isOther && !name.isPlaced && !isSurname(name)
}

/** A surname with its particle: von der Leyen. */
function isSurname({ words: [first = ''] }: Name): boolean {
  return /^\p{Ll}/u.test(first)
}

/** `Yesterday Lavrov`: a word before a surname that is no given name. */
function isLead(name: Name): boolean {
  return name.words.length === 2 && name.evidence !== 'given-name'
}

function append(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key)
  if (!list) map.set(key, [value])
  else if (!list.includes(value) && list.length < 8) list.push(value)
}

/** People in the order in which the text names them first; those it never names in a way of their own go. */
function inOrder(people: readonly Person[], named: readonly (readonly NamedAt[])[]): People {
  const order = people
    .map((person, index) => ({ index, at: person.ranges[0]?.from ?? Infinity }))
    .filter(({ at }) => at < Infinity)
    .sort((a, b) => a.at - b.at)
  const places = new Map(order.map(({ index }, place) => [index, place]))
  const placed = (index: number | null) => (index === null ? null : (places.get(index) ?? null))
  return {
    people: order.flatMap(({ index }) => people[index] ?? []),
    named: named.map((list) =>
      list.map(({ range, person, candidates, isOpen }) => ({
        ...{ range, isOpen },
        person: placed(person),
        candidates: candidates.flatMap((index) => placed(index) ?? []),
      })),
    ),
  }
}
