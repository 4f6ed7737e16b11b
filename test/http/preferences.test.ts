import t from 'tap'
import { type Dateline, type RequestOptions, start } from '../support/dateline.ts'
import { readTables } from '../support/tables.ts'
import { everyWrite, play } from '../support/writes.ts'
import { assertProblem } from './problem.ts'

const viewer = { as: 'viewer' } as const
const minimal = { prefer: 'return=minimal' }

t.setTimeout(3 * 60_000) // many requests, which take a while on PostgreSQL

t.test('Prefer: return=minimal leaves the headers of every write, and does the same', async (t) => {
  const [whole, short] = [await start(t), await start(t)]
  const [wholeKeys, shortKeys] = [new Map<string, string>(), new Map<string, string>()]
  for (const write of everyWrite) {
    const named = `${write.operation} ${write.url}`
    const long = await play(whole, write, wholeKeys)
    const { status, headers, text } = await play(short, write, shortKeys, { headers: minimal })
    t.equal(status, 204, named)
    t.equal(text, '')
    t.equal(headers['content-type'], undefined)
    t.equal(headers['preference-applied'], 'return=minimal')
    t.equal(headers['cache-control'], long.headers['cache-control'])
    t.equal(anonymous(headers.location), anonymous(long.headers.location), named)
    t.equal(versionOf(headers.etag), versionOf(long.headers.etag), named)
  }
  t.strictSame(await shapeOf(short), await shapeOf(whole), 'what is saved is the same')
})

t.test('the tag of an answer without a body is the one that is read, and good for If-Match', async (t) => {
  const dateline = await start(t)
  const created = await dateline.post('/v1/articles', { headline: 'Story' }, { headers: minimal })
  t.equal(created.headers.location, '/v1/articles/story?at=latest')
  const read = await dateline.get(String(created.headers.location), viewer)
  t.equal(created.headers.etag, read.headers.etag)
  const next = { ...minimal, 'if-match': String(created.headers.etag) }
  const patched = await dateline.patch('/v1/articles/story', { byline: 'Jo' }, { headers: next })
  t.equal(patched.status, 204)
  t.equal((await dateline.patch('/v1/articles/story', { byline: 'Bo' }, { headers: next })).status, 412)
  const unchanged = await dateline.patch('/v1/articles/story', { byline: 'Jo' }, { headers: minimal })
  t.strictSame([unchanged.status, unchanged.headers.etag], [204, patched.headers.etag])
})

t.test(
  'a preference is understood in every form that RFC 7240 gives it, and others are not ours',
  async (t) => {
    const dateline = await start(t)
    const status = async (prefer: string) =>
      (await dateline.post('/v1/people?dryRun=true', { name: 'Anna' }, { headers: { prefer } })).status
    for (const prefer of [
      'Return=Minimal',
      'return="minimal"',
      'wait=5, return=minimal',
      'return = minimal; a=b',
    ])
      t.equal(await status(prefer), 204, prefer)
    for (const prefer of [
      '',
      'return=representation',
      'return',
      'minimal',
      'return=minimalist',
      'noreturn=minimal',
    ])
      t.equal(await status(prefer), 200, prefer)
  },
)

t.test('a refusal and a read have a body, whatever is preferred', async (t) => {
  const dateline = await start(t)
  const refused = await dateline.post('/v1/articles', { headline: '' }, { headers: minimal })
  t.match(refused, { status: 422, body: { errors: [{ pointer: '/headline' }] } })
  t.equal(refused.headers['preference-applied'], undefined)
  t.match(await dateline.get('/v1/articles', { headers: minimal }), { status: 200, body: { data: [] } })
})

