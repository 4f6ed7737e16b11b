import { coldAddresses, ITEM } from '../addresses.ts'
import { load } from '../measure/load.ts'
import { gainOfASecond } from '../measure/parallel.ts'
import { type Server, startDateline } from '../measure/processes.ts'
import { type Case, inRounds, medians, ratio } from '../measure/rounds.ts'
import { processTree, residentBytes } from '../measure/usage.ts'
import { CONNECTIONS } from '../plan.ts'
import { table } from '../report/table.ts'
import { askedOnce } from './asked-once.ts'
import type { Report, Setting } from './section.ts'

/** Of one the client's share of the cores is a quarter of the server's, of the other next to nothing. */
const ASKED_ONCE = ['an article, expanded', 'a search'] as const

/** One process and two on one port. The load comes from the same machine and takes its share of it. */
export async function workers(setting: Setting): Promise<Report> {
  const database = `sqlite:${setting.newsroom}`
  const one = await startDateline(database)
  const two = await startDateline(database, { WORKERS: '2' })
  const isKnown = processes(two) > processes(one)
  const text = isKnown ? await compare(setting, one, two) : 'This version runs as one process.'
  for (const server of [one, two]) await server.stop()
  return { name: 'workers', text }
}

function processes({ pid }: Server): number {
  try {
    return processTree(pid).length
  } catch {
    return 1 // there is no /proc
  }
}

async function compare(setting: Setting, one: Server, two: Server): Promise<string> {
  const servers = { '1 worker': one, '2 workers': two }
  const addresses = coldAddresses(setting.stories, [])
  const plan = { ...setting.plan, seconds: 3 * setting.plan.seconds } // a turn has few searches, and two have to warm up
  const cases = Object.entries(servers).flatMap(([who, server]) => [
    unchanged(setting, `an article, unchanged|${who}`, server),
    ...ASKED_ONCE.map((read) =>
      askedOnce(plan, `${read}, asked once|${who}`, server, addresses[read], 2 * CONNECTIONS),
    ),
  ])
  const rounds = await inRounds(cases, setting.plan.rounds)
  const names = cases.map(({ name }) => name).sort()
  const rows = names.map((name) => {
    const [read = '', who = ''] = name.split('|')
    const { rate, p50, p99, cpu } = medians(rounds, name)
    return [read, who, rate, p50, p99, cpu, ratio(rounds, name, `${read}|1 worker`, 'rate')]
  })
  const memory = Object.entries(servers).map(([who, { pid }]) => [who, residentBytes(pid) / 1e6])
  const head = ['read', 'answered by', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs', '× 1 worker']
  const gain = await gainOfASecond(setting.plan.seconds, setting.plan.rounds)
  const most = `Two processes that do nothing but compute get ${gain.toFixed(2)} times as far here as one.`
  return `${table(head, rows)}\n\n${most}\n\n${table(['memory', 'MB'], memory)}`
}

function unchanged({ plan }: Setting, name: string, { address, pid }: Server): Case {
  const task = { address, paths: [ITEM], connections: 2 * CONNECTIONS, seconds: plan.seconds, expected: 200 }
  return { name, pid, run: () => load(task) }
}
