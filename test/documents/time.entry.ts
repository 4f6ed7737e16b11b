export type Kind = 'article' | 'quote' | 'link' | 'person'
export type Content = Readonly<Record<string, unknown>>

/** A time during which a version is shown. */
export interface Span {
  version: number
  readonly from: number
  to: number
}

/** A document of the model: what it has said, and when it is shown. */
export class Entry {
  readonly kind: Kind
  readonly parent: Entry | undefined
  readonly createdAt: number
  readonly contents: Content[]
  id = ''
  spans: Span[] = []
  /** The end that an editor has given it. */
  ends: number | undefined
  /** An end that was still to come when the document was withdrawn at once. */
  droppedEnd: number | undefined
  withdrawn = false

  constructor(kind: Kind, parent: Entry | undefined, createdAt: number, content: Content) {
    this.kind = kind
    this.parent = parent
    this.createdAt = createdAt
    this.contents = [content]
  }

  get version(): number {
    return this.contents.length
  }
  get newest(): Content {
    return this.contents[this.version - 1] ?? {}
  }
  shown(at: number): Span | undefined {
    return this.spans.find(({ from, to }) => from <= at && at < to)
  }
  upcoming(now: number): Span | undefined {
    return this.spans.find(({ from }) => from > now)
  }
  everShown(now: number): boolean {
    return this.spans.some(({ from }) => from <= now)
  }
  /** The state of the newest version. */
  status(now: number): string {
    if (this.shown(now)?.version === this.version) return 'live'
    if (this.upcoming(now)?.version === this.version) return 'scheduled'
    return this.isWithdrawn(now) ? 'withdrawn' : 'draft'
  }
  isWithdrawn(now: number): boolean {
    return !this.shown(now) && !this.upcoming(now) && (this.withdrawn || this.everShown(now))
  }
}
