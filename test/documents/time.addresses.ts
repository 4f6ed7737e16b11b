import type { Kind } from './time.entry.ts'

/** Where everything can be read, each list whole and each document with all that it can include. */
export const paths = {
  article: 'articles',
  quote: 'quotes',
  link: 'related-links',
  person: 'people',
} as const
export const kinds = ['article', 'quote', 'person', 'link'] as const

const includes = {
  article: 'include=quotes.speaker,relatedLinks,people',
  quote: 'include=speaker',
  link: '',
  person: '',
} as const
const below = { article: ['quote', 'link'], person: ['quote', 'article'], quote: [], link: [] } as const

interface Known {
  readonly kind: Kind
  readonly id: string
}

export function addressOf({ kind, id }: Known): string {
  return `/v1/${paths[kind]}/${id}?${includes[kind]}`
}

export function addressOfList(kind: Kind): string {
  return `/v1/${paths[kind]}?${whole(kind)}`
}

/** The lists below a document: the parts of an article, what refers to a person. */
export function listsBelow({ kind, id }: Known): { kind: Kind; address: string }[] {
  return below[kind].map((listed) => ({
    kind: listed,
    address: `/v1/${paths[kind]}/${id}/${paths[listed]}?${whole(listed)}`,
  }))
}

function whole(kind: Kind): string {
  return `limit=100&count=true&${includes[kind]}`
}
