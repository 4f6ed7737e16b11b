import type { Answer, Dateline } from '../support/dateline.ts'
import { paths } from './time.addresses.ts'
import type { Content, Entry, Kind } from './time.entry.ts'
import { type At, Model, type Verdict, type When } from './time.model.ts'
import type { Change, Instant, Operation, Publish } from './time.operations.ts'
import { bordersIn, type Tables } from './time.tables.ts'

const texts = { article: 'standfirst', quote: 'text', link: 'title', person: 'role' } as const
const names = { article: { headline: 'A' }, quote: {}, link: {}, person: { name: 'P' } } as const

/** `skipped`: the contract does not say what comes of it, so it was not sent. */
export interface Outcome {
  readonly verdict: Verdict
  readonly answer: Answer | 'skipped'
  readonly entry: Entry
  /** The present of the write. */
  readonly now: number
}

/** Performs operations on a Dateline, and tells a model of each. */
export class Stage {
  readonly dateline: Dateline
  readonly model = new Model()
  /** Whether what the contract leaves open is left out. */
  readonly isStrict: boolean
  tables: Tables
  /** The instant of the last reading that the clock must not fall behind. */
  readUntil = 0

  constructor(dateline: Dateline, tables: Tables, isStrict: boolean) {
    this.dateline = dateline
    this.tables = tables
    this.isStrict = isStrict
  }

  /** The present of a read, as rule 7 has it. */
  get present(): number {
    return Math.max(this.dateline.clock.now, this.tables.clock.instant)
  }

  async perform(operation: Operation): Promise<Outcome | undefined> {
    if (operation.do === 'clock') {
      // A write would come before what has been read already.
      const earliest = this.readUntil > this.tables.clock.instant ? this.readUntil : 0
      this.dateline.clock.now = Math.max(this.instant(operation.to), earliest)
      return undefined
    }
    return operation.do === 'add' ? this.add(operation) : this.change(operation)
  }

  private async add(added: Extract<Operation, { do: 'add' }>): Promise<Outcome> {
    const { kind, under, speaker, by, ...operation } = added
    const parent = kind === 'quote' || kind === 'link' ? pick(this.all('article'), under) : undefined
    const speakerId = kind === 'quote' && speaker !== null ? pick(this.all('person'), speaker).id : null
    const content = {
      ...(parent ? { articleId: parent.id } : {}),
      ...(kind === 'quote' ? { speakerId } : {}),
      ...this.contentOf(kind, operation),
    }
    const when = this.when(operation.publish)
    const { entry, verdict } = this.model.add(kind, parent, content, when, by === 'editor', this.now)
    const url = `/v1/${paths[kind]}${this.query('publish', operation.publish)}`
    return this.sent(verdict, entry, async () => {
      const answer = await this.dateline.post(url, { ...names[kind], ...content }, { as: by })
      this.model.keepOrForget(entry, answer.status === 201 ? answer.body.id : undefined)
      return answer
    })
  }

  private async change(operation: Extract<Operation, { target: number }>): Promise<Outcome> {
    const entry = pick(this.model.entries, operation.target)
    if (operation.do === 'save' || operation.do === 'amend') return this.save(entry, operation)
    return operation.do === 'restore' ? this.restore(entry, operation) : this.place(entry, operation)
  }

  private save(entry: Entry, operation: Extract<Operation, { do: 'save' | 'amend' }>): Promise<Outcome> {
    const { now, model } = this
    const { by } = operation
    const change = this.contentOf(entry.kind, operation.change)
    const isAmendment = operation.do === 'amend'
    const query = isAmendment ? '?base=live' : this.query('publish', operation.publish)
    const verdict = isAmendment
      ? model.amend(entry, change, by === 'editor', now)
      : model.save(entry, change, this.when(operation.publish), by === 'editor', now)
    return this.sent(verdict, entry, () => this.dateline.patch(`${url(entry)}${query}`, change, { as: by }))
  }

  private restore(entry: Entry, operation: Extract<Operation, { do: 'restore' }>): Promise<Outcome> {
    const { by, publish } = operation
    const version = 1 + (operation.version % (this.tables.latest.get(entry.id) ?? 1))
    const verdict = this.model.restore(entry, version, this.when(publish), by === 'editor', this.now)
    const address = `${url(entry)}/restore${this.query('publish', publish)}`
    return this.sent(verdict, entry, () => this.dateline.post(address, { version }, { as: by }))
  }

  private place(
    entry: Entry,
    operation: Extract<Operation, { do: 'publish' | 'withdraw' }>,
  ): Promise<Outcome> {
    const address = `${url(entry)}/${operation.do}${this.query('at', operation.at)}`
    const verdict = this.model[operation.do](entry, this.at(operation.at), this.now)
    return this.sent(verdict, entry, () => this.dateline.post(address))
  }

  private async sent(verdict: Verdict, entry: Entry, send: () => Promise<Answer>): Promise<Outcome> {
    const { now, isStrict } = this
    return { verdict, entry, now, answer: verdict === 'unclear' && isStrict ? 'skipped' : await send() }
  }

  private all(kind: Kind): Entry[] {
    return this.model.entries.filter((entry) => entry.kind === kind)
  }

  /** The present of a write: later than that of every read before it. */
  private get now(): number {
    return this.present + 1
  }

  private instant(instant: Instant): number {
    if ('after' in instant) return this.now + instant.after
    const borders = bordersIn(this.tables)
    return (borders[instant.border % borders.length] ?? this.now) + instant.plus
  }

  private when(publish: Publish): When {
    if (publish === 'now') return this.now
    return typeof publish === 'object' ? this.instant(publish) : publish
  }

  private at(at: Instant | 'never' | undefined): At {
    return typeof at === 'object' ? this.instant(at) : (at ?? this.now)
  }

  private query(name: string, value: Publish | 'never'): string {
    if (value === undefined) return ''
    return `?${name}=${typeof value === 'string' ? value : new Date(this.instant(value)).toISOString()}`
  }

  /** What a change says in each kind. An article has no position; it names as many people instead. */
  private contentOf(kind: Kind, { text, position }: Change): Content {
    const people = this.all('person').slice(0, position)
    const mentions = people.map(({ id }) => ({ personId: id, as: 'mentioned' }))
    const ordered = kind === 'article' ? { people: mentions } : { position }
    return {
      ...(text === undefined ? {} : { [texts[kind]]: text }),
      ...(position === undefined || kind === 'person' ? {} : ordered),
    }
  }
}

function url({ kind, id }: Entry): string {
  return `/v1/${paths[kind]}/${id}`
}

export function pick<Item>(items: readonly Item[], choice: number): Item {
  const item = items[choice % items.length]
  if (item === undefined) throw new Error('There is nothing to choose from.')
  return item
}
