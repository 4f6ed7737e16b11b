import t, { type Test } from 'tap'
import { databaseFor } from '../support/database.ts'
import { startServer } from '../support/server-process.ts'
import { amount } from '../support/torture.ts'
import { type Answer, listAll, tell } from './asking.ts'

t.setTimeout(3_600_000)

const EDITORS = amount({ suite: 10, torture: 100 })
const CHANGES_EACH = amount({ suite: 3, torture: 10 })

interface Seen {
  readonly version: number
  readonly standfirst: string
}

/** A change that was acknowledged. */
interface Won extends Seen {
  readonly base: number
  readonly note: string
}

const start: Seen = { version: 1, standfirst: join(Array(EDITORS).fill(0)) }

/**
 * Every editor raises a number of their own in one text that all of them write. What a 412 tells is all
 * that they go on from, so a change that was lost, or made to another version than the named one, would
 * be missing from the sum.
 */
t.test('of the changes that name one version with If-Match exactly one wins', async (t) => {
  const nodes = await twoNodes(t)
  const path = await publish(nodes[0], { headline: 'A race', standfirst: start.standfirst })
  const editors = Array.from({ length: EDITORS }, (_, editor) => raise(editor, `${nodes[editor % 2]}${path}`))
  const all = await Promise.all(editors)
  const won = all.flatMap((each) => each.won).sort((one, other) => one.version - other.version)
  const refused = all.reduce((sum, each) => sum + each.refused, 0)
  t.comment(`${won.length} changes won and ${refused} were refused`)
  const odd = all.flatMap((each) => each.odd)
  t.same(odd, [], 'everything else is a 412 with the tag that is current and what has changed')
  t.same(
    won.map(({ base, version }) => [base, version]),
    Array.from({ length: EDITORS * CHANGES_EACH }, (_, index) => [index + 1, index + 2]),
    'each version has one winner',
  )
  t.equal(won.at(-1)?.standfirst, join(Array(EDITORS).fill(CHANGES_EACH)), 'and nothing is lost')
  await assertRecord(t, nodes[0], path, won)
})

/** Makes an editor's changes, each from what the last answer told, until it wins. */
async function raise(editor: number, address: string) {
  const won: Won[] = []
  const odd: unknown[] = []
  let refused = 0
  for (let seen = start; won.length < CHANGES_EACH && odd.length === 0; ) {
    const change = String(won.length + 1)
    const standfirst = join(seen.standfirst.split(' ').with(editor, change))
    const note = `Editor-${editor}-change-${change}`
    const { status, body } = await tell(address, 'PATCH', `?note=${note}`, {
      body: { standfirst },
      headers: { 'if-match': `"${seen.version}"` },
    })
    const current = status === 200 ? body : toldOf(seen, status, body)
    if (!current) odd.push({ seen, status, body })
    else if (status === 200) won.push({ ...current, base: seen.version, note })
    else refused += 1
    seen = current ?? seen
  }
  return { won, odd, refused }
}

/** What a refusal tells of what is there now; nothing when it is not as it should be. */
function toldOf(seen: Seen, status: number, { current, changed }: Answer['body']): Seen | undefined {
  const [, version] = /^"(\d+)"$/.exec(current) ?? []
  const [{ pointer, was, now } = {}, ...others]: Answer['body'][] = changed ?? []
  const isRight = status === 412 && pointer === '/standfirst' && was === seen.standfirst
  if (!isRight || others.length > 0 || !(Number(version) > seen.version)) return undefined
  return { version: Number(version), standfirst: now }
}

async function assertRecord(t: Test, address: string, path: string, won: readonly Won[]): Promise<void> {
  const { history, contents } = await record(address, path)
  t.same(
    history.slice(1).map(({ version, action, note }) => ({ version, action, note })),
    won.map(({ version, note }) => ({ version, action: 'save', note })),
    'the history has every change with its note',
  )
  t.same(
    contents.slice(1).map(({ standfirst }) => standfirst),
    won.map(({ standfirst }) => standfirst),
    'and its content',
  )
  t.same(
    history.map(({ liveTo }) => liveTo),
    [...history.slice(1).map(({ liveFrom }) => liveFrom), null],
    'each was live until the next one',
  )
}

