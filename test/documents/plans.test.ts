import { CompiledQuery } from 'kysely'
import t from 'tap'
import { content } from '../../src/content/index.ts'
import type { ContentType } from '../../src/documents/content-type.ts'
import type { Filter, Operator } from '../../src/documents/filters.ts'
import { sortsOf } from '../../src/documents/order.ts'
import { fillArchive, VERSIONS } from '../support/archive.ts'
import { engine } from '../support/database.ts'
import { type Dateline, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'

/**
 * Every query that lists offer, asked of a large archive, with the plan that the database makes of each of
 * its statements. None has to read a table from end to end; SQLite sorts only what a filter has found few of.
 */
const ARTICLES = amount({ suite: 2_001, torture: 100_000 })

const PAST = '2000-01-03'
const moments = [
  { at: undefined, as: undefined },
  { at: PAST, as: undefined },
  { at: PAST, as: 'viewer' },
  { at: 'latest', as: 'viewer' },
] as const

const values: Readonly<Record<string, string>> = {
  kind: 'opinion',
  language: 'tr',
  tags: 'tag-7',
  person: 'person-3',
  speaker: 'person-3',
  article: 'story-7',
  saidOn: '2005',
  country: 'TR',
  name: 'Person 7',
  aliases: 'P. 7',
  publishedAt: PAST,
  updatedAt: PAST,
}

/** Words that few have, and others that all have; phrases of both. */
const rare = ['subject7', '"about subject7" some', 'subject7 -"some subject7"', 'subject7*']
const common = ['some', '"some words"', 'some -subject7', 'so*', 'subj*']

function isCommon(filter: string): boolean {
  return common.some((words) => filter === `q=${encodeURIComponent(words)}`)
}

/** What they lead to is few: an article, a person, a name. */
const selective = ['id', 'slug', 'tags', 'person', 'speaker', 'article', 'name', 'aliases']

t.setTimeout(3_600_000)
/** Whether the common words are looked for along the order of the list, as where the newest are not enough. */
let walks = false
const dateline = await start(t, { walks: () => walks })
await fillArchive(dateline.storage, ARTICLES)

t.test(
  `of ${ARTICLES} articles of ${VERSIONS} versions, no query that a list offers scans a table`,
  async (t) => {
    const faults = new Map<string, string>()
    const counts = new Map<string, Set<number>>()
    for (const { type, filter, sort, at, as } of questions()) {
      walks = !walks && isCommon(filter)
      const query = [filter, sort && `sort=${sort}`, at && `at=${at}`, 'limit=2'].filter(Boolean)
      const url = `/v1/${type.path}?${query.join('&')}`
      const { statements, found } = await statementsOf(dateline, url, as)
      const name = filter.split('=')[0] ?? ''
      const isSorted = name.startsWith('updatedAt') && sort.endsWith('updatedAt') // nothing has to be found first
      const isNewestFirst = ['', '-publishedAt'].includes(sort) && at !== 'latest' // where many are met among the newest
      const asked = `${type.type} ${name} ${walks} ${isSorted} ${isNewestFirst} ${as} ${found ? 'found' : 'in vain'}`
      counts.set(asked, (counts.get(asked) ?? new Set()).add(statements.length))
      for (const fault of await faultsIn(dateline, statements, filter))
        if (!faults.has(fault)) faults.set(fault, url)
    }
    t.strictSame([...faults], [])
    const varying = [...counts].filter(([asked, { size }]) => size > 1 && !isForWords(asked))
    t.strictSame(varying, [], 'as many statements for each filter, whatever the order and the instant')
    const ofWords = [...counts].filter(([asked]) => isForWords(asked)).flatMap(([, some]) => [...some])
    t.ok(
      Math.max(...ofWords) <= 2 * 3 * FOR_WORDS,
      'for two pages of what has some words, twice the newest are looked for, and then all',
    )
  },
)

t.test('what is listed below a document is found by it', async (t) => {
  const faults = new Map<string, string>()
  for (const type of content)
    for (const other of content)
      for (const { kind, target } of other.relations)
        for (const sort of ['', ...sortsOf(other)])
          for (const { at, as } of moments) {
            if (kind === 'many' || target !== type) continue
            const key = type.type === 'person' ? 'person-3' : 'story-7'
            const query = [sort && `sort=${sort}`, at && `at=${at}`, 'limit=2'].filter(Boolean)
            const url = `/v1/${type.path}/${key}/${other.path}?${query.join('&')}`
            const { statements } = await statementsOf(dateline, url, as)
            for (const fault of await faultsIn(dateline, statements, 'id'))
              if (!faults.has(fault)) faults.set(fault, url)
          }
  t.strictSame([...faults], [])
})

t.test('no search scans a table, whatever it looks for', async (t) => {
  const faults = new Map<string, string>()
  const counts = new Set<number>()
  for (const q of [...rare, ...common])
    for (const sort of ['-publishedAt', 'rank'])
      for (const { at, as } of moments) {
        walks = !walks && common.includes(q)
        const filter = `q=${encodeURIComponent(q)}`
        const url = `/v1/search?${filter}&sort=${sort}${at ? `&at=${at}` : ''}&limit=2`
        const { statements } = await statementsOf(dateline, url, as)
        counts.add(statements.length)
        for (const fault of await faultsIn(dateline, statements, filter, sort === 'rank'))
          if (!faults.has(fault)) faults.set(fault, url)
      }
  t.strictSame([...faults], [])
  t.ok(
    Math.max(...counts) <= 2 * (2 + FOR_WORDS * content.length),
    'for two pages, the index is asked for all types twice, and then for each',
  )
})

/** Which words begin so, what has them, and the list of that. */
const FOR_WORDS = 3

function isForWords(asked: string): boolean {
  return asked.split(' ')[1] === 'q'
}

/** Every filter at every moment, every order at every moment, and every filter in every order: in the suite, at one moment each, as all are on PostgreSQL. */
function* questions() {
  let turn = 0
  for (const type of content)
    for (const filter of ['', ...filtersOf(type)])
      for (const sort of ['', ...sortsOf(type).flatMap((name) => [name, `-${name}`])]) {
        const isWhole =
          amount({ suite: 1, again: 0, torture: 1 }) === 1 &&
          (filter === '' || sort === '' || process.env.TORTURE)
        turn += 1
        for (const [index, moment] of moments.entries())
          if (isWhole || index === turn % moments.length) yield { type, filter, sort, ...moment }
      }
}

/** What reads content for the first page, and for the one after it; where nothing is found, nothing more is asked about it. */
async function statementsOf(
  { get, queries }: Dateline,
  url: string,
  as: 'viewer' | undefined,
): Promise<{ statements: CompiledQuery[]; found: boolean }> {
  queries.length = 0
  const { status, body, text } = await get(url, { as })
  if (status !== 200) throw new Error(`${url}: ${text}`)
  if (body.page.next !== null) await get(`${url}&cursor=${body.page.next}`, { as })
  else await get(url, { as })
  const statements = queries.filter((query) => /^select.*(_versions|slugs|documents|words)/is.test(query.sql))
  return { statements, found: body.data.length > 0 }
}

/** SQLite sorts for `distinct` as well, which is about the few slugs that a request names. */
async function faultsIn(
  { storage }: Dateline,
  statements: readonly CompiledQuery[],
  filter: string,
  isRanked = false,
): Promise<string[]> {
  const name = filter.split(/[.=]/)[0] ?? ''
  const isOfFew =
    (selective.includes(name) && !filter.includes('.exists')) ||
    (name === 'q' && !filter.includes('some -') && filter.includes('subject7'))
  const faults: string[] = []
  for (const { sql, parameters } of statements) {
    const isOfPeople = name === 'q' && sql.includes('person_versions') // there are few, whatever they have
    const isOfFound = ['q', 'updatedAt'].includes(name) && /document_id" in \(select value/.test(sql) // few, or ten for each that is wanted
    const explain = engine === 'sqlite' ? 'explain query plan' : 'explain'
    const { rows } = await storage.read(async ({ db }) => {
      // Where little is there, PostgreSQL may like a scan better; this is about whether it needs one.
      if (engine === 'postgres') await db.executeQuery(CompiledQuery.raw('set local enable_seqscan = off'))
      return db.executeQuery<Record<string, string>>(CompiledQuery.raw(`${explain} ${sql}`, [...parameters]))
    })
    const steps = rows.map((row) => String(row.detail ?? row['QUERY PLAN']))
    const isInOrder = !(isOfFew || isOfPeople || isOfFound || isRanked) // a thousand are wanted, and ten thousand are few then
    faults.push(
      ...steps.filter(
        (step) =>
          isScan(step) || isOfAllWindows(step) || (isInOrder && (isSort(step) || isFarBefore(step, sql))),
      ),
    )
  }
  return faults.map((fault) => `${filter.split('=')[0]}: ${fault.replace(/\(cost.*/, '').trim()}`)
}

/** A page behind a cursor is found at its position, and not by walking there from the beginning of its order. */
function isFarBefore(step: string, sql: string): boolean {
  const isBehind = engine === 'sqlite' && /\) [<>]=? \(\?, \?\)/.test(sql)
  return isBehind && /^SCAN [vid] USING|^SEARCH [vid] USING(?!.*\)[<>]\().*\w[<>]\?\)$/.test(step)
}

