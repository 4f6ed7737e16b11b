import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { answers, endWithUs, freePort, type Server } from '../measure/processes.ts'
import type { Stories } from './stories.ts'

/** How a server is started. */
export interface Program {
  /** What Node is given. */
  readonly words: readonly string[]
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
}

/** One of those that Dateline is compared with. */
export interface Peer {
  readonly name: string
  /** What npm installs for it, and in which versions. */
  readonly packages: Readonly<Record<string, string>>
  /** Versions of what those depend on that they do not ask for. */
  readonly overrides?: Readonly<Record<string, string>>
  /** Models and fills it, in the folder in which it has been installed. */
  fill(folder: string, stories: Stories): Promise<void>
  program(folder: string, port: number): Program
  /** The address of its twenty newest articles. */
  readonly list: string
  /** The addresses of its articles, each with what belongs to it. */
  articles(address: string): Promise<string[]>
}

/** Starts it and waits for its first 200 at that path. */
export async function start(programOn: (port: number) => Program, path: string): Promise<Server> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const { words, folder, env } = programOn(port)
  const began = performance.now()
  const child = endWithUs(
    spawn(process.execPath, words, {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  const ended = once(child, 'exit')
  while (!(await answers(address + path))) {
    const how = child.exitCode ?? child.signalCode
    if (how !== null) throw new Error(`${words.join(' ')} ended with ${how}.`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const startedIn = performance.now() - began
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { pid: child.pid ?? 0, address, startedIn, stop }
}
