import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isId } from '../documents/ids.ts'
import { formatInstant, parseInstant } from '../documents/instants.ts'
import { askedPage, pageOf, pageParameters, sendPage } from '../documents/list-reply.ts'
import { instant } from '../documents/schemas.ts'
import { parameter } from '../http/parameter.ts'
import type { Storage } from '../storage/open.ts'
import { auditActions } from '../storage/schema.ts'
import { type AuditLine, listAudit } from './audit.ts'

/** Those who act without a token of the database. */
const tokenless = ['seed', 'command-line', 'ADMIN_TOKEN']

const anInstant =
  'must be an instant with its zone, such as 2026-12-24T06:00:00Z, or a date such as 2026-12-24'

const when = (description: string) =>
  parameter(parseInstant, anInstant, {
    type: 'string',
    description: `${description} RFC 3339, or a date (00:00Z).`,
    examples: ['2026-12-24T06:00:00Z'],
  })

const query = z.strictObject({
  ...pageParameters,
  token: parameter(
    (text) => (isId('token', text) || tokenless.includes(text) ? text : undefined),
    `must be the id of a token, or one of ${tokenless.join(', ')}`,
    {
      type: 'string',
      description: `What was done with this token: its id, or one of \`${tokenless.join('`, `')}\`.`,
      examples: ['token_01h455vb4pex5vsknk084sn02q'],
    },
  ),
  document: parameter(
    (text) => (/^[a-z]{1,63}_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text) ? text : undefined),
    'must be the id of a document or of a token',
    {
      type: 'string',
      description: 'What was done to this document, or to this token: its id.',
      examples: ['article_01h455vb4pex5vsknk084sn02q'],
    },
  ),
  action: parameter(
    (text) => auditActions.find((action) => action === text),
    `must be one of ${auditActions.join(', ')}`,
    { type: 'string', enum: auditActions, description: 'What was done.', examples: ['publish'] },
    'not_allowed',
  ),
  'at.gte': when('Not before this instant.'),
  'at.lt': when('Before this instant.'),
})

const line = z
  .object({
    id: z.int().meta({ description: 'Counts the lines, from 1.' }),
    at: instant,
    token: z.string().meta({
      description: `The id of the token that did it; \`${tokenless.join('`, `')}\` where there is none.`,
    }),
    tokenName: z.string().nullable(),
    address: z.string().nullable().meta({
      description: 'The network address that it came from; null for what was done on the machine itself.',
    }),
    requestId: z.string().nullable(),
    action: z.enum(auditActions),
    type: z.string(),
    documentId: z.string(),
    version: z.int().nullable().meta({ description: 'The version that it made, if it made one.' }),
  })
  .meta({ id: 'AuditLine', description: 'One change of a document or a token. It never changes.' })

/** Who did what to which version, from where. Nothing is ever taken out of it. */
export function auditRoutes(app: FastifyInstance, storage: Storage): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/audit',
    {
      config: { scope: 'admin' } as const,
      schema: {
        tags: ['Access'],
        security: [{ token: [] }],
        operationId: 'listAudit',
        summary: 'List what was done',
        description: 'A line for each version, and for each change of a token. Newest first.',
        querystring: query,
        response: { 200: pageOf(line).meta({ id: 'AuditPage' }) },
      },
    },
    async (request, reply) => {
      const asked = askedPage(request)
      const page = await storage.read((trx) => listAudit(trx, request.query, asked))
      return sendPage(request, reply, asked, page, toLine)
    },
  )
}

function toLine(row: AuditLine): z.input<typeof line> {
  return {
    id: row.id,
    at: formatInstant(row.at),
    token: row.token_id,
    tokenName: row.token_name,
    address: row.address,
    requestId: row.request_id,
    action: row.action,
    type: row.type,
    documentId: row.document_id,
    version: row.version,
  }
}
