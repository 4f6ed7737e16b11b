import { z } from 'zod'
import type { ContentType } from './content-type.ts'
import { idPattern } from './ids.ts'

/** The heading in the OpenAPI document under which a type's routes stand: `Related links`. */
export function tagOf({ path }: ContentType): string {
  const words = path.replace(/-/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** How the routes of a type are called, and what stands in their addresses. */
export function namesOf(type: ContentType) {
  const noun = type.name.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase()
  const plural = type.path.replace(/-/g, ' ')
  const what = type.slugFrom ? `The id or the slug of the ${noun}.` : `The id of the ${noun}.`
  const example = `${type.type}_01h455vb4pex5vsknk084sn02q`
  const id = z
    .string()
    .max(200)
    .meta({ description: what, examples: [example] })
  return {
    path: `/v1/${type.path}`,
    one: { id: type.name, noun: /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}` },
    many: {
      id: `-${type.path}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      noun: plural,
    },
    tags: [tagOf(type)],
    params: z.strictObject({ id: type.slugFrom ? id : id.meta({ pattern: idPattern(type.type).source }) }),
  }
}
