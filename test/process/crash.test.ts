import t from 'tap'
import { openStorage } from '../../src/storage/open.ts'
import { databaseFor } from '../support/dateline.ts'
import { serve } from './server.ts'

t.setTimeout(120_000)

const ROUNDS = 3
const AT_ONCE = 8

t.test(
  'kill -9 right after an acknowledged write loses nothing, and leaves nothing half-written',
  async (t) => {
    const database = await databaseFor(t)
    const acknowledged: string[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const { post, child, ended } = await serve(t, database, { SEED: 'never' })
      const writes = Array.from({ length: AT_ONCE }, async (_, index) => {
        const name = `round-${round}-${index}`
        const { status } = await post('/v1/people', { name })
        t.equal(status, 201)
        acknowledged.push(name)
        if (index === AT_ONCE / 2) child.kill('SIGKILL')
      })
      await Promise.allSettled(writes)
      t.equal((await ended).signal, 'SIGKILL')
    }
    t.ok(acknowledged.length >= ROUNDS, `${acknowledged.length} were acknowledged`)
    const storage = await openStorage(database)
    const stored = await storage.read(({ db }) =>
      db
        .selectFrom('documents')
        .leftJoin('person_versions', 'person_versions.document_id', 'documents.id')
        .leftJoin('slugs', 'slugs.document_id', 'documents.id')
        .select(['documents.latest_version', 'person_versions.version', 'slugs.slug'])
        .execute(),
    )
    const { generation } = await storage.read(({ db }) =>
      db.selectFrom('clock').select('generation').executeTakeFirstOrThrow(),
    )
    await storage.close()
    for (const name of acknowledged)
      t.ok(
        stored.some(({ slug }) => slug === name),
        name,
      )
    for (const row of stored) t.match(row, { latest_version: 1, version: 1, slug: String }, 'each is whole')
    t.equal(generation, stored.length, 'and counted once')
  },
)
