import type { CompiledQuery, RawBuilder } from 'kysely'
import type { Dialect } from './dialect.ts'
import type { Trx } from './transaction.ts'

/** Where one of the values stands in a statement. */
export class Place {
  readonly index: number

  constructor(index: number) {
    this.index = index
  }
}

/** By dialect, then by name. */
const statements = new WeakMap<Dialect, Map<string, CompiledQuery>>()

/**
 * Runs a statement whose text follows from its name. The text is made once: making it takes longer than
 * running it.
 *
 * @param build gets a place for each of the values
 */
export async function run<Row>(
  { db, dialect }: Pick<Trx, 'db' | 'dialect'>,
  name: string,
  values: readonly unknown[],
  build: (...places: readonly Place[]) => RawBuilder<Row>,
): Promise<Row[]> {
  const known = statements.get(dialect) ?? new Map<string, CompiledQuery>()
  statements.set(dialect, known)
  const statement = known.get(name) ?? build(...values.map((_, index) => new Place(index))).compile(db)
  known.set(name, statement)
  const parameters = statement.parameters.map((each) => (each instanceof Place ? values[each.index] : each))
  const { rows } = await db.executeQuery<Row>({ ...(statement as CompiledQuery<Row>), parameters }) // as `build` selects them
  return rows
}
