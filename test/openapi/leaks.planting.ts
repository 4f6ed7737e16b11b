import assert from 'node:assert/strict'
import { content } from '../../src/content/index.ts'
import type { OpenApi } from '../../src/http/openapi-document.ts'
import type { Dateline } from '../support/dateline.ts'
import { fill } from './leaks.bodies.ts'
import { bordersIn, type KnownSlug, rowsIn, slugsIn, valuesIn } from './leaks.rows.ts'
import { type Clearance, Words } from './leaks.words.ts'
import { walk } from './operation.ts'

/** What the public gets of a document in the end: itself, 410, or what it gets of one that never was. */
export type Standing = 'live' | 'gone' | 'hidden'

export interface Known {
  readonly type: string
  readonly id: string
  readonly standing: Standing
}

export interface Options {
  /** Who may read what it says. */
  readonly for: Clearance
  /** What becomes of a document that is made; absent: live where everybody may read it, else hidden. */
  readonly standing?: Standing
  /** Who may read of the people who are made with it. */
  readonly people?: Clearance
  /** Fields to leave out, and fields that are given. */
  readonly without?: readonly string[]
  readonly with?: Readonly<Record<string, unknown>>
  readonly publish?: string
}

/** An operation of `POST /v1/batch`, with its words in it. */
export interface Planted {
  readonly operation: Readonly<Record<string, unknown>>
  readonly options: Options
}

/** Writes documents that are full of words, and knows what is where. */
export class Planting {
  readonly words = new Words()
  readonly borders = new Set<number>()
  readonly versions = new Map<string, number>()
  /** What is in the fields that lists are narrowed by: by `<type>.<filter>`. */
  values = new Map<string, string[]>()
  /** The ids of tokens. */
  readonly tokens: string[] = []
  readonly dateline: Dateline
  readonly #document: OpenApi
  readonly #ids = new Map<string, string>()
  readonly #known = new Map<string, Known>()
  readonly #slugs = new Map<string, KnownSlug>()

  constructor(dateline: Dateline, document: OpenApi) {
    this.dateline = dateline
    this.#document = document
  }

  get documents(): readonly Known[] {
    return [...this.#known.values()]
  }

  get slugs(): readonly KnownSlug[] {
    return [...this.#slugs.values()]
  }

  /** When windows begin and end and a millisecond beside it, now, and whatever is newest. */
  get instants(): string[] {
    const borders = [...this.borders].flatMap((border) => [border - 1, border, border + 1])
    return [...borders.map((at) => new Date(at).toISOString()), this.now, 'latest']
  }

  get now(): string {
    return new Date(this.dateline.clock.now).toISOString()
  }

  /** What a plan calls by this name. The parts of `story` are `story quote` and so on. */
  id(name: string): string {
    return this.#ids.get(name) ?? `$${name}` // made in the same batch
  }

  create(type: string, name: string, options: Options): Planted {
    return this.#planted({ do: 'create', type, name }, name, `${schemaOf(type)}Content`, options)
  }

  /** Says everything anew. */
  update(type: string, name: string, options: Options): Planted {
    const without = ['people', 'articleId', 'correction', ...(options.without ?? [])]
    const given = { ...options, without }
    return this.#planted({ do: 'update', type, id: this.id(name) }, name, `${schemaOf(type)}Patch`, given)
  }

  /** Publishes, withdraws or restores, with a note. */
  turn(verb: string, type: string, name: string, rest: object = {}): Planted {
    const note = this.words.plant(`${name} ${verb} note`, 'drafts')
    return { operation: { do: verb, type, id: this.id(name), note, ...rest }, options: { for: 'drafts' } }
  }

  /** Does it all at one instant. */
  async plant(...planted: readonly Planted[]): Promise<void> {
    this.dateline.clock.advance(60_000)
    const operations = planted.map(({ operation }) => operation)
    const key = this.words.plant('the key of a reply', 'nobody')
    this.words.prove(key)
    const headers = { 'idempotency-key': key }
    const { status, text, body } = await this.dateline.post('/v1/batch', { operations }, { headers })
    assert.equal(status, 200, text)
    for (const [index, { operation, options }] of planted.entries())
      this.#remember(operation.name, options, body.results[index].document)
    await this.learn()
  }

  /** Takes note of every version that there is now. */
  async learn(): Promise<void> {
    const rows = await rowsIn(this.dateline.storage)
    this.values = await valuesIn(this.dateline.storage)
    for (const border of bordersIn(rows)) this.borders.add(border)
    for (const { id, version } of rows) this.versions.set(id, Math.max(version, this.versions.get(id) ?? 0))
    for (const slug of slugsIn(rows, this.documents, this.dateline.clock.now))
      this.#slugs.set(`${slug.type} ${slug.slug}`, slug)
  }

  #planted(start: object, name: string, schema: string, options: Options): Planted {
    const { people = options.for, publish, without = [] } = options
    const plant = (place: string) =>
      this.words.plant(`${name} ${place}`, /\b(person|speaker)\b/.test(place) ? people : options.for)
    const given = options.with ?? {}
    const content = { ...fill(this.#document, schema, plant, [...without, ...Object.keys(given)]), ...given }
    const note = this.words.plant(`${name} note`, options.for === 'public' ? 'drafts' : options.for)
    return { operation: { ...start, content, note, ...(publish === undefined ? {} : { publish }) }, options }
  }

  #remember(name: unknown, options: Options, document: Record<string, unknown>): void {
    walk(document, (value) => {
      const { id, type } = value as Record<string, unknown> // looked into below
      if (typeof id !== 'string' || typeof type !== 'string' || this.#known.has(id)) return
      const isOwn = id === document.id || type !== 'person'
      const standing = isOwn ? options.standing : undefined
      const clearance = isOwn ? options.for : (options.people ?? options.for)
      this.#known.set(id, { type, id, standing: standing ?? (clearance === 'public' ? 'live' : 'hidden') })
      this.#ids.set(id === document.id ? String(name) : `${name} ${type}`, id)
    })
  }
}

function schemaOf(type: string): string {
  return content.find((each) => each.type === type)?.name ?? assert.fail(`There is no type ${type}.`)
}
