import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { integerParameter } from '../http/parameter.ts'
import type { Storage } from '../storage/open.ts'
import { actions } from '../storage/schema.ts'
import type { ContentType } from './content-type.ts'
import { changesSchema } from './diff.ts'
import { answerDiff, answerVersion, answerVersions } from './history-reading.ts'
import { pageOf, pageParameters } from './list-reply.ts'
import { namesOf } from './names.ts'
import { at } from './parameters.ts'
import { instant } from './schemas.ts'

const listed = {
  version: z.int().min(1),
  action: z.enum(actions).meta({
    description:
      'What made it; `carry`: it waited while what is live was changed with `base=live`, and came behind that.',
  }),
  liveFrom: instant.nullable().meta({ description: 'Since when readers saw it; null: never.' }),
  liveTo: instant.nullable().meta({ description: 'Until when; null while it is live.' }),
  savedAt: instant
    .optional()
    .meta({ description: 'Only with the scope `read:drafts`, like the members below.' }),
  savedBy: z.string().optional().meta({ description: 'The id of the token.' }),
  note: z.string().nullable().optional().meta({ description: 'What its editor said about it.' }),
  minor: z.boolean().optional(),
}

const version = z.object(listed).meta({ id: 'Version' })
const versions = pageOf(version).meta({ id: 'VersionPage' })
const diff = z
  .object({ id: z.string(), type: z.string(), from: z.int(), to: z.int(), changes: changesSchema })
  .meta({ id: 'Diff', description: 'What is different in version `to` from version `from`, field by field.' })

const number = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be the number of a version')
  .meta({ description: 'The number of a version.', examples: ['2'] })

/** What stands in the address of a version. */
export function versionParams(type: ContentType) {
  return z.strictObject({ ...namesOf(type).params.shape, n: number })
}

/** The record of a document: its versions, each of them whole, and what they changed. */
export function historyRoutes(app: FastifyInstance, storage: Storage, type: ContentType): void {
  const { path, one, tags, params } = namesOf(type)
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const ofVersion = versionParams(type)
  const whole = z.object({ ...listed, content: type.schemas.version }).meta({ id: `${type.name}Version` })
  routes.get(
    `${path}/:id/versions`,
    {
      schema: {
        operationId: `list${one.id}Versions`,
        summary: `List the versions of ${one.noun}`,
        description: 'The newest first: those that readers have seen or, with the scope `read:drafts`, all.',
        tags,
        params,
        querystring: z.strictObject({ ...pageParameters, at }),
        response: { 200: versions },
      },
    },
    (request, reply) => answerVersions(storage, type, request, reply),
  )
  routes.get(
    `${path}/:id/versions/:n`,
    {
      schema: {
        operationId: `get${one.id}Version`,
        summary: `Read a version of ${one.noun}`,
        tags,
        params: ofVersion,
        querystring: z.strictObject({ at }),
        response: { 200: whole },
      },
    },
    (request, reply) => answerVersion(storage, type, request, reply),
  )
  routes.get(
    `${path}/:id/versions/:n/diff`,
    {
      config: { answers: ['text/plain'] },
      schema: {
        operationId: `diff${one.id}Version`,
        summary: `See what a version of ${one.noun} changed`,
        description:
          'Field by field, texts by words; with `Accept: text/plain` a unified diff for a terminal.',
        tags,
        params: ofVersion,
        querystring: z.strictObject({
          against: integerParameter(
            1,
            999_999_999,
            undefined,
            'The version to compare with; absent: the one before.',
          ),
          at,
        }),
        response: { 200: diff },
      },
    },
    (request, reply) => answerDiff(storage, type, request, reply),
  )
}
