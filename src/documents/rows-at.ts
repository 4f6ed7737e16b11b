import type { Trx } from '../storage/transaction.ts'
import { keptOnce, kindOf, MARKS_OF_MOMENT, markOf, Statement, valuesOf } from './kept-statements.ts'
import type { Moment } from './moment.ts'
import type { Row, RowQuery } from './rows.ts'

/** A query of rows as they are seen at a moment, of documents with these ids. */
type Build = (moment: Moment, ids: readonly string[]) => RowQuery

/** No id is empty. */
const IDS = ['']
const MARKS = [...MARKS_OF_MOMENT, IDS, IDS[0]]

/**
 * Runs a query whose text follows from a name and from the kind of moment.
 *
 * @param name of the query, with the type that it is about
 */
export function rowsAt(
  trx: Trx,
  name: string,
  moment: Moment,
  ids: readonly string[],
  build: Build,
): Promise<Row[]> {
  const statement = keptOnce(trx, `${name} ${kindOf(moment)}`, () => {
    const query = build(markOf(moment), IDS)
    return new Statement(query.compile(), MARKS)
  })
  return statement.rows(trx, [...valuesOf(moment), ids, ids[0]])
}
