import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'

const project = fileURLToPath(new URL('../../', import.meta.url))

const definition = `
import { z } from 'zod'
import { define } from '../documents/definition.ts'
import { dayMonthOrYear, line, reference } from '../documents/fields.ts'

export const events = define({
  type: 'event',
  name: 'Event',
  path: 'events',
  description: 'Something that will take place.',
  whenNew: 'draft',
  slugFrom: 'title',
  filters: { startsOn: 'startsOn', guest: 'guestId', room: 'rooms' },
  searched: ['title', 'startsOn'],
  sortBy: 'title',
  fields: {
    title: line(200),
    startsOn: dayMonthOrYear().nullable(),
    guestId: reference('person').nullable(),
    rooms: z.array(line(50)).max(10),
  },
})
`

const migration = `
import type { Kysely } from 'kysely'
import type { Dialect } from '../src/storage/dialect.ts'
import type { Database } from '../src/storage/schema.ts'
import { createListIndex, createVersionTable, indexForLists, indexForOrder } from '../src/storage/version-table.ts'

export async function up(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  const { text, json } = dialect.columns
  await createVersionTable(db, dialect, 'event_versions', (table) =>
    table
      .addColumn('title', text, (column) => column.notNull())
      .addColumn('starts_on', text)
      .addColumn('guest_id', text, (column) => column.references('documents.id'))
      .addColumn('rooms', json, (column) => column.notNull()),
  )
  await indexForLists(db, 'event_versions', 'guest_id')
  await indexForLists(db, 'event_versions', 'starts_on')
  await indexForOrder(db, 'event_versions', 'title')
  await createListIndex(db, dialect, 'event_rooms_index', 'values')
}
`

/** Prints what the server of the tree answers to each of the requests in its first argument. */
const session = `
import { buildApp } from './src/app.ts'
import { openStorage } from './src/storage/open.ts'

let now = Date.parse('2026-02-01T12:00:00Z')
const token = 'a-token-that-is-long-enough'
const storage = await openStorage('sqlite:test.db', { wallClock: () => (now += 60_000) })
const rules = { REQUIRE_IF_MATCH: false, REQUIRE_CHANGE_NOTE: false }
const app = await buildApp(storage, { ADMIN_TOKEN: token, CORS_ORIGIN: '*', TRUST_PROXY: undefined, ...rules })
const answers = {}
for (const [name, [method, url, payload]] of Object.entries(JSON.parse(process.argv[2]))) {
  const headers = method === 'GET' ? {} : { authorization: 'Bearer ' + token }
  const response = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  answers[name] = { status: response.statusCode, body: response.json() }
}
await app.close()
await storage.close()
console.log(JSON.stringify(answers))
`

const requests = {
  person: ['POST', '/v1/people', { name: 'Anna Seghers' }],
  draft: ['POST', '/v1/events', { title: 'Book fair', startsOn: '2026-05', guestId: 'anna-seghers' }],
  hidden: ['GET', '/v1/events/book-fair'],
  published: ['POST', '/v1/events/book-fair/publish'],
  read: ['GET', '/v1/events/book-fair?include=guest'],
  listed: ['GET', '/v1/events?count=true'],
  below: ['GET', '/v1/people/anna-seghers/events'],
  changed: ['PATCH', '/v1/events/book-fair', { rooms: ['Hall 4'], guestId: null }],
  found: ['GET', '/v1/events?room.has=Hall%204&startsOn.gte=2026-01&sort=title&fields=title'],
  refused: ['POST', '/v1/events', { title: '', guestId: 'book-fair', place: 'Leipzig' }],
  searched: ['GET', '/v1/search?q=fair&type=event'],
  withdrawn: ['DELETE', '/v1/events/book-fair'],
  gone: ['GET', '/v1/events/book-fair'],
  index: ['GET', '/'],
  document: ['GET', '/openapi.json'],
} satisfies Record<string, [method: string, url: string, payload?: object]>

