import { type CreateTableBuilder, type Expression, type RawBuilder, sql } from 'kysely'

/**
 * Everything that differs between databases, and the only file that knows which one it speaks to.
 * Queries elsewhere are written once.
 */
export interface Dialect {
  readonly name: 'sqlite'
  readonly columns: {
    readonly text: RawBuilder<unknown>
    readonly instant: RawBuilder<unknown>
    readonly integer: RawBuilder<unknown>
    readonly json: RawBuilder<unknown>
  }
  /** What ends a `create table`. */
  finish<Name extends string, Column extends string>(
    table: CreateTableBuilder<Name, Column>,
  ): CreateTableBuilder<Name, Column>
  /** A list as one parameter, so that a statement is the same for any number of values. */
  among(values: readonly string[]): Expression<string>
  toJson(value: unknown): unknown
  fromJson(stored: unknown): unknown
}

export const sqlite: Dialect = {
  name: 'sqlite',
  columns: { text: sql`text`, instant: sql`integer`, integer: sql`integer`, json: sql`text` },
  finish: (table) => table.modifyEnd(sql`strict`),
  among: (values) => sql<string>`(select value from json_each(${JSON.stringify(values)}))`,
  toJson: (value) => JSON.stringify(value),
  fromJson: (stored) => (typeof stored === 'string' ? JSON.parse(stored) : stored),
}
