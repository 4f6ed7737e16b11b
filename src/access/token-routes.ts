import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { idPattern } from '../documents/ids.ts'
import { askedPage, pageOf, pageParameters, sendPage } from '../documents/list-reply.ts'
import { type Order, readPage } from '../documents/page.ts'
import { requireScope } from '../http/auth.ts'
import { assertNoBody } from '../http/body.ts'
import { entityTag } from '../http/etag.ts'
import { assertAcceptsJson, renderJson, sendJson, sendWritten } from '../http/reply.ts'
import type { Actor } from '../storage/audit.ts'
import type { Storage } from '../storage/open.ts'
import { type StoredToken, tokenColumns } from '../storage/tokens.ts'
import type { LastUses } from './last-used.ts'
import { newToken, type Token, tokenSchema, tokenWithSecret, toToken } from './token.ts'
import { issueToken, requireToken, revoke } from './tokens.ts'

const path = '/v1/tokens'
const noQuery = z.strictObject({})
const common = { tags: ['Access'], security: [{ token: [] }] }
const config = { scope: 'admin' } as const

const params = z.strictObject({
  id: z
    .string()
    .max(200)
    .meta({
      description: 'The id of the token.',
      examples: ['token_01h455vb4pex5vsknk084sn02q'],
      pattern: idPattern('token').source,
    }),
})

/** Ids begin with the time at which they were made. */
const newestFirst: Order<StoredToken> = {
  id: 'tokens.id',
  toKey: ({ id }) => [0, id],
  fromKey: ([, id]) => id,
}

/** Who may write, and until when. `ADMIN_TOKEN` is not among them: it is the environment's. */
export function tokenRoutes(app: FastifyInstance, storage: Storage, uses: LastUses): void {
  listing(app, storage, uses)
  creating(app, storage)
  reading(app, storage, uses)
  revoking(app, storage, uses)
}

function listing(app: FastifyInstance, storage: Storage, uses: LastUses): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    path,
    {
      config,
      schema: {
        ...common,
        operationId: 'listTokens',
        summary: 'List tokens',
        description: 'Newest first, those that are over included. `ADMIN_TOKEN` is not listed.',
        querystring: z.strictObject(pageParameters),
        response: { 200: pageOf(tokenSchema).meta({ id: 'TokenPage' }) },
      },
    },
    async (request, reply) => {
      await uses.save()
      const asked = askedPage(request)
      const page = await storage.read(({ db }) =>
        readPage(db.selectFrom('tokens').select(tokenColumns), newestFirst, asked),
      )
      return sendPage(request, reply, asked, page, toToken)
    },
  )
}

function creating(app: FastifyInstance, storage: Storage): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    path,
    {
      config,
      schema: {
        ...common,
        operationId: 'createToken',
        summary: 'Create a token',
        description: 'The answer is the only one that has the secret.',
        querystring: noQuery,
        body: newToken,
        response: { 201: tokenWithSecret },
      },
    },
    async (request, reply) => {
      reply.code(201)
      const created = await storage.write(async (trx) => {
        const { token, secret } = await issueToken(trx, actorOf(request), request.body)
        const shown = toToken(token)
        const payload = renderJson(reply, { ...shown, secret })
        return { status: 201, location: `${path}/${token.id}`, payload, tag: tagOfRead(shown) }
      })
      return sendWritten(request, reply, created, false)
    },
  )
}

function reading(app: FastifyInstance, storage: Storage, uses: LastUses): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    `${path}/:id`,
    {
      config,
      schema: {
        ...common,
        operationId: 'getToken',
        summary: 'Read a token',
        params,
        querystring: noQuery,
        response: { 200: tokenSchema },
      },
    },
    async (request, reply) => {
      assertAcceptsJson(request)
      await uses.save()
      const token = await storage.read((trx) => requireToken(trx, request.params.id))
      return sendJson(request, reply, renderJson(reply, toToken(token)))
    },
  )
}

function revoking(app: FastifyInstance, storage: Storage, uses: LastUses): void {
  app.withTypeProvider<ZodTypeProvider>().delete(
    `${path}/:id`,
    {
      config,
      preValidation: assertNoBody,
      schema: {
        ...common,
        operationId: 'revokeToken',
        summary: 'Revoke a token',
        description: 'It is refused from this moment on. It stays in the list, and cannot be brought back.',
        params,
        querystring: noQuery,
        response: { 200: tokenSchema },
      },
    },
    async (request, reply) => {
      await uses.save()
      const payload = await storage.write(async (trx) => {
        const { token } = await revoke(trx, actorOf(request), request.params.id)
        return renderJson(reply, toToken(token))
      })
      return sendJson(request, reply, payload)
    },
  )
}

/** The tag of what a GET answers, without the secret. */
function tagOfRead(token: Token): string {
  return entityTag(`${JSON.stringify(token)}\n`)
}

function actorOf({ caller, ip, id }: FastifyRequest): Actor {
  requireScope(caller, 'admin')
  return { by: caller.id, address: ip, requestId: id }
}
