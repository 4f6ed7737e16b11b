import cluster from 'node:cluster'
import type { FastifyBaseLogger } from 'fastify'

/** What a process tells its primary as soon as it listens. */
interface Listening {
  readonly address: string
}

/** Milliseconds before one is replaced that did not even come to listen. */
const PAUSE = 1_000

/**
 * Runs processes of this same program that share a port. One that dies is replaced; SIGTERM and SIGINT stop all
 * of them, and this one after the last.
 *
 * @param log is told of what happens to them
 * @returns where they listen, as soon as all do
 * @throws Error when the first cannot start; it has said why
 */
export async function runWorkers(count: number, log: FastifyBaseLogger): Promise<string> {
  stopTogether()
  const keep = async () => {
    const { address, ended } = await startWorker()
    void ended.then((how) => {
      if (isStopping) return
      log.error(how, 'a process has died and is replaced')
      void replace(keep)
    })
    return address
  }
  const address = await keep() // alone, so that what keeps it from starting is said once
  await Promise.all(Array.from({ length: count - 1 }, keep))
  return address
}

/** Runs what a process does that was started here, and tells the other one where it listens. */
export async function asWorker(start: () => Promise<Listening>): Promise<void> {
  try {
    const { address } = await start()
    process.send?.({ address } satisfies Listening)
  } catch (error) {
    cluster.worker?.disconnect() // which would keep it alive
    throw error
  }
}

let isStopping = false

interface Started {
  readonly address: string
  /** How it ended, when it does. */
  readonly ended: Promise<{ worker: number | undefined; code: number | null; signal: string | null }>
}

function startWorker(): Promise<Started> {
  const worker = cluster.fork()
  const { pid } = worker.process
  return new Promise((resolve, reject) => {
    const ended: Started['ended'] = new Promise((end) =>
      worker.once('exit', (code, signal) => {
        reject(new Error('A process of the server could not be started.'))
        end({ worker: pid, code, signal })
      }),
    )
    worker.once('message', ({ address }: Listening) => resolve({ address, ended }))
  })
}

async function replace(keep: () => Promise<unknown>): Promise<void> {
  if (isStopping) return
  await keep().catch(() => setTimeout(() => void replace(keep), PAUSE))
}

function stopTogether(): void {
  const stop = () => {
    isStopping = true
    for (const worker of workers()) worker.process.kill('SIGTERM')
    if (workers().length === 0) process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  cluster.on('exit', () => {
    if (isStopping && workers().length === 0) process.exit(0)
  })
}

function workers() {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
}
