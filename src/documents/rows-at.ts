import type { CompiledQuery } from 'kysely'
import type { Dialect } from '../storage/dialect.ts'
import type { Trx } from '../storage/transaction.ts'
import type { Moment } from './moment.ts'
import type { Row, RowQuery } from './rows.ts'

/** A query of rows as they are seen at a moment, of documents with these ids. */
type Build = (moment: Moment, ids: readonly string[]) => RowQuery

/** What stands for the values of a query in its statement. No instant is so early, and no id is empty. */
const NOW = Number.MIN_SAFE_INTEGER + 1
const BEFORE = NOW - 1
const AFTER = NOW + 1
const IDS = ['']

const statements = new WeakMap<Dialect, Map<string, CompiledQuery>>()

/**
 * Runs a query whose text follows from a name and from the kind of moment. To build that text takes much
 * longer than to run it, so it is kept, with the places of its values.
 *
 * @param name of the query, with the type that it is about
 */
export async function rowsAt(
  trx: Trx,
  name: string,
  moment: Moment,
  ids: readonly string[],
  build: Build,
): Promise<Row[]> {
  const known = statements.get(trx.dialect) ?? new Map<string, CompiledQuery>()
  statements.set(trx.dialect, known)
  const { at, now, drafts } = moment
  const isPast = at !== 'latest' && at < now
  const key = `${name} ${at === 'latest' ? at : isPast} ${drafts}`
  const stand = { at: at === 'latest' ? at : isPast ? BEFORE : AFTER, now: NOW, drafts }
  const statement = known.get(key) ?? build(stand, IDS).compile()
  known.set(key, statement)
  const [list, marked] = [ids, IDS].map((each) => JSON.stringify(each))
  const parameters = statement.parameters.map((value) => {
    if (value === NOW) return now
    if (value === BEFORE || value === AFTER) return at
    return value === marked ? list : value === '' ? ids[0] : value
  })
  const { rows } = await trx.db.executeQuery({ ...statement, parameters })
  return rows as Row[] // as `build` selects them
}
