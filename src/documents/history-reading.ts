import type { FastifyReply, FastifyRequest } from 'fastify'
import { assertAcceptsJson, preferred, renderJson, type Sent, sendJson, sendText } from '../http/reply.ts'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import type { Trx } from '../storage/transaction.ts'
import type { ContentType } from './content-type.ts'
import { compare } from './diff.ts'
import { findHistory, listVersions, readVersion, versionBefore, type WholeVersion } from './history.ts'
import { askedPage, sendPage } from './list-reply.ts'
import type { Moment } from './moment.ts'
import { keepFromSearch, momentOf, redirect } from './reading.ts'

interface Query {
  readonly at?: Instant | 'latest' | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly against?: number | undefined
}

type Asking<Params> = FastifyRequest<{ Params: Params; Querystring: Query }>
type OfDocument = Asking<{ id: string }>
type OfVersion = Asking<{ id: string; n: string }>

/** Answers a GET of a document's versions. */
export async function answerVersions(
  storage: Storage,
  type: ContentType,
  request: OfDocument,
  reply: FastifyReply,
): Promise<Sent> {
  const result = await reading(storage, type, request, async (trx, id, moment) => {
    const asked = askedPage(request, { id })
    return { asked, page: await listVersions(trx, type, id, moment, asked) }
  })
  if ('movedTo' in result) return redirect(request, reply, result.movedTo)
  const { id, found } = result
  keepFromSearch(reply, `/v1/${type.path}/${id}`)
  return sendPage(request, reply, found.asked, found.page, (version) => version)
}

/** Answers a GET of one version. */
export async function answerVersion(
  storage: Storage,
  type: ContentType,
  request: OfVersion,
  reply: FastifyReply,
): Promise<Sent> {
  assertAcceptsJson(request)
  const result = await reading(storage, type, request, (trx, id, moment) =>
    readVersion(trx, type, id, Number(request.params.n), moment),
  )
  if ('movedTo' in result) return redirect(request, reply, result.movedTo)
  keepFromSearch(reply, `/v1/${type.path}/${result.id}`)
  return sendJson(request, reply, renderJson(reply, result.found))
}

/** Answers a GET of the difference between two versions. */
export async function answerDiff(
  storage: Storage,
  type: ContentType,
  request: OfVersion,
  reply: FastifyReply,
): Promise<Sent> {
  const form = preferred(request, ['application/json', 'text/plain'])
  const result = await reading(storage, type, request, (trx, id, moment) =>
    pairOf(trx, type, id, request, moment),
  )
  if ('movedTo' in result) return redirect(request, reply, result.movedTo)
  const { id, found } = result
  keepFromSearch(reply, `/v1/${type.path}/${id}`)
  const from = found.before?.content ?? {}
  if (form === 'text/plain') {
    const labels = { before: labelOf(type, id, found.before), after: labelOf(type, id, found.after) }
    const { unifiedDiff } = await import('./diff-text.ts')
    return sendText(request, reply, unifiedDiff(from, found.after.content, labels), { mediaType: form })
  }
  const numbers = { from: found.before?.version ?? 0, to: found.after.version }
  const changes = await compare(from, found.after.content)
  return sendJson(request, reply, renderJson(reply, { id, type: type.type, ...numbers, changes }))
}

interface Pair {
  readonly before: WholeVersion | undefined
  readonly after: WholeVersion
}

/** The first version is compared with nothing. */
async function pairOf(
  trx: Trx,
  type: ContentType,
  id: string,
  { params, query }: OfVersion,
  moment: Moment,
): Promise<Pair> {
  const after = await readVersion(trx, type, id, Number(params.n), moment)
  const against = query.against ?? (await versionBefore(trx, type, id, after.version, moment))
  const before = against === undefined ? undefined : await readVersion(trx, type, id, against, moment)
  return { before, after }
}

function labelOf({ path }: ContentType, id: string, version: WholeVersion | undefined): string {
  if (!version) return 'nothing'
  const when = version.savedAt ?? version.liveFrom
  const note = version.note ? `  ${version.note}` : ''
  return `/v1/${path}/${id}/versions/${version.version}  ${when} ${version.action}${note}`
}

async function reading<Result>(
  storage: Storage,
  type: ContentType,
  request: FastifyRequest<{ Params: { id: string }; Querystring: Query }>,
  read: (trx: Trx, id: string, moment: Moment) => Promise<Result>,
): Promise<{ movedTo: string } | { id: string; found: Result }> {
  return storage.read(async (trx) => {
    const moment = momentOf(trx, request)
    const history = await findHistory(trx, { type, key: request.params.id, moment })
    if ('movedTo' in history) return history
    return { id: history.id, found: await read(trx, history.id, moment) }
  })
}
