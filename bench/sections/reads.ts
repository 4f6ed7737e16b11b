import { coldAddresses, hot, ITEM, ITEM_EXPANDED, LIST, type Read, walk } from '../addresses.ts'
import { load } from '../measure/load.ts'
import { type Server, startContender, startDateline } from '../measure/processes.ts'
import { type Case, inRounds, medians, type Rounds, ratio } from '../measure/rounds.ts'
import { residentBytes } from '../measure/usage.ts'
import { CONNECTIONS } from '../plan.ts'
import { bars } from '../report/svg.ts'
import { table } from '../report/table.ts'
import { askedOnce } from './asked-once.ts'
import type { Report, Setting } from './section.ts'

const HEAD = ['read', 'answered by', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs', '× node:http', 'bytes']
const FLOOR = 'node:http, a ready buffer'
const BY_HAND = ['an article', 'an article, expanded', 'a list of 20'] as const

/** Reads: Dateline beside a bare server with the same bytes, and beside handlers that were written for them. */
export async function reads(setting: Setting): Promise<Report[]> {
  const dateline = await startDateline(`sqlite:${setting.newsroom}`)
  const paths = Object.values(hot)
  const floor = await startContender('node-http.ts', dateline.address, ...paths)
  const fastify = await startContender('fastify.ts', dateline.address, ...paths)
  const byHand = await startContender('by-hand.ts', setting.newsroom)
  const servers = {
    'Node’s own server': floor,
    Fastify: fastify,
    'written by hand': byHand,
    Dateline: dateline,
  }
  for (const path of [ITEM, ITEM_EXPANDED, LIST]) await assertSame(path, dateline, byHand)
  const atRest = Object.values(servers).map(({ pid }) => residentBytes(pid))
  const cases = [
    ...hotCases(setting, FLOOR, floor, paths),
    ...hotCases(setting, 'Fastify, a ready buffer', fastify, [ITEM, ITEM_EXPANDED, LIST]),
    ...(await coldCases(setting, 'by hand', byHand, BY_HAND)),
    ...hotCases(setting, 'Dateline, unchanged', dateline, paths),
    ...(await coldCases(setting, 'Dateline, asked once', dateline, Object.keys(hot) as Read[])),
    ...(await variants(setting, dateline)),
  ]
  const rounds = await inRounds(cases, setting.plan.rounds)
  const memory = Object.entries(servers).map(([name, { pid }], index) => [
    name,
    (atRest[index] ?? Number.NaN) / 1e6,
    residentBytes(pid) / 1e6,
  ])
  for (const server of Object.values(servers)) await server.stop()
  const head = ['a server', 'MB at rest', 'MB after all reads']
  return [reported(rounds), { name: 'memory', text: table(head, memory) }]
}

function hotCases({ plan }: Setting, who: string, server: Server, paths: readonly string[]): Case[] {
  return Object.entries(hot)
    .filter(([, path]) => paths.includes(path))
    .map(([read, path]) => ask(`${read}|${who}`, server, [path], { seconds: plan.seconds }))
}

async function coldCases(
  { plan, stories }: Setting,
  who: string,
  server: Server,
  which: readonly Read[],
): Promise<Case[]> {
  const cursors = who === 'by hand' ? [] : await walk(server.address, stories)
  const addresses = coldAddresses(stories, cursors)
  return which.map((read): Case => {
    const address = read === 'a list of 20' && who === 'by hand' ? () => LIST : addresses[read]
    return askedOnce(plan, `${read}|${who}`, server, address)
  })
}

/** Other ways to ask for the same. */
async function variants({ plan }: Setting, server: Server): Promise<Case[]> {
  const response = await fetch(server.address + ITEM, { headers: { 'accept-encoding': 'identity' } })
  await response.arrayBuffer()
  const tag = response.headers.get('etag') ?? ''
  const { seconds } = plan
  const gzip = { seconds, headers: { 'accept-encoding': 'gzip' } }
  return [
    ask('an article|Dateline, 304', server, [ITEM], {
      seconds,
      headers: { 'if-none-match': tag },
      expected: 304,
    }),
    ask('an article|Dateline, gzip accepted', server, [ITEM], gzip),
    ask('a list of 20|Dateline, gzip accepted', server, [LIST], gzip),
  ]
}

interface Asking {
  readonly seconds: number
  readonly headers?: Record<string, string>
  readonly expected?: number
}

function ask(
  name: string,
  { address, pid }: Server,
  paths: readonly string[],
  { expected = 200, ...asking }: Asking,
): Case {
  const task = { address, connections: CONNECTIONS, expected, ...asking }
  return { name, pid, run: () => load({ ...task, paths }) }
}

/** @throws Error when the handlers that were written by hand do not do the same */
async function assertSame(path: string, one: Server, other: Server): Promise<void> {
  const [ours, theirs] = await Promise.all(
    [one, other].map(async ({ address }) => (await fetch(address + path)).text()),
  )
  if (ours !== theirs) throw new Error(`${path}: by hand there are other bytes:\n${ours}${theirs}`)
}

function reported(rounds: Rounds): Report {
  const names = Object.keys(hot).flatMap((read) =>
    [...rounds.keys()].filter((name) => name.startsWith(`${read}|`)),
  )
  const rows = names.map((name) => {
    const [read = '', who = ''] = name.split('|')
    const { rate, p50, p99, cpu, bytes } = medians(rounds, name)
    const times = ratio(rounds, name, `${read}|${FLOOR}`, 'cpu')
    return [read, who, rate, p50, p99, cpu, times, bytes]
  })
  const compared = names.filter((name) => BY_HAND.some((read) => name.startsWith(`${read}|`)))
  const plot = compared.map((name) => ({
    name: name.replace('|', ' · '),
    value: medians(rounds, name).cpu,
    isOurs: name.includes('|Dateline'),
  }))
  const title = 'CPU time of the server for one request, in microseconds'
  return { name: 'reads', text: table(HEAD, rows), plots: { reads: bars(title, plot) } }
}
