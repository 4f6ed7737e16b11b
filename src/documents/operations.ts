import { DatelineError } from '../errors.ts'
import { type Caller, requireScope } from '../http/auth.ts'
import type { Instant } from '../storage/clock.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { isPublicOrWillBe, publish, withdraw } from './change-state.ts'
import type { ContentType } from './content-type.ts'
import type { GivenCorrection } from './corrections.ts'
import type { Content } from './definition.ts'
import type { Edit } from './edit.ts'
import { slug } from './fields.ts'
import { idOf } from './find.ts'
import { isId } from './ids.ts'
import { formatInstant } from './instants.ts'
import { mergePatch } from './merge-patch.ts'
import type { Publication } from './publication.ts'
import { named } from './references.ts'
import { replaceWhole } from './replace.ts'
import { restore } from './restore.ts'
import { revise } from './revise.ts'
import { ownerOfSlug } from './slugs.ts'
import { type Expected, ifMatchMissing } from './staleness.ts'
import type { Standing } from './timelines.ts'
import { createWhole } from './whole.ts'

/** Everything that can be done to documents, each in a transaction that somebody else has opened. */
export interface Request extends Condition {
  readonly type: ContentType
  /** The id or slug, or the local name, of the document; absent for one that is created. */
  readonly key?: string
  readonly body?: Content
  readonly publish?: Publication | undefined
  readonly at?: Instant | 'never' | undefined
  readonly base?: 'live' | undefined
}

/** What a request says of the version that is there. */
export interface Condition {
  readonly expected?: Expected
  /** Create, and never replace. */
  readonly mustBeNew?: boolean
  /** The server wants `If-Match` for a change, and there is none. */
  readonly isUnsaid?: boolean
}

export interface Done {
  readonly id: string
  /** Where the document stood before; absent when it is new. */
  readonly before?: Standing
}

type Doing = (trx: WriteTrx, request: Request, edit: Edit, caller: Caller) => Promise<Done>

export const operationNames = ['create', 'update', 'replace', 'publish', 'withdraw', 'restore'] as const

export type OperationName = (typeof operationNames)[number]

export const operations: Readonly<Record<OperationName, Doing>> = {
  create: async (trx, { type, body = {}, publish: publication }, edit, caller) => {
    mayPublishAs(caller, publication)
    return { id: await createWhole(trx, type, body, publication, edit) }
  },

  update: async (trx, request, edit, caller) => {
    const { type, body = {}, publish: publication, base, expected } = request
    mayPublishAs(caller, base === 'live' ? 'now' : publication)
    if (base === 'live' && publication !== undefined) throw publishWithBase()
    const { correction, ...patch } = body
    const id = await idFor(trx, request, edit)
    const change = (content: Content) => mergePatch(content, patch)
    const given = correction as GivenCorrection // checked by the type's schema
    return {
      id,
      before: await revise(trx, type, id, change, { publication, base, correction: given, expected, edit }),
    }
  },

  replace: async (trx, request, edit, caller) => {
    const { type, key = '', body = {}, publish: publication, expected, mustBeNew, isUnsaid } = request
    mayPublishAs(caller, publication)
    const { correction, ...content } = body
    const known = await resolveForReplacement(trx, type, named(edit.names, key) ?? key)
    if (known === undefined)
      return { id: await createAt(trx, type, key, content, publication, correction, expected, edit) }
    if (mustBeNew) throw alreadyThere(type, key)
    if (isUnsaid) throw ifMatchMissing()
    const given = correction as GivenCorrection // checked by the type's schema
    const assertMayWithdraw = () => requireScope(caller, 'publish')
    const replacement = { publication, correction: given, expected, edit, assertMayWithdraw }
    return { id: known, before: await replaceWhole(trx, type, known, content, replacement) }
  },

  publish: async (trx, request, edit, caller) => {
    requireScope(caller, 'publish')
    const { type, at, expected } = request
    const id = await idFor(trx, request, edit)
    return { id, before: await publish(trx, type, id, { at, edit, expected }) }
  },

  withdraw: async (trx, request, edit, caller) => {
    const { type, at, expected } = request
    if (typeof at === 'number' && at < trx.now) throw inThePast(at)
    const id = await idFor(trx, request, edit)
    if (await isPublicOrWillBe(trx, type, id)) requireScope(caller, 'publish')
    return { id, before: await withdraw(trx, type, id, { at, edit, expected }) }
  },

  restore: async (trx, request, edit, caller) => {
    const { type, body = {}, publish: publication, expected } = request
    mayPublishAs(caller, publication)
    const id = await idFor(trx, request, edit)
    const { version, correction } = body as { version: number; correction?: GivenCorrection } // by the schema
    return { id, before: await restore(trx, type, id, version, { publication, correction, expected, edit }) }
  },
}

/** @throws DatelineError `scope_missing` when a publication is asked for by who may not publish */
function mayPublishAs(caller: Caller, publication: Publication): void {
  if (publication !== undefined && publication !== 'no') requireScope(caller, 'publish')
}

async function idFor(trx: WriteTrx, { type, key = '' }: Request, { names }: Edit): Promise<string> {
  return named(names, key) ?? idOf(trx, type, key)
}

/** The id of a document that a PUT replaces; a slug that leads nowhere is that of a new one. */
async function resolveForReplacement(
  trx: WriteTrx,
  type: ContentType,
  key: string,
): Promise<string | undefined> {
  if (!isId(type.type, key) && !slug().safeParse(key).success) {
    const detail = `"${key}" is neither an id nor a slug: lower-case letters a-z, digits and single hyphens, at most 80.`
    throw new DatelineError('invalid_id', detail)
  }
  return isId(type.type, key) ? key : ownerOfSlug(trx, type, key)
}

async function createAt(
  trx: WriteTrx,
  type: ContentType,
  slug: string,
  content: Content,
  publication: Publication,
  correction: unknown,
  expected: Expected,
  edit: Edit,
): Promise<string> {
  if (expected)
    throw new DatelineError(
      'stale_version',
      `There is no ${type.type} "${slug}" yet, so it has no version to match. Leave If-Match, or the version in the text, out to create it.`,
    )
  const faults = [
    ...(content.slug != null && content.slug !== slug
      ? [
          {
            pointer: '/slug',
            code: 'not_allowed' as const,
            detail: `differs from the one in the address, "${slug}".`,
          },
        ]
      : []),
    ...(correction
      ? [
          {
            pointer: '/correction',
            code: 'not_allowed' as const,
            detail: 'has nothing to correct: this is new.',
          },
        ]
      : []),
  ]
  if (faults.length > 0)
    throw new DatelineError(
      'invalid_content',
      faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join(' '),
      {
        items: faults,
      },
    )
  return createWhole(trx, type, { ...content, slug }, publication, edit)
}

function alreadyThere(type: ContentType, key: string): DatelineError {
  return new DatelineError(
    'already_exists',
    `There is ${type.type} "${key}" already. Leave If-None-Match out to replace it.`,
  )
}

function publishWithBase(): DatelineError {
  const detail = 'cannot be given with base=live, which changes at once what is live. Leave one of them out.'
  return new DatelineError('invalid_query', `publish ${detail}`, {
    items: [{ parameter: 'publish', code: 'not_allowed', detail }],
  })
}

function inThePast(at: Instant): DatelineError {
  const detail = `${formatInstant(at)} is past, and the past cannot be rewritten. Leave it out to withdraw now.`
  return new DatelineError('invalid_query', `at ${detail}`, {
    items: [{ parameter: 'at', code: 'not_allowed', detail }],
  })
}
