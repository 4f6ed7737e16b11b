import t, { type Test } from 'tap'
import { createToken } from '../../src/access/tokens.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import { databaseFor } from '../support/database.ts'

t.test('what one storage commits is known to the other one at once', async (t) => {
  const url = await databaseFor(t)
  const [one, two] = [await open(t, url), await open(t, url)]
  const before = await one.read(async (trx) => trx.generation)
  for (const [index, writer] of [two, one, two].entries()) {
    await createToken(writer, { name: 'desk', role: 'editor' })
    for (const storage of [one, two])
      t.equal((await storage.present()).generation, before + index + 1, `commit ${index + 1}`)
  }
})

t.test('a write that changes nothing is no commit', async (t) => {
  const storage = await open(t, await databaseFor(t))
  const { generation } = await storage.present()
  await storage.write(async () => {})
  t.equal((await storage.present()).generation, generation)
})

t.test('the present is where a read stands', async (t) => {
  const storage = await open(t, await databaseFor(t), () => 5_000_000_000_000)
  await createToken(storage, { name: 'desk', role: 'editor' })
  const { now, generation } = await storage.read(async (trx) => trx)
  const present = await storage.present()
  t.strictSame([present.now, present.generation], [now, generation])
})

t.test('those who ask while another one is asking are all answered', async (t) => {
  const storage = await open(t, await databaseFor(t))
  const { generation } = await storage.present()
  const answers = await Promise.all(Array.from({ length: 50 }, () => storage.present()))
  t.strictSame(new Set(answers.map((answer) => answer.generation)), new Set([generation]))
})

async function open(t: Test, url: string, wallClock?: () => number): Promise<Storage> {
  const storage = await openStorage(url, wallClock ? { wallClock } : {})
  t.teardown(() => storage.close())
  return storage
}
