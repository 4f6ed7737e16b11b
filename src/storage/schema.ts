import type { ColumnType, Generated } from 'kysely'
import type { Instant } from './clock.ts'

/**
 * The tables, as Kysely sees them. Every content type has a table `<type>_versions` with the columns
 * of `VersionRow` and one for each of its fields; those are named in its definition, not here.
 */
export interface Database {
  documents: {
    id: string
    type: string
    latest_version: number
    created_at: Instant
    /** When its content was erased; the row stays and answers 410. */
    purged_at: ColumnType<Instant | null, Instant | null | undefined>
    /** 1 when the public had seen it: then the tombstone answers 410 to everybody. */
    purged_public: Generated<number>
  }
  slugs: { type: string; slug: string; document_id: string }
  clock: { id: number; generation: number; instant: Instant }
  tokens: TokenRow
  audit: AuditRow
  replies: ReplyRow
  /** The texts that versions were made from, as they were sent. */
  sources: { document_id: string; version: number; media_type: string; text: string }
  /** What each version is searched by, folded. */
  version_words: WordsRow
  [versions: VersionTable]: VersionRow
}

export interface TokenRow {
  id: string
  hash: string
  name: string
  role: string
  created_at: Instant
  created_by: string
  expires_at: Instant | null
  revoked_at: Instant | null
  last_used_at: Instant | null
}

/** One line for each version, and for each change of a token. Nothing in it is content. */
export interface AuditRow {
  id: number
  at: Instant
  token_id: string
  /** The network address that the request came from; null for what was done on the machine itself. */
  address: string | null
  request_id: string | null
  action: AuditAction
  type: string
  document_id: string
  version: number | null
}

export interface WordsRow {
  /** In the order of publication, by the minute: see `word-ids.ts`. */
  id: number
  document_id: string
  version: number
  type: string
  /** When its window begins, so that the words of what was never seen cost its seekers no time either. */
  live_from: Instant | null
  words: string
}

/** The answer to a write that was sent with an `Idempotency-Key`. */
export interface ReplyRow {
  token_id: string
  key: string
  /** SHA-256 of what was asked for. */
  request_hash: string
  status: number
  location: string | null
  etag: string | null
  /** Null when it was erased with a document. */
  payload: string | null
  created_at: Instant
}

export type VersionTable = `${string}_versions`

export interface VersionRow {
  document_id: string
  version: number
  /** Only where the type has slugs. */
  slug: string | null
  created_at: Instant
  /** The start of the document's first window, as far as it was known when the version was saved. */
  published_at: Instant | null
  /** The window `[live_from, live_to)`. Both are null for a version that was never published. */
  live_from: Instant | null
  live_to: Instant | null
  /** The end that an editor gave the document; every later version carries it on. */
  expires_at: Instant | null
  /** 1 from a withdrawal until the next publication. */
  withdrawn: number
  saved_at: Instant
  saved_by: string
  action: Action
  /** What the editor said about it, as in a commit message. */
  note: string | null
  /** 1 when the editor called the change minor. */
  minor: number
}

/** What made a version; `carry`: it waited while what is live was amended, and is the newest again. */
export const actions = [
  'create',
  'save',
  'carry',
  'publish',
  'schedule',
  'unschedule',
  'withdraw',
  'expire',
  'restore',
] as const

export type Action = (typeof actions)[number]

/** What the audit tells of. */
export const auditActions = [...actions, 'purge', 'create-token', 'revoke-token'] as const

export type AuditAction = (typeof auditActions)[number]
