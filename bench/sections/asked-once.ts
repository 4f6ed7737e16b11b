import { load } from '../measure/load.ts'
import type { Server } from '../measure/processes.ts'
import { type Case, turnOf } from '../measure/rounds.ts'
import { CONNECTIONS, type Plan } from '../plan.ts'

/** A read that is given each of its addresses once: nothing that was kept can answer it. */
export function askedOnce(
  { once, warming, seconds }: Plan,
  name: string,
  { address, pid }: Server,
  addressOf: (number: number) => string,
  connections = CONNECTIONS,
): Case {
  let number = 0
  const run = (isWarmingUp: boolean) => {
    const paths = Array.from({ length: isWarmingUp ? warming : once }, () => addressOf(number++))
    const turn = { address, paths, connections, seconds: turnOf(seconds, isWarmingUp) }
    return load({ ...turn, once: true, expected: 200 })
  }
  return { name, pid, run }
}
