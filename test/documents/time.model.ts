import { isDeepStrictEqual } from 'node:util'
import { type Content, Entry, type Kind, type Span } from './time.entry.ts'

/**
 * What is promised about time, in the plainest way it can be written down: for each document the
 * contents it has had and the spans of time in which each of them is shown. It is written from the
 * contract and shares nothing with the code that it is held against. Where the contract leaves open
 * what a write does, the model answers `unclear`, and the write is not sent.
 */
export type Verdict = 'done' | 'refused' | 'unclear'
/** The parameter `publish`: an instant, not at all, or absent. */
export type When = number | 'no' | undefined
/** The parameter `at` of a publication and a withdrawal. */
export type At = number | 'never'

export class Model {
  readonly entries: Entry[] = []

  add(kind: Kind, parent: Entry | undefined, content: Content, when: When, asEditor: boolean, now: number) {
    const entry = new Entry(kind, parent, now, content)
    const at = when ?? (asEditor ? whenNew(entry, now) : 'no')
    const verdict = typeof at !== 'number' ? 'done' : asEditor ? objection(entry, at, now) : 'refused'
    if (verdict === 'done') {
      this.entries.push(entry)
      if (typeof at === 'number') entry.spans.push({ version: 1, from: at, to: Number.POSITIVE_INFINITY })
    }
    return { entry, verdict }
  }

  /** What became of an addition in truth: the id that it was given, if it was made. */
  keepOrForget(entry: Entry, id: string | undefined): void {
    const known = this.entries.indexOf(entry)
    if (id !== undefined && known < 0) this.entries.push(entry)
    if (id === undefined && known >= 0) this.entries.splice(known, 1)
    entry.id = id ?? ''
  }

  save(entry: Entry, change: Content, when: When, asEditor: boolean, now: number): Verdict {
    return this.become(entry, { ...entry.newest, ...change }, when, asEditor, now)
  }

  restore(entry: Entry, version: number, when: When, asEditor: boolean, now: number): Verdict {
    return this.become(entry, entry.contents[version - 1] ?? {}, when, asEditor, now)
  }

  private become(entry: Entry, content: Content, when: When, asEditor: boolean, now: number): Verdict {
    const changed = isDeepStrictEqual(content, entry.newest) ? undefined : content
    if (typeof when === 'number') return asEditor ? this.publish(entry, when, now, changed) : 'refused'
    if (changed) keep(entry, changed, when === undefined && asEditor, now)
    return 'done'
  }

  /** A change of what is shown, at once; what is planned or unpublished stays, and comes behind it again. */
  amend(entry: Entry, change: Content, asEditor: boolean, now: number): Verdict {
    const current = entry.shown(now)
    if (!current || !asEditor) return 'refused'
    const before = entry.contents[current.version - 1]
    const content = { ...before, ...change }
    if (isDeepStrictEqual(content, before)) return 'done'
    const next = entry.upcoming(now)
    const waiting = [next?.version, entry.version].filter((version) => version !== current.version)
    entry.contents.push(content)
    replace(entry, current, now)
    for (const version of new Set(waiting)) carry(entry, version, next)
    return 'done'
  }

  publish(entry: Entry, at: At, now: number, changed?: Content): Verdict {
    if (at === 'never') return this.cancel(entry, now)
    const parts = this.partsOf(entry)
      .filter((part) => !part.isWithdrawn(now) && part.shown(now)?.version !== part.version)
      .map((part) => ({ part, at: part.everShown(now) ? Math.max(at, now) : at }))
    const isShown = entry.shown(now)?.version === entry.version
    if (isShown && !changed && at < now && isBeginning(entry, at, now)) return 'unclear' // the same once more
    const verdict = objection(entry, at, now)
    if (verdict !== 'done') return verdict
    if (isShown && !changed && at > now) return 'unclear' // whether what is live already can be scheduled
    if (parts.some(({ part, at }) => hasUnclearEnd(part, at, now))) return 'unclear'
    if (changed || !isShown) show(entry, at, now, changed)
    for (const { part, at } of parts) show(part, at, now)
    return 'done'
  }

  private cancel(entry: Entry, now: number): Verdict {
    if (entry.upcoming(now)) for (const each of [entry, ...this.partsOf(entry)]) unschedule(each, now)
    return 'done'
  }

  withdraw(entry: Entry, at: At, now: number): Verdict {
    if (at === 'never') return endNever(entry, now)
    if (at < now) return 'refused'
    if (at > now) return withdrawLater(entry, at, now)
    if (entry.isWithdrawn(now)) return 'done'
    withdrawNow(entry, now)
    for (const part of this.partsOf(entry)) unschedule(part, now)
    return 'done'
  }

  private partsOf(entry: Entry): Entry[] {
    return this.entries.filter(({ parent }) => parent === entry)
  }
}

/** Articles begin as drafts, people live, quotes and links go with their article. */
function whenNew({ kind, parent }: Entry, now: number): When {
  if (kind === 'person') return now
  if (!parent) return 'no'
  return parent.shown(now) ? now : (parent.upcoming(now)?.from ?? 'no')
}

