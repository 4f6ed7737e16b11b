import fc from 'fast-check'
import { sortsOf } from '../../src/documents/order.ts'
import type { Dateline } from '../support/dateline.ts'
import { type Question, type Search, typeNamed } from './queries.reference.ts'
import { queries, vocabulary } from './queries.words.ts'

/** A small newsroom in which the same few names, words and instants meet in every way. */

const names = ['Ada', 'Émile', 'Şule', 'Zoë', '😀 Smile', 'ﬁn']
const slugs = ['ada', 'emile', 'sule', 'nobody']
const tags = ['art', 'law', 'sea']
const countries = ['TR', 'FR', 'DE']
const DAY = 86_400_000

/** What an editor does next; the numbers choose among what there is. */
export interface Deed {
  readonly what: 'person' | 'article' | 'edit' | 'withdraw' | 'wait'
  readonly numbers: readonly number[]
}

export const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.record({
    what: fc.constantFrom<Deed['what']>(
      'person',
      'article',
      'article',
      'article',
      'edit',
      'edit',
      'withdraw',
      'wait',
    ),
    numbers: fc.array(fc.nat(1_000), { minLength: 12, maxLength: 12 }),
  }),
  { minLength: 20, maxLength: 45, size: 'max' },
)

export class World {
  readonly #dateline: Dateline
  readonly people: string[] = []
  readonly articles: string[] = []
  #made = 0

  constructor(dateline: Dateline) {
    this.#dateline = dateline
  }

  get now(): number {
    return this.#dateline.clock.now
  }

  async do({ what, numbers }: Deed): Promise<void> {
    const { clock, post, delete: withdraw } = this.#dateline
    const next = reader(numbers)
    clock.advance(1_000)
    if (what === 'wait') clock.advance(next() * 60_000)
    if (what === 'person') await this.#makePerson(next)
    if (what === 'article') await this.#makeArticle(next)
    const article = pick(this.articles, next())
    if (article === undefined) return
    if (what === 'edit') await this.#edit(article, next)
    if (what === 'withdraw') await withdraw(`/v1/articles/${article}`)
    if (what === 'withdraw' && next() % 3 === 0) await post(`/v1/articles/${article}/publish`)
  }

