import type { FastifyRequest } from 'fastify'
import { DatelineError } from '../errors.ts'
import type { TextBody } from './text-body.ts'

/** For a story that was sent as if it were JSON. */
export function howToSendText({ routeOptions }: FastifyRequest, body: Buffer): string {
  const text = plainest(routeOptions.config.texts ?? [])
  if (!text || looksLikeJson(body)) return ''
  return ` To send text with curl, use -H "content-type: ${text.mediaType}" --data-binary @story.${text.extension} instead of --json.`
}

/** Says how to send what was sent: with curl, `-d` says that it is a form, and joins the lines of a file. */
export function unsupported({ headers, routeOptions }: FastifyRequest, body: Buffer): DatelineError {
  const given = headers['content-type']
  const { texts = [] } = routeOptions.config
  const types = texts.map(({ mediaType }) => mediaType)
  const text = plainest(texts)
  const what = given ? `"${given}" is not taken here` : 'The body has no Content-Type'
  const others = types.length > 0 ? `, or text as ${types.join(' or ')}` : ''
  const detail =
    text && !looksLikeJson(body)
      ? `${what}. Send text as ${types.join(' or ')}, or JSON with Content-Type: application/json; with curl, use -H "content-type: ${text.mediaType}" --data-binary @story.${text.extension}, because -d takes the line ends out.`
      : `${what}. Send JSON with Content-Type: application/json${others}; with curl, use --json instead of -d.`
  return new DatelineError('unsupported_media_type', detail)
}

function looksLikeJson(body: Buffer): boolean {
  return /^\s*[{[]/.test(body.subarray(0, 100).toString('latin1'))
}

function plainest(texts: readonly TextBody[]): TextBody | undefined {
  return texts.find(({ mediaType }) => mediaType === 'text/plain') ?? texts[0]
}
