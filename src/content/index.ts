import { relate } from '../documents/content-type.ts'
import { articles } from './articles.ts'
import { people } from './people.ts'
import { quotes } from './quotes.ts'
import { relatedLinks } from './related-links.ts'

/** Everything that is published here. A new content type is a file beside this one, a line here and a migration. */
export const content = relate([articles, quotes, people, relatedLinks])
