import { spawn } from 'node:child_process'
import { once } from 'node:events'
import t from 'tap'
import { createToken } from '../../src/access/tokens.ts'
import { content } from '../../src/content/index.ts'
import { create } from '../../src/documents/create.ts'
import { editBy } from '../../src/documents/edit.ts'
import { connectTo } from '../../src/storage/connect.ts'
import { copyDatabase, keyOf, tablesOf } from '../../src/storage/copy.ts'
import { openStorage } from '../../src/storage/open.ts'
import { databaseFor, sqliteDatabase } from '../support/database.ts'
import { amount } from '../support/torture.ts'

const DOCUMENTS = amount({ suite: 1_200, torture: 20_000 })

t.test('a copy there and back is the same database', async (t) => {
  const [first, second, third] = [await sqliteDatabase(t), await databaseFor(t), await sqliteDatabase(t)]
  await fill(first, amount({ suite: 40, torture: 20_000 }))
  const there = await copyDatabase(first, second, () => {})
  const back = await copyDatabase(second, third, () => {})
  t.equal(there.checksum, back.checksum)
  t.equal(there.rows, back.rows)
  t.same(await dump(third), await dump(first))
})

t.test('a copy that is killed goes on where it was', async (t) => {
  const [from, to] = [await sqliteDatabase(t), await databaseFor(t)]
  await fill(from, DOCUMENTS)
  await killInTheMiddle(from, to)
  const begun: number[] = []
  const report = await copyDatabase(from, to, (done) => void begun.push(done))
  t.ok((begun[0] ?? 0) > 0, 'it did not begin anew')
  t.equal(report.rows, begun.at(-1))
  t.same(await dump(to), await dump(from))
})

t.test('a target that is not empty is refused', async (t) => {
  const [from, to] = [await sqliteDatabase(t), await databaseFor(t)]
  await fill(from, 1)
  await fill(to, 2)
  await t.rejects(
    copyDatabase(from, to, () => {}),
    {
      message: 'The target is not empty: it has 2 documents and 1 tokens.',
    },
  )
})

t.test('the copy knows every table there is but those that triggers fill, and the key of each', async (t) => {
  const url = await databaseFor(t)
  await (await openStorage(url)).close()
  const { writer, reader } = await connectTo(url)
  const tables = (await writer.introspection.getTables()).filter(
    ({ name }) => !/^words_(fts|terms)/.test(name),
  )
  t.same((await tablesOf(writer)).sort(), tables.map(({ name }) => name).sort())
  for (const { name, columns } of tables)
    t.ok(
      keyOf(name).every((key) => columns.some((column) => column.name === key && !column.isNullable)),
      `${name} has its key ${keyOf(name)}`,
    )
  await Promise.all([writer.destroy(), reader.destroy()])
})

/** People, in several versions' worth of fields: text in many scripts, lists, objects, nulls and a token. */
async function fill(url: string, documents: number): Promise<void> {
  const storage = await openStorage(url)
  const people = content.find(({ type }) => type === 'person')
  if (!people) throw new Error('There are no people.')
  await storage.write(async (trx) => {
    for (let number = 0; number < documents; number += 1)
      await create(
        trx,
        people,
        people.schemas.content.parse({
          name: `İbrahim “${number}” Ḱ 🗞`,
          sameAs: ['https://example.org/b', 'https://example.org/a'],
          image: number % 2 === 0 ? { caption: 'A "caption"', credit: 'b', url: null } : null,
        }),
        number % 3 === 0 ? 'no' : 'now',
        editBy('test'),
      )
  })
  await createToken(storage, { name: 'desk', role: 'editor' })
  await storage.close()
}

async function killInTheMiddle(from: string, to: string): Promise<void> {
  const program = `
    import { copyDatabase } from './src/storage/copy.ts'
    await copyDatabase(${JSON.stringify(from)}, ${JSON.stringify(to)}, (done, total) => {
      if (done > total / 3) process.kill(process.pid, 'SIGKILL')
    })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' })
  await once(child, 'exit')
}

/** Everything in a database, as values of JavaScript. */
async function dump(url: string): Promise<Record<string, unknown[]>> {
  const { writer, reader } = await connectTo(url)
  const tables: Record<string, unknown[]> = {}
  for (const table of await tablesOf(writer)) {
    const rows = await writer
      .selectFrom(table as 'documents')
      .selectAll()
      .execute() // any table will do
    const values = rows.map((row) => Object.entries(row).map(([name, value]) => [name, plain(value)]))
    tables[table] = values.map((row) => JSON.stringify(row.sort())).sort()
  }
  await Promise.all([writer.destroy(), reader.destroy()])
  return tables
}

/** JSON is text in one database and a value in the other, whose members have no order. */
function plain(value: unknown): unknown {
  const parsed = typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value
  if (Array.isArray(parsed)) return parsed.map(plain)
  if (typeof parsed !== 'object' || parsed === null) return parsed
  return Object.entries(parsed).sort()
}
