import type { FastifyRequest } from 'fastify'
import { DatelineError } from '../errors.ts'

/** A text that a route takes as its body, besides JSON. */
export interface TextBody {
  readonly mediaType: string
  /** Of addresses and files: `md`. */
  readonly extension: string
  /** How such a text begins, where nothing says what it is. */
  readonly sign: string
  read(text: string): { readonly content: unknown; readonly version: number | undefined }
}

const versions = new WeakMap<FastifyRequest, number>()

/** The version that the body says it was made from. */
export function versionOf(request: FastifyRequest): number | undefined {
  return versions.get(request)
}

/** Which of the texts that its route takes a request sends; where it has no Content-Type (`curl -T`), by its address or its beginning. */
export function textOf(request: FastifyRequest, body: Buffer): TextBody | undefined {
  const { texts = [] } = request.routeOptions.config
  const mediaType = mediaTypeOf(request)
  if (mediaType !== undefined) return texts.find((text) => text.mediaType === mediaType)
  const extension = extensionOf(request)
  return texts.find((text) => text.extension === extension || body.indexOf(text.sign) === 0)
}

/** @throws DatelineError what the text's reader throws, and `invalid_content` for a version where there is none yet */
export function readText(request: FastifyRequest, body: TextBody, text: string): unknown {
  const { content, version } = body.read(text)
  if (version !== undefined && request.method !== 'PUT') {
    const detail = 'is for PUT, which replaces that version. Leave it out to make a new document.'
    const items = [{ pointer: '/version', code: 'not_allowed' as const, detail }]
    throw new DatelineError('invalid_content', `/version ${detail}`, { items })
  }
  if (version !== undefined) versions.set(request, version)
  return content
}

export function mediaTypeOf({ headers }: FastifyRequest): string | undefined {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase()
}

/** What follows the last dot of the path. */
export function extensionOf({ url }: FastifyRequest): string | undefined {
  return /\.(\w+)$/.exec(url.split('?')[0] ?? '')?.[1]
}
