import t, { type Test } from 'tap'
import type { Instant } from '../../src/storage/clock.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import type { WriteTrx } from '../../src/storage/transaction.ts'
import { databaseFor } from '../support/database.ts'

const NOON = Date.parse('2026-01-01T12:00:00Z')

/** A database whose wall clock shows what the test says. */
async function open(t: Test) {
  const wall = { now: NOON }
  const storage = await openStorage(await databaseFor(t), { wallClock: () => wall.now })
  t.teardown(() => storage.close())
  return { storage, wall }
}

/** A write that stays open until it is told to end. @returns when it has its instant */
async function begin({ write }: Storage) {
  const began = Promise.withResolvers<Instant>()
  const ending = Promise.withResolvers<void>()
  const done = write(async (trx) => {
    const instant = await insert(trx)
    began.resolve(instant)
    await ending.promise
    return instant
  })
  const end = (refusal?: Error) => {
    if (refusal) ending.reject(refusal)
    else ending.resolve()
    return done
  }
  return { instant: await began.promise, end }
}

let count = 0

async function insert(trx: WriteTrx): Promise<Instant> {
  count += 1
  const id = `document_${count}`
  const row = { id, type: 'test', latest_version: 1, created_at: trx.now, purged_at: null }
  await trx.db.insertInto('documents').values(row).execute()
  trx.changed = true
  return trx.now
}

function nowOf({ read }: Storage): Promise<Instant> {
  return read(async ({ now }) => now)
}

/** Where a read stands that asks for an instant. */
function nowReaching({ read }: Storage, asked: Instant, onTried = () => {}): Promise<Instant> {
  return read(async ({ now, reach }) => {
    onTried()
    reach(asked)
    return now
  })
}

/** How many documents a reader is shown at an instant. */
function countAt({ read }: Storage, at: Instant): Promise<number> {
  return read(async ({ db }) => {
    const rows = await db.selectFrom('documents').select('id').where('created_at', '<=', at).execute()
    return rows.length
  })
}

t.test('a read while a write is open stands before the instant of that write', async (t) => {
  const { storage, wall } = await open(t)
  const write = await begin(storage)
  wall.now = NOON + 5_000
  const now = await nowOf(storage)
  t.equal(now, write.instant - 1)
  t.equal(await countAt(storage, now), 0)
  await write.end()
  t.equal(await countAt(storage, now), 0, 'which shows later what it showed then')
  t.equal(await nowOf(storage), NOON + 4_999, 'and reads stand behind the wall clock again')
})

t.test('while several writes are open or waiting, a read stands before all of them', async (t) => {
  const { storage, wall } = await open(t)
  const first = await begin(storage)
  wall.now = NOON + 5_000
  const second = storage.write(insert)
  wall.now = NOON + 10_000
  t.ok((await nowOf(storage)) < first.instant)
  await first.end()
  t.equal(await second, NOON + 10_000)
  t.equal(await nowOf(storage), NOON + 10_000, 'and at the last of them when all are done')
})

t.test('a write that fails holds no read back', async (t) => {
  const { storage, wall } = await open(t)
  const write = await begin(storage)
  wall.now = NOON + 5_000
  await t.rejects(write.end(new Error('No.')), { message: 'No.' })
  t.equal(await nowOf(storage), NOON + 4_999)
})

t.test('an instant that an open write may still change is read when that write is over', async (t) => {
  const { storage, wall } = await open(t)
  const write = await begin(storage)
  wall.now = NOON + 5_000
  const asked = NOON + 3_000
  const tried = Promise.withResolvers<void>()
  let attempts = 0
  const read = storage.read(async ({ db, now, reach }) => {
    attempts += 1
    tried.resolve()
    reach(asked)
    t.ok(asked <= now, 'it does not lie in the future')
    return (await db.selectFrom('documents').select('id').where('created_at', '<=', asked).execute()).length
  })
  await tried.promise
  await write.end()
  t.equal(await read, 1, 'with what that write made')
  t.equal(attempts, 2)
})

t.test('what lies before every open write, and the future, is read at once', async (t) => {
  const { storage, wall } = await open(t)
  const write = await begin(storage)
  wall.now = NOON + 5_000
  for (const asked of [write.instant - 1, NOON + 6_000])
    t.equal(await nowReaching(storage, asked), write.instant - 1)
  await write.end()
})

t.test('a steady flow of writes does not keep an instant from being read', async (t) => {
  const { storage, wall } = await open(t)
  const first = await begin(storage)
  wall.now = NOON + 5_000
  const asked = NOON + 4_000
  const tried = Promise.withResolvers<void>()
  const read = nowReaching(storage, asked, tried.resolve)
  await tried.promise
  wall.now = NOON + 6_000
  const next = begin(storage)
  await first.end()
  const second = await next
  t.ok((await read) >= asked)
  t.ok(second.instant > asked)
  await second.end()
})
