import { CompiledQuery, sql } from 'kysely'
import t from 'tap'
import { type AuditFilters, listAudit } from '../../src/access/audit.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import { databaseFor, engine } from '../support/database.ts'
import { type Dateline, START, start } from '../support/dateline.ts'

const admin = { as: 'admin' } as const
const NOBODY = 'token_01h455vb4pex5vsknk084sn02q'

interface Line {
  readonly id: number
  readonly token: string
}

/** The ids of the lines that a query finds, on its first page. */
async function idsOf({ get }: Dateline, query: string): Promise<number[]> {
  const { body } = await get(`/v1/audit?${query}`, admin)
  return body.data.map(({ id }: Line) => id)
}

/** An id for each token's name. */
async function tokenIds({ get }: Dateline): Promise<Record<string, string>> {
  const { data } = (await get('/v1/tokens', admin)).body
  return Object.fromEntries(data.map(({ name, id }: { name: string; id: string }) => [name, id]))
}

t.test(
  'every version and every change of a token has its line: who, what, when and from where',
  async (t) => {
    const dateline = await start(t)
    const tokens = await tokenIds(dateline)
    const person = (await dateline.post('/v1/people', { name: 'Ada' }, { as: 'writer' })).body
    await dateline.post(`/v1/people/${person.id}/publish`)
    const desk = (await dateline.post('/v1/tokens', { name: 'Desk', role: 'viewer' }, admin)).body
    await dateline.delete(`/v1/tokens/${desk.id}`, admin)
    await dateline.delete(`/v1/tokens/${desk.id}`, admin)
    const { body } = await dateline.get('/v1/audit', admin)
    const line = (id: number, name: string, rest: Record<string, unknown>) => ({
      id,
      at: new Date(START + id).toISOString(),
      token: tokens[name],
      tokenName: name,
      address: '127.0.0.1',
      ...rest,
    })
    const written = body.data.slice(0, 4).map(({ requestId, ...rest }: { requestId: string }) => {
      t.match(requestId, /^[0-9a-f-]{36}$/)
      return rest
    })
    t.strictSame(written, [
      line(8, 'admin', { action: 'revoke-token', type: 'token', documentId: desk.id, version: null }),
      line(7, 'admin', { action: 'create-token', type: 'token', documentId: desk.id, version: null }),
      line(6, 'editor', { action: 'publish', type: 'person', documentId: person.id, version: 2 }),
      line(5, 'writer', { action: 'create', type: 'person', documentId: person.id, version: 1 }),
    ])
    t.strictSame(body.data[4], {
      ...line(4, 'admin', { action: 'create-token', type: 'token', documentId: tokens.admin, version: null }),
      token: 'command-line',
      tokenName: null,
      address: null,
      requestId: null,
    })
    t.equal(body.data.length, 8)
  },
)

t.test('what was refused or changed nothing has no line', async (t) => {
  const dateline = await start(t)
  const { body } = await dateline.post('/v1/people', { name: 'Ada' })
  const before = await idsOf(dateline, '')
  await dateline.post('/v1/people', { name: 'Ada', slug: 'ada' })
  await dateline.post('/v1/people', { name: 5 })
  await dateline.patch(`/v1/people/${body.id}`, { name: 'Ada' })
  await dateline.post('/v1/tokens', { name: 'Desk', role: 'admin' }, { as: 'editor' })
  await dateline.post('/v1/tokens', { name: 'Desk', role: 'admin', expiresAt: '2001-01-01' }, admin)
  await dateline.delete(`/v1/tokens/${NOBODY}`, admin)
  t.strictSame(await idsOf(dateline, ''), before)
})

