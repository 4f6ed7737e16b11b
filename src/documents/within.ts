import { z } from 'zod'
import { DatelineError, type ErrorItem } from '../errors.ts'
import { InvalidInput } from '../http/validation.ts'

/**
 * Runs the work on one member of a body; what it refuses is told with pointers from the top.
 *
 * @param pointer JSON Pointer (RFC 6901) of the member
 */
export function within<Result>(pointer: string, work: () => Promise<Result>): Promise<Result> {
  return relaying(work, (refused) => below(pointer, refused))
}

/** The same, and leaves alone what points at nothing in the member: that is about the whole. */
export function withinMember<Result>(pointer: string, work: () => Promise<Result>): Promise<Result> {
  return relaying(work, (refused) =>
    withItems(
      refused,
      refused.message,
      refused.items.map((item) =>
        item.pointer === undefined ? item : { ...item, pointer: pointer + item.pointer },
      ),
    ),
  )
}

async function relaying<Result>(
  work: () => Promise<Result>,
  retell: (refused: DatelineError) => DatelineError,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const refused = error instanceof z.ZodError ? new InvalidInput('body', error).toDatelineError() : error
    if (refused instanceof DatelineError) throw retell(refused)
    throw error
  }
}

/** The refusal, told from above. One that points at nothing points at the member. */
function below(pointer: string, refused: DatelineError): DatelineError {
  const { items, message } = refused
  const own: ErrorItem = { pointer, code: 'not_allowed', detail: message }
  const moved = items.map(
    ({ parameter, header, pointer: inner, ...item }): ErrorItem => ({
      ...item,
      pointer: pointer + (inner ?? (parameter === undefined ? '' : `/${parameter}`)),
    }),
  )
  return withItems(refused, `${pointer}: ${message}`, moved.length > 0 ? moved : [own])
}

function withItems(
  { code, extensions, cause }: DatelineError,
  message: string,
  items: readonly ErrorItem[],
): DatelineError {
  return new DatelineError(code, message, { items, extensions, cause })
}
