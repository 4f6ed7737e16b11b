import { content } from '../../src/content/index.ts'
import { amount } from '../support/torture.ts'
import type { Planting } from './leaks.planting.ts'
import { ANY_WORD, type Question } from './leaks.questions.ts'
import type { Reader } from './leaks.words.ts'
import type { Operation } from './operation.ts'

/** At so many instants each word is looked for. */
const INSTANTS = amount({ suite: 2, torture: 20 })

/** What finds documents by words: the list of each type, and the search in all. */
export function searchesIn(operations: readonly Operation[]): Operation[] {
  const paths = ['/v1/search', ...content.map(({ path }) => `/v1/${path}`)]
  return operations.filter(({ path }) => paths.includes(path))
}

/**
 * Each word that the reader must not read: in the search as it is now, and by turns in one list and at some
 * of the instants, so that all of them are asked for by some words.
 */
export function* searchesFor(
  { words }: Planting,
  searches: readonly Operation[],
  instants: readonly string[],
  reader: Reader,
): Generator<Question> {
  for (const [turn, word] of words.withheldFrom(reader).entries()) {
    const term = turn % 2 === 0 ? `${word}*` : `${ANY_WORD} ${word}*`
    yield questionTo(searches, '/v1/search', { q: term, count: 'true' })
    for (let shift = 0; shift < INSTANTS; shift += 1) {
      const at = instants[(turn + shift * 7) % instants.length] ?? ''
      const operation = searches[(turn + shift) % searches.length]
      const sort = operation?.path === '/v1/search' && turn % 2 === 0 ? { sort: 'rank' } : {}
      yield questionTo(searches, operation?.path, { q: term, count: 'true', at, ...sort })
    }
  }
}

/** Whatever has any word at all, everywhere and at every instant. */
export function* searchesForAll(
  searches: readonly Operation[],
  instants: readonly string[],
): Generator<Question> {
  for (const { path } of searches)
    for (const [turn, at] of instants.entries()) {
      const sort = path === '/v1/search' && turn % 2 === 0 ? { sort: 'rank' } : {}
      yield questionTo(searches, path, { q: ANY_WORD, count: 'true', limit: '100', at, ...sort })
    }
}

function questionTo(
  searches: readonly Operation[],
  path: string | undefined,
  query: Record<string, string>,
): Question {
  const operation = searches.find((each) => each.path === path)
  if (!operation) throw new Error(`There is no list at ${path}.`)
  return { operation, url: `${path}?${new URLSearchParams(query)}`, subject: {} }
}