t.test('the audit is filtered by token, document, action and time, and by all of them at once', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { editor, writer } = await tokenIds(dateline)
  const seeded = await idsOf(dateline, 'token=seed&limit=100')
  const first = (seeded[0] ?? 0) + 1 // the four tokens of the harness
  const as = { as: 'writer' } as const
  dateline.clock.advance(3_600_000)
  const { id } = (await dateline.post('/v1/people', { name: 'Ada' })).body
  await dateline.patch(`/v1/people/${id}`, { name: 'Ada Lovelace' }, as)
  dateline.clock.advance(3_600_000)
  await dateline.post('/v1/people', { name: 'Grace' }, as)
  await dateline.patch(`/v1/people/${id}`, { name: 'Lady Lovelace' }, as)
  const [ada, changed, grace, again] = [first + 4, first + 5, first + 6, first + 7]
  const [one, two] = ['2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z']
  const cases: [string, number[]][] = [
    [`token=${editor}`, [ada]],
    [`token=${writer}`, [again, grace, changed]],
    ['token=command-line', [first + 3, first + 2, first + 1, first]],
    ['token=ADMIN_TOKEN', []],
    [`token=${NOBODY}`, []],
    [`document=${id}`, [again, changed, ada]],
    [`document=${editor}`, [first + 2]],
    ['action=create-token', [first + 3, first + 2, first + 1, first]],
    ['action=purge', []],
    [`at.gte=${two}`, [again, grace]],
    [`at.gte=${one}&at.lt=${two}`, [changed, ada]],
    [`at.lt=${one}&token=command-line`, [first + 3, first + 2, first + 1, first]],
    [`at.gte=2026-01-02&at.lt=2026-01-03`, []],
    [`at.gte=${two}&at.lt=${one}`, []],
    [`at.gte=2026-01-01&at.lt=2026-01-02&token=${writer}&document=${id}&action=save`, [again, changed]],
  ]
  for (const [query, ids] of cases) t.strictSame(await idsOf(dateline, query), ids, query)
  t.equal((await idsOf(dateline, `at.lt=${two}&limit=100`)).length, changed)
})

t.test('the audit has pages both ways, which stay as they are when lines are added', async (t) => {
  const dateline = await start(t)
  const page = async (query: string) => (await dateline.get(`/v1/audit?limit=2${query}`, admin)).body
  const ids = ({ data }: { data: Line[] }) => data.map(({ id }) => id)
  const first = await page('&action=create-token')
  t.strictSame([ids(first), first.page.prev], [[4, 3], null])
  await dateline.post('/v1/tokens', { name: 'Desk', role: 'viewer' }, admin)
  const second = await page(`&action=create-token&cursor=${first.page.next}`)
  t.strictSame([ids(second), second.page.next], [[2, 1], null])
  const back = await page(`&action=create-token&cursor=${second.page.prev}`)
  t.strictSame(ids(back), [4, 3])
  t.strictSame(ids(await page(`&action=create-token&cursor=${back.page.prev}`)), [5])
})

t.test('a cursor belongs to its query, and the limit is not a part of that', async (t) => {
  const { get } = await start(t)
  const { next } = (await get('/v1/audit?limit=1&at.gte=2025-01-01', admin)).body.page
  t.equal((await get(`/v1/audit?at.gte=2025-01-01T00:00Z&limit=3&cursor=${next}`, admin)).body.data.length, 3)
  for (const query of [
    '',
    'at.gte=2025-01-02&',
    'at.gte=2025-01-01&token=command-line&',
    'at.lt=2027-01-01&',
  ])
    t.match(await get(`/v1/audit?${query}cursor=${next}`, admin), {
      status: 400,
      body: { type: '/problems/invalid_cursor' },
    })
  t.match(await get(`/v1/tokens?cursor=${next}`, admin), { status: 400 })
})

t.test('a parameter that is unknown, repeated or wrong is refused and named', async (t) => {
  const { get } = await start(t)
  const faults = async (query: string) =>
    (await get(`/v1/audit?${query}`, admin)).body.errors.map(
      ({ parameter, code, detail }: Record<string, string>) => `${parameter} ${code}: ${detail}`,
    )
  t.strictSame(await faults('tokn=seed'), ['tokn unknown: is not known here. Did you mean "token"?'])
  t.strictSame(await faults('token=desk'), [
    'token malformed: must be the id of a token, or one of seed, command-line, ADMIN_TOKEN.',
  ])
  t.strictSame(await faults('document=ada-lovelace'), [
    'document malformed: must be the id of a document or of a token.',
  ])
  t.strictSame(await faults('action=destroy'), [
    'action not_allowed: must be one of create, save, carry, publish, schedule, unschedule, withdraw, expire, restore, purge, create-token, revoke-token.',
  ])
  t.strictSame(await faults('at.gte=noon&at.lt='), [
    'at.gte malformed: must be an instant with its zone, such as 2026-12-24T06:00:00Z, or a date such as 2026-12-24.',
    'at.lt malformed: must be an instant with its zone, such as 2026-12-24T06:00:00Z, or a date such as 2026-12-24.',
  ])
  t.strictSame(await faults('action=save&action=save'), ['action repeated: is given more than once.'])
})

