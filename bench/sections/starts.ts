import { startDateline } from '../measure/processes.ts'
import { median } from '../measure/statistics.ts'
import { residentBytes } from '../measure/usage.ts'
import { table } from '../report/table.ts'
import type { Report, Setting } from './section.ts'

/** From the start of the process to its first 200, on a database that is there already. */
export async function starts({ plan, newsroom }: Setting): Promise<Report> {
  const times: number[] = []
  const sizes: number[] = []
  for (let turn = 0; turn < plan.starts; turn += 1) {
    const server = await startDateline(`sqlite:${newsroom}`)
    times.push(server.startedIn)
    sizes.push(residentBytes(server.pid) / 1e6)
    await server.stop()
  }
  const head = ['Dateline', 'median', 'least', 'most']
  const row = (name: string, values: number[]) => [
    name,
    median(values),
    Math.min(...values),
    Math.max(...values),
  ]
  return { name: 'starts', text: table(head, [row('ms to the first 200', times), row('MB then', sizes)]) }
}
