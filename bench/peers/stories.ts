import { readdirSync, readFileSync } from 'node:fs'

export type Item = Readonly<Record<string, unknown>> & { readonly id: string }

/** What each of the peers has, with its collections by their names. */
export interface Stories {
  readonly people: readonly Item[]
  readonly articles: readonly Item[]
  /** With `article` and `speaker`, the ids of theirs. */
  readonly quotes: readonly Item[]
  /** With `article`. */
  readonly links: readonly Item[]
}

const SEED = new URL('../../seed/', import.meta.url)

/** The story that Dateline is seeded with, so many times, a minute apart: `story-1`, `story-2` … */
export function storiesOf(count: number): Stories {
  const people = readdirSync(new URL('people/', SEED)).map((file) => person(json(`people/${file}`)))
  const folder = `articles/${readdirSync(new URL('articles/', SEED))[0]}`
  const { publish, slug: _, ...article } = json(`${folder}/article.json`)
  const body = readFileSync(new URL(`${folder}/body.md`, SEED), 'utf8').trim()
  const [quotes, links] = [json(`${folder}/quotes.json`), json(`${folder}/related-links.json`)]
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const parts = (items: readonly Record<string, unknown>[], kind: string) =>
    numbers.flatMap((number) =>
      items.map(({ speakerId: speaker, ...item }, index) => ({
        id: `story-${number}-${kind}-${index + 1}`,
        article: `story-${number}`,
        ...item,
        ...(speaker ? { speaker } : {}),
      })),
    )
  return {
    people,
    articles: numbers.map((number) => ({
      id: `story-${number}`,
      ...article,
      body: `${body}\n\nNumber ${number}.`,
      publishedOn: new Date(Date.parse(publish) + number * 60_000).toISOString(),
    })),
    quotes: parts(quotes, 'quote'),
    links: parts(links, 'link'),
  }
}

function person({ publish: _, slug: id, ...person }: Record<string, unknown>): Item {
  return { id: String(id), ...person }
}

function json(path: string) {
  return JSON.parse(readFileSync(new URL(path, SEED), 'utf8'))
}
