import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { ErrorCode } from '../errors.ts'
import { PROBLEM_JSON, problem } from './problems.ts'

const socketErrors: Readonly<Record<string, [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: [
    'headers_too_large',
    'The request line and the headers together have more than 16 KiB.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    'request_timeout',
    'The request did not arrive in time: its headers within five seconds, the whole of it within ten.',
  ],
}

/** What Node cannot parse never becomes a request, so the answer is written to the socket by hand. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [code, detail] = socketErrors[error.code ?? ''] ?? [
    'malformed_request',
    'This is not a valid HTTP/1.1 request.',
  ]
  writeProblem(socket, code, detail)
}

/** Answers with a problem and closes the connection. */
export function writeProblem(socket: Socket, code: ErrorCode, detail: string): void {
  const { status, body } = problem(code, detail, { instance: '', requestId: randomUUID() })
  const text = `${JSON.stringify(body)}\n`
  const lines = [
    `HTTP/1.1 ${status} ${body.title}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Cache-Control: no-store',
    ...(status === 503 ? ['Retry-After: 5'] : []),
    'Connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
