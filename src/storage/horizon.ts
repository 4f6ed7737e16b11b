import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Instant } from './clock.ts'
import type { Present } from './present.ts'
import type { Database } from './schema.ts'
import type { Trx } from './transaction.ts'

/** What an answer was made from, and until when the clock alone will not change it. */
export interface Seen extends Present {
  readonly until: Instant
}

/** When a window opens or closes next. It is looked up once for each commit, and again when that moment is there. */
export class Horizon {
  readonly #tables: readonly string[]
  #known: Seen | undefined

  constructor(tables: readonly string[]) {
    this.#tables = tables
  }

  static async open(db: Kysely<Database>): Promise<Horizon> {
    const tables = await db.introspection.getTables()
    return new Horizon(tables.map(({ name }) => name).filter((name) => name.endsWith('_versions')))
  }

  async of(trx: Trx): Promise<Seen> {
    const { generation, now } = trx
    const known = this.#known
    if (known?.generation === generation && known.now <= now && now < known.until) return { ...known, now }
    const until = await nextBorder(trx, this.#tables)
    this.#known = { generation, now, until }
    return this.#known
  }
}

async function nextBorder({ db, now }: Trx, tables: readonly string[]): Promise<Instant> {
  const borders = tables.flatMap((table): RawBuilder<unknown>[] =>
    ['live_from', 'live_to'].map((border) => {
      const at = sql.ref(border)
      return sql`select min(${at}) as at from ${sql.table(table)} where ${at} > ${now}`
    }),
  )
  const { rows } = await sql<{ next: Instant | null }>`
    select min(at) as next from (${sql.join(borders, sql` union all `)}) as borders`.execute(db)
  return Number(rows[0]?.next ?? Number.POSITIVE_INFINITY)
}
