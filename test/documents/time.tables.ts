import assert from 'node:assert/strict'
import type { Trx } from '../../src/storage/transaction.ts'
import type { Dateline } from '../support/dateline.ts'

/** The tables as they are, and what must be true of them whatever has been written. */
const tables = ['article_versions', 'quote_versions', 'person_versions', 'link_versions'] as const
const indexes = ['article_people_index', 'article_tags_index', 'version_words'] as const

type Rows = Awaited<ReturnType<typeof rowsOf>>
type Row = Rows[number]

export interface Tables {
  readonly clock: { readonly generation: number; readonly instant: number }
  readonly latest: ReadonlyMap<string, number>
  readonly versions: Rows
}

export function readTables(dateline: Dateline): Promise<Tables> {
  return dateline.storage.read(async (trx) => {
    const clock = await trx.db.selectFrom('clock').selectAll().executeTakeFirstOrThrow()
    const documents = await trx.db.selectFrom('documents').selectAll().execute()
    const latest = new Map(documents.map(({ id, latest_version }) => [id, latest_version]))
    const versions: Rows = []
    for (const table of tables) versions.push(...(await rowsOf(trx, table)))
    return { clock, latest, versions }
  })
}

function rowsOf(trx: Trx, table: (typeof tables)[number]) {
  return trx.db.selectFrom(table).selectAll().orderBy('document_id').orderBy('version').execute()
}

/** Every instant at which a window begins or ends. */
export function bordersIn({ versions }: Tables): number[] {
  const ends = versions.flatMap(({ live_from, live_to, expires_at }) => [live_from, live_to, expires_at])
  const finite = ends.filter((end) => end !== null && end < Date.parse('9999-01-01'))
  return [...new Set(finite)].filter((end) => end !== null).sort((one, other) => one - other)
}

/** The documents that the public sees at an instant: a part only where its article is live, too. */
export function publicIn({ versions }: Tables, at: number): Set<string> {
  const rows = versions.filter(
    ({ live_from, live_to }) => Number(live_from ?? at + 1) <= at && at < Number(live_to),
  )
  const live = new Set(rows.map(({ document_id }) => document_id))
  const isShown = (row: object) => !('article_id' in row) || live.has(String(row.article_id))
  return new Set(rows.filter(isShown).map(({ document_id }) => document_id))
}

/** Versions are 1, 2, 3 … without gaps, and no two of a document are live at one instant. */
export function assertSound({ latest, versions }: Tables): void {
  const byDocument = Map.groupBy(versions, ({ document_id }) => document_id)
  assert.deepEqual([...byDocument.keys()].sort(), [...latest.keys()].sort())
  for (const [id, rows] of byDocument) {
    const numbers = rows.map(({ version }) => version)
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
      `the versions of ${id}`,
    )
    assert.equal(latest.get(id), numbers.length, `the latest version of ${id}`)
    assertApart(rows.filter(hasWindow).sort((one, other) => Number(one.live_from) - Number(other.live_from)))
  }
}

function hasWindow({ live_from, live_to }: Row): boolean {
  return live_from !== null && live_to !== null && live_from < live_to
}

function assertApart(rows: Row[]): void {
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1]
    const apart = !before || Number(before.live_to) <= Number(row.live_from)
    assert.ok(apart, `versions ${before?.version} and ${row.version} of ${row.document_id} overlap`)
  }
}

/**
 * Between two looks there was at most one commit: the clock went forward with it, and nothing that was
 * written before is different now, except ends of windows that lie at or after that commit. At most one
 * window of a document lies in the future, and only a first one begins before its commit.
 */
export function assertOnlyAppended(before: Tables, after: Tables): void {
  const now = after.clock.instant
  const isCommit = after.versions.length > before.versions.length
  assert.equal(after.clock.generation, before.clock.generation + (isCommit ? 1 : 0), 'the count of commits')
  assert.ok(isCommit ? now > before.clock.instant : now === before.clock.instant, 'the clock')
  const known = new Map(after.versions.map((row) => [`${row.document_id} ${row.version}`, row]))
  for (const old of before.versions) {
    const row = known.get(`${old.document_id} ${old.version}`)
    assert.deepEqual({ ...row, live_to: old.live_to }, old)
    if (row?.live_to !== old.live_to)
      assert.ok(Number(row?.live_to) >= now && Number(old.live_to) >= now, 'an end in the past was moved')
  }
  for (const rows of Map.groupBy(after.versions.filter(hasWindow), (row) => row.document_id).values()) {
    assert.ok(rows.filter((row) => Number(row.live_from) > now).length <= 1, 'two windows lie in the future')
    const added = rows.slice(1).filter((row) => row.saved_at === now && isCommit)
    for (const row of added) assertNotDatedBack(row, rows, now)
  }
}

function assertNotDatedBack(row: Row, rows: Row[], now: number): void {
  const isFirst = rows.every((other) => other === row || Number(other.live_from) > now)
  assert.ok(isFirst || Number(row.live_from) >= now, `${row.document_id} was dated back again`)
}

/** Empties the tables of documents, so that the next run is alone. The clock goes on. */
export function forget(dateline: Dateline): Promise<void> {
  dateline.statements.length = 0
  dateline.queries.length = 0
  return dateline.storage.write(async (trx) => {
    for (const table of [...indexes, ...tables, 'slugs', 'documents'] as const)
      await trx.db.deleteFrom(table as 'documents').execute() // the indexes are not in the tables' types
    trx.changed = true
  })
}
