import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { DatelineError, type ErrorCode, type ErrorItem, errorCodes, itemCodes } from '../errors.ts'
import { problemTypes } from './problem-types.ts'
import { varyBy } from './reply.ts'
import { InvalidInput } from './validation.ts'

export const PROBLEM_JSON = 'application/problem+json'

/** RFC 9457, with `requestId` and `errors` as extension members. The OpenAPI document refers to it by its id. */
export const problemSchema = z
  .looseObject({
    type: z.enum(errorCodes.map((code) => `/problems/${code}` as const)),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'A sentence that says what to do.' }),
    instance: z.string().meta({ description: 'The address that was asked for.' }),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ description: 'JSON Pointer (RFC 6901) into the body.' }),
          parameter: z.string().optional().meta({ description: 'The name of a parameter.' }),
          header: z.string().optional().meta({ description: 'The name of a header.' }),
          code: z.enum(itemCodes),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })

export interface Problem {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** The answer to a refused request. */
export function problem(
  code: ErrorCode,
  detail: string,
  {
    instance,
    requestId,
    items = [],
    extensions = {},
  }: {
    instance: string
    requestId: string
    items?: readonly ErrorItem[]
    extensions?: Readonly<Record<string, unknown>>
  },
): Problem {
  const { status, title } = problemTypes[code]
  const errors = items.length > 0 ? { errors: items } : {}
  return {
    status,
    body: { type: `/problems/${code}`, title, status, detail, instance, requestId, ...errors, ...extensions },
  }
}

/** In characters: an address may have 8 KiB, and need not be read in full to be known. */
const LONGEST_INSTANCE = 1_000

function addressOf({ originalUrl }: FastifyRequest): string {
  return originalUrl.length <= LONGEST_INSTANCE ? originalUrl : `${originalUrl.slice(0, LONGEST_INSTANCE)}…`
}

/** Sends a problem; errors are never stored by caches. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: DatelineError,
): FastifyReply {
  const { code, message, items, extensions } = error
  const { status, body } = problem(code, message, {
    instance: addressOf(request),
    requestId: request.id,
    items,
    extensions,
  })
  varyBy(reply)
  if (code === 'unavailable') reply.header('retry-after', '5')
  if (status === 401)
    reply.header(
      'www-authenticate',
      `Bearer realm="dateline"${code === 'token_invalid' ? ', error="invalid_token"' : ''}`,
    )
  if (code === 'scope_missing')
    reply.header(
      'www-authenticate',
      `Bearer realm="dateline", error="insufficient_scope", scope="${extensions.scope}"`,
    )
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_JSON)
    .send(Buffer.from(`${JSON.stringify(body)}\n`))
}

/** Makes problems of everything that Fastify or a handler throws. The unexpected is logged once and kept inside. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const known = toDatelineError(error)
    if (known) return sendProblem(request, reply, known)
    request.log.error({ err: error }, 'request failed')
    return sendProblem(
      request,
      reply,
      new DatelineError(
        'internal',
        'The request failed, and nothing was saved. Try again, and if it fails again tell us the requestId.',
      ),
    )
  })
}

/** What is meant by an error of Fastify's, or undefined for one that nobody expects. */
export function toDatelineError(error: FastifyError | Error): DatelineError | undefined {
  if (error instanceof DatelineError) return error
  if (error instanceof InvalidInput) return error.toDatelineError()
  if (error instanceof z.ZodError) return new InvalidInput('body', error).toDatelineError()
  const code = 'code' in error ? String(error.code) : ''
  const make = fastifyErrors[code]
  return make?.()
}

const fastifyErrors: Readonly<Record<string, () => DatelineError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    new DatelineError(
      'body_too_large',
      'The body is too large: 4 MiB are possible, and 16 MiB for a batch. Send less.',
    ),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new DatelineError('malformed_request', 'Content-Length does not match the length of the body.'),
  FST_ERR_BAD_URL: () =>
    new DatelineError('malformed_request', 'The address is not properly percent-encoded.'),
  FST_ERR_MAX_PARAM_LENGTH: () => new DatelineError('url_too_long', 'A part of the address is too long.'),
  FST_ERR_ASYNC_CONSTRAINT: () => new DatelineError('malformed_request', 'The request cannot be routed.'),
  ECONNRESET: () =>
    new DatelineError('malformed_request', 'The connection was closed before the request had arrived.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new DatelineError(
      'unsupported_media_type',
      'Send JSON with Content-Type: application/json; with curl, use --json.',
    ),
}
