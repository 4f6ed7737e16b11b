import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { createToken } from '../../src/access/tokens.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import { administer, databaseFor, engine } from '../support/database.ts'

t.test('a storage knows that nothing has changed, and that something has', async (t) => {
  const url = await databaseFor(t)
  const [one, two] = [await open(t, url), await open(t, url)]
  const generation = await one.read(async (trx) => trx.generation)
  await settled(() => !one.changes.mayHaveChangedSince(generation))
  await createToken(two, { name: 'desk', role: 'editor' })
  await settled(() => one.changes.mayHaveChangedSince(generation))
  await settled(() => !one.changes.mayHaveChangedSince(generation + 1))
  await createToken(one, { name: 'desk', role: 'editor' })
  await settled(() => one.changes.mayHaveChangedSince(generation + 1))
  t.equal(await two.read(async (trx) => trx.generation), generation + 2)
})

t.test('a write that changes nothing is no change', async (t) => {
  const storage = await open(t, await databaseFor(t))
  const generation = await storage.read(async (trx) => trx.generation)
  await storage.write(async () => {})
  await settled(() => !storage.changes.mayHaveChangedSince(generation))
  t.pass('the generation is the same')
})

t.test(
  'while the listening connection is lost the answer is maybe',
  { skip: engine === 'sqlite' && 'SQLite has none' },
  async (t) => {
    const url = await databaseFor(t)
    const storage = await open(t, url)
    const generation = await storage.read(async (trx) => trx.generation)
    await settled(() => !storage.changes.mayHaveChangedSince(generation))
    await administer(
      url,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'select generation from clock'",
    )
    await settled(() => storage.changes.mayHaveChangedSince(generation))
    await settled(() => !storage.changes.mayHaveChangedSince(generation))
    t.pass('it listens again')
  },
)

async function open(t: Test, url: string): Promise<Storage> {
  const storage = await openStorage(url)
  t.teardown(() => storage.close())
  return storage
}

/** Waits for news that travels by itself; fails with the test's own time-out. */
async function settled(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5)
}