t.test('a new content type takes one file, one line and one migration', async (t) => {
  const answers = await answersOf(await treeWithEvents(t))
  const { person, draft, published } = answers
  const live = {
    id: draft.body.id,
    type: 'event',
    slug: 'book-fair',
    version: 2,
    status: 'live',
    createdAt: draft.body.createdAt,
    publishedAt: published.body.publishedAt,
    updatedAt: published.body.publishedAt,
    title: 'Book fair',
    startsOn: '2026-05',
    guestId: person.body.id,
    rooms: [],
  }
  t.match(draft, { status: 201, body: { version: 1, status: 'draft' } })
  t.match(draft.body.id, /^event_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  t.equal(answers.hidden.status, 404)
  t.strictSame(published, { status: 200, body: { ...live, hasUnpublishedChanges: false } })
  const { hasUnpublishedChanges, ...guest } = person.body
  t.equal(hasUnpublishedChanges, false)
  t.strictSame(answers.read, { status: 200, body: { ...live, guest } })
  const page = { limit: 20, next: null, prev: null }
  t.strictSame(answers.listed, { status: 200, body: { data: [live], page: { ...page, total: 1 } } })
  t.strictSame(answers.below, { status: 200, body: { data: [live], page } })
  t.match(answers.changed, { status: 200, body: { version: 3, rooms: ['Hall 4'], guestId: null } })
  t.strictSame(answers.found.body.data, [{ id: live.id, type: 'event', title: 'Book fair' }])
  t.match(answers.searched.body.data, [
    { type: 'event', title: 'Book fair', snippets: [{ field: 'title', html: 'Book <mark>fair</mark>' }] },
  ])
  t.equal(answers.refused.status, 422)
  t.strictSame(answers.refused.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort(), [
    '/place',
    '/title',
  ])
  t.match(answers.withdrawn, { status: 200, body: { version: 4, status: 'withdrawn' } })
  t.equal(answers.gone.status, 410)
  t.equal(answers.index.body.links.events, '/v1/events')
  const paths = Object.keys(answers.document.body.paths).filter((path) => path.includes('events'))
  t.strictSame(paths.sort(), [
    '/v1/events',
    '/v1/events/{id}',
    '/v1/events/{id}/publish',
    '/v1/events/{id}/restore',
    '/v1/events/{id}/versions',
    '/v1/events/{id}/versions/{n}',
    '/v1/events/{id}/versions/{n}/diff',
    '/v1/events/{id}/withdraw',
    '/v1/people/{id}/events',
  ])
})

/** A copy of the project with one type more. It is deleted when the test ends. */
async function treeWithEvents(t: Test): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'dateline-tree-'))
  t.teardown(() => rm(tree, { recursive: true, force: true }))
  for (const name of ['src', 'migrations', 'seed', 'package.json'])
    await cp(join(project, name), join(tree, name), { recursive: true })
  await symlink(join(project, 'node_modules'), join(tree, 'node_modules'))
  await writeFile(join(tree, 'src/content/events.ts'), definition)
  await writeFile(join(tree, 'migrations/0009-events.ts'), migration)
  await writeFile(join(tree, 'session.ts'), session)
  await addToList(join(tree, 'src/content/index.ts'))
  return tree
}

/** The line that a new type takes in the list of types, and the import that goes with it. */
async function addToList(list: string): Promise<void> {
  const text = await readFile(list, 'utf8')
  const added = text.replace(/\brelate\(\[/, 'relate([events, ')
  if (added === text) throw new Error('The list of content types is not where it was.')
  await writeFile(list, `import { events } from './events.ts'\n${added}`)
}

interface Answered {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape, compared with what is expected
  readonly body: any
}

async function answersOf(tree: string): Promise<Record<keyof typeof requests, Answered>> {
  const { stdout } = await promisify(execFile)(process.execPath, ['session.ts', JSON.stringify(requests)], {
    cwd: tree,
    env: {},
    timeout: 60_000,
  })
  return JSON.parse(stdout)
}
