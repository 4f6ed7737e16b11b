import type { Test } from 'tap'
import type { ErrorCode, ErrorItem } from '../../src/errors.ts'
import { problemTypes } from '../../src/http/problem-types.ts'
import type { Answer } from '../support/dateline.ts'

/** A problem as it should come, but for its title, which belongs to the code, and its request's id. */
export interface Expected {
  readonly status: number
  readonly code: ErrorCode
  readonly detail: string
  readonly instance: string
  readonly errors?: readonly ErrorItem[]
  /** The further members of the problem (RFC 9457, section 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Compares a whole answer: status, media type, what caches may do, and every member of the body. */
export function assertProblem(
  t: Test,
  answer: Answer,
  expected: Expected,
  name: string = expected.code,
): void {
  const { status, code, detail, instance, errors, extensions = {} } = expected
  const { requestId } = answer.body ?? {}
  t.equal(answer.status, status, `${name}: status`)
  t.equal(answer.headers['content-type'], 'application/problem+json', `${name}: media type`)
  t.equal(answer.headers['cache-control'], 'no-store', `${name}: kept by no cache`)
  t.equal(answer.headers.etag, undefined, `${name}: no tag`)
  t.match(requestId, UUID, `${name}: the id of the request`)
  t.strictSame(
    answer.body,
    {
      type: `/problems/${code}`,
      title: problemTypes[code].title,
      status,
      detail,
      instance,
      requestId,
      ...(errors ? { errors } : {}),
      ...extensions,
    },
    `${name}: body`,
  )
}

/** The problem of a query with one parameter that is wrong. */
export function wrongParameter(
  parameter: string,
  code: ErrorItem['code'],
  detail: string,
  instance: string,
): Expected {
  return {
    status: 400,
    code: 'invalid_query',
    detail: `${parameter}: ${detail}`,
    instance,
    errors: [{ parameter, code, detail }],
  }
}

/** A long address is told by its beginning. */
export function told(address: string): string {
  return address.length <= 1_000 ? address : `${address.slice(0, 1_000)}…`
}
