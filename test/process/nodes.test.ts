import t from 'tap'
import { databaseFor } from '../support/database.ts'
import { call, startServer } from '../support/server-process.ts'
import { amount } from '../support/torture.ts'

const WRITES = amount({ suite: 50, torture: 10_000 })

t.test('what one node wrote is what the other one reads', async (t) => {
  const url = await databaseFor(t)
  const [one, two] = [await startServer(t, url), await startServer(t, url)]
  const { body: article } = await call(one.address, 'POST', '/v1/articles?publish=now', {
    headline: 'Version 0',
  })
  const path = `/v1/articles/${article.id}`
  let stale = 0
  for (let write = 1; write <= WRITES; write += 1) {
    const [writer, reader] = write % 2 === 0 ? [one, two] : [two, one]
    const headline = `Version ${write}`
    t.equal((await call(writer.address, 'PATCH', path, { headline })).status, 200)
    if ((await readPublicly(reader.address, path)) !== headline) stale += 1
  }
  t.equal(stale, 0, 'no answer was stale')
})

t.test('16 writers on two nodes give the same headline slugs of their own', async (t) => {
  const url = await databaseFor(t)
  const [one, two] = [await startServer(t, url), await startServer(t, url)]
  const rounds = amount({ suite: 4, torture: 40 })
  const slugs: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const replies = await Promise.all(
      Array.from({ length: 16 }, (_, writer) =>
        call((writer % 2 === 0 ? one : two).address, 'POST', '/v1/articles', {
          headline: 'The same headline',
        }),
      ),
    )
    t.same([...new Set(replies.map(({ status }) => status))].sort(), [201])
    slugs.push(...replies.map(({ body }) => body.slug))
  }
  t.equal(new Set(slugs).size, 16 * rounds)
})

t.test('two nodes that start on a new database at once seed it once', async (t) => {
  const url = await databaseFor(t)
  const [one] = await Promise.all([
    startServer(t, url, { SEED: 'auto' }),
    startServer(t, url, { SEED: 'auto' }),
  ])
  const { body } = await call(one.address, 'GET', '/v1/articles?count=true')
  t.equal(body.page.total, 1)
})

async function readPublicly(address: string, path: string): Promise<string> {
  const response = await fetch(`${address}${path}`)
  const { headline } = (await response.json()) as { headline: string } // a live article, as the test made it
  return headline
}
