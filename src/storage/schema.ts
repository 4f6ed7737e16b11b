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
    purged_at: Instant | null
  }
  slugs: { type: string; slug: string; document_id: string }
  clock: { id: number; generation: number; instant: Instant }
  tokens: { id: string; hash: string; name: string; role: string; created_at: Instant }
  [versions: VersionTable]: VersionRow
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
}

/** What made a version. */
export type Action = 'create' | 'save' | 'publish' | 'schedule' | 'unschedule' | 'withdraw'
