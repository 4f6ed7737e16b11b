import { type ChildProcess, fork } from 'node:child_process'
import type { Outcome, Task } from './loader.ts'
import { endWithUs, tell } from './processes.ts'

let loader: ChildProcess | undefined

/** Has the loader, a process of its own, send requests, one task after the other. */
export function load(task: Task): Promise<Outcome> {
  loader ??= endWithUs(fork(new URL('loader.ts', import.meta.url)))
  return tell<Outcome>(loader, task)
}

export function stopLoader(): void {
  loader?.kill()
}
