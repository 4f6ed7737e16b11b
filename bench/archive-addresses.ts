import { publishedAt } from '../test/support/archive.ts'
import { walk } from './addresses.ts'
import type { Server } from './measure/processes.ts'

export interface Archive {
  readonly size: number
  readonly server: Server
}

const FIELDS = ['headline', 'slug', 'kind', 'body', 'tags', 'people', 'language', 'publishedAt']
const SUBJECTS = 200
const PLACES = 50

/** What is asked of an archive (test/support/archive.ts); each address is another one, so that nothing is kept. */
export async function archiveReads({
  size,
  server,
}: Archive): Promise<Record<string, (n: number) => string>> {
  const cursors = await walk(server.address, PLACES, Math.floor(size / 2))
  const middle = (n: number) => new Date(publishedAt(size / 2) + n).toISOString()
  const search = (words: string, n: number) => `/v1/search?q=${encodeURIComponent(`${words} -none${n}`)}`
  const numberOf = (story: number) => (story * 7919) % 1_000_003
  return {
    'the first page': (n) => `/v1/articles?fields=${permuted(FIELDS, n)}`,
    'a page in the middle': (n) =>
      `/v1/articles?cursor=${cursors[n % cursors.length]}&fields=${permuted(FIELDS, Math.floor(n / cursors.length))}`,
    'the first page, in the past': (n) => `/v1/articles?at=${middle(n)}`,
    'a filtered page': (n) => `/v1/articles?tags.has=tag-7&publishedAt.lt=${middle(n)}`,
    'a search for what all have': (n) => search('some words', n),
    'for what one of 200 has': (n) => search(`subject${n % SUBJECTS}`, n),
    'for what one has': (n) => search(String(numberOf((n * 7919) % size)), n),
    'for a beginning': (n) => search(`sub* subject1${n % 10}*`, n),
    'for what all have, in the past': (n) => `${search('some words', n)}&at=${middle(0)}`,
    'for what all have, best first': (n) => `${search('some words', n)}&sort=rank`,
    'for what one of 200 has, best first': (n) => `${search(`subject${n % SUBJECTS}`, n)}&sort=rank`,
    'an article': (n) => `/v1/articles/story-${(n * 7919) % size}`,
  }
}

/** One of the orders of some words, another one for each number up to their factorial. */
function permuted(words: readonly string[], number: number): string {
  const left = [...words]
  let rest = number
  return words
    .map(() => {
      const [word] = left.splice(rest % left.length, 1)
      rest = Math.floor(rest / (left.length + 1))
      return word
    })
    .join()
}
