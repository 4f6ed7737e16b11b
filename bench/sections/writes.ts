import { type ChildProcess, fork } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { ITEM } from '../addresses.ts'
import { CHANGED } from '../contenders/commits.ts'
import { load } from '../measure/load.ts'
import type { Outcome } from '../measure/loader.ts'
import { endWithUs, type Server, startDateline, TOKEN, tell } from '../measure/processes.ts'
import { type Case, inRounds, medians, ratio, turnOf } from '../measure/rounds.ts'
import { CONNECTIONS, type Plan } from '../plan.ts'
import { table } from '../report/table.ts'
import type { Report, Setting } from './section.ts'

export const WRITING = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }

/** Writes: what the API takes beside the commits that they come to, each on a file of its own. */
export async function writes({ plan, folder, newsroom }: Setting): Promise<Report> {
  const [ours, bare] = ['writes.db', 'bare.db'].map((name) => join(folder, name))
  for (const file of [ours, bare]) copyFileSync(newsroom, file ?? '')
  const dateline = await startDateline(`sqlite:${ours}`)
  const commits = endWithUs(fork(new URL('../contenders/bare-commits.ts', import.meta.url), [bare ?? '']))
  const article = await templateOf(dateline)
  const cases: Case[] = [
    commit('a new article|SQLite alone', commits, 'create', plan),
    write('a new article|Dateline, 8 clients', dateline, 'POST', article, plan, CONNECTIONS),
    write('a new article|Dateline, 1 client', dateline, 'POST', article, plan, 1),
    commit('a change|SQLite alone', commits, 'change', plan),
    write('a change|Dateline, 8 clients', dateline, 'PATCH', '{"byline":"Byline {n}"}', plan, CONNECTIONS),
    write('a change|Dateline, 1 client', dateline, 'PATCH', '{"byline":"Byline {n}"}', plan, 1),
  ]
  const rounds = await inRounds(cases, plan.rounds)
  await dateline.stop()
  commits.kill()
  const rows = cases.map(({ name }) => {
    const [what = '', who = ''] = name.split('|')
    const { rate, p50, p99, cpu } = medians(rounds, name)
    const alone = `${what}|SQLite alone`
    return [
      what,
      who,
      rate,
      p50,
      p99,
      cpu,
      ratio(rounds, name, alone, 'rate'),
      ratio(rounds, name, alone, 'cpu'),
    ]
  })
  const head = ['write', 'done by', 'commits/s', 'p50 ms', 'p99 ms', 'CPU µs', '× commits/s', '× CPU']
  return { name: 'writes', text: table(head, rows) }
}

/** The first article, as somebody would post one like it. */
async function templateOf({ address }: Server): Promise<string> {
  const given = ['headline', 'kind', 'standfirst', 'body', 'language', 'image', 'tags', 'people']
  const article = JSON.parse(await (await fetch(`${address}${ITEM}?fields=${given}`)).text())
  const { id: _, type: __, ...content } = article
  return JSON.stringify({ ...content, headline: `{n} ${content.headline}` })
}

function write(
  name: string,
  { address, pid }: Server,
  method: 'POST' | 'PATCH',
  body: string,
  { seconds }: Plan,
  connections: number,
): Case {
  const isNew = method === 'POST'
  const paths = isNew
    ? ['/v1/articles?publish=now']
    : Array.from({ length: CHANGED }, (_, index) => `/v1/articles/story-${index + 1}`)
  const expected = isNew ? 201 : 200
  const task = { address, connections, method, headers: WRITING, body, paths, expected }
  return { name, pid, run: (isWarmingUp) => load({ ...task, seconds: turnOf(seconds, isWarmingUp) }) }
}

function commit(name: string, process: ChildProcess, what: 'create' | 'change', { seconds }: Plan): Case {
  const run = (isWarmingUp: boolean) =>
    tell<Outcome>(process, { what, seconds: turnOf(seconds, isWarmingUp) })
  return { name, pid: process.pid ?? 0, run }
}
