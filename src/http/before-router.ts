import type { IncomingMessage, ServerResponse } from 'node:http'
import { codingFor } from './encoding.ts'
import { matches } from './etag.ts'
import { type KeptAnswer, KeptAnswers, type Seen } from './kept-answers.ts'

type Present = Pick<Seen, 'generation' | 'now'>

export interface FirstAnswersOptions {
  /** Where a read stands that begins now; it rejects when that cannot be known. */
  present(): Present | Promise<Present>
  /** The headers that an answer may depend on. */
  readonly dependsOn: readonly string[]
  /** Is told of every answer that was given here. */
  answered(request: IncomingMessage, response: ServerResponse, began: number): void
}

/**
 * What is asked before the router: whether the finished answer to a request is kept. Requests for the same
 * that come while it is being made wait for it.
 */
export class FirstAnswers {
  readonly #options: FirstAnswersOptions
  readonly #kept = new KeptAnswers()
  /** What is being made for whom. */
  readonly #keys = new WeakMap<IncomingMessage, string>()
  /** Who waits for it. */
  readonly #waiting = new Map<string, (() => void)[]>()
  #isClosed = false

  constructor(options: FirstAnswersOptions) {
    this.#options = options
  }

  /** @param next answers in the usual way */
  answer(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const key = this.#isClosed ? undefined : keyOf(request, this.#options.dependsOn)
    if (key === undefined) next()
    else this.#look(key, request, response, () => this.#makeOrWait(key, request, response, next), next)
  }

  /** Keeps the answer to a request that came by here. */
  keep(request: IncomingMessage, make: () => KeptAnswer, seen: Seen): void {
    const key = this.#keys.get(request)
    if (key === undefined) return
    const isAwaited = (this.#waiting.get(key) ?? []).length > 0
    this.#kept.keep(key, make, seen, isAwaited)
  }

  /** The answer is made, whether it was kept or not: nobody waits until it has been sent. */
  release(request: IncomingMessage): void {
    const key = this.#keys.get(request)
    if (key === undefined) return
    this.#keys.delete(request)
    const waiting = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    for (const look of waiting) look()
  }

  /** From now on every request is answered in the usual way. */
  close(): void {
    this.#isClosed = true
  }

  #look(
    key: string,
    request: IncomingMessage,
    response: ServerResponse,
    missed: () => void,
    failed: () => void,
  ): void {
    if (!this.#kept.has(key)) return void missed()
    const began = performance.now()
    const answer = (present: Present) => {
      const found = this.#kept.find(key, present)
      if (!found) return missed()
      send(found, request, response)
      this.#options.answered(request, response, began)
    }
    const present = presentOf(this.#options.present)
    if (present instanceof Promise) present.then(answer, failed)
    else if (present) answer(present)
    else failed()
  }

  #makeOrWait(key: string, request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const waiting = this.#waiting.get(key)
    // Who has waited does not wait again: what is not kept would be made by one after the other.
    if (waiting) return void waiting.push(() => this.#look(key, request, response, next, next))
    this.#waiting.set(key, [])
    this.#keys.set(request, key)
    response.once('close', () => this.release(request)) // its client may have gone before
    next()
  }
}

function presentOf(ask: FirstAnswersOptions['present']) {
  try {
    return ask()
  } catch {
    return undefined // the usual way says what is wrong
  }
}

/** A request with one of these is not like the others. */
const PERSONAL = [
  'authorization',
  'if-match',
  'if-unmodified-since',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
]

/**
 * Everything that an answer depends on.
 *
 * @returns undefined where no answer is kept
 */
function keyOf(request: IncomingMessage, dependsOn: readonly string[]): string | undefined {
  const { method, headers, url = '', rawHeaders } = request
  if ((method !== 'GET' && method !== 'HEAD') || PERSONAL.some((name) => headers[name] !== undefined))
    return undefined
  if (request.httpVersion !== '1.1' || !hasOneHost(rawHeaders) || /[?&]at=/.test(url)) return undefined
  let key = `${codingFor(headers['accept-encoding'] as string | undefined)} ${url}` // a single value, by Node's rules
  for (const name of dependsOn) key += `\n${headers[name] ?? ''}`
  return key
}

function hasOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts === 1
}

function send(
  { tag, head, headUnchanged, body }: KeptAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (matches(request.headers['if-none-match'], tag)) response.writeHead(304, [...headUnchanged]).end()
  else response.writeHead(200, [...head]).end(request.method === 'HEAD' ? undefined : body, 'latin1')
}
