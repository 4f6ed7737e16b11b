import type { FastifyRequest } from 'fastify'
import { DatelineError } from '../errors.ts'

/** A text that a route takes as its body, besides JSON. */
export interface TextBody {
  readonly mediaType: string
  /** Of addresses and files: `md`. */
  readonly extension: string
  /** How such a text begins, where nothing says what it is and one can tell. */
  readonly sign?: string
  /** @param query as it was sent: it is checked after the body is read */
  read(body: Buffer, query: unknown): TextContent | Promise<TextContent>
}

/** What a text says. */
export interface TextContent {
  /** As the route's schema for JSON has it. */
  readonly content: unknown
  /** The version that it says it was made from. */
  readonly version?: number | undefined
  /** What else the route wants to know of it. */
  readonly reading?: unknown
}

const texts = new WeakMap<FastifyRequest, TextContent>()

/** The text that a request sent, as it was read; undefined where it sent JSON. */
export function sentText(request: FastifyRequest): TextContent | undefined {
  return texts.get(request)
}

/** Which of the texts that its route takes a request sends; where it has no Content-Type (`curl -T`), by its address or its beginning. */
export function textOf(request: FastifyRequest, body: Buffer): TextBody | undefined {
  const { texts = [] } = request.routeOptions.config
  const mediaType = mediaTypeOf(request)
  if (mediaType !== undefined) return texts.find((text) => text.mediaType === mediaType)
  const extension = extensionOf(request)
  return texts.find((text) => text.extension === extension || (text.sign && body.indexOf(text.sign) === 0))
}

/** @throws DatelineError what the text's reader throws, and `invalid_content` for a version where there is none yet */
export async function readText(request: FastifyRequest, text: TextBody, body: Buffer): Promise<unknown> {
  const found = await text.read(body, request.query)
  const { content, version } = found
  if (version !== undefined && request.method !== 'PUT') {
    const detail = 'is for PUT, which replaces that version. Leave it out to make a new document.'
    const items = [{ pointer: '/version', code: 'not_allowed' as const, detail }]
    throw new DatelineError('invalid_content', `/version ${detail}`, { items })
  }
  texts.set(request, found)
  return content
}

export function mediaTypeOf({ headers }: FastifyRequest): string | undefined {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase()
}

/** What follows the last dot of the path. */
export function extensionOf({ url }: FastifyRequest): string | undefined {
  return /\.(\w+)$/.exec(url.split('?')[0] ?? '')?.[1]
}
