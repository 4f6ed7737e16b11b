import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ParseError } from 'jsonc-parser'
import { DatelineError, type ErrorCode } from '../errors.ts'
import { howToSendText, unsupported } from './how-to-send.ts'
import { extensionOf, readText, textOf } from './text-body.ts'

const MEDIA_TYPES = ['application/json', 'application/merge-patch+json']
const DEEPEST = 64

/**
 * Bodies are JSON (RFC 8259) in UTF-8, or a text that the route takes as well. Fastify would take any text
 * and ignore its charset and its encoding.
 */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(MEDIA_TYPES, { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) =>
    readJson(request, body),
  )
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const text = textOf(request, body)
    const isUnsaid = request.headers['content-type'] === undefined
    if (isUnsaid && !text && extensionOf(request) === 'json') return readJson(request, body)
    if (!text) throw unsupported(request, body)
    assertPlainUtf8(request)
    return readText(request, text, body)
  })
}

async function readJson(request: FastifyRequest, body: Buffer): Promise<unknown> {
  if (body.length === 0 && !request.routeOptions.schema?.body) return undefined
  assertPlainUtf8(request)
  const value = await parseJson(decode(body, 'malformed_json'), howToSendText(request, body))
  if (isDeeperThan(value, DEEPEST)) throw tooDeep()
  return value
}

function assertPlainUtf8({ headers }: FastifyRequest): void {
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    throw new DatelineError('unsupported_media_type', `The body must be in UTF-8, not ${charset}.`)
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    throw new DatelineError(
      'unsupported_media_type',
      `Content-Encoding ${encoding} is not supported. Send the body as it is.`,
    )
}

/** @throws DatelineError with that code for what is not UTF-8 */
export function decode(body: Buffer, code: ErrorCode): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new DatelineError(code, 'The body is not valid UTF-8.')
  }
}

/**
 * @param hint what else to say of a text that is none
 * @throws DatelineError `malformed_json`
 */
export async function parseJson(text: string, hint = ''): Promise<unknown> {
  if (text.trim() === '') throw new DatelineError('malformed_json', 'The body is empty. Send a JSON object.')
  try {
    return JSON.parse(text)
  } catch {
    const { line, column, fault } = await firstFault(text)
    throw new DatelineError(
      'malformed_json',
      `The body is not JSON: ${fault} at line ${line}, column ${column}.${hint}`,
      {
        extensions: { line, column },
      },
    )
  }
}

/** JSON.parse gives a position with some of its messages only, so a tolerant parser finds it. */
async function firstFault(text: string): Promise<{ line: number; column: number; fault: string }> {
  const { parse: parseTolerantly, printParseErrorCode } = await import('jsonc-parser')
  const errors: ParseError[] = []
  try {
    parseTolerantly(text, errors, { disallowComments: true, allowTrailingComma: false })
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep() // it calls itself for every level
    throw error
  }
  const [first] = errors
  const before = text.slice(0, first?.offset ?? text.length).split(/\r\n|\r|\n/)
  const name = first ? printParseErrorCode(first.error) : 'InvalidCharacter'
  const fault = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, fault }
}

function tooDeep(): DatelineError {
  return new DatelineError('malformed_json', `The body nests values more than ${DEEPEST} deep.`)
}

function isDeeperThan(value: unknown, most: number): boolean {
  let level = [value].filter(isContainer)
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > most) return true
    level = level.flatMap((container) => Object.values(container).filter(isContainer))
  }
  return false
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** For routes that take no body: one that was sent was meant for something, so it is not ignored. */
export async function assertNoBody({ headers }: FastifyRequest): Promise<void> {
  const isSent = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!isSent) return
  const detail = 'This takes no body. Its options are parameters of the address.'
  throw new DatelineError('invalid_content', detail, { items: [{ pointer: '', code: 'unknown', detail }] })
}
