import fc from 'fast-check'
import type { Role } from '../../src/http/auth.ts'
import type { Kind } from './time.model.ts'

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
  | { do: 'publish' | 'withdraw'; target: number; at: Instant | undefined }
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
const at = fc.option(instant, { nil: undefined, freq: 2 })

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
      change: fc.record({ text, position }, { requiredKeys: [] }),
      publish,
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
  story: publish,
  afterwards: fc.array(operation, { minLength: 5, maxLength: 18, size: 'max' }),
})

/** Where the clock stands at a reading, and the instant that is asked for; they choose among the windows' borders. */
export const readings = fc.array(
  fc.record({ clock: fc.nat(100), at: fc.option(fc.nat(100), { nil: undefined, freq: 3 }) }),
  { minLength: 6, maxLength: 6 },
)