/** All that is live at an instant, or was before it, is most of what there is. */
function isOfAllWindows(step: string): boolean {
  return /^SEARCH [vwdi] USING (?:COVERING )?INDEX \w+_live_(?:from|to) /.test(step)
}

/**
 * Of a table that grows: the clock has one row, a list of values in a request is one too, and few rows are few. What matches
 * (`M`) in the index of words is found by it, and a subquery tells of its own scans.
 */
function isScan(step: string): boolean {
  return /^SCAN (?!clock$|few$|json_each\b|\(subquery-|\w+ VIRTUAL TABLE INDEX \d+:M)|Seq Scan on (?!clock\b)/.test(
    step,
  )
}

function isSort(step: string): boolean {
  return /TEMP B-TREE FOR (?:.* )?ORDER BY/.test(step)
}

/** Each filter with each of its operators and a value that something has. */
function filtersOf(type: ContentType): string[] {
  return type.listFilters.flatMap((filter) =>
    filter.operators.flatMap((operator) => {
      const name = operator === 'eq' ? filter.name : `${filter.name}.${operator}`
      const texts = name === 'q' ? [...rare, ...common] : [textFor(type, filter, operator)]
      return texts.map((text) => `${name}=${encodeURIComponent(text)}`)
    }),
  )
}

function textFor({ type }: ContentType, { name }: Filter, operator: Operator): string {
  if (operator === 'exists') return 'true'
  if (name === 'id') return `${type}_0${'7'.padStart(25, '0')}`
  if (name === 'slug') return type === 'person' ? 'person-7' : 'story-7'
  return values[name] ?? `there is no value for ${name} in this file`
}
