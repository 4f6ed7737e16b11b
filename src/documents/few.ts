import { z } from 'zod'
import type { Asked } from './filter-parameters.ts'
import type { Filter } from './filters.ts'

/** Up to so many versions, sorting them takes some milliseconds; with more, a page fills soon in any order, unless it is a long one. */
export const FEW = 2_000
export const FEW_FOR_EACH = 10

/** How many versions are few for a page of that length. */
export function fewFor(limit: number): number {
  return Math.max(FEW, FEW_FOR_EACH * limit)
}

/** Documents that were found by something else, as one more filter: the one that leads. */
export function amongIds(ids: readonly string[]): Asked {
  return { filter: ID, operator: 'in', value: [...new Set(ids)] }
}

const ID: Filter = { name: 'id', operators: ['in'], values: z.string(), place: { kind: 'id' } }
