import { connect, type Socket } from 'node:net'
import type { Answer } from '../support/dateline.ts'

/** A connection that sends bytes as they are: for what no HTTP client would send. */
export interface RawConnection {
  readonly socket: Socket
  send(bytes: string | Uint8Array): void
  /** Resolves when what has come back so far matches. Rejects when the connection ends before. */
  until(pattern: RegExp): Promise<string>
  /** All that came back, when the other side has ended the connection. */
  readonly ended: Promise<string>
}

export function connectTo(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1' }).setEncoding('utf8')
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk
  })
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(received)))
  const until = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => (pattern.test(received) ? resolve(received) : undefined)
      socket.on('data', look)
      socket.once('close', () => reject(new Error(`The connection ended after ${JSON.stringify(received)}.`)))
      look()
    })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => resolve({ socket, send: (bytes) => void socket.write(bytes), until, ended }))
  })
}

/** Sends bytes on a connection of their own. @returns all that came back until it ended */
export async function exchange(port: number, bytes: string | Uint8Array): Promise<string> {
  const { send, ended } = await connectTo(port)
  send(bytes)
  return ended
}

/** The last answer in what came back over a connection. */
export function parseAnswer(received: string): Answer {
  const from = [...received.matchAll(/HTTP\/1\.1 \d{3} /g)].at(-1)?.index ?? 0
  const [head = '', text = ''] = received.slice(from).split(/\r\n\r\n([\s\S]*)/)
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ])
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: text === '' ? undefined : JSON.parse(text),
    text,
  }
}
