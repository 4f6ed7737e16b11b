import { sql } from 'kysely'
import { content } from '../../src/content/index.ts'
import type { ContentType } from '../../src/documents/content-type.ts'
import { contentOf, type Row } from '../../src/documents/rows.ts'
import type { Storage } from '../../src/storage/open.ts'
import { haveWords } from './queries.words.ts'

/** What lists hold, found by looking at every row: no index, no SQL, nothing clever. */

export interface Version {
  readonly id: string
  readonly version: number
  readonly slug: string | null
  readonly created: number
  readonly published: number | null
  readonly from: number | null
  readonly to: number | null
  readonly withdrawn: boolean
  readonly saved: number
  // biome-ignore lint/suspicious/noExplicitAny: the fields of every type, which the filters below know
  readonly content: any
}

export interface Question {
  readonly type: string
  /** A parameter and its value as it is typed, such as `kind.in` and `news,opinion`. */
  readonly filters: readonly (readonly [name: string, value: string])[]
  readonly sort: string | undefined
  readonly at: number | 'latest' | undefined
  readonly drafts: boolean
  /** Whether words are looked for along the order, which is another way to the same documents. */
  readonly walks: boolean
}

/** What a search in several types is asked. */
export interface Search extends Pick<Question, 'at' | 'drafts' | 'walks'> {
  readonly q: string
  readonly types: readonly string[]
}

export class Reference {
  readonly #versions: ReadonlyMap<string, readonly Version[]>
  readonly #now: number

  constructor(versions: ReadonlyMap<string, readonly Version[]>, now: number) {
    this.#versions = versions
    this.#now = now
  }

  /** The ids in a list, in its order. */
  answer(question: Question): string[] {
    const { filters, sort, drafts } = question
    const type = typeNamed(question.type)
    const at = question.at ?? this.#now
    const found = this.#visible(type, at, drafts).filter((version) =>
      filters.every(([name, value]) => this.#passes(type, version, name, value, at, drafts)),
    )
    const by = sort?.replace(/^-/, '') ?? (at === 'latest' ? 'created' : 'publishedAt')
    const direction = sort === undefined || sort.startsWith('-') ? -1 : 1
    const compare = (one: Version, other: Version) =>
      direction * (compared(keyOf(one, by), keyOf(other, by)) || compared(one.id, other.id))
    return found.sort(compare).map(({ id }) => id)
  }

  /** The ids of everything that has the words, newest first. */
  search({ q, types, at = this.#now, drafts }: Search): string[] {
    const by = at === 'latest' ? 'created' : 'publishedAt'
    const found = types
      .map(typeNamed)
      .flatMap((type) =>
        this.#visible(type, at, drafts).filter(({ content }) => haveWords(textsIn(type, content), q)),
      )
    const compare = (one: Version, other: Version) =>
      compared(keyOf(other, by), keyOf(one, by)) || compared(other.id, one.id)
    return found.sort(compare).map(({ id }) => id)
  }

  #visible(type: ContentType, at: number | 'latest', drafts: boolean): Version[] {
    const parentOf = (version: Version) => type.parent && String(version.content[type.parent.field])
    return [...Map.groupBy(this.#of(type.type), ({ id }) => id).values()].flatMap((history) => {
      if (at === 'latest') {
        const newest = history.reduce((one, other) => (other.version > one.version ? other : one))
        const parent = parentOf(newest)
        const isAway =
          this.#isWithdrawn(history) || (parent !== undefined && this.#isWithdrawn(this.#byId(parent)))
        return isAway ? [] : [newest]
      }
      const instants = at < this.#now && !drafts ? [at, this.#now] : [at]
      const version = history.find((each) => isLive(each, at))
      if (!version || !instants.every((instant) => history.some((each) => isLive(each, instant)))) return []
      const parent = parentOf(version)
      const isSeen =
        parent === undefined ||
        instants.every((instant) => this.#byId(parent).some((each) => isLive(each, instant)))
      return isSeen ? [version] : []
    })
  }

  #of(type: string): readonly Version[] {
    return this.#versions.get(type) ?? []
  }

