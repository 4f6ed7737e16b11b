import type { Content, Entry, Kind } from './time.entry.ts'
import type { Model } from './time.model.ts'

/** What a reader without a token is to get from the model's documents, at an instant, as of now. */
export interface View {
  readonly model: Model
  readonly at: number
  readonly now: number
}

/** Answers as they are expected: only the members that are compared. */
export type Expected = { readonly status: number; readonly body?: unknown }

export function expectedItem(view: View, entry: Entry): Expected {
  if (view.at > view.now) return { status: 401 }
  if (isVisible(view, entry)) return { status: 200, body: expanded(view, entry) }
  return { status: isSeen(entry, view.now) || !wasSeen(entry, view.now) ? 404 : 410 }
}

/** A list of all documents of a kind, newest first. */
export function expectedList(view: View, kind: Kind): Expected {
  return page(view, (entry) => entry.kind === kind, newestFirst)
}

/** A list below a document: it can be read only where that can. */
export function expectedBelow(view: View, holder: Entry, kind: Kind): Expected {
  const { status } = expectedItem(view, holder)
  if (status !== 200) return { status }
  const order = holder.kind === 'article' ? inPosition : newestFirst
  return page(view, (entry, content) => entry.kind === kind && isBelow(holder, entry, content), order)
}

function isBelow(holder: Entry, entry: Entry, { speakerId, people }: Content): boolean {
  if (holder.kind === 'article') return entry.parent === holder
  return entry.kind === 'quote' ? speakerId === holder.id : JSON.stringify(people).includes(holder.id)
}

type Order = (one: Shown, other: Shown) => number
/** Whether a document is in a list, by what it said at that instant. */
type Belongs = (entry: Entry, content: Content) => boolean

function page(view: View, belongs: Belongs, order: Order): Expected {
  if (view.at > view.now) return { status: 401 }
  const data = visible(view, belongs)
    .sort(order)
    .map(({ entry }) => expanded(view, entry))
  return { status: 200, body: { data, page: { total: data.length } } }
}

interface Shown {
  readonly entry: Entry
  readonly content: Content
}

function visible(view: View, belongs: Belongs): Shown[] {
  return view.model.entries
    .filter((entry) => isVisible(view, entry))
    .map((entry) => ({ entry, content: contentAt(entry, view.at) }))
    .filter(({ entry, content }) => belongs(entry, content))
}

/** Readable at an instant: live then, and live now. A part is live where its article is, too. */
function isVisible({ at, now }: View, entry: Entry): boolean {
  return isSeen(entry, at) && isSeen(entry, now)
}

function isSeen(entry: Entry, at: number): boolean {
  return entry.shown(at) !== undefined && (!entry.parent || isSeen(entry.parent, at))
}

function wasSeen(entry: Entry, now: number): boolean {
  const beginnings = [...entry.spans, ...(entry.parent?.spans ?? [])].map(({ from }) => from)
  return beginnings.some((from) => from <= now && isSeen(entry, from))
}

function contentAt(entry: Entry, at: number): Content {
  return entry.contents[(entry.shown(at)?.version ?? 0) - 1] ?? {}
}

function inPosition(one: Shown, other: Shown): number {
  return Number(one.content.position) - Number(other.content.position) || byId(one, other)
}

function newestFirst(one: Shown, other: Shown): number {
  return firstShown(other.entry) - firstShown(one.entry) || byId(other, one)
}

function byId(one: Shown, other: Shown): number {
  return one.entry.id < other.entry.id ? -1 : 1
}

function firstShown({ spans }: Entry): number {
  return Math.min(...spans.map(({ from }) => from))
}

function expanded(view: View, entry: Entry): object {
  const document = representation(view, entry)
  if (entry.kind === 'quote') return { ...document, speaker: referred(view, document.speakerId) }
  if (entry.kind !== 'article') return document
  const parts = (kind: Kind) =>
    visible(view, (part) => part.kind === kind && part.parent === entry)
      .sort(inPosition)
      .map(({ entry: part }) => expanded(view, part))
  const people = (document.people as { personId: string }[]).map((mention) => ({
    ...mention,
    person: referred(view, mention.personId),
  })) // the content of an article, as the test sends it
  return { ...document, people, quotes: parts('quote'), relatedLinks: parts('link') }
}

function referred(view: View, id: unknown): object | null {
  const entry = view.model.entries.find((candidate) => candidate.id === id)
  return entry && isVisible(view, entry) ? representation(view, entry) : null
}

function representation({ at }: View, entry: Entry): Record<string, unknown> {
  const span = entry.shown(at)
  return {
    id: entry.id,
    version: span?.version,
    status: 'live',
    createdAt: text(entry.createdAt),
    publishedAt: text(firstShown(entry)),
    updatedAt: text(span?.from ?? Number.NaN),
    ...contentAt(entry, at),
  }
}

function text(instant: number): string {
  return new Date(instant).toISOString()
}
