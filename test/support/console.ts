import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Test } from 'tap'
import { ADMIN_TOKEN } from '../process/server.ts'

export interface Step {
  /** What is typed after `$ `, its continuation included. */
  readonly command: string
  /** What is shown below it; `…` stands for anything. */
  readonly shown: string
}

/** The steps in a page's blocks of `console`, in their order. */
export function stepsIn(markdown: string): Step[] {
  const blocks = [...markdown.matchAll(/```console\n([\s\S]*?)```/g)].map(([, block = '']) => block)
  return blocks.flatMap((block) => block.split(/^\$ /m).slice(1)).map(toStep)
}

/** Types them into one shell after the other, in an empty folder and with what was assigned before, and compares what comes out. */
export async function assertSteps(t: Test, steps: readonly Step[], address: string): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'dateline-'))
  t.teardown(() => rm(cwd, { recursive: true, force: true }))
  let assignments = ''
  for (const { command, shown } of steps) {
    const typed = command.replaceAll('localhost:3000', address.replace('http://', ''))
    if (/^\w+=\S/.test(typed)) {
      assignments += `${typed}; `
      continue
    }
    const env = { ...process.env, TOKEN: ADMIN_TOKEN }
    const { stdout } = await promisify(execFile)('bash', ['-c', assignments + typed], { env, cwd })
    t.match(stdout, shortened(shown), command)
  }
}

/** A command goes on to the next line while its quotation mark is open. */
function toStep(text: string): Step {
  const lines = text.trimEnd().split('\n')
  let length = 1
  while ((lines.slice(0, length).join('\n').match(/'/g)?.length ?? 0) % 2 === 1) length += 1
  return { command: lines.slice(0, length).join('\n'), shown: lines.slice(length).join('\n') }
}

/** Text in which `…` stands for anything. A server's own `…` is matched by it as well. */
function shortened(shown: string): RegExp {
  const parts = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*?')}\\s*$`)
}
