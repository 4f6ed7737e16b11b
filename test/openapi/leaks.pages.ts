import type { Answer, Dateline } from '../support/dateline.ts'
import type { Planting } from './leaks.planting.ts'
import { addressOf, neededBy, type Question, subjectsOf } from './leaks.questions.ts'
import type { Row } from './leaks.rows.ts'
import type { Reader } from './leaks.words.ts'
import { needsToken, type Operation } from './operation.ts'

export function hasPages({ parameters = [] }: Operation): boolean {
  return parameters.some(({ name }) => name === 'cursor')
}

/** Lists with one entry a page, as far as the reader can open them; what only administrators read is long. */
export function* listsFor(stage: Planting, operation: Operation, reader: Reader): Generator<Question> {
  const names = new Set((operation.parameters ?? []).map(({ name }) => name))
  if (reader === undefined && needsToken(operation)) return
  for (const subject of subjectsOf(stage, operation)) {
    const { key, id, standing = 'live' } = subject
    if (key !== id || standing === 'gone' || (standing === 'hidden' && !reader)) continue
    const query = {
      ...neededBy(operation),
      limit: reader === 'admin' ? '20' : '1',
      ...(names.has('count') ? { count: 'true' } : {}),
      ...(names.has('at') && reader ? { at: 'latest' } : {}),
    }
    yield { operation, subject, url: addressOf(operation, subject, query) }
  }
}

/** A list read from its beginning to its end, and back again. */
export interface Followed {
  readonly there: readonly string[]
  readonly back: readonly string[]
  readonly answers: readonly Answer[]
}

export async function follow({ get }: Dateline, url: string, reader: Reader): Promise<Followed> {
  const answers: Answer[] = []
  const read = async (to: 'next' | 'prev', start: string | undefined): Promise<string[][]> => {
    const pages: string[][] = []
    for (let cursor = start; cursor !== null; cursor = answers.at(-1)?.body.page?.[to] ?? null) {
      const answer = await get(cursor === undefined ? url : `${url}&cursor=${cursor}`, { as: reader })
      answers.push(answer)
      pages.push((answer.body.data ?? []).map((entry: unknown) => JSON.stringify(entry)))
    }
    return pages
  }
  const there = await read('next', undefined)
  const back = await read('prev', answers.at(-1)?.body.page?.prev ?? null)
  return { there: there.flat(), back: [...back.reverse(), there.at(-1) ?? []].flat(), answers }
}

/** A real cursor of a list, turned into ones that begin with this very version as if it were there. */
export function cursorsAt(cursor: string, { id, slug, version, created, from, position }: Row): string[] {
  const [own, , , hash] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  const numbers = [version, created, from ?? created, position ?? created]
  const keys = new Set<number | string>(typeof own === 'string' ? [slug ?? id] : numbers)
  return [...keys].flatMap((key) => [2, 3].map((flags) => closed([key, id, flags, hash]))) // both ways, inclusive
}

function closed(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}