t.test('the database itself refuses to change or delete a line', async (t) => {
  const { storage, get } = await start(t)
  const before = await get('/v1/audit', admin)
  for (const statement of [
    sql`update audit set token_id = 'somebody-else'`,
    sql`update audit set at = 0 where id = 1`,
    sql`delete from audit where id = 1`,
    sql`delete from audit`,
    sql`insert into audit select * from audit where id = 1
      on conflict (id) do update set token_id = 'somebody-else'`,
    engine === 'sqlite'
      ? sql`insert or replace into audit select * from audit where id = 1`
      : sql`truncate audit`,
  ])
    await t.rejects(
      storage.write(({ db }) => statement.execute(db)),
      { message: 'Rows of this table are never changed.' },
    )
  t.strictSame((await get('/v1/audit', admin)).body, before.body)
})

t.test('each filter is served by its index, in the order of the list', async (t) => {
  const queries: CompiledQuery[] = []
  const storage = await openStorage(await databaseFor(t), {
    log: ({ query: { sql, parameters } }) => void queries.push(CompiledQuery.raw(sql, [...parameters])),
  })
  t.teardown(() => storage.close())
  await fill(storage, 5_000)
  const cases: [AuditFilters, RegExp][] = [
    [{ token: 'token_7' }, /audit_by_token_id\b/],
    [{ document: 'person_7' }, /audit_by_document_id\b/],
    [{ action: 'purge' }, /audit_by_action\b/],
    [{ 'at.gte': START + 100 }, /audit_by_at\b/],
    [{ 'at.lt': START + 100 }, /audit_by_at\b/],
    [{ token: 'token_7', 'at.gte': START + 100, 'at.lt': START + 900 }, /audit_by_token_id\b/],
  ]
  for (const [filters, index] of cases)
    for (const backwards of [undefined, false, true]) {
      const from =
        backwards === undefined ? undefined : { key: [50, ''] as const, backwards, inclusive: false }
      const plan = await planOf(storage, queries, filters, from)
      t.match(plan, index)
      t.notMatch(plan, /temp b-tree|sort|seq scan|scan (a|audit)\b/i)
    }
})

/** Lines of a thousand tokens, each about a document of its own. */
async function fill({ write }: Storage, lines: number): Promise<void> {
  await write(async ({ db }) => {
    for (let start = 0; start < lines; start += 500)
      await db
        .insertInto('audit')
        .values(
          Array.from({ length: 500 }, (_, index) => start + index + 1).map((id) => ({
            id,
            at: START + id,
            token_id: `token_${id % 1_000}`,
            address: null,
            request_id: null,
            action: 'save' as const,
            type: 'person',
            document_id: `person_${id}`,
            version: 1,
          })),
        )
        .execute()
    await sql`analyze`.execute(db)
  })
}

async function planOf(
  storage: Storage,
  queries: CompiledQuery[],
  filters: AuditFilters,
  from: Parameters<typeof listAudit>[2]['from'],
): Promise<string> {
  queries.length = 0
  await storage.read((trx) => listAudit(trx, filters, { limit: 20, from }))
  const query = queries.find((each) => each.sql.includes('token_name'))
  if (!query) throw new Error('There was no query.')
  const explain = engine === 'sqlite' ? 'explain query plan' : 'explain'
  const { rows } = await storage.read(async ({ db }) => {
    if (engine === 'postgres')
      // small as they are here, it would rather read and sort them all
      for (const way of ['seqscan', 'bitmapscan', 'sort'])
        await sql`set local ${sql.raw(`enable_${way}`)} = off`.execute(db)
    return db.executeQuery(CompiledQuery.raw(`${explain} ${query.sql}`, [...query.parameters]))
  })
  return JSON.stringify(rows)
}
