import { type RawBuilder, sql } from 'kysely'
import { FOREVER } from '../../src/storage/clock.ts'
import type { Storage } from '../../src/storage/open.ts'
import type { WriteTrx } from '../../src/storage/transaction.ts'
import { idsOf } from '../../src/storage/word-ids.ts'

/**
 * An archive that is large at once: articles of five versions, one a minute from 2000 on, each with a quote
 * and a link, and one speaker for twenty of them. All have `some words about` a subject in them, and few the
 * same one. It is written past `append`, by the databases' own means: what it is for is how they find things
 * in it.
 */

export const VERSIONS = 5
const FIRST = Date.parse('2000-01-01T00:00:00Z')
const MINUTE = 60_000
const AT_ONCE = 2_000

/** The instant at which the n-th article of an archive was published; its versions follow by the second. */
export function publishedAt(number: number): number {
  return FIRST + number * MINUTE
}

export async function fillArchive(storage: Storage, articles: number): Promise<void> {
  for (let from = 0; from < articles; from += AT_ONCE) {
    const to = Math.min(articles, from + AT_ONCE)
    await storage.write(async (trx) => {
      await fillPeople(trx, from, to)
      await fillArticles(trx, from, to)
      for (const type of ['quote', 'link'] as const) await fillParts(trx, type, from, to)
      trx.changed = true
    })
  }
  await storage.write(
    async ({ db, dialect }) => dialect.readIsolation && void (await sql`analyze`.execute(db)),
  )
}

type Columns = Readonly<Record<string, RawBuilder<unknown>>>

/** Inserts one row for each number `i` from … to, and each version `k` of it. */
async function fill(
  { db }: WriteTrx,
  table: string,
  columns: Columns,
  from: number,
  to: number,
  versions = 1,
  order = sql``,
): Promise<void> {
  const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)))
  await sql`insert into ${sql.table(table)} (${names})
    with recursive numbers(i) as (select cast(${sql.lit(from)} as bigint) union all select i + 1 from numbers where i < ${sql.lit(to - 1)}),
      versions(k) as (select 1 union all select k + 1 from versions where k < ${sql.lit(versions)})
    select ${sql.join(Object.values(columns))} from numbers cross join versions ${order}`.execute(db)
}

/** `article_` and 26 digits. */
function id(type: string, number: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${sql.lit(`${type}_0${'0'.repeat(12)}`)} || substr(cast(10000000000000 + ${number} as text), 2)`
}

function named(name: string, number: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${sql.lit(name)} || cast(${number} as text)`
}

const i = sql.raw('i')
const last = sql`k = ${sql.lit(VERSIONS)}`
const start = sql`${sql.lit(FIRST)} + i * ${sql.lit(MINUTE)}`

function identity(type: string, versions: number): Columns {
  return { id: id(type, i), type: sql.lit(type), latest_version: sql.lit(versions), created_at: start }
}

function version(
  type: string,
  slug: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
  to: RawBuilder<unknown>,
): Columns {
  return {
    document_id: id(type, i),
    version: sql.raw('k'),
    slug,
    created_at: start,
    published_at: start,
    live_from: from,
    live_to: to,
    withdrawn: sql.lit(0),
    saved_at: from,
    saved_by: sql.lit('archive'),
    action: sql.lit('publish'),
  }
}

/** The ids of one minute. */
const BLOCK = idsOf(0)[0] - idsOf(MINUTE)[0]

/** Of so many subjects each document is about one. */
const SUBJECTS = 200
const about = sql`'Some words about ' || ${named('subject', sql`i % ${sql.lit(SUBJECTS)}`)}`

/** The row of words of each version; `n` tells the types apart. Each article has a minute of its own, and so a block of ids. Texts come without the letters and signs that are folded. */
async function fillWords(
  trx: WriteTrx,
  type: string,
  n: number,
  texts: readonly (RawBuilder<unknown> | '')[],
  [from, to, versions]: readonly [from: number, to: number, versions: number],
  since: RawBuilder<unknown> = start,
): Promise<void> {
  const words = texts.map((text) => (text === '' ? sql`''` : sql`' ' || lower(${text})`))
  const columns = {
    id: sql`${sql.lit(idsOf(FIRST)[0])} - i * ${sql.lit(BLOCK)} + k * 4 + ${sql.lit(n)}`,
    document_id: id(type, i),
    version: sql.raw('k'),
    type: sql.lit(type),
    live_from: since,
    words: sql`${sql.join(words, sql` || ${sql.lit(' \n')} || `)} || ' '`,
  }
  await fill(trx, 'version_words', columns, from, to, versions, sql`order by 1`) // as SQLite's index takes them best
}