t.test(
  'a note by header or parameter stands at the story and its parts, and not at people, who outlive it',
  async (t) => {
    const dateline = await start(t)
    const story = { headline: 'Story', quotes: [{ text: 'One.', speaker: { name: 'Anna' } }] }
    const note = 'Réécrit — Ştefan’s “fix” 👍'
    await dateline.post('/v1/articles', story, { headers: { 'dateline-note': inLatin1(`  ${note} `) } })
    t.strictSame(await notesOf(dateline), { article: [note], person: [null], quote: [note] })
    await dateline.post(`/v1/articles/story/publish?note=${encodeURIComponent(` ${note.normalize('NFD')} `)}`)
    t.strictSame(await notesOf(dateline), { article: [note, note], person: [null], quote: [note, note] })
    await dateline.patch('/v1/articles/story', { byline: 'Jo' })
    t.strictSame((await notesOf(dateline)).article, [null, note, note])
    t.notMatch((await dateline.get('/v1/articles/story/versions')).text, /note|Ştefan/)
  },
)

t.test('a note may have 1,000 characters, and is given once', async (t) => {
  const dateline = await start(t)
  const long = '👍'.repeat(1000)
  const byHeader = (note: string) => ({ headers: { 'dateline-note': inLatin1(note) } })
  const post = (query: string, options?: RequestOptions) =>
    dateline.post(`/v1/people${query}`, { name: 'Anna' }, options)
  t.equal((await post('', byHeader(long))).status, 201)
  t.equal((await post(`?note=${'é'.repeat(1000).replaceAll('é', '%C3%A9')}`)).status, 201)
  t.equal((await post('', byHeader(' '))).status, 201)
  t.strictSame((await notesOf(dateline)).person, [null, 'é'.repeat(1000), long])
  const before = await readTables(dateline.storage)
  const wrong = (header: string, detail: string, instance: string) =>
    ({
      status: 400,
      code: 'invalid_header',
      detail: `${header} ${detail}`,
      instance,
      errors: [{ header, code: 'malformed', detail }],
    }) as const
  assertProblem(
    t,
    await post('', byHeader(`${long}!`)),
    wrong('dateline-note', 'must have at most 1000 characters.', '/v1/people'),
  )
  const both = 'and the parameter note are both given. Send one.'
  assertProblem(t, await post('?note=a', byHeader('a')), wrong('dateline-note', both, '/v1/people?note=a'))
  for (const query of ['?note=', '?note=%20%09', `?note=${'x'.repeat(1001)}`, '?note=%00'])
    t.match(
      await post(query),
      { status: 400, body: { errors: [{ parameter: 'note', code: 'malformed' }] } },
      query.slice(0, 20),
    )
  t.match(await post('?note=a&note=b'), {
    status: 400,
    body: { errors: [{ parameter: 'note', code: 'repeated' }] },
  })
  t.strictSame(await readTables(dateline.storage), before)
})

t.test('a header that is not in UTF-8 is taken as Latin-1', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna' }, { headers: { 'dateline-note': 'Mårten' } })
  t.strictSame((await notesOf(dateline)).person, ['Mårten'])
})

/** Text as Node gives a header that a terminal sent in UTF-8. */
function inLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** The notes at the versions of each type, the newest first. */
async function notesOf({ get }: Dateline): Promise<Record<string, unknown[]>> {
  const notes: Record<string, unknown[]> = {}
  for (const path of ['articles', 'people', 'quotes'])
    for (const { id, type } of (await get(`/v1/${path}?at=latest`, viewer)).body.data) {
      const { data } = (await get(`/v1/${path}/${id}/versions`, viewer)).body
      notes[type] = [...(notes[type] ?? []), ...data.map(({ note }: { note: unknown }) => note)]
    }
  return notes
}

/** How many rows each table has. */
async function shapeOf({ storage }: Dateline): Promise<Record<string, number>> {
  const tables = Object.entries(await readTables(storage))
  return Object.fromEntries(tables.map(([name, rows]) => [name, rows.length]))
}

function anonymous(location: unknown): string {
  return String(location).replace(/_[0-9a-hjkmnp-tv-z]{26}/, '_id')
}

/** The part of a tag that counts versions; the rest is of ids and instants, which differ. */
function versionOf(tag: unknown): string | undefined {
  return /^"(?:(\d+)-)?[\w-]+"$/.exec(String(tag))?.[1]
}
