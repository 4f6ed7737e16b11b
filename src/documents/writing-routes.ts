import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { DatelineError } from '../errors.ts'
import { assertNoBody } from '../http/body.ts'
import { sentText } from '../http/text-body.ts'
import type { Storage } from '../storage/open.ts'
import type { Rules } from './commit.ts'
import type { ContentType } from './content-type.ts'
import { type Forms, textsOf, withoutExtension } from './forms.ts'
import { namesOf } from './names.ts'
import { parametersOf } from './parameters.ts'
import { answerDelete } from './purging.ts'
import { correctionOf } from './whole-schemas.ts'
import { answerOperation } from './writing.ts'

const writes = { scope: 'write' } as const
const publishes = { scope: 'publish' } as const
const needsToken = [{ token: [] }]

/** POST, PATCH, PUT and restore: what changes content. */
export function savingRoutes(
  app: FastifyInstance,
  storage: Storage,
  rules: Rules,
  type: ContentType,
  forms: Forms | undefined,
): void {
  const { path, one, tags, params } = namesOf(type)
  const { document, whole, patch, replacement } = type.schemas
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const queries = parametersOf(type)
  const common = { tags, security: needsToken }
  const saved = { 200: document }
  const texts = textsOf(forms)
  const { texts: readable = [], parameters, told, answers = [], answer } = forms?.intake ?? {}
  const made = told ? document.extend(told).meta({ id: `${type.name}Made` }) : document
  routes.post(
    path,
    {
      config: { ...writes, texts: [...texts, ...readable], answers },
      schema: {
        ...common,
        operationId: `create${one.id}`,
        summary: `Create ${one.noun}`,
        description: `In one transaction with${type.children.length > 0 ? ' its parts and' : ''} those it refers to, or not at all.`,
        querystring: parameters ? queries.create.extend(parameters) : queries.create,
        body: whole,
        response: { 200: made, 201: made },
      },
    },
    async (request, reply) => {
      if (answer && sentText(request)?.reading !== undefined)
        return answer(storage, rules, type, request, reply)
      assertNoneGiven(request.query, Object.keys(parameters ?? {}))
      return answerOperation(storage, rules, type, 'create', request, reply)
    },
  )
  routes.patch(
    `${path}/:id`,
    {
      config: writes,
      schema: {
        ...common,
        operationId: `update${one.id}`,
        summary: `Change ${one.noun}`,
        description:
          'Starts from the newest version and takes its state: live if that is live. Saving what is there already changes nothing.',
        params,
        querystring: queries.change,
        body: patch,
        response: saved,
      },
    },
    (request, reply) => answerOperation(storage, rules, type, 'update', request, reply),
  )
  if (type.slugFrom)
    routes.put(
      `${path}/:id`,
      {
        config: { ...writes, texts },
        preHandler: withoutExtension(forms),
        schema: {
          ...common,
          operationId: `replace${one.id}`,
          summary: `Create ${one.noun} at this slug, or replace it`,
          description: `What is left out takes its default.${type.children.length > 0 ? ' A list of parts that is given becomes the whole list, matched by id: the rest is withdrawn. One that is left out stays.' : ''}`,
          params,
          querystring: queries.replace,
          body: replacement,
          response: { ...saved, 201: document },
        },
      },
      (request, reply) => answerOperation(storage, rules, type, 'replace', request, reply),
    )
  routes.post(
    `${path}/:id/restore`,
    {
      config: writes,
      schema: {
        ...common,
        operationId: `restore${one.id}`,
        summary: `Save an earlier version of ${one.noun} again`,
        description: 'As a new version, in the state of the newest one.',
        params,
        querystring: queries.restore,
        body: z
          .strictObject({ version: z.int().min(1).max(999_999_999), ...correctionOf(type) })
          .meta({ id: `${type.name}Restoration` }),
        response: saved,
      },
    },
    (request, reply) => answerOperation(storage, rules, type, 'restore', request, reply),
  )
}

/** What is for texts alone says nothing of JSON. */
function assertNoneGiven(query: Readonly<Record<string, unknown>>, parameters: readonly string[]): void {
  const items = parameters
    .filter((parameter) => query[parameter] !== undefined)
    .map((parameter) => ({
      parameter,
      code: 'not_allowed' as const,
      detail: 'is for a text that is pasted. Leave it out, or send text/plain or text/html.',
    }))
  if (items.length === 0) return
  const detail = items.map((item) => `${item.parameter} ${item.detail}`).join(' ')
  throw new DatelineError('invalid_query', detail, { items })
}

/** Publish, withdraw and delete: what changes who sees it. */
export function publishingRoutes(
  app: FastifyInstance,
  storage: Storage,
  rules: Rules,
  type: ContentType,
): void {
  const { path, one, tags, params } = namesOf(type)
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const queries = parametersOf(type)
  const common = { tags, security: needsToken, params, response: { 200: type.schemas.document } }
  routes.post(
    `${path}/:id/publish`,
    {
      config: publishes,
      preValidation: assertNoBody,
      schema: {
        ...common,
        operationId: `publish${one.id}`,
        summary: `Publish ${one.noun}`,
        description:
          'Publishes or schedules the newest version, and with it the newest version of each of its parts.',
        querystring: queries.publish,
      },
    },
    (request, reply) => answerOperation(storage, rules, type, 'publish', request, reply),
  )
  routes.post(
    `${path}/:id/withdraw`,
    {
      config: writes,
      preValidation: assertNoBody,
      schema: {
        ...common,
        operationId: `withdraw${one.id}`,
        summary: `Withdraw ${one.noun}`,
        description: withdrawing,
        querystring: queries.withdraw,
      },
    },
    (request, reply) => answerOperation(storage, rules, type, 'withdraw', request, reply),
  )
  routes.delete(
    `${path}/:id`,
    {
      config: writes,
      preValidation: assertNoBody,
      schema: {
        ...common,
        operationId: `delete${one.id}`,
        summary: `Withdraw ${one.noun}, or erase it`,
        description: withdrawing,
        querystring: queries.delete,
      },
    },
    (request, reply) => answerDelete(storage, rules, type, request, reply),
  )
}

const withdrawing =
  'Takes it out of public view, its past included, and cancels what is scheduled. Nothing is erased. Withdrawing what is or will be public needs the scope `publish`.'
