import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Storage } from '../storage/open.ts'
import type { ContentType } from './content-type.ts'
import { askedPage, pageOf, pageParameters, sendPage } from './list-reply.ts'
import { typeAmong } from './parameters.ts'
import { listSchedule } from './schedule.ts'
import { instant } from './schemas.ts'

/** `GET /v1/schedule`: what goes live or away by itself. */
export function scheduleRoutes(app: FastifyInstance, storage: Storage, types: readonly ContentType[]): void {
  const names = types.map(({ type }) => type)
  const event = z
    .object({
      at: instant,
      event: z.enum(['publish', 'withdraw']).meta({ description: 'It goes live, or it goes away.' }),
      type: z.enum(names),
      id: z.string(),
      slug: z.string().nullable(),
      version: z.int().meta({ description: 'The version that does.' }),
      title: z.string().nullable().meta({ description: 'Its headline or name, where the type has one.' }),
    })
    .meta({ id: 'ScheduledEvent' })
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/schedule',
    {
      config: { scope: 'read:drafts' },
      schema: {
        operationId: 'listSchedule',
        summary: 'List what will go live or away',
        description: 'The soonest first.',
        tags: ['Editing'],
        security: [{ token: [] }],
        querystring: z.strictObject({
          ...pageParameters,
          type: typeAmong(names),
        }),
        response: { 200: pageOf(event).meta({ id: 'Schedule' }) },
      },
    },
    async (request, reply) => {
      const asked = askedPage(request)
      const { type } = request.query
      const wanted = types.filter((each) => type === undefined || each.type === type)
      const page = await storage.read((trx) => listSchedule(trx, wanted, asked))
      return sendPage(request, reply, asked, page, (event) => event)
    },
  )
}