  #byId(id: string): readonly Version[] {
    return this.#of(id.split('_')[0] ?? '').filter((version) => version.id === id)
  }

  #isWithdrawn(history: readonly Version[]): boolean {
    const newest = history.reduce((one, other) => (other.version > one.version ? other : one))
    const wasThere = newest.withdrawn || (newest.published !== null && newest.published <= this.#now)
    return (
      wasThere && !history.some(({ from, to }) => from !== null && to !== null && to > from && to > this.#now)
    )
  }

  #passes(
    type: ContentType,
    version: Version,
    parameter: string,
    value: string,
    at: number | 'latest',
    drafts: boolean,
  ): boolean {
    const [name = '', operator = 'eq'] = parameter.split('.')
    const given = operator === 'in' ? (value === '' ? [] : value.split(',')) : [value]
    const ids = () => given.map((key) => this.#idOf(key, drafts))
    const { content } = version
    switch (name) {
      case 'id':
        return given.includes(version.id)
      case 'slug':
        return given.includes(String(version.slug))
      case 'q':
        return haveWords(textsIn(type, content), value)
      case 'tags':
      case 'aliases':
        return content[name].includes(value)
      case 'person':
        return content.people.some(({ personId }: { personId: string }) => ids().includes(personId))
      case 'article':
        return ids().includes(content.articleId)
      case 'speaker': {
        if (operator === 'exists') return (content.speakerId !== null) === (value === 'true')
        if (type.type === 'quote') return ids().includes(content.speakerId)
        const quotes = this.#visible(typeNamed('quote'), at, drafts)
        return quotes.some(
          ({ content: quote }) => quote.articleId === version.id && ids().includes(quote.speakerId),
        )
      }
      case 'publishedAt':
      case 'updatedAt': {
        const instant = name === 'publishedAt' ? version.published : keyOf(version, name)
        return instant !== null && ordered(operator, Number(instant) - Date.parse(value))
      }
      default: {
        const field = content[name]
        if (operator === 'eq' || operator === 'in') return given.includes(field)
        return field !== null && ordered(operator, compared(field, value))
      }
    }
  }

  /** Of a slug, for those who may know of it. */
  #idOf(key: string, drafts: boolean): string | undefined {
    if (key.startsWith('person_') || key.startsWith('article_')) return key
    const versions = ['person', 'article'].flatMap((type) => this.#of(type))
    const isKnown = ({ from, to }: Version) => from !== null && to !== null && from <= this.#now && to > from
    return versions.find((version) => version.slug === key && (drafts || isKnown(version)))?.id
  }
}

/** Of every version that a database holds, as a request would see it now. */
export async function referenceOf(storage: Storage): Promise<Reference> {
  return storage.read(async (trx) => {
    const versions = new Map<string, Version[]>()
    for (const type of content) {
      const { rows } = await sql<Row>`select * from ${sql.table(type.table)}`.execute(trx.db)
      const read = rows.map((row) => ({
        id: row.document_id,
        version: row.version,
        slug: row.slug,
        created: row.created_at,
        published: row.published_at,
        from: row.live_from,
        to: row.live_to,
        withdrawn: row.withdrawn === 1,
        saved: row.saved_at,
        content: contentOf(trx, type, row),
      }))
      versions.set(type.type, read)
    }
    return new Reference(versions, trx.now)
  })
}

export function typeNamed(name: string): ContentType {
  const type = content.find((each) => each.type === name)
  if (!type) throw new Error(`There is no type ${name}.`)
  return type
}

function textsIn({ searched }: ContentType, content: Version['content']): string[] {
  return searched.flatMap((field) => content[field] ?? [])
}

function isLive({ from, to }: Version, at: number): boolean {
  return from !== null && to !== null && from <= at && to > at
}

function keyOf(version: Version, by: string): number | string {
  if (by === 'created') return version.created
  if (by === 'publishedAt') return version.published ?? Number.POSITIVE_INFINITY
  return by === 'updatedAt' ? (version.from ?? version.saved) : version.content[by]
}

/** Texts by their code points, which is by their bytes. */
function compared(one: number | string, other: number | string): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other || 0
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
}

function ordered(operator: string, difference: number): boolean {
  if (operator === 'gt') return difference > 0
  if (operator === 'gte') return difference >= 0
  return operator === 'lt' ? difference < 0 : difference <= 0
}
