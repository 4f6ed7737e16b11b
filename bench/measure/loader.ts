import autocannon from 'autocannon'
import { quantile } from './statistics.ts'

/** The process that sends requests. It is told a task in a message, and answers with what came of it. */
export interface Task {
  readonly address: string
  /** Asked in turn, by all connections together. */
  readonly paths: readonly string[]
  readonly connections: number
  /** How long to ask. */
  readonly seconds: number
  /** Each path once, and no longer than that. */
  readonly once?: boolean
  readonly method?: 'GET' | 'POST' | 'PATCH'
  readonly headers?: Readonly<Record<string, string>>
  /** `{n}` in it is a number that is never the same. */
  readonly body?: string
  readonly expected: number
}

export interface Outcome {
  readonly requests: number
  readonly seconds: number
  /** In milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Of an answer, with its headers. */
  readonly bytes: number
}

let number = Date.now()

process.on('message', (task: Task) => {
  run(task).then(
    (outcome) => process.send?.(outcome),
    (error: Error) => process.send?.({ error: error.message }),
  )
})

async function run({
  address,
  paths,
  connections,
  seconds,
  once,
  expected,
  ...task
}: Task): Promise<Outcome> {
  let turn = 0
  const next = (request: autocannon.Request): autocannon.Request => {
    const path = paths[turn++ % paths.length] ?? '/'
    if (task.body === undefined) return { ...request, path }
    return { ...request, path, body: task.body.replaceAll('{n}', String(number++)) }
  }
  const times: number[] = []
  let bytes = 0
  const began = performance.now()
  let ended = began
  const options: autocannon.Options = {
    url: address,
    connections: once ? Math.min(connections, paths.length) : connections,
    amount: once ? paths.length : Number.MAX_SAFE_INTEGER,
    timeout: 60,
    method: task.method ?? 'GET',
    ...(task.headers ? { headers: task.headers } : {}),
    requests: [{ setupRequest: next }],
    sampleInt: 20, // how often it looks whether all connections have ended
  }
  await new Promise<void>((resolve, reject) => {
    const instance = autocannon(options, (error) => (error ? reject(error) : resolve()))
    instance.on('reqError', reject)
    instance.on('response', (client, status, size, milliseconds) => {
      if (status !== expected) reject(new Error(`${address}${paths[0]}: ${status} instead of ${expected}`))
      times.push(milliseconds)
      bytes += size
      ended = performance.now()
      if (ended - began > seconds * 1000) endAfterThis(client)
    })
  })
  return {
    requests: times.length,
    seconds: (ended - began) / 1000,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    bytes: bytes / times.length,
  }
}

/**
 * When its time is over, autocannon itself breaks off in the middle of requests, and the server would go on
 * with them while the next one is measured.
 */
function endAfterThis(client: autocannon.Client): void {
  Object.assign(client, { responseMax: 1 })
}
