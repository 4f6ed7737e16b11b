import type { Test } from 'tap'
import { ADMIN_TOKEN, type Server, serve } from '../process/server.ts'

/** `dateline serve` as a process of its own, on a free port, with nothing in its database. */
export function startServer(t: Test, databaseUrl: string, env: Record<string, string> = {}): Promise<Server> {
  return serve(t, databaseUrl, { SEED: 'never', ...env })
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
