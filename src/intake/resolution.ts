import type { Attribution } from './attributions.ts'
import type { Mention } from './mentions.ts'
import type { Paragraph } from './paragraphs.ts'
import type { Person } from './people.ts'
import { sentenceAt } from './sentences.ts'

/** Who is meant by the subject of an attribution. */
export interface Resolved {
  readonly attribution: Attribution
  readonly speaker: number | null
  /** How it is known, or why it is not. */
  readonly by: 'name' | 'pronoun' | 'nominal' | 'unnamed' | 'ambiguous' | 'first-person' | 'other'
  readonly candidates: readonly number[]
}

/** Reads paragraphs in order and remembers who spoke and whom they were about last. */
export class Resolver {
  /** The last one who spoke, by name or by what stands for it. */
  speaker: number | null = null
  private subject: number | null = null
  private readonly people: readonly Person[]
  private readonly byNoun = new Map<string, number[]>()

  constructor(people: readonly Person[]) {
    this.people = people
    people.forEach(({ role }, index) => {
      for (const noun of new Set((role ?? '').toLowerCase().split(/[^\p{L}-]+/u))) {
        const list = this.byNoun.get(noun) ?? []
        this.byNoun.set(noun, [...list.slice(0, 2), index])
      }
    })
  }

  resolve({ mentions, attributions, starts }: Paragraph): Resolved[] {
    const seen = new Set<number>()
    let [next, sentence, subject]: [number, number, number | null] = [0, -1, null]
    const see = (before: number) => {
      for (; (mentions[next]?.from ?? Infinity) < before; next += 1) {
        const { person, from } = mentions[next] ?? { person: null, from: 0 }
        if (person === null) continue
        const { from: start } = sentenceAt(starts, from)
        if (start !== sentence) [sentence, subject] = [start, person]
        if (seen.size < MOST) seen.add(person)
      }
    }
    const resolved = attributions.map((attribution) => {
      see(attribution.mention.from)
      const answer = { attribution, ...this.who(attribution.mention, seen, subject) }
      this.remember(attribution.mention, answer.speaker)
      return answer
    })
    see(Infinity)
    this.subject = subject ?? this.subject
    return resolved
  }

  private who(
    mention: Mention,
    seen: ReadonlySet<number>,
    subject: number | null,
  ): Omit<Resolved, 'attribution'> {
    const { kind, person, candidates, noun } = mention
    if (kind === 'person' && person !== null) return { speaker: person, by: 'name', candidates: [] }
    if (kind === 'person') return { speaker: null, by: 'ambiguous', candidates }
    if (kind === 'pronoun' && mention.gender) return this.pronoun(mention, seen, subject)
    const named = noun === null ? [] : (this.byNoun.get(noun) ?? [])
    if (named.length === 1) return { speaker: named[0] ?? null, by: 'nominal', candidates: [] }
    if (kind === 'first') return { speaker: null, by: 'first-person', candidates: [] }
    return { speaker: null, by: kind === 'other' ? 'other' : 'unnamed', candidates: named }
  }

  /** One who fits, or nobody: those named in the paragraph before it, else who spoke and was spoken of last. */
  private pronoun(
    { gender }: Mention,
    seen: ReadonlySet<number>,
    subject: number | null,
  ): Omit<Resolved, 'attribution'> {
    const fits = (person: number | null): person is number => {
      const own = person === null ? undefined : this.people[person]?.gender
      return person !== null && (!own || own === gender)
    }
    const near = [...seen].filter(fits)
    const far = [...new Set([this.speaker, this.subject])].filter(fits)
    const found = near.length > 0 ? near : far
    const [only] = found
    if (found.length === 1 && only !== undefined) return { speaker: only, by: 'pronoun', candidates: [] }
    const both = fits(subject) && subject === this.speaker ? subject : null
    if (both !== null) return { speaker: both, by: 'pronoun', candidates: [] }
    return { speaker: null, by: 'ambiguous', candidates: found }
  }

  /** After “a woman in the crowd said”, a pronoun may be hers: nobody is the last speaker then. */
  private remember({ kind, gender, noun }: Mention, speaker: number | null): void {
    if (speaker !== null) this.speaker = speaker
    else if (kind === 'unknown' || (kind === 'nominal' && noun !== null)) this.speaker = null
    else if (kind === 'pronoun' && gender) this.speaker = null
  }
}

const MOST = 12
