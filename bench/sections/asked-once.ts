import { load } from '../measure/load.ts'
import type { Server } from '../measure/processes.ts'
import type { Case } from '../measure/rounds.ts'
import { CONNECTIONS, type Plan } from '../plan.ts'

/** How many times as long as the others the turns last in which a server warms up. */
const LONGER = 5

/** A read that is given each of its addresses once: nothing that was kept can answer it. */
export function askedOnce(
  { once, warming, seconds }: Plan,
  name: string,
  { address, pid }: Server,
  addressOf: (number: number) => string,
  connections = CONNECTIONS,
): Case {
  let number = 0
  const ask = (count: number, seconds: number) => {
    const paths = Array.from({ length: count }, () => addressOf(number++))
    return load({ address, paths, connections, seconds, once: true, expected: 200 })
  }
  const run = (isWarmingUp: boolean) => (isWarmingUp ? ask(warming, LONGER * seconds) : ask(once, seconds))
  return { name, pid, run }
}
