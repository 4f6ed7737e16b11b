import type { CompiledQuery } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Dialect } from '../storage/dialect.ts'
import type { Trx } from '../storage/transaction.ts'
import type { Moment } from './moment.ts'
import type { Row } from './rows.ts'

/**
 * Statements that are made once. To build the text of a query takes much longer than to run it, and the text
 * follows from the kind of request; so it is built with marks in the place of the values of a request, and kept.
 */
export class Statement {
  readonly #query: CompiledQuery
  /** Of each parameter which value it has; undefined where it is the same for all requests. */
  readonly #places: readonly (number | undefined)[]

  /** @param marks what stands in the query for each value */
  constructor(query: CompiledQuery, marks: readonly unknown[]) {
    const numbers = new Map(marks.map((mark, number) => [asParameter(mark), number]))
    this.#query = query
    this.#places = query.parameters.map((parameter) => numbers.get(parameter))
  }

  /** @param values in the order of the marks; lists are sent as JSON */
  async rows({ db }: Trx, values: readonly unknown[]): Promise<Row[]> {
    const { parameters: given } = this.#query
    const parameters = this.#places.map((place, index) =>
      place === undefined ? given[index] : asParameter(values[place]),
    )
    const { rows } = await db.executeQuery({ ...this.#query, parameters })
    return rows as Row[] // as the query selects them
  }
}

function asParameter(value: unknown): unknown {
  return Array.isArray(value) ? JSON.stringify(value) : value
}

/** How many there may be: those of all lists, with any filters and sorts, are more than anybody asks for. */
const MOST = 1_000

const kept = new WeakMap<Dialect, LRUCache<string, object>>()

/** What was made under that name, now or before. The name tells the caller's kind of it and everything that its text depends on. */
export function keptOnce<Made extends object>({ dialect }: Trx, name: string, make: () => Made): Made {
  const known = kept.get(dialect) ?? new LRUCache<string, object>({ max: MOST })
  kept.set(dialect, known)
  const found = known.get(name)
  if (found) return found as Made // nobody else has that name
  const made = make()
  known.set(name, made)
  return made
}

/** No instant is so early. */
const NOW = Number.MIN_SAFE_INTEGER + 1
const BEFORE = NOW - 1
const AFTER = NOW + 1

/** What stands for a moment: it is of the same kind. */
export function markOf({ at, now, drafts }: Moment): Moment {
  return { at: at === 'latest' ? at : at < now ? BEFORE : AFTER, now: NOW, drafts }
}

/** The marks in what stands for a moment, and what has their place. */
export const MARKS_OF_MOMENT = [NOW, BEFORE, AFTER] as const

export function valuesOf({ at, now }: Moment): readonly unknown[] {
  return [now, at, at]
}

/** On what of a moment the text of a query depends. */
export function kindOf({ at, now, drafts }: Moment): string {
  return `${at === 'latest' ? at : at < now} ${drafts}`
}
