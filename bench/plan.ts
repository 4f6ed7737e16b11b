import { WARMING_UP } from './measure/rounds.ts'

/** How much of everything. */
export interface Plan {
  /** How often each contender has its turn, after those in which it warms up. */
  readonly rounds: number
  /** How long a turn is. */
  readonly seconds: number
  /** How many requests a turn has at most where each address is asked once. */
  readonly once: number
  /** The same of a turn in which it warms up: V8 still compiles after thousands of requests, and that is not what they cost. */
  readonly warming: number
  /** How many articles the large archives have. */
  readonly sizes: readonly number[]
  readonly starts: number
}

const quick: Plan = { rounds: 2, seconds: 0.3, once: 100, warming: 200, sizes: [1_000, 10_000], starts: 2 }
const full: Plan = {
  rounds: 5,
  seconds: 0.8,
  once: 800,
  warming: 4_000,
  sizes: [1_000, 10_000, 100_000],
  starts: 5,
}

export function planOf(words: readonly string[]): Plan {
  if (words.includes('--quick')) return quick
  return words.includes('--large') ? { ...full, sizes: [...full.sizes, 1_000_000] } : full
}

/** A newsroom needs a story for each address that is asked once. */
export function storiesFor({ rounds, once, warming }: Plan): number {
  return once * rounds + warming * WARMING_UP
}

/** Kept-alive connections, one request at a time on each. */
export const CONNECTIONS = 8