  async #makePerson(next: Next): Promise<void> {
    const name = pick(names, next())
    const aliases = names.filter(() => next() % 4 === 0)
    const body = {
      name,
      aliases,
      country: [...countries, null][next() % 4],
      description: sentence(next),
    }
    const { body: made } = await this.#dateline.post(
      `/v1/people?publish=${next() % 4 === 0 ? 'no' : 'now'}`,
      body,
    )
    this.people.push(made.id)
  }

  async #makeArticle(next: Next): Promise<void> {
    this.#made += 1
    const person = () => pick(this.people, next())
    const quotes = Array.from({ length: next() % 3 }, () => ({
      text: `Words: ${sentence(next)}`,
      speakerId: next() % 3 === 0 ? null : (person() ?? null),
      saidOn: [null, '2020', '2020-10', '2020-10-14'][next() % 4],
    }))
    const people = [person()]
      .filter((id) => id !== undefined && next() % 2 === 0)
      .map((personId) => ({ personId }))
    const relatedLinks = Array.from({ length: next() % 2 }, () => ({
      title: `${pick(names, next())} ${sentence(next)}`,
      kind: 'watch',
    }))
    const body = { ...this.#fields(next), quotes, people, relatedLinks }
    const publish = ['now', 'now', 'no', iso(this.now + DAY), '2020-10-15', '2019-01-01'][next() % 6]
    const { body: made, text } = await this.#dateline.post(`/v1/articles?publish=${publish}`, body)
    if (made.id === undefined) throw new Error(text)
    this.articles.push(made.id)
  }

  async #edit(article: string, next: Next): Promise<void> {
    const publish = ['', '?publish=no', '?publish=now', `?publish=${iso(this.now + DAY)}`][next() % 4]
    const { [next() % 2 === 0 ? 'kind' : 'tags']: _, ...change } = this.#fields(next)
    await this.#dateline.patch(`/v1/articles/${article}${publish}`, change) // refused where something is scheduled
  }

  #fields(next: Next): Record<string, unknown> {
    return {
      headline: `${pick(names, next())} ${next() % 2}`,
      kind: ['news', 'opinion', 'live'][next() % 3],
      language: [null, 'en', 'tr'][next() % 3],
      standfirst: sentence(next),
      body: `${sentence(next)}.\n\n${sentence(next)}.`,
      tags: tags.filter(() => next() % 2 === 0),
    }
  }

  /** Who asks about when, and by which way words are found. */
  get #readers(): fc.Arbitrary<Pick<Question, 'at' | 'drafts' | 'walks'>> {
    const instants = fc.oneof(
      fc.integer({ min: 0, max: 30 }).map((back) => this.now - back * 1_000),
      fc.constantFrom(Date.parse('2020-10-15'), Date.parse('2020-01-01')),
    )
    return fc
      .record({
        drafts: fc.boolean(),
        isLatest: fc.boolean(),
        at: fc.option(instants, { nil: undefined }),
        walks: fc.boolean(),
      })
      .map(({ isLatest, at, ...rest }) => ({ ...rest, at: rest.drafts && isLatest ? 'latest' : at }))
  }

  /** Any search in some of the types. */
  get searches(): fc.Arbitrary<Search> {
    const types = fc.subarray(['article', 'quote', 'person', 'link'])
    const all = fc.constant(['article', 'quote', 'person', 'link'])
    return fc
      .tuple(this.#readers, queries, fc.oneof(all, types))
      .map(([reader, q, types]) => ({ ...reader, q, types }))
  }

  /** Any question about what may be here, with a token for drafts or without. */
  get questions(): fc.Arbitrary<Question> {
    return fc
      .record({
        name: fc.constantFrom('article', 'article', 'quote', 'person', 'link'),
        reader: this.#readers,
      })
      .chain(({ name, reader }) => {
        const type = typeNamed(name)
        const others = type.listFilters.filter(({ place }) => place.kind !== 'words')
        const filters = others.flatMap((filter) =>
          filter.operators.map((operator) => {
            const name = operator === 'eq' ? filter.name : `${filter.name}.${operator}`
            return this.#valuesFor(type.type, filter.name, operator).map((value) => [name, value] as const)
          }),
        )
        const words = queries.map((value) => ['q', value] as const)
        const sorts = sortsOf(type).flatMap((name) => [name, `-${name}`])
        return fc.record({
          type: fc.constant(name),
          drafts: fc.constant(reader.drafts),
          at: fc.constant(reader.at),
          walks: fc.constant(reader.walks),
          sort: fc.option(fc.constantFrom(...sorts), { nil: undefined }),
          filters: fc
            .array(fc.oneof(...filters, words, words), { maxLength: 3, size: 'max' })
            .map((some) => [...new Map(some)]),
        })
      })
  }

  #valuesFor(type: string, name: string, operator: string): fc.Arbitrary<string> {
    const one = fc.constantFrom(...this.#examples(type, name))
    if (operator === 'exists') return fc.constantFrom('true', 'false')
    return operator === 'in' ? fc.array(one, { maxLength: 4 }).map((some) => some.join()) : one
  }

  #examples(type: string, name: string): string[] {
    const known: Readonly<Record<string, string[]>> = {
      kind: type === 'link' ? ['watch', 'read'] : ['news', 'opinion', 'live'],
      language: ['en', 'tr', 'de'],
      country: countries,
      name: names,
      aliases: names,
      tags,
      saidOn: ['2020', '2020-10', '2020-10-14', '2021'],
      person: [...slugs, ...this.people],
      speaker: [...slugs, ...this.people],
      article: this.articles.length > 0 ? this.articles : ['none'],
      slug: [...slugs, 'ada-0', 'sule-1', 'zoe-0-2'],
      id: ids(type, { person: this.people, article: this.articles }),
    }
    const instants = [0, 5, 30, 100].map((back) => iso(this.now - back * 1_000))
    return known[name] ?? ['2019-01-01', '2020-10-15', ...instants]
  }
}

function ids(type: string, made: Readonly<Record<string, string[]>>): string[] {
  const some = made[type] ?? []
  return some.length > 0 ? some : [`${type}_01h455vb4pex5vsknk084sn02q`]
}

type Next = () => number

function reader(numbers: readonly number[]): Next {
  let index = 0
  return () => {
    index += 1
    return (numbers[index % numbers.length] ?? 0) + Math.floor(index / numbers.length)
  }
}

/** Of the vocabulary, up to six words. */
function sentence(next: Next): string {
  return Array.from({ length: next() % 7 }, () => pick(vocabulary, next())).join(' ')
}

function pick<Value>(values: readonly Value[], number: number): Value | undefined {
  return values[number % values.length]
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
