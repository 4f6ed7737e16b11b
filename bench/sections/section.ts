import type { Plan } from '../plan.ts'

/** What a part of the bench has to work with. */
export interface Setting {
  readonly plan: Plan
  /** A folder for databases that goes away at the end. */
  readonly folder: string
  /** A database of stories (`newsroom.ts`), for reading; who writes makes a copy. */
  readonly newsroom: string
  readonly stories: number
}

/** What came of it: a text between the markers of that name in docs/performance.md, and plots beside it. */
export interface Report {
  readonly name: string
  readonly text: string
  readonly plots?: Readonly<Record<string, string>>
}
