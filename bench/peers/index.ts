import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { load, stopLoader } from '../measure/load.ts'
import type { Server } from '../measure/processes.ts'
import { type Case, inRounds, medians, type Rounds, ratio } from '../measure/rounds.ts'
import { median } from '../measure/statistics.ts'
import { residentBytes } from '../measure/usage.ts'
import { makeNewsroom } from '../newsroom.ts'
import { CONNECTIONS, planOf, storiesFor } from '../plan.ts'
import { table } from '../report/table.ts'
import { assertSaysAll, type Contender, datelineOn, FASTIFY, fastifyWith, peersIn } from './contenders.ts'
import { cachingDirectus } from './directus.ts'

/** Dateline beside others, which `install.ts` has installed in that folder: `index.ts <folder>` prints two tables. */
const installed = resolve(process.argv[2] ?? '')
const plan = planOf([])
const STARTS = 3 // the large ones take several seconds
const SECONDS = 1 // longer turns than for Dateline alone: the slow ones have to get warm, too
const folder = mkdtempSync(join(tmpdir(), 'dateline-peers-'))
process.once('exit', () => rmSync(folder, { recursive: true }))
const newsroom = join(folder, 'newsroom.db')

const began = new Date().toISOString().slice(0, 10)
console.log(
  `${began}: ${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before\n`,
)
await makeNewsroom(newsroom, storiesFor(plan))
const dateline = datelineOn(newsroom, storiesFor(plan))
const ours = await dateline.start()
const fastify = fastifyWith(dateline, ours.address, [dateline.list, ...(await dateline.articles(''))])
const running = new Map<Contender, Server>([[dateline, ours]])
const contenders = [fastify, dateline, ...peersIn(installed)]
try {
  const startTimes = await starts()
  for (const contender of contenders)
    if (contender !== dateline) running.set(contender, await contender.start())
  for (const [contender, server] of running) await assertSaysAll(contender, server)
  await new Promise((resolve) => setTimeout(resolve, 3000)) // until they have come to rest
  const atRest = memory()
  const rounds = await inRounds(await cases(), plan.rounds)
  console.log(`${readsOf(rounds)}\n\n${serversOf(startTimes, atRest, memory())}`)
  for (const server of running.values()) await server.stop()
} finally {
  stopLoader()
}

/** From the start of the process to its first list, again and again, one after the other; each program once. */
async function starts(): Promise<ReadonlyMap<Contender, number>> {
  const programs = contenders.filter(({ name }) => name !== cachingDirectus.name)
  const times = new Map(programs.map((contender) => [contender, [] as number[]]))
  for (let turn = 0; turn < STARTS; turn += 1)
    for (const [contender, own] of times) {
      const server = await contender.start()
      own.push(server.startedIn)
      await server.stop()
    }
  return new Map([...times].map(([contender, own]) => [contender, median(own)]))
}

async function cases(): Promise<Case[]> {
  const all: Case[] = []
  for (const contender of contenders) {
    const { name, list, articles, once } = contender
    const server = running.get(contender)
    if (!server) continue
    const { address, pid } = server
    const task = { address, connections: CONNECTIONS, seconds: SECONDS, expected: 200 }
    const unchanged = once ? `${name}, unchanged` : name
    const paths = { article: await articles(address), list: [list] }
    for (const read of ['article', 'list'] as const)
      all.push({ name: `${read}|${unchanged}`, pid, run: () => load({ ...task, paths: paths[read] }) })
    for (const [read, pathOf] of Object.entries((await once?.(address)) ?? {})) {
      let number = 0
      const next = () => Array.from({ length: plan.once }, () => pathOf(number++))
      const run = () => load({ ...task, once: true, paths: next() })
      all.push({ name: `${read}|${name}, asked once`, pid, run })
    }
  }
  return all
}

function readsOf(rounds: Rounds): string {
  const rows = [...rounds.keys()].sort(byRead).map((name) => {
    const [read = '', who = ''] = name.split('|')
    const { rate, p50, p99, cpu, bytes } = medians(rounds, name)
    return [read, who, rate, p50, p99, cpu, ratio(rounds, name, `${read}|${FASTIFY}`, 'cpu'), bytes]
  })
  const head = ['read', 'answered by', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs', '× Fastify', 'bytes']
  return table(head, rows)
}

/** Sorting keeps the order of those that have the same read. */
function byRead(one: string, other: string): number {
  const read = (name: string) => name.slice(0, name.indexOf('|'))
  return read(one).localeCompare(read(other))
}

function memory(): ReadonlyMap<Contender, number> {
  return new Map([...running].map(([contender, { pid }]) => [contender, residentBytes(pid) / 1e6]))
}

function serversOf(...columns: ReadonlyMap<Contender, number>[]): string {
  const rows = contenders.map((contender) => [
    contender.name,
    versionOf(contender),
    ...columns.map((column) => column.get(contender) ?? Number.NaN),
    sizeOf(contender),
  ])
  const head = ['server', 'version', 'ms to the first list', 'MB at rest', 'MB after', 'MB of node_modules']
  return table(head, rows)
}

function versionOf({ folder: name }: Contender): string {
  const { dependencies, version } = JSON.parse(readFileSync(join(installed, name, 'package.json'), 'utf8'))
  return name === 'Dateline' ? version : String(Object.values(dependencies)[0])
}

function sizeOf({ folder: name }: Contender): number {
  const size = execFileSync('du', ['-sk', join(installed, name, 'node_modules')], { encoding: 'utf8' })
  return (Number.parseInt(size, 10) * 1024) / 1e6
}
