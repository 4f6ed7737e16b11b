import type { Attribution } from './attributions.ts'
import { isAge, type Mention } from './mentions.ts'
import { countryOfAdjective } from './nations.ts'
import type { Paragraph } from './paragraphs.ts'
import type { Person } from './people.ts'
import { isRoleNoun, isRoleQualifier } from './roles.ts'
import { sentenceAt } from './sentences.ts'
import { nounOfRank } from './titles.ts'

/** Who is meant by the subject of an attribution. */
export interface Resolved {
  readonly attribution: Attribution
  readonly speaker: number | null
  /** How it is known, or why it is not. */
  readonly by: 'name' | 'pronoun' | 'nominal' | 'unnamed' | 'ambiguous' | 'first-person' | 'other'
  readonly candidates: readonly number[]
}

type Answer = Omit<Resolved, 'attribution'>

/** Reads paragraphs in order and remembers who spoke and whom they were about last. */
export class Resolver {
  private readonly people: readonly Person[]
  private readonly byNoun: ReadonlyMap<string, readonly number[]>
  /** The last of them comes last. */
  private spoken: number[] = []
  private subjects: readonly number[][] = []
  /** Who was named in the paragraph before. */
  private before: readonly number[] = []

  constructor(people: readonly Person[]) {
    this.people = people
    this.byNoun = byNoun(people)
  }

  /** The last one who spoke, by name or by what stands for it. */
  get speaker(): number | null {
    return this.spoken.at(-1) ?? null
  }

  resolve(paragraph: Paragraph): Resolved[] {
    const seen = new Seen(paragraph)
    const resolved = paragraph.attributions.map((attribution) => {
      seen.until(attribution.mention.from)
      const answer = { attribution, ...this.who(attribution.mention, seen) }
      this.remember(attribution.mention, answer.speaker, seen)
      return answer
    })
    seen.until(Infinity)
    if (seen.subjects.length > 0) this.subjects = seen.subjects
    if (seen.people.size > 0) this.before = [...seen.people]
    return resolved
  }

  private who(mention: Mention, seen: Seen): Answer {
    const { kind, person, candidates, noun, isDefinite } = mention
    if (kind === 'person' && person !== null) return { speaker: person, by: 'name', candidates: [] }
    if (kind === 'person') return { speaker: null, by: 'ambiguous', candidates }
    if (kind === 'pronoun' && mention.gender) return this.pronoun(mention, seen)
    const named = noun === null || !isDefinite ? [] : this.called(noun, mention.qualifiers ?? '', seen)
    if (named.length === 1) return { speaker: named[0] ?? null, by: 'nominal', candidates: [] }
    if (kind === 'first') return { speaker: null, by: 'first-person', candidates: [] }
    return { speaker: null, by: kind === 'other' ? 'other' : 'unnamed', candidates: named }
  }

  /**
   * Whom “the prime minister” may mean. “The Dutch director” and “the 51-year-old” are whom the paragraph is
   * about, where it has named only one.
   */
  private called(noun: string, qualifiers: string, seen: Seen): readonly number[] {
    const words = qualifiers.split(' ')
    const telling = words.filter(isRoleQualifier)
    const found = (this.byNoun.get(noun) ?? []).filter((index) => {
      const role = this.people[index]?.role?.toLowerCase() ?? ''
      return telling.every((word) => role.includes(word))
    })
    const isByTrait = words.some((word) => countryOfAdjective.has(word)) || TRAIT.test(noun)
    return found.length === 0 && isByTrait && seen.people.size === 1 ? [...seen.people] : found
  }

  /** One who fits, or nobody: those named in the paragraph before it, else who spoke and was spoken of last. */
  private pronoun({ gender }: Mention, seen: Seen): Answer {
    const fits = (person: number | undefined): person is number => {
      const own = person === undefined ? undefined : this.people[person]?.gender
      return person !== undefined && (!own || own === gender)
    }
    const speaker = this.spoken.findLast(fits)
    const near = [...seen.people].filter(fits)
    const [first] = near
    const isAside = near.length === 1 && speaker !== undefined && !seen.isSubject(first)
    const found = near.length > 0 && !isAside ? near : [...new Set([...near, ...this.far(fits, speaker)])]
    const both =
      seen.subjects.at(-1)?.length === 1 && seen.subjects.at(-1)?.[0] === speaker ? speaker : undefined
    const told = near.length === 0 ? this.surely(found, gender) : undefined
    const [only = both ?? told] = found.length === 1 ? found : []
    if (only === undefined || seen.hasOpen) return { speaker: null, by: 'ambiguous', candidates: found }
    return { speaker: only, by: 'pronoun', candidates: [] }
  }

  /** Whom the paragraph before was about, where of all only that one is known to be a “she”. */
  private surely(found: readonly number[], gender: Mention['gender']): number | undefined {
    const known = found.filter((person) => this.people[person]?.gender === gender)
    const last = this.subjects.at(-1) ?? []
    return known.length === 1 && last.length === 1 && last[0] === known[0] ? known[0] : undefined
  }

