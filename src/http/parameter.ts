import { z } from 'zod'
import type { ItemCode } from '../errors.ts'

/** What the OpenAPI document says of a parameter: JSON Schema of the value that is typed. */
type Meta = Record<string, unknown> & { readonly description: string }

/**
 * A parameter of the query: text that is read strictly. `read` gives undefined for what it does not
 * take, and `refusal` says why. (`z.coerce` would take `""` for 0, and `0x10`.)
 */
export function parameter<Value>(
  read: (text: string) => Value | undefined,
  refusal: string | ((text: string) => string),
  meta: Meta,
  code: ItemCode = 'malformed',
): z.ZodType<Value | undefined> {
  const value = (given: unknown) => (typeof given === 'string' ? read(given) : undefined)
  // Not a transformation: of one, zod would leave the default and the examples out of the document.
  return z
    .any()
    .refine((given) => given === undefined || value(given) !== undefined, {
      error: ({ input }) => (typeof refusal === 'string' ? refusal : refusal(String(input))),
      params: { code },
    })
    .overwrite(value)
    .optional()
    .meta(meta)
}

/** A whole number in decimal digits. */
export function integerParameter(
  minimum: number,
  maximum: number,
  standard: number | undefined,
  description: string,
) {
  const read = (text: string) => {
    const value = /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : Number.NaN
    return value >= minimum && value <= maximum ? value : undefined
  }
  const meta = {
    type: 'integer',
    minimum,
    maximum,
    ...(standard === undefined ? {} : { default: standard }),
    description,
  }
  return parameter(read, `must be a whole number from ${minimum} to ${maximum}`, meta)
}

/** @param standard what the document says of its absence */
export function flagParameter(description: string, standard: { default?: boolean } = { default: false }) {
  const read = (text: string) => (text === 'true' ? true : text === 'false' ? false : undefined)
  return parameter(read, 'must be true or false', { type: 'boolean', ...standard, description })
}
