import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { LONGEST_NOTE } from '../http/preferences.ts'
import type { Storage } from '../storage/open.ts'
import { type BatchOperation, doBatch } from './batch.ts'
import { answerWrite, type Rules, writerOf } from './commit.ts'
import type { ContentType } from './content-type.ts'
import { prose } from './fields.ts'
import { parseInstant } from './instants.ts'
import { operationNames } from './operations.ts'
import { writing } from './parameters.ts'

const MOST_OPERATIONS = 1_000
const BODY_LIMIT = 16 * 1024 * 1024

/** `POST /v1/batch`: many operations, all or nothing. */
export function batchRoutes(
  app: FastifyInstance,
  storage: Storage,
  rules: Rules,
  types: readonly ContentType[],
): void {
  const { tuple } = schemasOf(types)
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/batch',
    {
      config: { scope: 'write' },
      bodyLimit: BODY_LIMIT,
      schema: {
        operationId: 'doBatch',
        summary: 'Do many things, all or nothing',
        description:
          'The operations are done in their order, in one transaction. What one of them names can be used in those that follow, as `$name`, wherever an id or a slug can stand.',
        tags: ['Editing'],
        security: [{ token: [] }],
        querystring: z.strictObject(writing),
        body: tuple.body,
        response: { 200: tuple.answer },
      },
    },
    (request, reply) => {
      const list = request.body.operations as readonly BatchOperation[] // as the schema gives them
      return answerWrite(storage, rules, request, reply, (trx, edit) =>
        doBatch(trx, types, rules, list, edit, writerOf(request), reply),
      )
    },
  )
}

function schemasOf(types: readonly ContentType[]) {
  const operation = z
    .strictObject({
      do: z.enum(operationNames),
      type: z.enum(types.map(({ type }) => type)),
      id: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: 'The id or slug, or `$name`. Not to create.' }),
      name: z
        .string()
        .regex(/^[A-Za-z][\w-]{0,63}$/, 'must be a letter, and then letters, digits, - and _')
        .optional()
        .meta({ description: 'A local name for the document.', examples: ['speaker'] }),
      content: z
        .record(z.string(), z.unknown())
        .optional()
        .meta({ description: 'The body of the same request alone: the content, or a merge patch.' }),
      version: z.int().min(1).max(999_999_999).optional().meta({ description: 'To restore.' }),
      publish: readAs(
        (text) => (text === 'now' || text === 'no' ? text : parseInstant(text)),
        'must be now, no, or an instant',
        'now',
      ),
      at: readAs(
        (text) => (text === 'never' ? text : parseInstant(text)),
        'must be an instant, or never',
        '2026-12-24T06:00:00Z',
      ),
      base: z.enum(['live']).optional(),
      ifMatch: z
        .string()
        .max(1000)
        .optional()
        .meta({ description: 'A tag, or `"7"`.', examples: ['"7"'] }),
      note: prose(LONGEST_NOTE).optional(),
      minor: z.boolean().optional(),
    })
    .meta({ id: 'BatchOperation' })
  const [first, ...others] = types.map(({ schemas }) => schemas.document)
  if (!first) throw new Error('There is no content type.')
  const document = z.discriminatedUnion('type', [first, ...others])
  const body = z
    .strictObject({ operations: z.array(operation).min(1).max(MOST_OPERATIONS) })
    .meta({ id: 'Batch' })
  const result = z
    .object({ name: z.string().optional(), status: z.int(), document })
    .meta({ id: 'BatchResult' })
  return { tuple: { body, answer: z.object({ results: z.array(result) }).meta({ id: 'BatchAnswer' }) } }
}

/** Text that is read strictly, as in a parameter. */
function readAs<Value>(read: (text: string) => Value | undefined, refusal: string, example: string) {
  return z
    .any()
    .refine(
      (given) => given === undefined || (typeof given === 'string' && read(given) !== undefined),
      refusal,
    )
    .overwrite((given) => (typeof given === 'string' ? read(given) : given))
    .optional()
    .meta({ type: 'string', examples: [example] })
}
