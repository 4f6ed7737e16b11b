import { z } from 'zod'
import { line, prose, webAddress } from '../documents/fields.ts'

/** A picture that is kept elsewhere. A caption without an address stands for one that was not kept. */
export function image(): z.ZodObject {
  return z.strictObject({
    url: webAddress().nullable(),
    caption: prose(2000).nullable(),
    credit: line(500).nullable(),
  })
}
