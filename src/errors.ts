/**
 * The closed list of everything that Dateline refuses. This file knows no HTTP: `http/problems.ts`
 * gives each code its status and its page, and a test holds the two lists together.
 */
export const errorCodes = [
  'malformed_request',
  'malformed_json',
  'malformed_front_matter',
  'invalid_query',
  'invalid_cursor',
  'invalid_header',
  'invalid_id',
  'token_missing',
  'token_invalid',
  'scope_missing',
  'not_found',
  'unknown_address',
  'method_not_allowed',
  'not_acceptable',
  'request_timeout',
  'slug_taken',
  'already_published',
  'already_scheduled',
  'not_live',
  'parent_not_live',
  'too_many_children',
  'gone',
  'stale_version',
  'already_exists',
  'if_match_missing',
  'key_reused',
  'correction_missing',
  'words_lost',
  'body_too_large',
  'url_too_long',
  'unsupported_media_type',
  'invalid_content',
  'empty_text',
  'headers_too_large',
  'internal',
  'unavailable',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** What is wrong with one member of a request. */
export const itemCodes = [
  'required',
  'unknown',
  'wrong_type',
  'too_short',
  'too_long',
  'too_small',
  'too_big',
  'not_allowed',
  'malformed',
  'repeated',
  'not_found',
  'immutable',
] as const

export type ItemCode = (typeof itemCodes)[number]

/** One fault: `pointer` is a JSON Pointer (RFC 6901) into the body, `parameter` and `header` are names. */
export interface ErrorItem {
  readonly pointer?: string
  readonly parameter?: string
  readonly header?: string
  readonly code: ItemCode
  readonly detail: string
}

/**
 * A refusal that the caller can do something about. `detail` is a sentence that says what;
 * `extensions` become further members of the problem (RFC 9457, section 3.2).
 */
export class DatelineError extends Error {
  readonly code: ErrorCode
  readonly items: readonly ErrorItem[]
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    detail: string,
    {
      items = [],
      extensions = {},
      cause,
    }: { items?: readonly ErrorItem[]; extensions?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(detail, { cause })
    this.name = 'DatelineError'
    this.code = code
    this.items = items
    this.extensions = extensions
  }
}
