import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'

/** An answer as it came over the network, without what tells of the moment and of the connection. */
export interface WireAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** A character for each byte. */
  readonly body: string
}

export type Ask = (
  url: string,
  options?: { method?: string; headers?: Record<string, string> },
) => Promise<WireAnswer>

/** Lets an app listen for as long as it runs: what stands before the router is not there for `inject`. */
export async function overSocket(t: Test, app: FastifyInstance): Promise<Ask> {
  const { port } = new URL(await app.listen({ port: 0 }))
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  return (url, { method = 'GET', headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      const asked = request({ agent, port, host: '127.0.0.1', path: url, method, headers }, (response) => {
        response.setEncoding('latin1')
        let body = ''
        response.on('data', (chunk: string) => {
          body += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: lasting(response.headers), body }),
        )
      })
      asked.on('error', reject).end()
    })
}

/** The same by `inject`, past what stands before the router. */
export function pastCache(app: FastifyInstance): Ask {
  return async (url, { method = 'GET', headers = {} } = {}) => {
    const {
      statusCode: status,
      headers: given,
      rawPayload,
    } = await app.inject({
      url,
      method: method as 'GET' | 'HEAD',
      headers: { host: 'localhost', ...headers },
    })
    return { status, headers: lasting(given as IncomingHttpHeaders), body: rawPayload.toString('latin1') }
  }
}

function lasting({
  date,
  connection,
  'keep-alive': _,
  ...headers
}: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
