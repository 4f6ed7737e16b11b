import type { z } from 'zod'
import type { NoticeCode } from './notices.ts'

/** The fields of a document as they are stored: ids resolved, everything present, absent values null. */
export type Content = Record<string, unknown>

/**
 * What there is to say about a content type. Everything else follows from it: the schemas, the
 * columns, the relations (from the fields made with `reference` and `parent`), the routes.
 */
export interface Definition {
  /** The prefix of its ids, and its table: `<type>_versions`. */
  readonly type: string
  /** The name of its schema in the OpenAPI document. */
  readonly name: string
  /** Its address below `/v1`. In camel case also the name under which a parent includes its parts. */
  readonly path: string
  readonly description: string
  /** The state of a new document when the request does not say. */
  readonly whenNew: 'draft' | 'live' | 'with-parent'
  /** The field that a slug is made from. Types without it have no slugs. */
  readonly slugFrom?: string
  /**
   * What lists can be narrowed by: for each parameter the field that it is about, which may lie inside a list
   * (`people.personId`) or in the parts (`quotes.speakerId`). Each has its index in a migration.
   */
  readonly filters: Readonly<Record<string, string>>
  /** What people may take a filter for, by what other APIs call it. */
  readonly guesses?: Readonly<Record<string, string>>
  /** The fields whose words `q` looks for. Those of the first weigh most. */
  readonly searched: readonly string[]
  /** The field in whose order lists can be had, besides the order of publication and of changes. */
  readonly sortBy?: string
  /** What a request may set. A nullable field or a list may be absent; others are required unless they have a default. */
  readonly fields: Readonly<Record<string, z.ZodType>>
  /** What follows from the content alone: pure functions of it, computed when a version is saved. */
  readonly derived?: Readonly<Record<string, { schema: z.ZodType; from: (content: Content) => unknown }>>
  /**
   * What follows from the content and from that of its parent: pure functions, made once for each parent.
   * Computed when it is read, with the version of the parent that the reader sees; null where they see none.
   */
  readonly compared?: Readonly<Record<string, Compared>>
}

export interface Compared {
  readonly schema: z.ZodType
  readonly with: Comparing
  /** How much is wrong: 0 where there is nothing to tell. */
  readonly harm: (value: unknown) => number
  /** What an editor is told of a write that has done more harm than there was, or has made a document with some. */
  readonly tells: (value: unknown, parent: Content, isNew: boolean) => Telling | undefined
}

export interface Telling {
  readonly code: NoticeCode
  /** A sentence about all documents that there is the same to tell of. */
  readonly detail: string
  /** A request that wants to be taken strictly is refused. */
  readonly isLoss: boolean
}

export type Comparing = (parent: Content) => (content: Content) => unknown

export function define(definition: Definition): Definition {
  return definition
}
