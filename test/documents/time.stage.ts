import type { Answer, Dateline } from '../support/dateline.ts'
import { type Content, type Entry, type Kind, Model, type Verdict, type When } from './time.model.ts'
import type { Change, Instant, Operation, Publish } from './time.operations.ts'
import { bordersIn, type Tables } from './time.tables.ts'

/** Performs operations on a Dateline, and tells a model of each. */
export const paths = {
  article: 'articles',
  quote: 'quotes',
  link: 'related-links',
  person: 'people',
} as const
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

export class Stage {
  readonly dateline: Dateline
  readonly model = new Model()
  /** Whether what the contract leaves open is left out. */
  readonly isStrict: boolean
  tables: Tables

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
      this.dateline.clock.now = this.instant(operation.to)
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
    const url = `/v1/${paths[entry.kind]}/${entry.id}`
    if (operation.do === 'save') {
      const change = this.contentOf(entry.kind, operation.change)
      const { publish, by } = operation
      const verdict = this.model.save(entry, change, this.when(publish), by === 'editor', this.now)
      return this.sent(verdict, entry, () =>
        this.dateline.patch(`${url}${this.query('publish', publish)}`, change, { as: by }),
      )
    }
    const at = operation.at ? this.instant(operation.at) : this.now
    const verdict = this.model[operation.do](entry, at, this.now)
    return this.sent(verdict, entry, () =>
      this.dateline.post(`${url}/${operation.do}${this.query('at', operation.at)}`),
    )
  }

  private async sent(verdict: Verdict, entry: Entry, send: () => Promise<Answer>): Promise<Outcome> {
    const { now, isStrict } = this
    return { verdict, entry, now, answer: verdict === 'unclear' && isStrict ? 'skipped' : await send() }
  }

  private all(kind: Kind): Entry[] {
    return this.model.entries.filter((entry) => entry.kind === kind)
  }

  /** The present of a write. */
  private get now(): number {
    return Math.max(this.dateline.clock.now, this.tables.clock.instant + 1)
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

  private query(name: string, value: Publish): string {
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

export function pick<Item>(items: readonly Item[], choice: number): Item {
  const item = items[choice % items.length]
  if (item === undefined) throw new Error('There is nothing to choose from.')
  return item
}
