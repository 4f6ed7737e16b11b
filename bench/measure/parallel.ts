import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { endWithUs, tell } from './processes.ts'
import { median } from './statistics.ts'

interface Counted {
  readonly rounds: number
}

/**
 * What a second process can add on this machine at best: how many times as much two processes compute in a while as
 * one does alone, neither of which does anything else.
 */
export async function gainOfASecond(seconds: number, repeats: number): Promise<number> {
  const children = [1, 2].map(() => endWithUs(fork(new URL(import.meta.url))))
  const count = async (some: typeof children) => {
    const counted = await Promise.all(some.map((child) => tell<Counted>(child, { seconds })))
    return counted.reduce((sum, { rounds }) => sum + rounds, 0)
  }
  const gains: number[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1)
    gains.push((await count(children)) / (await count(children.slice(0, 1))))
  for (const child of children) child.kill()
  return median(gains)
}

/** What a child does: it takes digests of something as long as an answer. */
function compute({ seconds }: { readonly seconds: number }): Counted {
  const bytes = Buffer.alloc(4_096, 1)
  let rounds = 0
  for (const end = performance.now() + seconds * 1_000; performance.now() < end; rounds += 1)
    createHash('sha256').update(bytes).digest()
  return { rounds }
}

if (process.send) process.on('message', (task: { readonly seconds: number }) => process.send?.(compute(task)))
