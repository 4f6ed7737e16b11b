import { join } from 'node:path'
import { openStorage } from '../../src/storage/open.ts'
import { fillArchive } from '../../test/support/archive.ts'
import { type Archive, archiveReads } from '../archive-addresses.ts'
import { load } from '../measure/load.ts'
import { type Server, startDateline } from '../measure/processes.ts'
import { type Case, inRounds, medians, ratio } from '../measure/rounds.ts'
import { lines } from '../report/svg.ts'
import { table } from '../report/table.ts'
import type { Report, Setting } from './section.ts'

/** Archives of one size and ten times as much and so on, of five versions of each article: what grows with them. */
export async function sizes({ plan, folder }: Setting): Promise<Report> {
  const once = Math.max(30, plan.once / 4)
  const archives: Archive[] = []
  for (const size of plan.sizes) archives.push(await openArchive(folder, size))
  const cases: Case[] = []
  for (const archive of archives) cases.push(...(await casesOf(archive, once, plan.seconds)))
  const rounds = await inRounds(cases, plan.rounds)
  for (const { server } of archives) await server.stop()

  const names = [...new Set(cases.map(({ name }) => name.split('|')[0] ?? ''))]
  const first = plan.sizes[0]
  const times = (name: string, key: 'p50' | 'cpu') =>
    plan.sizes.slice(1).map((size) => ratio(rounds, `${name}|${size}`, `${name}|${first}`, key))
  const rows = names.map((name) => [
    name,
    ...plan.sizes.map((size) => medians(rounds, `${name}|${size}`).p50),
    ...times(name, 'p50'),
    ...times(name, 'cpu'),
  ])
  const shown = plan.sizes.map((size) => size.toLocaleString('en'))
  const more = shown.slice(1)
  const head = [
    'articles',
    ...shown.map((size) => `p50 ms, ${size}`),
    ...more.map((size) => `× p50, ${size}`),
    ...more.map((size) => `× CPU, ${size}`),
  ]
  const plot = names.map((name) => ({
    name,
    points: plan.sizes.map((size) => [size, medians(rounds, `${name}|${size}`).p50] as const),
  }))
  const title = 'Time for one answer by the number of articles, five versions of each'
  return { name: 'sizes', text: table(head, rows), plots: { sizes: lines(title, plot, 'ms') } }
}

async function openArchive(folder: string, size: number): Promise<{ size: number; server: Server }> {
  const url = `sqlite:${join(folder, `archive-${size}.db`)}`
  const storage = await openStorage(url)
  await fillArchive(storage, size)
  await storage.close()
  return { size, server: await startDateline(url) }
}

async function casesOf(archive: Archive, amount: number, seconds: number): Promise<Case[]> {
  const { address, pid } = archive.server
  return Object.entries(await archiveReads(archive)).map(([name, addressOf]): Case => {
    let number = 0
    const paths = () => Array.from({ length: amount }, () => addressOf(number++))
    return {
      name: `${name}|${archive.size}`,
      pid,
      run: () => load({ address, paths: paths(), connections: 1, seconds, once: true, expected: 200 }),
    }
  })
}
