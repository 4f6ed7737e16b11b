import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Server, startDateline, TOKEN } from './measure/processes.ts'
import { median } from './measure/statistics.ts'

const TIMES = 5
/** How many reads tell what is usual, after as many that tell nothing. */
const READS = 300

export interface Pasted {
  /** From the first byte of the text to the last one of the answer. */
  readonly milliseconds: number
  /** Of another client's read, before and meanwhile. */
  readonly usual: number
  readonly meanwhile: number
}

/** Pastes a text again and again into a new server, while another client reads lists that are in no cache. */
export async function pasting(text: string): Promise<Pasted[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-'))
  const server = await startDateline(`sqlite:${join(folder, 'dateline.db')}`)
  try {
    await readFor(server, (reads) => reads < READS)
    const usual = median(await readFor(server, (reads) => reads < READS))
    const pasted: Pasted[] = []
    for (let time = 0; time < TIMES; time++) pasted.push({ ...(await pasteBeside(server, text)), usual })
    return pasted
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true })
  }
}

async function pasteBeside(server: Server, body: string): Promise<Omit<Pasted, 'usual'>> {
  let isAnswered = false
  const reads = readFor(server, () => !isAnswered)
  const began = performance.now()
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/plain; charset=utf-8' }
  const response = await fetch(`${server.address}/v1/articles`, { method: 'POST', headers, body })
  await response.arrayBuffer()
  const milliseconds = performance.now() - began
  isAnswered = true
  if (response.status !== 201) throw new Error(`The text was answered with ${response.status}.`)
  return { milliseconds, meanwhile: median(await reads) }
}

/** Reads one list after the other, each at another instant of the past, and tells how many milliseconds they took. */
async function readFor({ address }: Server, goesOn: (reads: number) => boolean): Promise<number[]> {
  const times: number[] = []
  while (goesOn(times.length)) {
    const at = new Date(Date.now() - 1e6 - Math.floor(Math.random() * 1e9)).toISOString()
    const began = performance.now()
    await (await fetch(`${address}/v1/articles?limit=5&at=${at}`)).arrayBuffer()
    times.push(performance.now() - began)
  }
  return times
}
