import type { Story } from './story.ts'

/** The newest articles, for the three kinds of feeds to be rendered from. */
export interface Feed {
  /** The address of the server, without a slash at its end. */
  readonly site: string
  /** Where this feed is. */
  readonly self: string
  readonly title: string
  readonly items: readonly Item[]
}

/** What a feed tells of a story. */
export type Item = Omit<Story, 'quotes' | 'relatedLinks'>

/** The names of those who wrote it: the people that are its authors or, where there are none, the byline. */
export function authorsOf({ people, byline }: Pick<Item, 'people' | 'byline'>): string[] {
  const names = people.flatMap(({ as, person }) => (as === 'author' && person ? [person.name] : []))
  if (names.length > 0) return [...new Set(names)]
  return byline === null ? [] : [byline]
}

/** The language that all of them are in, if there is one. */
export function commonLanguage(items: readonly Pick<Item, 'language'>[]): string | null {
  const languages = new Set(items.map(({ language }) => language))
  const [only = null] = languages
  return languages.size === 1 ? only : null
}

/** When the last of them changed; null where there are none. */
export function lastChange(items: readonly Pick<Item, 'updatedAt'>[]): string | null {
  return items.reduce<string | null>(
    (latest, { updatedAt }) => (latest === null || updatedAt > latest ? updatedAt : latest),
    null,
  )
}
