import type { Test } from 'tap'
import { launch, type Running } from './command.ts'

/** A token with every scope, for servers that tests start. */
export const ADMIN_TOKEN = 'a-token-for-this-test-only'

export interface Server extends Running {
  readonly port: number
  readonly address: string
  get(path: string): Promise<{ status: number; headers: Headers; body: unknown }>
  /** As the administrator. */
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>
}

/** Starts `node src/dateline.js serve` on a free port and waits until it listens. */
export async function serve(t: Test, database: string, env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const variables = { PORT: '0', DATABASE_URL: database, ADMIN_TOKEN, ...env }
  const running = launch(t, process.execPath, ['src/dateline.js', 'serve'], variables)
  const [, address = '', port] = await running.until(/listening at (http:\/\/127\.0\.0\.1:(\d+))/)
  const answer = async (response: Response) => ({
    status: response.status,
    headers: response.headers,
    body: await response.json(),
  })
  return {
    ...running,
    port: Number(port),
    address,
    get: async (path) => answer(await fetch(address + path)),
    post: async (path, body) =>
      answer(
        await fetch(address + path, {
          method: 'POST',
          headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
  }
}
