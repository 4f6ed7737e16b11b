import fc from 'fast-check'
import type { Role } from '../../src/http/auth.ts'
import type { Kind } from './time.entry.ts'

/** What editors and writers may do, at random. Numbers choose among the documents that are there. */
export type Operation =
  | {
      do: 'add'
      kind: Kind
      /** Chooses the article of a part. */
      under: number
      speaker: number | null
      text: string
      position: number
      publish: Publish
      by: Role
    }
  | { do: 'save'; target: number; change: Change; publish: Publish; by: Role }
  /** A save with `base=live`. */
  | { do: 'amend'; target: number; change: Change; by: Role }
  | { do: 'restore'; target: number; version: number; publish: Publish; by: Role }
  | { do: 'publish' | 'withdraw'; target: number; at: Instant | 'never' | undefined }
  | { do: 'clock'; to: Instant }

/** An instant: so long after (or before) the present, or at a window's border or one millisecond beside it. */
export type Instant = { after: number } | { border: number; plus: number }
export type Publish = 'now' | 'no' | Instant | undefined
export interface Change {
  text?: string
  position?: number
}

const instant: fc.Arbitrary<Instant> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ after: fc.integer({ min: 0, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ after: fc.constantFrom(-1e9, -20, -2, -1, 20, 1000) }) },
  { weight: 3, arbitrary: fc.record({ border: fc.nat(20), plus: fc.constantFrom(-1, 0, 1) }) },
)
const publish = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom('now' as const, 'no' as const) }, // literals, not strings
  { weight: 2, arbitrary: instant },
)
const text = fc.constantFrom('one', 'two', 'three')
const position = fc.nat(2)
const by = fc.constantFrom<Role>('editor', 'editor', 'editor', 'writer')
const target = fc.oneof(fc.nat(2), fc.nat(7))
const change = fc.record({ text, position }, { requiredKeys: [] })
const at = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 5, arbitrary: instant },
  { weight: 2, arbitrary: fc.constant('never' as const) }, // a literal, not a string
)

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      kind: fc.constantFrom<Kind>('quote', 'quote', 'quote', 'link', 'article', 'person'),
      under: fc.nat(1),
      speaker: fc.option(fc.nat(1), { nil: null }),
      text,
      position,
      publish,
      by,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      target,
      change,
      publish,
      by,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('amend' as const), target, change, by }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('restore' as const),
      target,
      version: fc.nat(4),
      publish: fc.option(publish, { nil: undefined, freq: 2 }),
      by,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('publish' as const), target, at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('withdraw' as const), target, at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('clock' as const), to: instant }) },
)

/** A story that is begun in one way or another, and what happens to it and to others. */
export interface History {
  readonly story: Publish
  readonly afterwards: readonly Operation[]
}

export const histories: fc.Arbitrary<History> = fc.record({
  story: fc.oneof({ weight: 2, arbitrary: publish }, { weight: 1, arbitrary: fc.constant('now' as const) }), // a literal
  afterwards: fc.array(operation, { minLength: 5, maxLength: 18, size: 'max' }),
})

/** Where the clock stands at a reading, and the instant that is asked for; they choose among the windows' borders. */
export const readings = fc.array(
  fc.record({ clock: fc.nat(100), at: fc.option(fc.nat(100), { nil: undefined, freq: 3 }) }),
  { minLength: 6, maxLength: 6 },
)

/** Somebody who reads one thing again and again: a document, a list below it, or one of everything. */
export interface Reader {
  /** Chooses the document. */
  of: number
  which: number
  as: 'viewer' | undefined
}

export const readers: fc.Arbitrary<Reader[]> = fc.array(
  fc.record({
    of: fc.nat(7),
    which: fc.nat(6),
    as: fc.constantFrom<Reader['as'][]>(undefined, 'viewer'),
  }),
  { minLength: 3, maxLength: 5, size: 'max' },
)
