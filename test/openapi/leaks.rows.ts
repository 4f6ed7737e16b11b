import { sql } from 'kysely'
import { content } from '../../src/content/index.ts'
import { FOREVER } from '../../src/storage/clock.ts'
import type { Storage } from '../../src/storage/open.ts'
import type { Known, Standing } from './leaks.planting.ts'

/** A version that was written, as its table has it. */
export interface Row {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly slug: string | null
  readonly created: number
  /** Among the parts of its parent. */
  readonly position: number | null
  readonly from: number | null
  readonly to: number | null
}

/** A slug that a version had. `moved` leads on to the one that is live. */
export interface KnownSlug {
  readonly type: string
  readonly id: string
  readonly slug: string
  readonly standing: Standing | 'moved'
}

/** Every version that there is now. */
export async function rowsIn(storage: Storage): Promise<Row[]> {
  return storage.read(async ({ db }) => {
    const rows: Row[] = []
    for (const { type, table, parent } of content) {
      const position = parent ? sql.ref('position') : sql`null`
      const found = await sql<Row>`select document_id as id, version, slug, created_at as created,
        ${position} as position, live_from as "from", live_to as "to" from ${sql.table(table)}`.execute(db)
      rows.push(...found.rows.map((row) => ({ ...row, type })))
    }
    return rows
  })
}

/** What each filter by a field could find, drafts included: by `<type>.<filter>`. */
export async function valuesIn(storage: Storage): Promise<Map<string, string[]>> {
  return storage.read(async ({ db }) => {
    const values = new Map<string, string[]>()
    for (const { type, table, listFilters } of content)
      for (const { name, place } of listFilters) {
        const [from, column] =
          place.kind === 'list'
            ? [place.index, 'target_id']
            : place.kind === 'column'
              ? [table, place.column]
              : []
        if (from === undefined || column === undefined) continue
        const { rows } = await sql<{ value: string }>`select distinct ${sql.ref(column)} as value
          from ${sql.table(from)} where ${sql.ref(column)} is not null order by 1`.execute(db)
        values.set(
          `${type}.${name}`,
          rows.map(({ value }) => value),
        )
      }
    return values
  })
}

/** Where windows begin and end. */
export function bordersIn(rows: readonly Row[]): number[] {
  const borders = rows.flatMap(({ from, to }) => [from ?? FOREVER, to ?? FOREVER])
  return [...new Set(borders)].filter((at) => at !== FOREVER).sort((one, other) => one - other)
}

/** What the public gets at every slug. */
export function slugsIn(rows: readonly Row[], documents: readonly Known[], now: number): KnownSlug[] {
  const standings = new Map(documents.map(({ id, standing }) => [id, standing]))
  const slugs = new Map<string, KnownSlug>()
  for (const { type, id, slug, from, to } of rows) {
    if (slug === null) continue
    const key = `${type} ${slug}`
    const shown = shownAs(standings.get(id) ?? 'live', { from, to }, now)
    if (rank[shown] > rank[slugs.get(key)?.standing ?? 'hidden'] || !slugs.has(key))
      slugs.set(key, { type, id, slug, standing: shown })
  }
  return [...slugs.values()]
}

const rank = { hidden: 0, gone: 1, moved: 2, live: 3 } as const

function shownAs(
  standing: Standing,
  { from, to }: Pick<Row, 'from' | 'to'>,
  now: number,
): KnownSlug['standing'] {
  const wasShown = from !== null && to !== null && from <= now && to > from
  if (!wasShown || standing === 'hidden') return 'hidden'
  if (standing === 'gone') return 'gone'
  return to > now ? 'live' : 'moved'
}
