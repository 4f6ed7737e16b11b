import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findHistory } from '../documents/history.ts'
import { versionParams } from '../documents/history-routes.ts'
import { redirect } from '../documents/reading.ts'
import { DatelineError } from '../errors.ts'
import { preferred, sendText } from '../http/reply.ts'
import type { Storage } from '../storage/open.ts'
import { typeAt } from './index.ts'

const articles = typeAt('articles')
const text = { schema: z.string() }

/** `GET /v1/articles/{id}/versions/{n}/source`: the text that a version was made from, byte for byte. */
export function sourceRoutes(app: FastifyInstance, storage: Storage): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/articles/:id/versions/:n/source',
    {
      config: { scope: 'read:drafts' },
      schema: {
        operationId: 'getArticleSource',
        summary: 'Read the text that a version was made from',
        description: 'As it was pasted, byte for byte. What was written as JSON or Markdown has none.',
        tags: ['Articles'],
        security: [{ token: [] }],
        params: versionParams(articles),
        response: { 200: { description: '', content: { 'text/plain': text, 'text/html': text } } },
      },
    },
    async (request, reply) => {
      const { id: key, n } = request.params
      const found = await storage.read(async (trx) => {
        const moment = { at: trx.now, now: trx.now, drafts: true }
        const history = await findHistory(trx, { type: articles, key, moment })
        if ('movedTo' in history) return history
        return trx.db
          .selectFrom('sources')
          .selectAll()
          .where('document_id', '=', history.id)
          .where('version', '=', Number(n))
          .executeTakeFirst()
      })
      if (!found) throw none(n)
      if ('movedTo' in found) return redirect(request, reply, found.movedTo)
      preferred(request, [found.media_type.split(';')[0] ?? ''])
      return sendText(request, reply, Buffer.from(found.text, 'base64'), { mediaType: found.media_type })
    },
  )
}

function none(number: string): DatelineError {
  return new DatelineError(
    'not_found',
    `Version ${number} was not made from a text that was pasted, or is not there.`,
  )
}
