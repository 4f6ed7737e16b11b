import { mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { LastUses } from '../../src/access/last-used.ts'
import type { Storage } from '../../src/storage/open.ts'
import { engine } from '../support/database.ts'
import { type Dateline, START, start } from '../support/dateline.ts'

const admin = { as: 'admin' } as const
const NOON = START + 12 * 3_600_000
const MINUTE = 60_000

/** Where a test writes to the log of an app, and looks at what was written. */
function logbook() {
  const warnings: unknown[] = []
  return { warnings, log: { warn: (...line: unknown[]) => void warnings.push(line[1]) } }
}

/** When each token was last used, by the table itself. */
async function stored({ read }: Storage): Promise<Record<string, number | null>> {
  const rows = await read(({ db }) => db.selectFrom('tokens').select(['name', 'last_used_at']).execute())
  return Object.fromEntries(rows.map((row) => [row.name, row.last_used_at]))
}

function idOf({ read }: Storage, name: string): Promise<string> {
  return read(async ({ db }) => {
    const token = db.selectFrom('tokens').select('id').where('name', '=', name)
    return (await token.executeTakeFirstOrThrow()).id
  })
}

async function shown({ storage, get }: Dateline, name: string): Promise<string | null> {
  return (await get(`/v1/tokens/${await idOf(storage, name)}`, admin)).body.lastUsedAt
}

t.test('the last use of a token is shown to the minute, by the very next answer', async (t) => {
  const dateline = await start(t)
  dateline.clock.now = NOON + 34 * MINUTE + 56_789
  t.equal(await shown(dateline, 'viewer'), null)
  await dateline.get('/v1/articles', { as: 'viewer' })
  t.equal(await shown(dateline, 'viewer'), '2026-01-01T12:34:00.000Z')
  dateline.clock.advance(MINUTE)
  t.equal(await shown(dateline, 'viewer'), '2026-01-01T12:34:00.000Z')
  await dateline.get('/v1/articles', { as: 'viewer' })
  const { data } = (await dateline.get('/v1/tokens', admin)).body
  t.strictSame(
    data.map(({ name, lastUsedAt }: Record<string, string>) => [name, lastUsedAt]),
    [
      ['admin', '2026-01-01T12:35:00.000Z'],
      ['editor', null],
      ['writer', null],
      ['viewer', '2026-01-01T12:35:00.000Z'],
    ],
  )
})

t.test('a request with a token that is over is no use of it, one that is refused otherwise is', async (t) => {
  const dateline = await start(t)
  const make = async (name: string) =>
    (await dateline.post('/v1/tokens', { name, role: 'viewer', expiresAt: '2026-01-01T13:00:00Z' }, admin))
      .body
  const [revoked, expired] = [await make('revoked'), await make('expired')]
  await dateline.delete(`/v1/tokens/${revoked.id}`, admin)
  dateline.clock.now = NOON + 60 * MINUTE + 1
  for (const { secret } of [revoked, expired]) {
    const headers = { authorization: `Bearer ${secret}` }
    t.equal((await dateline.send({ url: '/v1/articles', headers })).status, 401)
  }
  t.equal((await dateline.post('/v1/people', { name: 'Ada' }, { as: 'viewer' })).status, 403)
  t.equal(await shown(dateline, 'revoked'), null)
  t.equal(await shown(dateline, 'expired'), null)
  t.equal(await shown(dateline, 'viewer'), '2026-01-01T13:00:00.000Z')
})

t.test('uses are written together, once for each minute, and the clock does not move', async (t) => {
  const dateline = await start(t)
  const clock = () => dateline.storage.read(({ db }) => db.selectFrom('clock').selectAll().execute())
  const before = await clock()
  dateline.statements.length = 0
  for (let round = 0; round < 3; round += 1)
    for (const as of ['viewer', 'writer', 'editor'] as const) await dateline.get('/v1/articles', { as })
  const updates = () => dateline.statements.filter((statement) => statement.startsWith('update'))
  t.strictSame(updates(), [], 'no request writes for it')
  await dateline.get('/v1/tokens', admin)
  await dateline.get('/v1/tokens', admin)
  t.equal(updates().length, 1)
  t.match(updates()[0], /^update "tokens" set "last_used_at"/)
  t.strictSame(await clock(), before)
})

t.test('an earlier use, which another process writes later, does not take its place', async (t) => {
  const { storage } = await start(t)
  const id = await idOf(storage, 'viewer')
  const [one, other] = [new LastUses(storage, logbook().log), new LastUses(storage, logbook().log)]
  one.note(id, NOON + 5 * MINUTE)
  other.note(id, NOON + 3 * MINUTE)
  await one.save()
  await other.save()
  await Promise.all([one.close(), other.close()])
  t.equal((await stored(storage)).viewer, NOON + 5 * MINUTE)
})

t.test('uses are written when the server stops', async (t) => {
  const { app, storage, get } = await start(t)
  await get('/v1/articles', { as: 'viewer' })
  t.equal((await stored(storage)).viewer, null)
  await app.close()
  t.equal((await stored(storage)).viewer, START)
})

t.test('uses are written a minute later, though nobody asks for them', async (t) => {
  const { storage } = await start(t)
  const id = await idOf(storage, 'viewer')
  const uses = new LastUses(storage, logbook().log)
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  uses.note(id, NOON)
  mock.timers.tick(MINUTE - 1)
  await setImmediate()
  t.equal((await stored(storage)).viewer, null)
  mock.timers.tick(1)
  while ((await stored(storage)).viewer === null) await setImmediate()
  t.equal((await stored(storage)).viewer, NOON)
  await uses.close()
})

t.test('what cannot be written is logged and tried again, and fails no request', async (t) => {
  const dateline = await start(t)
  const { storage } = dateline
  const { warnings, log } = logbook()
  const uses = new LastUses(storage, log)
  await refuseUpdates(storage)
  uses.note(await idOf(storage, 'writer'), NOON)
  await uses.save()
  t.strictSame(warnings, ['the last use of tokens was not saved, and will be tried again'])
  await dateline.get('/v1/articles', { as: 'viewer' })
  const { status, body } = await dateline.get('/v1/tokens', admin)
  t.equal(status, 200)
  t.strictSame([...new Set(body.data.map((token: { lastUsedAt: null }) => token.lastUsedAt))], [null])
  await allowUpdates(storage)
  uses.note(await idOf(storage, 'writer'), NOON + MINUTE)
  await uses.close()
  t.equal(await shown(dateline, 'writer'), '2026-01-01T12:01:00.000Z', 'and what came later stands')
  t.equal(await shown(dateline, 'viewer'), '2026-01-01T00:00:00.000Z')
  t.equal(warnings.length, 1)
})

/** Has the database fail when a token is changed. */
async function refuseUpdates({ write }: Storage): Promise<void> {
  await write(({ db, dialect }) => dialect.makeAppendOnly(db, 'tokens'))
}

async function allowUpdates({ write }: Storage): Promise<void> {
  const drop =
    engine === 'sqlite'
      ? sql`drop trigger tokens_no_update`
      : sql`drop trigger tokens_is_append_only on tokens`
  await write(({ db }) => drop.execute(db))
}
