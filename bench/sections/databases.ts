import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { coldAddresses, type Read, walk } from '../addresses.ts'
import { load } from '../measure/load.ts'
import { type Server, startDateline } from '../measure/processes.ts'
import { type Case, inRounds, medians, ratio } from '../measure/rounds.ts'
import { makeNewsroom } from '../newsroom.ts'
import { CONNECTIONS, type Plan, storiesFor } from '../plan.ts'
import { table } from '../report/table.ts'
import { askedOnce } from './asked-once.ts'
import type { Report, Setting } from './section.ts'
import { WRITING } from './writes.ts'

/** Where the PostgreSQL server is; the database `dateline_bench` in it is made and dropped. */
const SERVER = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** What PostgreSQL costs beside SQLite: the same requests to a server on each. */
export async function databases(setting: Setting): Promise<Report> {
  const name = 'databases'
  if (!(await isThere(SERVER))) return { name, text: 'No PostgreSQL server answered.' }
  const stories = storiesFor(quarter(setting.plan))
  const file = `sqlite:${join(setting.folder, 'databases.db')}`
  await makeNewsroom(join(setting.folder, 'databases.db'), stories)
  const target = Object.assign(new URL(SERVER), { pathname: '/dateline_bench' }).href
  await administer('drop database if exists dateline_bench with (force)')
  await administer('create database dateline_bench')
  try {
    execFileSync(process.execPath, ['src/dateline.js', 'copy', '--from', file, '--to', target], {
      stdio: 'ignore',
    })
    return { name, text: await compare(setting, stories, file, target) }
  } finally {
    await administer('drop database if exists dateline_bench with (force)')
  }
}

async function compare({ plan }: Setting, stories: number, file: string, target: string): Promise<string> {
  const servers = { SQLite: await startDateline(file), PostgreSQL: await startDateline(target) }
  const cases: Case[] = []
  for (const [who, server] of Object.entries(servers))
    cases.push(...(await readsOf(who, server, plan, stories)), change(who, server, plan.seconds))
  const rounds = await inRounds(cases, plan.rounds)
  for (const server of Object.values(servers)) await server.stop()
  const names = [...new Set(cases.map(({ name }) => name.split('|')[0] ?? ''))]
  const rows = names.map((name) => {
    const [sqlite, postgres] = [`${name}|SQLite`, `${name}|PostgreSQL`]
    const [ours, theirs] = [medians(rounds, sqlite), medians(rounds, postgres)]
    const times = (key: 'rate' | 'cpu') => ratio(rounds, postgres, sqlite, key)
    return [name, ours.rate, theirs.rate, times('rate'), ours.cpu, theirs.cpu, times('cpu')]
  })
  const of = ['SQLite', 'PostgreSQL', 'ratio']
  return table(['', ...of.map((each) => `requests/s, ${each}`), ...of.map((each) => `CPU µs, ${each}`)], rows)
}

/** Asked once each: what comes from memory costs the same with either. */
async function readsOf(who: string, server: Server, plan: Plan, stories: number): Promise<Case[]> {
  const addresses = coldAddresses(stories, await walk(server.address, stories))
  const which: Read[] = ['an article', 'an article, expanded', 'a list of 20', 'a search']
  return which.map((read) => askedOnce(quarter(plan), `${read}|${who}`, server, addresses[read]))
}

/** There are fewer stories than elsewhere: they have to be copied. */
function quarter(plan: Plan): Plan {
  return { ...plan, once: plan.once / 4, warming: plan.warming / 4 }
}

function change(who: string, { address, pid }: Server, seconds: number): Case {
  const paths = Array.from({ length: 50 }, (_, index) => `/v1/articles/story-${index + 1}`)
  const how = { method: 'PATCH', headers: WRITING, body: '{"byline":"Byline {n}"}' } as const
  const task = { address, paths, seconds, connections: CONNECTIONS, expected: 200, ...how }
  return { name: `a change|${who}`, pid, run: () => load(task) }
}

async function isThere(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port || 5432), hostname)
  return once(socket, 'connect').then(
    () => socket.destroy() !== undefined,
    () => false,
  )
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client(SERVER)
  await client.connect()
  await client.query(statement)
  await client.end()
}
