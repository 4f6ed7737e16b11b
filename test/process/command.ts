import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'

/** How a process ended, and everything that it wrote. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly milliseconds: number
}

export interface Running {
  readonly child: ChildProcess
  /** What it has written so far. */
  readonly output: { stdout: string; stderr: string }
  readonly ended: Promise<Ended>
  /** Resolves with the match when `stdout` has it. Rejects when the process ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>
}

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Starts a program with no variables but the given ones. What still runs when the test ends is killed. */
export function launch(t: Test, program: string, args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const started = performance.now()
  const child = spawn(program, args, { cwd: root, env: { PATH: process.env.PATH, ...env } })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text
  })
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) =>
      resolve({ code, signal, ...output, milliseconds: performance.now() - started }),
    ),
  )
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('close', () => process.off('exit', kill))
  t.teardown(async () => {
    kill()
    await ended
  })
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output.stdout)
        if (match) resolve(match)
      }
      child.stdout.on('data', look)
      child.once('close', () => reject(new Error(`It ended: ${output.stdout}${output.stderr}`)))
      look()
    })
  return { child, output, ended, until }
}

/** Runs `dateline` with these arguments until it ends. */
export function dateline(t: Test, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return launch(t, process.execPath, ['src/dateline.js', ...args], env).ended
}
