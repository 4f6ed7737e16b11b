import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { askedPageOfTexts, pageOf, pageParameters, sendPage } from '../documents/list-reply.ts'
import { at } from '../documents/parameters.ts'
import { markPast, momentOf } from '../documents/reading.ts'
import { tally } from '../documents/tally.ts'
import { witness } from '../http/finish.ts'
import type { Storage } from '../storage/open.ts'
import { typeAt } from './index.ts'

const articles = typeAt('articles')

const tag = z
  .object({
    tag: z.string().meta({ examples: ['middle-east'] }),
    articles: z.int().min(1).meta({ description: 'How many articles have it, at the instant being read.' }),
  })
  .meta({ id: 'Tag' })

/** `GET /v1/tags`: what articles are about. */
export function tagRoutes(app: FastifyInstance, storage: Storage): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/tags',
    {
      schema: {
        operationId: 'listTags',
        summary: 'List the tags of articles',
        description:
          'In alphabetical order, with the number of articles that `GET /v1/articles?tags.has=` would find. Without `at`, of what is live now.',
        tags: ['Articles'],
        querystring: z.strictObject({ at, ...pageParameters }),
        response: { 200: pageOf(tag).meta({ id: 'TagPage' }) },
      },
    },
    async (request, reply) => {
      const asked = askedPageOfTexts(request)
      const page = await storage.read(
        (trx) => tally(trx, articles, 'tags', momentOf(trx, request), asked),
        witness(request),
      )
      markPast(request.query.at, reply, '/v1/tags')
      return sendPage(request, reply, asked, page, ({ value, documents }) => ({
        tag: value,
        articles: Number(documents),
      }))
    },
  )
}