function objection(entry: Entry, at: number, now: number): Verdict {
  if (entry.upcoming(now) && at <= now) return 'refused' // publish=now with something scheduled
  if (at < now && entry.everShown(now)) return 'refused' // only a first publication is dated back
  if (entry.parent && !entry.parent.shown(at)) return 'refused'
  if (entry.parent && at < now && !entry.parent.shown(now)) return 'unclear' // beneath what is gone by now
  return hasUnclearEnd(entry, at, now) ? 'unclear' : 'done'
}

/** The start of the first span, or of the one that is shown. */
function isBeginning({ spans }: Entry, at: number, now: number): boolean {
  const first = Math.min(...spans.map(({ from }) => from))
  return at === first || spans.some(({ from, to }) => from === at && now < to)
}

/** A publication after the end that the document was given; one after a withdrawal that came before that end. */
function hasUnclearEnd({ ends, droppedEnd }: Entry, at: number, now: number): boolean {
  return (ends !== undefined && now < ends && ends <= at) || (droppedEnd !== undefined && at < droppedEnd)
}

/** The newest version, or the changed one, is shown from then on; what was scheduled gives way. */
function show(entry: Entry, at: number, now: number, changed?: Content): void {
  const next = entry.upcoming(now)
  if (!changed && next?.version === entry.version && next.from === at) return
  entry.contents.push(changed ?? entry.newest)
  entry.spans = entry.spans.filter(({ from }) => from <= now)
  const current = entry.shown(now)
  if (current) current.to = Math.min(at, endAfter(entry, now))
  entry.spans.push({ version: entry.version, from: at, to: endAfter(entry, at) })
  entry.withdrawn = false
}

function endAfter({ ends }: Entry, at: number): number {
  return ends !== undefined && ends > at ? ends : Number.POSITIVE_INFINITY
}

/** An edit is live if the newest version was, in its slot if that was scheduled, else seen by nobody. */
function keep(entry: Entry, content: Content, inItsPlace: boolean, now: number): void {
  const before = entry.version
  const current = entry.shown(now)
  const next = entry.upcoming(now)
  entry.contents.push(content)
  if (inItsPlace && current?.version === before) replace(entry, current, now)
  else if (inItsPlace && next?.version === before) next.version = entry.version
}

function replace(entry: Entry, current: Span, now: number): void {
  entry.spans.push({ version: entry.version, from: now, to: current.to })
  current.to = now
}

/** The same again as the newest version, which takes the slot of the one that had it. */
function carry(entry: Entry, version: number | undefined, next: Span | undefined): void {
  if (version === undefined) return
  entry.contents.push(entry.contents[version - 1] ?? {})
  if (next?.version === version) next.version = entry.version
}

function withdrawNow(entry: Entry, now: number): void {
  entry.contents.push(entry.newest)
  entry.spans = entry.spans.filter(({ from }) => from <= now)
  const current = entry.shown(now)
  if (current) current.to = now
  if (entry.ends !== undefined && entry.ends > now) entry.droppedEnd = entry.ends
  entry.ends = undefined
  entry.withdrawn = true
}

/** What waits for its instant waits no longer; what is shown stays, until its end if it has one. */
function unschedule(entry: Entry, now: number): void {
  if (!entry.upcoming(now)) return
  const before = entry.version
  entry.contents.push(entry.newest)
  entry.spans = entry.spans.filter(({ from }) => from <= now)
  const current = entry.shown(now)
  if (!current) return
  current.to = endAfter(entry, now)
  if (current.version === before) replace(entry, current, now)
}

function withdrawLater(entry: Entry, at: number, now: number): Verdict {
  const current = entry.shown(now)
  const next = entry.upcoming(now)
  if (!current && !next) return 'refused'
  if (next && next.from >= at) return current ? 'unclear' : 'refused' // whether it also cancels what begins later
  if (entry.ends === at && (next ?? current)?.to === at) return 'done'
  endAt(entry, at, now)
  return 'done'
}

function endNever(entry: Entry, now: number): Verdict {
  entry.droppedEnd = undefined
  if (entry.ends === undefined) return 'done'
  // Whether an end that is over, or that nothing comes to, can be taken away is left open.
  if (entry.ends <= now || (!entry.shown(now) && !entry.upcoming(now))) return 'unclear'
  endAt(entry, Number.POSITIVE_INFINITY, now)
  return 'done'
}

/** What is shown last has that end; the newest version is another one, with the same windows. */
function endAt(entry: Entry, at: number, now: number): void {
  const current = entry.shown(now)
  const next = entry.upcoming(now)
  const before = entry.version
  entry.contents.push(entry.newest)
  if (next?.version === before) next.version = entry.version
  if (current?.version === before) replace(entry, current, now)
  const last = next ?? entry.shown(now)
  if (last) last.to = at
  entry.ends = at === Number.POSITIVE_INFINITY ? undefined : at
}
