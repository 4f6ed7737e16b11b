import t, { type Test } from 'tap'
import type { Instant } from '../../src/storage/clock.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import type { WriteTrx } from '../../src/storage/transaction.ts'
import { databaseFor } from '../support/database.ts'
import { STORY, start } from '../support/dateline.ts'

const NOON = Date.parse('2026-01-01T12:00:00Z')

/** A database whose wall clock shows what the test says. */
async function open(t: Test, now: Instant = NOON) {
  const wall = { now }
  const url = await databaseFor(t)
  const storage = await openStorage(url, { wallClock: () => wall.now })
  t.teardown(() => storage.close())
  return { storage, wall, url }
}

function generationOf({ read }: Storage): Promise<number> {
  return read(async ({ generation }) => generation)
}

function nowOf({ read }: Storage): Promise<Instant> {
  return read(async ({ now }) => now)
}

let count = 0

/** Writes something. @returns the instant at which */
async function insert(trx: WriteTrx): Promise<Instant> {
  count += 1
  const row = {
    id: `document_${count}`,
    type: 'test',
    latest_version: 1,
    created_at: trx.now,
    purged_at: null,
  }
  await trx.db.insertInto('documents').values(row).execute()
  trx.changed = true
  return trx.now
}

function countDocuments({ read }: Storage): Promise<number> {
  return read(async ({ db }) => (await db.selectFrom('documents').select('id').execute()).length)
}

t.test('the generation counts the commits that changed something', async (t) => {
  const { storage } = await open(t)
  t.equal(await generationOf(storage), 0)
  await storage.write(insert)
  await storage.write(async (trx) => [await insert(trx), await insert(trx)])
  t.equal(await generationOf(storage), 2, 'each commit once, however much it wrote')
  await storage.write(async () => 'nothing')
  await nowOf(storage)
  await storage.ping()
  t.equal(await generationOf(storage), 2, 'and what changes nothing is not counted')
})

t.test('instants strictly increase while the wall clock stands still', async (t) => {
  const { storage } = await open(t)
  const instants: Instant[] = []
  for (let write = 0; write < 5; write += 1) instants.push(await storage.write(insert))
  t.strictSame(instants, [NOON, NOON + 1, NOON + 2, NOON + 3, NOON + 4])
})

t.test('instants strictly increase when the wall clock jumps back', async (t) => {
  const { storage, wall } = await open(t)
  const instants = [await storage.write(insert)]
  for (const now of [NOON - 86_400_000, 0, NOON - 1, NOON + 5_000, NOON + 10, NOON + 6_000]) {
    wall.now = now
    instants.push(await storage.write(insert))
  }
  t.strictSame(
    instants.map((instant) => instant - NOON),
    [0, 1, 2, 3, 5_000, 5_001, 6_000],
  )
})

t.test('a read stands at the last write, or one millisecond behind the wall clock', async (t) => {
  const { storage, wall } = await open(t)
  await storage.write(insert)
  wall.now = NOON - 86_400_000
  t.equal(await nowOf(storage), NOON)
  wall.now = NOON + 500
  t.equal(await nowOf(storage), NOON + 499)
  t.equal(await generationOf(storage), 1, 'and is not counted')
})

t.test('a write in the same millisecond as a read has a later instant', async (t) => {
  const { storage, wall } = await open(t)
  await storage.write(insert)
  wall.now = NOON + 500
  const read = await nowOf(storage)
  t.equal(await storage.write(insert), NOON + 500)
  t.equal(read, NOON + 499)
})

t.test('a write that changes nothing does not move the clock', async (t) => {
  const { storage, wall } = await open(t)
  await storage.write(insert)
  wall.now = NOON + 10_000
  await storage.write(async () => {})
  wall.now = NOON
  t.equal(await storage.write(insert), NOON + 1)
})

t.test('a failed write leaves nothing: no row, no count, no instant', async (t) => {
  const { storage, wall } = await open(t)
  await storage.write(insert)
  wall.now = NOON + 10_000
  const failing = storage.write(async (trx) => {
    await insert(trx)
    throw new Error('No.')
  })
  await t.rejects(failing, { message: 'No.' })
  wall.now = NOON
  t.equal(await countDocuments(storage), 1)
  t.equal(await generationOf(storage), 1)
  t.equal(await storage.write(insert), NOON + 1)
  t.equal(await generationOf(storage), 2)
})

t.test('writes at the same time each have a count and an instant of their own', async (t) => {
  const { storage } = await open(t)
  const instants = await Promise.all(Array.from({ length: 20 }, () => storage.write(insert)))
  t.strictSame(
    instants.toSorted((one, other) => one - other),
    Array.from({ length: 20 }, (_, index) => NOON + index),
  )
  t.equal(await generationOf(storage), 20)
})

t.test('the clock outlives the process, also with a wall clock that starts earlier', async (t) => {
  const { storage, url } = await open(t)
  await storage.write(insert)
  const next = await openStorage(url, { wallClock: () => NOON - 1_000 })
  t.teardown(() => next.close())
  t.equal(await next.write(insert), NOON + 1)
  t.equal(await generationOf(next), 2)
})

t.test('a read changes nothing, not even when it tries', async (t) => {
  const { storage } = await open(t)
  await t.rejects(
    storage.read(async ({ db, now }) => {
      const row = { id: 'document_x', type: 'test', latest_version: 1, created_at: now, purged_at: null }
      await db.insertInto('documents').values(row).execute()
    }),
  )
  t.equal(await countDocuments(storage), 0)
})

t.test('a refused request and a save of the same content are not counted', async (t) => {
  const dateline = await start(t, { seeded: true })
  const before = await generationOf(dateline.storage)
  const url = `/v1/articles/${STORY}`
  const { headline } = (await dateline.get(url)).body
  const refused = [
    await dateline.patch(url, { headline }),
    await dateline.patch(url, { headline: 5 }),
    await dateline.patch(url, { slug: 'x' }, { headers: { 'if-match': '"9"' } }),
    await dateline.post('/v1/articles', { headline: 'A', people: [{ personId: 'nobody' }] }),
    await dateline.patch(`${url}?publish=2019-01-01`, { headline: 'Dated back' }),
    await dateline.delete('/v1/people/nobody'),
  ]
  t.strictSame(
    refused.map(({ status }) => status),
    [200, 422, 412, 422, 409, 404],
  )
  t.equal(await generationOf(dateline.storage), before)
  t.equal((await dateline.patch(url, { headline: 'Another' })).status, 200)
  t.equal(await generationOf(dateline.storage), before + 1)
})
