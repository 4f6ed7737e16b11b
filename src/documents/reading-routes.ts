import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Storage } from '../storage/open.ts'
import type { ContentType, Relation } from './content-type.ts'
import { type Forms, mediaTypesOf, toldForms } from './forms.ts'
import { namesOf } from './names.ts'
import { parametersOf } from './parameters.ts'
import { answerDocument, answerList } from './reading.ts'

export function readingRoutes(
  app: FastifyInstance,
  storage: Storage,
  type: ContentType,
  forms: Forms | undefined,
): void {
  const { path, one, many, tags, params } = namesOf(type)
  const { shown, page } = type.schemas
  const queries = parametersOf(type)
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    path,
    {
      schema: {
        operationId: `list${many.id}`,
        summary: `List ${many.noun}`,
        description:
          'Newest first unless `sort` says otherwise, and all that the filters let through. Without `at`, what is live now.',
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
      config: { answers: mediaTypesOf(forms) },
      schema: {
        operationId: `get${one.id}`,
        summary: `Read ${one.noun}`,
        description: `An old slug answers 308; what was withdrawn 410; what was never public 404, like what does not exist.${toldForms(forms)}`,
        tags,
        params,
        querystring: queries.read,
        response: { 200: shown },
      },
    },
    (request, reply) => answerDocument(storage, type, request, reply, forms),
  )
}

export function listBelow(
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
          by.field === other.parent?.field
            ? 'In the order of (`position`, `id`), unless `sort` says otherwise.'
            : 'Newest first, unless `sort` says otherwise.',
        tags,
        params,
        querystring: parametersOf(other).list,
        response: { 200: other.schemas.page },
      },
    },
    (request, reply) => answerList(storage, other, request, reply, { type, key: request.params.id, by }),
  )
}
