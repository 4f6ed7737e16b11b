import { ADMIN_TOKEN } from './server.ts'

/** What a server answered, to the byte. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/**
 * Sends a request as the administrator.
 *
 * @returns nothing when the connection broke: then nobody knows whether it was done
 */
export async function ask(
  address: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer | undefined> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  try {
    const response = await fetch(address + path, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** The same, of a server that nobody kills. @throws Error when the connection broke */
export async function tell(...request: Parameters<typeof ask>): Promise<Answer> {
  const answer = await ask(...request)
  if (!answer) throw new Error(`No answer to ${request.slice(0, 3).join(' ')}`)
  return answer
}

/** All elements of a list, page by page. `path` has a query. */
// biome-ignore lint/suspicious/noExplicitAny: lists of every type
export async function listAll(address: string, path: string): Promise<any[]> {
  const elements = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: Answer = await tell(address, 'GET', cursor ? `${path}&cursor=${cursor}` : path)
    elements.push(...body.data)
    cursor = body.page.next
  }
  return elements
}