const always = [start, sql.lit(FOREVER)] as const

async function fillPeople(trx: WriteTrx, from: number, to: number): Promise<void> {
  const [first, end] = [Math.ceil(from / 20), Math.ceil(to / 20)]
  await fill(trx, 'documents', identity('person', 1), first, end)
  const content = {
    name: named('Person ', i),
    country: sql`case i % 3 when 0 then 'TR' when 1 then 'FR' else 'DE' end`,
    description: about,
    same_as: json(trx, sql`'[]'`),
  }
  await fill(
    trx,
    'person_versions',
    { ...version('person', named('person-', i), ...always), ...content },
    first,
    end,
  )
  await fillWords(trx, 'person', 0, [named('Person ', i), '', '', about], [first, end, 1])
  await fillSlugs(trx, 'person', first, end)
}

async function fillArticles(trx: WriteTrx, from: number, to: number): Promise<void> {
  await fill(trx, 'documents', identity('article', VERSIONS), from, to)
  const since = sql`${start} + (k - 1) * 1000`
  const until = sql`case when ${last} then ${sql.lit(FOREVER)} else ${start} + k * 1000 end`
  const person = id('person', sql`i / 20`)
  const headline = sql`${named('Story ', sql`(i * 7919) % 1000003`)} || ' ' || cast(k as text)`
  const content = {
    headline,
    kind: sql`case i % 4 when 0 then 'opinion' else 'news' end`,
    body: about,
    language: sql`case i % 2 when 0 then 'en' else 'tr' end`,
    tags: json(trx, sql`'["' || ${named('tag-', sql`i % 50`)} || '"]'`),
    people: json(trx, sql`'[{"personId":"' || ${person} || '","as":"subject"}]'`),
    word_count: sql.lit(4),
  }
  const rows = { ...version('article', named('story-', i), since, until), ...content }
  await fill(trx, 'article_versions', rows, from, to, VERSIONS)
  const { document_id, version: number, published_at, live_from, live_to } = rows as Columns
  const entry = { document_id, version: number, published_at, live_from, live_to } as Columns
  await fill(
    trx,
    'article_tags_index',
    { ...entry, target_id: named('tag-', sql`i % 50`) },
    from,
    to,
    VERSIONS,
  )
  await fill(trx, 'article_people_index', { ...entry, target_id: person }, from, to, VERSIONS)
  await fillWords(trx, 'article', 1, [headline, '', about, '', ''], [from, to, VERSIONS], since)
  await fillSlugs(trx, 'article', from, to)
}

async function fillSlugs(trx: WriteTrx, type: 'article' | 'person', from: number, to: number): Promise<void> {
  const slug = named(type === 'article' ? 'story-' : 'person-', i)
  await fill(trx, 'slugs', { type: sql.lit(type), slug, document_id: id(type, i) }, from, to)
}

async function fillParts(trx: WriteTrx, type: 'quote' | 'link', from: number, to: number): Promise<void> {
  await fill(trx, 'documents', identity(type, 1), from, to)
  const own: Columns =
    type === 'quote'
      ? {
          speaker_id: id('person', sql`i / 20`),
          text: about,
          said_on: sql`cast(2000 + i % 20 as text)`,
        }
      : { kind: sql`case i % 3 when 0 then 'opinion' else 'read' end`, title: about }
  const content = { article_id: id('article', i), position: sql.lit(1), ...own }
  await fill(trx, `${type}_versions`, { ...version(type, sql`null`, ...always), ...content }, from, to)
  if (type === 'quote') await fillWords(trx, type, 2, [about, '', '', ''], [from, to, 1])
  else await fillWords(trx, type, 3, [about], [from, to, 1])
}

function json({ dialect }: WriteTrx, text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`cast(${text} as ${dialect.columns.json})`
}
