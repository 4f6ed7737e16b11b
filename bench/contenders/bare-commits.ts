import SQLite from 'better-sqlite3'
import type { Outcome } from '../measure/loader.ts'
import { quantile } from '../measure/statistics.ts'
import { prepareCommits } from './commits.ts'

/**
 * What a write costs the database alone: the same rows in the same tables, in one commit that is on the disk
 * when it returns, again and again, without a server. `bare-commits.ts <file>`; a message tells what and how
 * many seconds long.
 */
const database = new SQLite(process.argv[2] ?? '')
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON'])
  database.pragma(pragma)
const commits = prepareCommits(database)

process.on('message', ({ what, seconds }: { what: 'create' | 'change'; seconds: number }) => {
  const times: number[] = []
  const began = performance.now()
  for (let now = began; now - began < seconds * 1000; ) {
    commits[what]()
    const then = performance.now()
    times.push(then - now)
    now = then
  }
  const outcome: Outcome = {
    requests: times.length,
    seconds: (performance.now() - began) / 1000,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    bytes: 0,
  }
  process.send?.(outcome)
})
