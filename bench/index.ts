import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopLoader } from './measure/load.ts'
import { makeNewsroom } from './newsroom.ts'
import { planOf, storiesFor } from './plan.ts'
import { writePage, writePlot } from './report/page.ts'
import { databases } from './sections/databases.ts'
import { reads } from './sections/reads.ts'
import type { Report, Setting } from './sections/section.ts'
import { sizes } from './sections/sizes.ts'
import { starts } from './sections/starts.ts'
import { workers } from './sections/workers.ts'
import { writes } from './sections/writes.ts'

/**
 * How fast Dateline is, beside what it could be at best. It prints its tables, and writes them and their plots
 * into docs/. `--quick` takes a minute and writes nothing; `--large` adds an archive of a million articles.
 */
const words = process.argv.slice(2)
const isQuick = words.includes('--quick')
const plan = planOf(words)
const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true })) // also when it is interrupted
const setting: Setting = { plan, folder, newsroom: join(folder, 'newsroom.db'), stories: storiesFor(plan) }
const began = performance.now()
const reports: Report[] = []

try {
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before${isQuick ? ', a quick run' : ''}`
  tell({ name: 'machine', text: `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.` })
  await makeNewsroom(setting.newsroom, setting.stories)
  for (const section of [starts, reads, writes, workers, databases, sizes])
    for (const report of [await section(setting)].flat()) tell(report)
} finally {
  stopLoader()
}
if (!isQuick) {
  writePage(new Map(reports.map(({ name, text }) => [name, text])))
  for (const { plots = {} } of reports) for (const [name, svg] of Object.entries(plots)) writePlot(name, svg)
}

function tell(report: Report): void {
  reports.push(report)
  console.log(
    `\n${report.name} (after ${Math.round((performance.now() - began) / 1000)} s)\n\n${report.text}`,
  )
}
