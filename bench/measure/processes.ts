import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import project from '../../package.json' with { type: 'json' }

export const TOKEN = 'a-token-for-the-bench-0123456789'

export interface Server {
  readonly pid: number
  readonly address: string
  /** From its start to its first 200, in milliseconds. */
  readonly startedIn: number
  stop(): Promise<void>
}

/** What `npm start` gives Node. */
export const DATELINE = project.scripts.start.split(' ').slice(1)

/** Dateline on that database, as it would run. */
export function startDateline(databaseUrl: string, env: Record<string, string> = {}): Promise<Server> {
  const own = { DATABASE_URL: databaseUrl, ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'warn', SEED: 'never', ...env }
  return start(DATELINE, own)
}

/** One of the programs that it is compared with. */
export function startContender(file: string, ...words: string[]): Promise<Server> {
  return start([`bench/contenders/${file}`, ...words], {})
}

async function start(words: readonly string[], env: Record<string, string>): Promise<Server> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = endWithUs(
    spawn(process.execPath, words, {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  )
  while (!(await answers(`${address}/health/ready`))) {
    if (child.exitCode !== null) throw new Error(`${words.join(' ')} ended with ${child.exitCode}.`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const startedIn = performance.now() - began
  const stop = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  return { pid: child.pid ?? 0, address, startedIn, stop }
}

export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined)
  await response?.arrayBuffer()
  return response?.status === 200
}

/** One on which nothing listens at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** Tells a child process what to do, and waits for what it answers. */
export async function tell<Answer>(child: ChildProcess, task: object): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer & { error?: string }>()
  const onExit = () => reject(new Error(`${child.spawnargs.at(-1)} has ended.`))
  child.once('message', resolve).once('exit', onExit)
  child.send(task)
  const answer = await promise.finally(() => child.off('message', resolve).off('exit', onExit))
  if (answer.error !== undefined) throw new Error(answer.error)
  return answer
}

const children = new Set<ChildProcess>()

/** Nothing that was started outlives the bench, however it ends. */
export function endWithUs<Child extends ChildProcess>(child: Child): Child {
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