const fields: Readonly<Record<string, (count: number) => Content>> = {
  headline: (count) => ({ headline: `Headline ${count}` }),
  slug: (count) => ({ slug: `slug-${count}` }),
  kind: (count) => ({ kind: ['news', 'opinion', 'analysis'][count % 3] }),
  standfirst: (count) => ({ standfirst: `Standfirst ${count}` }),
  body: (count) => ({ body: `Body${count}` }),
  language: (count) => ({ language: ['en', 'tr', 'ru'][count % 3] }),
  place: (count) => ({ place: `Place ${count}` }),
  byline: (count) => ({ byline: `Byline ${count}` }),
  tags: (count) => ({ tags: [`tag-${count}`] }),
  canonicalUrl: (count) => ({ canonicalUrl: `https://example.org/${count}` }),
  sourceName: (count) => ({ source: { name: `Source ${count}` } }),
  sourceUrl: (count) => ({ source: { url: `https://example.org/${count}` } }),
  imageUrl: (count) => ({ image: { url: `https://example.org/${count}.jpg` } }),
  imageCaption: (count) => ({ image: { caption: `Caption ${count}` } }),
  imageCredit: (count) => ({ image: { credit: `Credit ${count}` } }),
}

const ROUNDS = amount({ suite: 2, torture: 70 })

t.test('without If-Match no field that nobody else touched is lost', async (t) => {
  const nodes = await twoNodes(t)
  const path = await publish(nodes[0], everyField(0))
  const acknowledged: unknown[] = []
  const editors = Object.entries(fields).map(async ([name, patch], editor) => {
    for (let count = 1; count <= ROUNDS; count += 1) {
      const note = `${name}-${count}`
      const address = `${nodes[editor % 2]}${path}`
      const { status, body } = await tell(address, 'PATCH', `?note=${note}`, { body: patch(count) })
      acknowledged[body.version - 2] = { status, note }
    }
  })
  await Promise.all(editors)
  const { history, contents } = await record(nodes[0], path)
  const notes = history.slice(1).map(({ note }) => ({ status: 200, note }))
  t.equal(acknowledged.length, editors.length * ROUNDS, 'each was done')
  t.same(acknowledged, notes, 'the history has each with its note')
  const expected = [contents[0] ?? {}]
  for (const { note } of notes) {
    const [name, count] = note.split('-')
    expected.push(merge(expected.at(-1) ?? {}, fields[name]?.(Number(count)) ?? {}))
  }
  t.same(contents, expected, 'every version is the one before it with the one change')
  t.match(contents.at(-1), everyField(ROUNDS), 'the last one has everything')
})

function everyField(count: number): Content {
  return Object.values(fields).reduce((content, patch) => merge(content, patch(count)), {})
}

type Content = Readonly<Record<string, unknown>>

/** The addresses of two servers on one database. */
async function twoNodes(t: Test): Promise<[string, string]> {
  const url = await databaseFor(t)
  const [one, two] = [await startServer(t, url), await startServer(t, url)]
  return [one.address, two.address]
}

function join(values: readonly unknown[]): string {
  return values.join(' ')
}

/** @returns its path */
async function publish(address: string, content: Content): Promise<string> {
  const { body } = await tell(address, 'POST', '/v1/articles?publish=now', { body: content })
  return `/v1/articles/${body.id}`
}

/** Every version from the first on, as it is listed, and its content. */
async function record(address: string, path: string) {
  const history = (await listAll(address, `${path}/versions?limit=100`)).reverse()
  const contents: Content[] = []
  for (const { version } of history)
    contents.push((await tell(address, 'GET', `${path}/versions/${version}`)).body.content)
  return { history, contents }
}

/** What a patch makes of the content, in as far as the patches above need it. */
function merge(content: Content, patch: Content): Content {
  const changed = Object.entries(patch).map(([name, value]) => {
    const isObject = typeof value === 'object' && !Array.isArray(value)
    return [name, isObject ? { ...(content[name] as Content), ...value } : value] // an object before, too
  })
  return { ...content, ...Object.fromEntries(changed) }
}
