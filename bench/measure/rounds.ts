import type { Outcome } from './loader.ts'
import { median } from './statistics.ts'
import { cpuMicroseconds } from './usage.ts'

/** One of those that are compared. */
export interface Case {
  readonly name: string
  /** The process whose time on the CPU counts. */
  readonly pid: number
  /** @param isWarmingUp true in the rounds that do not count */
  run(isWarmingUp: boolean): Promise<Outcome>
}

/** What one run, or the median of several, has shown. */
export interface Figures {
  /** Requests a second. */
  readonly rate: number
  /** In milliseconds. */
  readonly p50: number
  readonly p99: number
  /** The server's time on the CPU for a request, in microseconds. */
  readonly cpu: number
  readonly bytes: number
}

/** Rounds before those that count. */
export const WARMING_UP = 2

/** How many times as long as the others their turns last, where V8 has much to compile. */
const LONGER = 5

/** @returns how long a turn lasts, in seconds */
export function turnOf(seconds: number, isWarmingUp: boolean): number {
  return isWarmingUp ? LONGER * seconds : seconds
}

export type Rounds = ReadonlyMap<string, readonly Figures[]>

/**
 * Runs all of them in turn, and then again: what disturbs the machine for a while disturbs all of them. The
 * first rounds, in which they warm up, do not count.
 */
export async function inRounds(cases: readonly Case[], rounds: number): Promise<Rounds> {
  const all = new Map(cases.map(({ name }) => [name, [] as Figures[]]))
  for (let round = -WARMING_UP; round < rounds; round += 1)
    for (const one of cases) {
      const before = cpuMicroseconds(one.pid)
      const { requests, seconds, p50, p99, bytes } = await one.run(round < 0)
      const cpu = (cpuMicroseconds(one.pid) - before) / requests
      if (round >= 0) all.get(one.name)?.push({ rate: requests / seconds, p50, p99, cpu, bytes })
    }
  return all
}

export function medians(rounds: Rounds, name: string): Figures {
  const of = (key: keyof Figures) => median((rounds.get(name) ?? []).map((figures) => figures[key]))
  return { rate: of('rate'), p50: of('p50'), p99: of('p99'), cpu: of('cpu'), bytes: of('bytes') }
}

/** How many times as much one has as the other in the same round: the median of that. */
export function ratio(rounds: Rounds, name: string, to: string, key: keyof Figures): number {
  const base = rounds.get(to) ?? []
  return median((rounds.get(name) ?? []).map((one, round) => one[key] / (base[round]?.[key] ?? Number.NaN)))
}
