/** What is asked of a newsroom. */
export const EXPANDED = 'include=quotes.speaker,relatedLinks,people'
export const ITEM = '/v1/articles/story-1'
export const ITEM_EXPANDED = `${ITEM}?${EXPANDED}`
export const LIST = '/v1/articles'

/** An instant in the past at which all of the newsroom was published. */
const PAST = Date.parse('2021-03-01T00:00:00Z')

/** The same again and again: nothing changes meanwhile. */
export const hot = {
  'an article': ITEM,
  'an article, expanded': ITEM_EXPANDED,
  'a list of 20': LIST,
  'a filtered list': '/v1/articles?kind=news&tags.has=syria',
  'a search': '/v1/search?q=desk0001%20lavrov',
  'an article in the past': `${ITEM}?at=${new Date(PAST).toISOString()}`,
} as const

export type Read = keyof typeof hot

/** In every story. */
const words = (
  'lavrov moscow turkey russia syria libya ankara troops fronts caucasus radio strains ' +
  'interview conflicts azerbaijan armenia fighting military opposition marshal'
).split(' ')

/** Addresses of the same kind, each of which is given once: none of them can be answered from a cache. */
export function coldAddresses(
  stories: number,
  cursors: readonly string[],
): Record<Read, (number: number) => string> {
  const slug = (number: number) => `/v1/articles/story-${1 + (number % stories)}`
  const instant = (number: number) => new Date(PAST + number).toISOString()
  return {
    'an article': slug,
    'an article, expanded': (number) => `${slug(number)}?${EXPANDED}`,
    'a list of 20': (number) => `${LIST}?cursor=${cursors[number % cursors.length]}`,
    'a filtered list': (number) => `/v1/articles?kind=news&tags.has=syria&publishedAt.lt=${instant(number)}`,
    'a search': (number) => {
      const desk = Math.floor(number / words.length) % Math.floor(stories / 20)
      return `/v1/search?q=desk${String(desk).padStart(4, '0')}%20${words[number % words.length]}`
    },
    'an article in the past': (number) => `${slug(number)}?at=${instant(number)}`,
  }
}

/** Cursors of so many places in the list of all articles, one behind the other, after those that are skipped. */
export async function walk(address: string, count: number, skipped = 0): Promise<string[]> {
  const cursors: string[] = []
  for (let seen = 0, next = ''; cursors.length < count; ) {
    const limit = Math.max(1, Math.min(100, skipped - seen))
    const path = `${LIST}?limit=${limit}&fields=slug${next && `&cursor=${next}`}`
    const { page } = JSON.parse(await (await fetch(address + path)).text())
    if (page.next === null) break
    next = page.next
    seen += limit
    if (seen > skipped) cursors.push(next)
  }
  return cursors
}
