import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { DatelineError, type ErrorCode, errorCodes } from '../errors.ts'
import { problemTypes } from './problem-types.ts'
import { varyBy } from './reply.ts'

const tags = ['Service']
const noQuery = z.strictObject({})

/** Whether the process runs and whether it can answer. `ping` rejects when the database does not. */
export function healthRoutes(app: FastifyInstance, ping: () => Promise<void>): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })
  routes.get(
    '/health/live',
    {
      schema: {
        operationId: 'isLive',
        summary: 'Is the process running',
        tags,
        querystring: noQuery,
        response: { 200: health },
      },
      logLevel: 'warn',
    },
    async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' as const }),
  )
  routes.get(
    '/health/ready',
    {
      schema: {
        operationId: 'isReady',
        summary: 'Can it answer',
        tags,
        querystring: noQuery,
        response: { 200: health },
      },
      logLevel: 'warn',
    },
    async (_, reply) => {
      await ping().catch((cause: unknown) => {
        app.log.error({ err: cause }, 'the database does not answer')
        throw new DatelineError('unavailable', 'The database does not answer.')
      })
      return reply.header('cache-control', 'no-store').send({ status: 'ok' as const })
    },
  )
}

/** `/`: a browser goes on to the reference page, everybody else gets the addresses to start from. */
export function indexRoute(app: FastifyInstance, ours: Readonly<Record<string, string>>): void {
  const links = {
    ...ours,
    openapi: '/openapi.json',
    reference: '/docs',
    problems: '/problems',
    health: '/health/ready',
  }
  const index = z
    .object({ name: z.literal('Dateline'), links: z.record(z.string(), z.string()) })
    .meta({ id: 'Index' })
  app.withTypeProvider<ZodTypeProvider>().get(
    '/',
    {
      schema: {
        operationId: 'getIndex',
        summary: 'Where to start',
        tags,
        querystring: noQuery,
        response: { 200: index },
      },
    },
    async (request, reply) => {
      varyBy(reply.header('cache-control', 'public, max-age=5'), ['accept'])
      if (wantsHtml(request)) return reply.redirect('/docs', 302) as never // not an answer of this operation
      return { name: 'Dateline' as const, links }
    },
  )
}

/** `/problems` and `/problems/<code>`: what the `type` of each problem means, as JSON and as a page. */
export function problemRoutes(app: FastifyInstance): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const explanation = z
    .object({ code: z.enum(errorCodes), status: z.int(), title: z.string(), help: z.string() })
    .meta({ id: 'ProblemType' })
  const all = errorCodes.map((code) => ({ code, ...problemTypes[code] }))
  routes.get(
    '/problems',
    {
      config: { answers: ['text/html'] },
      schema: {
        operationId: 'listProblems',
        summary: 'List every error code',
        tags,
        querystring: noQuery,
        response: { 200: z.object({ data: z.array(explanation) }).meta({ id: 'ProblemTypes' }) },
      },
    },
    async (request, reply) => {
      varyBy(reply.header('cache-control', 'public, max-age=5'), ['accept'])
      return wantsHtml(request)
        ? (sendPage(reply, 'Problems', all.map(article).join('')) as never) // sent as it is, past the JSON schema
        : { data: all }
    },
  )
  const params = z.strictObject({
    code: z
      .string()
      .max(100)
      .meta({ description: 'An error code.', examples: ['not_found'] }),
  })
  routes.get(
    '/problems/:code',
    {
      config: { answers: ['text/html'] },
      schema: {
        operationId: 'getProblem',
        summary: 'Explain an error code',
        tags,
        params,
        querystring: noQuery,
        response: { 200: explanation },
      },
    },
    async (request, reply) => {
      const found = all.find(({ code }) => code === request.params.code)
      if (!found)
        throw new DatelineError('unknown_address', 'There is no such error code. GET /problems lists them.')
      varyBy(reply.header('cache-control', 'public, max-age=5'), ['accept'])
      return wantsHtml(request) ? (sendPage(reply, found.title, article(found)) as never) : found // as above
    },
  )
}

function wantsHtml({ headers: { accept = '' } }: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(accept)
}

const style =
  'body{font:17px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}code{font-size:.9em}'
const styleHash = createHash('sha256').update(style).digest('base64')

function sendPage(reply: FastifyReply, title: string, body: string): FastifyReply {
  reply.header('content-security-policy', `default-src 'none'; style-src 'sha256-${styleHash}'`)
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style>`
  return reply
    .type('text/html; charset=utf-8')
    .send(Buffer.from(`<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`))
}

function article({
  code,
  status,
  title,
  help,
}: {
  code: ErrorCode
  status: number
  title: string
  help: string
}): string {
  return `<h1>${escapeHtml(title)}</h1><p><code>${status} ${code}</code></p><p>${escapeHtml(help).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
