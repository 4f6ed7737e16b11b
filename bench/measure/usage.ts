import { readdirSync, readFileSync } from 'node:fs'

/**
 * What a process and its children have used, from Linux's /proc. Elsewhere it is NaN, and the tables have
 * a dash in its place.
 */
export function cpuMicroseconds(pid: number): number {
  return sum(pid, (one) => {
    const threads = readdirSync(`/proc/${one}/task`)
    // The first number is the time on a CPU in nanoseconds; /proc/<pid>/stat has it in steps of 10 ms only.
    const times = threads.map((thread) => Number(read(`/proc/${one}/task/${thread}/schedstat`).split(' ')[0]))
    return times.reduce((a, b) => a + b, 0) / 1000
  })
}

/** Resident memory, in bytes. What the processes share counts for each of them. */
export function residentBytes(pid: number): number {
  return sum(pid, (one) => Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${one}/status`))?.[1]) * 1024)
}

/** The process itself, then its children and theirs. */
export function processTree(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`)
  const children = threads.flatMap(
    (thread) => read(`/proc/${pid}/task/${thread}/children`).match(/\d+/g) ?? [],
  )
  return [pid, ...children.flatMap((child) => processTree(Number(child)))]
}

function sum(pid: number, of: (pid: number) => number): number {
  try {
    return processTree(pid)
      .map(of)
      .reduce((a, b) => a + b, 0)
  } catch {
    return Number.NaN
  }
}

function read(path: string): string {
  return readFileSync(path, 'utf8')
}
