import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'

/**
 * What PostgreSQL costs beside SQLite: the same requests to a server on each, in turns, and the median of
 * the ratios. Start a PostgreSQL server first, and name it in TEST_POSTGRES_URL if it is not at
 * 127.0.0.1:5432. The database `dateline_bench` in it is made and dropped.
 */
const ROUNDS = 7
const REQUESTS = 400
const CLIENTS = 8
const TOKEN = 'a-token-for-the-bench-0123456789'
const STORY = '/v1/articles/russia-never-considered-turkey-as-a-strategic-ally-says-lavrov'

const work: Record<string, (number: number) => [string, string, unknown?]> = {
  'an article': () => ['GET', STORY],
  'an article, expanded': () => ['GET', `${STORY}?include=quotes.speaker,relatedLinks,people`],
  'a list of 20': () => ['GET', '/v1/articles'],
  'a change': (number) => ['PATCH', STORY, { byline: `Byline ${number}` }],
}

const server = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-'))
await administer('drop database if exists dateline_bench with (force)')
await administer('create database dateline_bench')
const target = new URL(server)
target.pathname = '/dateline_bench'
const sqlite = await startServer(`sqlite:${join(folder, 'bench.db')}`)
const postgres = await startServer(target.href)
let counter = 0

console.log('| requests per second | SQLite | PostgreSQL | ratio |\n| --- | ---: | ---: | ---: |')
for (const [name, make] of Object.entries(work)) {
  const rounds: [number, number][] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const pair: [number, number] = [await rate(sqlite.address, make), await rate(postgres.address, make)]
    if (round > 0) rounds.push(pair)
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const [ours, theirs] = [median(rounds.map(([one]) => one)), median(rounds.map(([, other]) => other))]
  const ratio = median(rounds.map(([one, other]) => other / one))
  console.log(`| ${name} | ${Math.round(ours)} | ${Math.round(theirs)} | ${ratio.toFixed(2)} |`)
}

sqlite.stop()
postgres.stop()
await Promise.all([sqlite.ended, postgres.ended])
await administer('drop database dateline_bench with (force)')
rmSync(folder, { recursive: true })

async function rate(address: string, make: (number: number) => [string, string, unknown?]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS }) // a new one: servers close idle connections
  const began = performance.now()
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let count = 0; count < REQUESTS / CLIENTS; count += 1) {
        counter += 1
        await send(agent, address, ...make(counter))
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  return REQUESTS / seconds
}

function send(agent: Agent, address: string, method: string, path: string, body?: unknown): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const headers = body ? { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } : {}
  const outgoing = request(`${address}${path}`, { method, headers, agent }, (response) => {
    response.resume().once('end', () => {
      if (response.statusCode === 200) resolve()
      else reject(new Error(`${method} ${path}: ${response.statusCode}`))
    })
  })
  outgoing.once('error', reject).end(body ? JSON.stringify(body) : undefined)
  return promise
}

async function startServer(url: string) {
  const child = spawn(process.execPath, ['src/cli.ts', 'serve'], {
    env: { ...process.env, DATABASE_URL: url, PORT: '0', ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const [, address] = /listening at (http:[^"]+)"/.exec(line) ?? []
    if (!address) continue
    child.stdout.resume()
    return { address, ended, stop: () => child.kill('SIGTERM') }
  }
  throw new Error('The server did not start.')
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  await client.query(statement)
  await client.end()
}