  /** The latest speaker and the latest subjects that fit; where there are none, who was named at all. */
  private far(fits: (person: number | undefined) => person is number, speaker: number | undefined): number[] {
    const subjects = this.subjects.findLast((group) => group.some(fits)) ?? []
    const found = [speaker, ...subjects].filter(fits)
    return found.length > 0 ? found : this.before.filter(fits)
  }

  /** After “a woman in the crowd said”, a pronoun may be hers: then nobody has spoken last. */
  private remember({ kind, gender, noun }: Mention, speaker: number | null, seen: Seen): void {
    if (speaker !== null) this.spoken = latest(this.spoken, speaker)
    else if (kind === 'unknown' || (kind === 'nominal' && noun !== null && isHuman(noun))) {
      seen.hasOpen = true
      this.spoken = []
      this.subjects = []
    } else if (kind === 'pronoun' && gender) this.spoken = []
  }
}

/** What people are called for what they are, and not for what they do. */
const TRAIT =
  /^(?:\d.*|rookie|veteran|teenager|youngster|newcomer|(?:grand)?(?:mother|father|mum|dad)-of-\p{L}+)$/u

/** “The 51-year-old” is mostly whoever was spoken of last, also where that is not sure. */
export function isTrait({ noun, isDefinite = false }: Mention): boolean {
  return isDefinite && noun !== null && TRAIT.test(noun)
}

function isHuman(noun: string): boolean {
  return isRoleNoun(noun) || isAge(noun) || /^(?:man|woman|boy|girl|source)$/.test(noun)
}

/**
 * Somebody, and nobody knows who: a name that two have, a name of something unknown, his mother; and “the 22-year-old”
 * of a paragraph that has named nobody.
 */
function isDoubtful(
  { kind, person, noun, isOpen = false, isDefinite }: Mention,
  isFirst: boolean,
  isAlone: boolean,
): boolean {
  const isUnknown = !isDefinite || (isAlone && TRAIT.test(noun ?? ''))
  const isSomebody = isFirst && kind === 'nominal' && isUnknown && noun !== null && isHuman(noun)
  return isOpen || isSomebody || (kind === 'person' && person === null)
}

/** What a paragraph has named so far. */
class Seen {
  readonly people = new Set<number>()
  /** For each of the last sentences who is named first in it: several, where an “and” joins them. */
  subjects: readonly number[][] = []
  /** A sentence may be about somebody whom we do not know. */
  hasOpen = false
  private next = 0
  private sentence = -1
  private end = 0
  private readonly paragraph: Paragraph

  constructor(paragraph: Paragraph) {
    this.paragraph = paragraph
  }

  isSubject(person: number | undefined): boolean {
    return this.subjects.some((group) => group.some((one) => one === person))
  }

  until(at: number): void {
    const { mentions, starts } = this.paragraph
    for (let mention = mentions[this.next]; mention && mention.from < at; mention = mentions[this.next]) {
      this.next += 1
      const { from } = sentenceAt(starts, mention.from)
      const isFirst = mention.from - from < 4
      const isNamed = mentions[this.next]?.kind === 'person' && this.isBeside(mention, mentions[this.next])
      const isAlone = this.people.size === 0
      if (isDoubtful(mention, isFirst && !isNamed, isAlone) && from !== this.sentence) this.hasOpen = true
      else if (mention.person !== null && isFirst) this.hasOpen = false
      if (mention.person === null) continue
      const isJoined = /^(?:,| and| und| et| ve),? $/.test(
        this.paragraph.hidden.slice(this.end, mention.from),
      )
      if (from !== this.sentence) this.subjects = [...this.subjects.slice(1 - MOST), [mention.person]]
      else if (isJoined && (this.subjects.at(-1)?.length ?? 0) < MOST)
        this.subjects.at(-1)?.push(mention.person)
      this.sentence = from
      this.end = mention.to
      if (this.people.size < MOST) this.people.add(mention.person)
    }
  }

  /** Her first producer, Jo Lind, … */
  private isBeside({ to }: Mention, next: Mention | undefined): boolean {
    return next !== undefined && /^,? $/.test(this.paragraph.hidden.slice(to, next.from))
  }
}

const MOST = 12

function latest(list: readonly number[], person: number): number[] {
  return [...list.filter((one) => one !== person).slice(1 - MOST), person]
}

/** Whom “the minister” may mean: the people whose role has the noun in it. */
function byNoun(people: readonly Person[]): ReadonlyMap<string, readonly number[]> {
  const map = new Map<string, number[]>()
  people.forEach(({ role }, index) => {
    const words = (role ?? '').toLowerCase().split(/[^\p{L}-]+/u)
    for (const noun of new Set(words.map((word) => nounOfRank(word) ?? word).filter(isRoleNoun))) {
      const list = map.get(noun) ?? []
      if (list.length < 8) map.set(noun, [...list, index])
      if (noun === 'justice') map.set('judge', [...(map.get('judge') ?? []).slice(0, 8), index])
    }
  })
  return map
}
