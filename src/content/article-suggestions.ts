import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Found, find } from '../documents/find.ts'
import { expand, parseInclude } from '../documents/include.ts'
import { namesOf } from '../documents/names.ts'
import { redirect } from '../documents/reading.ts'
import { assertAcceptsJson, renderJson, sendJson } from '../http/reply.ts'
import type { Anchor } from '../intake/anchor.ts'
import type { Intake } from '../intake/intake.ts'
import { uncovered } from '../intake/uncovered.ts'
import type { Storage } from '../storage/open.ts'
import type { Trx } from '../storage/transaction.ts'
import { typeAt } from './index.ts'
import { confidence, named, rule } from './intake-answer.ts'
import { readInThread } from './intake-thread.ts'
import { knownPerson } from './known-people.ts'

const articles = typeAt('articles')

const suggestion = z
  .object({
    text: z.string().meta({ description: 'The words, as a quote would have them.' }),
    parts: z.array(z.object({ exact: z.string(), start: z.int(), end: z.int() })).meta({
      description: 'Where they stand in `body`, in Unicode code points; the end is exclusive.',
    }),
    speaker: named.nullable().meta({ description: 'Who said it, as far as the text says.' }),
    candidates: z.array(named).meta({ description: 'Who else it may be.' }),
    confidence,
    rule,
  })
  .meta({ id: 'Suggestion', description: 'A quotation in the body that no quote is tied to yet.' })

/** `GET /v1/articles/{id}/suggestions`: what could be quotes and is none yet. */
export function suggestionRoutes(app: FastifyInstance, storage: Storage): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/articles/:id/suggestions',
    {
      config: { scope: 'read:drafts' },
      schema: {
        operationId: 'listArticleSuggestions',
        summary: 'List quotations that are no quotes yet',
        description:
          'Those in the body of the newest version that no quote is tied to, in their order, with their likely speakers. Nothing is saved: POST those that are right to `/v1/quotes`.',
        tags: ['Articles'],
        security: [{ token: [] }],
        params: namesOf(articles).params,
        response: { 200: z.object({ data: z.array(suggestion) }).meta({ id: 'Suggestions' }) },
      },
    },
    async (request, reply) => {
      assertAcceptsJson(request)
      const found = await storage.read((trx) => readWhole(trx, request.params.id))
      if ('movedTo' in found) return redirect(request, reply, found.movedTo)
      const { headline, body, language, quotes, version } = found.document
      const intake = await readInThread(
        `${String(headline)}\n\n${String(body)}`,
        typeof language === 'string' ? { language } : {},
      )
      const anchors = (quotes as readonly { anchor: Anchor }[]).map(({ anchor }) => anchor)
      const ids = await storage.read((trx) => knownIds(trx, intake))
      const data = uncovered(intake, { headline: String(headline), body: String(body), anchors }).map(
        (quote) => ({
          ...quote,
          speaker: quote.speaker === null ? null : toNamed(intake, ids, quote.speaker),
          candidates: quote.candidates.map((index) => toNamed(intake, ids, index)),
        }),
      )
      return sendJson(request, reply, renderJson(reply, { data }), version)
    },
  )
}

async function readWhole(trx: Trx, key: string): Promise<Found> {
  const moment = { at: 'latest', now: trx.now, drafts: true } as const
  const found = await find(trx, articles, key, moment)
  if ('movedTo' in found) return found
  await expand(trx, [found.document], parseInclude(articles, 'quotes'), moment)
  return found
}

async function knownIds(trx: Trx, { story }: Intake): Promise<readonly (string | null)[]> {
  const ids: (string | null)[] = []
  for (const { name } of story.people) ids.push((await knownPerson(trx, name)) ?? null)
  return ids
}

function toNamed({ story }: Intake, ids: readonly (string | null)[], index: number) {
  return { name: story.people[index]?.name ?? '', personId: ids[index] ?? null }
}
