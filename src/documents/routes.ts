import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { assertNoBody } from '../http/body.ts'
import type { Storage } from '../storage/open.ts'
import type { ContentType, Relation } from './content-type.ts'
import { idPattern } from './ids.ts'
import { parametersOf } from './parameters.ts'
import { answerDocument, answerList } from './reading.ts'
import { answerCreate, answerPatch, answerPublish, answerWithdraw } from './writing.ts'

const writes = { scope: 'write' } as const
const publishes = { scope: 'publish' } as const
const needsToken = [{ token: [] }]

/** Every route that a content type has. `types` are all of them: those that refer to it are listed below it. */
export function documentRoutes(
  app: FastifyInstance,
  storage: Storage,
  type: ContentType,
  types: readonly ContentType[],
): void {
  readingRoutes(app, storage, type)
  for (const { other, by } of referringTypes(type, types)) listBelow(app, storage, type, other, by)
  savingRoutes(app, storage, type)
  publishingRoutes(app, storage, type)
}

function readingRoutes(app: FastifyInstance, storage: Storage, type: ContentType): void {
  const { path, one, many, tags, params } = namesOf(type)
  const { document, page } = type.schemas
  const queries = parametersOf(type)
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    path,
    {
      schema: {
        operationId: `list${many.id}`,
        summary: `List ${many.noun}`,
        description: 'Newest first. Without `at`, what is live now.',
        tags,
        querystring: queries.list,
        response: { 200: page },
      },
    },
    (request, reply) => answerList(storage, type, request, reply),
  )
  routes.get(
    `${path}/:id`,
    {
      schema: {
        operationId: `get${one.id}`,
        summary: `Read ${one.noun}`,
        description:
          'An old slug answers 308; what was withdrawn 410; what was never public 404, like what does not exist.',
        tags,
        params,
        querystring: queries.read,
        response: { 200: document },
      },
    },
    (request, reply) => answerDocument(storage, type, request, reply),
  )
}

function listBelow(
  app: FastifyInstance,
  storage: Storage,
  type: ContentType,
  other: ContentType,
  by: Relation,
): void {
  const { path, one, tags, params } = namesOf(type)
  const { many } = namesOf(other)
  app.withTypeProvider<ZodTypeProvider>().get(
    `${path}/:id/${other.path}`,
    {
      schema: {
        operationId: `list${one.id}${many.id}`,
        summary: `List the ${many.noun} of ${one.noun}`,
        description:
          by.field === other.parent?.field ? 'In the order of (`position`, `id`).' : 'Newest first.',
        tags,
        params,
        querystring: parametersOf(other).list,
        response: { 200: other.schemas.page },
      },
    },
    (request, reply) => answerList(storage, other, request, reply, { type, key: request.params.id, by }),
  )
}

function savingRoutes(app: FastifyInstance, storage: Storage, type: ContentType): void {
  const { path, one, tags, params } = namesOf(type)
  const { document, content, patch } = type.schemas
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const queries = parametersOf(type)
  const common = { tags, security: needsToken }
  routes.post(
    path,
    {
      config: writes,
      schema: {
        ...common,
        operationId: `create${one.id}`,
        summary: `Create ${one.noun}`,
        querystring: queries.create,
        body: content,
        response: { 201: document },
      },
    },
    (request, reply) => answerCreate(storage, type, request, reply),
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
        response: { 200: document },
      },
    },
    (request, reply) => answerPatch(storage, type, request, reply),
  )
}

function publishingRoutes(app: FastifyInstance, storage: Storage, type: ContentType): void {
  const { path, one, tags, params } = namesOf(type)
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const queries = parametersOf(type)
  const common = { tags, security: needsToken, params, response: { 200: type.schemas.document } }
  const withdrawal = { ...common, querystring: queries.withdraw }
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
    (request, reply) => answerPublish(storage, type, request, reply),
  )
  routes.post(
    `${path}/:id/withdraw`,
    {
      config: writes,
      preValidation: assertNoBody,
      schema: {
        ...withdrawal,
        operationId: `withdraw${one.id}`,
        summary: `Withdraw ${one.noun}`,
        description: withdrawing,
      },
    },
    (request, reply) => answerWithdraw(storage, type, request, reply),
  )
  routes.delete(
    `${path}/:id`,
    {
      config: writes,
      preValidation: assertNoBody,
      schema: {
        ...withdrawal,
        operationId: `delete${one.id}`,
        summary: `Delete ${one.noun}: the same as to withdraw it`,
        description: withdrawing,
      },
    },
    (request, reply) => answerWithdraw(storage, type, request, reply),
  )
}

const withdrawing =
  'Takes it out of public view, its past included, and cancels what is scheduled. Nothing is erased. Withdrawing what is or will be public needs the scope `publish`.'

/** The types that refer to this one, each once: as its parts if it has them, else by its first reference. */
function referringTypes(
  type: ContentType,
  types: readonly ContentType[],
): { other: ContentType; by: Relation }[] {
  return types.flatMap((other) => {
    const references = other.relations.filter(({ kind, target }) => kind !== 'many' && target === type)
    const by = references.find(({ field }) => field === other.parent?.field) ?? references[0]
    return by ? [{ other, by }] : []
  })
}

/** The heading in the OpenAPI document under which a type's routes stand: `Related links`. */
export function tagOf({ path }: ContentType): string {
  const words = path.replace(/-/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function namesOf(type: ContentType) {
  const noun = type.name.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase()
  const plural = type.path.replace(/-/g, ' ')
  const what = type.slugFrom ? `The id or the slug of the ${noun}.` : `The id of the ${noun}.`
  const example = `${type.type}_01h455vb4pex5vsknk084sn02q`
  const id = z
    .string()
    .max(200)
    .meta({ description: what, examples: [example] })
  return {
    path: `/v1/${type.path}`,
    one: { id: type.name, noun: /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}` },
    many: {
      id: `-${type.path}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      noun: plural,
    },
    tags: [tagOf(type)],
    params: z.strictObject({ id: type.slugFrom ? id : id.meta({ pattern: idPattern(type.type).source }) }),
  }
}
