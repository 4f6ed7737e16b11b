import { type ContentType, relate } from '../documents/content-type.ts'
import { articles } from './articles.ts'
import { people } from './people.ts'
import { quotes } from './quotes.ts'
import { relatedLinks } from './related-links.ts'

/** Everything that is published here. A new content type is a file beside this one, a line here and a migration. */
export const content = relate([articles, quotes, people, relatedLinks])

/** The type at that address below `/v1`. */
export function typeAt(path: string): ContentType {
  const type = content.find((candidate) => candidate.path === path)
  if (!type) throw new Error(`There is no content type at ${path}.`)
  return type
}
