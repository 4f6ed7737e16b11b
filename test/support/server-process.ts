import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Test } from 'tap'

/** A token that every server of the tests takes, with all scopes. */
export const ADMIN_TOKEN = 'a-token-for-tests-only-0123456789'

/** `dateline serve` as a process of its own, on a free port. */
export interface ServerProcess {
  readonly address: string
  readonly child: ChildProcess
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export async function startServer(
  t: Test,
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['src/cli.ts', 'serve'], {
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: '0', SEED: 'never', ADMIN_TOKEN, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
    return child.exitCode
  }
  t.teardown(() => stop('SIGKILL'))
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) {
    const [, address] = /listening at (http:[^"]+)"/.exec(line) ?? []
    if (!address) continue
    child.stdout.resume()
    return { address, child, stop }
  }
  throw new Error('The server ended before it listened.')
}

export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/** A request with the token; a connection that breaks is status 0. */
export async function call(address: string, method: string, path: string, body?: unknown): Promise<Reply> {
  try {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  } catch {
    return { status: 0, body: undefined }
  }
}
