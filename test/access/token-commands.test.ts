import t from 'tap'
import { tokenTable } from '../../src/access/token-table.ts'
import { allTokens, createToken, revokeToken } from '../../src/access/tokens.ts'
import { openStorage } from '../../src/storage/open.ts'
import { dateline } from '../process/command.ts'
import { databaseFor } from '../support/database.ts'
import { startServer } from '../support/server-process.ts'

t.setTimeout(120_000)

const UNKNOWN = 'token_01h455vb4pex5vsknk084sn02q'
const day = (text: string) => Date.parse(`2026-01-${text}Z`)

t.test('tokens are printed as a table, for people', async (t) => {
  const token = (name: string, rest: object = {}) => ({
    id: UNKNOWN,
    name,
    role: 'editor',
    created_at: day('01T12:00:00.000'),
    created_by: 'command-line',
    expires_at: null,
    revoked_at: null,
    last_used_at: null,
    ...rest,
  })
  const tokens = [
    token('The foreign desk', { last_used_at: day('02T12:34:00') }),
    token('old', { expires_at: day('02T00:00:00') }),
    token('new', { expires_at: day('04T00:00:00'), role: 'admin' }),
    token('lost \u001b[2J', { expires_at: day('02T00:00:00'), revoked_at: day('03T00:00:00.001') }),
  ]
  const [id, made] = [UNKNOWN, '2026-01-01T12:00Z']
  t.equal(
    tokenTable(tokens, day('02T00:00:00')),
    [
      'ID                                ROLE    NAME              CREATED            LAST USED          ENDS',
      `${id}  editor  The foreign desk  ${made}  2026-01-02T12:34Z  never`,
      `${id}  editor  old               ${made}  never              expired 2026-01-02T00:00Z`,
      `${id}  admin   new               ${made}  never              2026-01-04T00:00Z`,
      `${id}  editor  lost ?[2J         ${made}  never              revoked 2026-01-03T00:00Z`,
    ].join('\n'),
  )
})

t.test('what the command line is given is held to the rules of the API', async (t) => {
  const storage = await openStorage(await databaseFor(t))
  t.teardown(() => storage.close())
  const desk = { name: 'Desk', role: 'viewer' } as const
  const cases: [() => Promise<unknown>, string][] = [
    [
      () => createToken(storage, { ...desk, name: ' ', expiresAt: 'soon' }),
      '/name: must not be empty. /expiresAt: must be an instant with its zone, such as 2099-12-31T00:00:00Z, or a date such as 2099-12-31.',
    ],
    [() => createToken(storage, { ...desk, expiresAt: '2001-01-01' }), '/expiresAt: must be in the future.'],
    [
      () => revokeToken(storage, 'nothing'),
      `"nothing" is not the id of a token. Give one such as ${UNKNOWN}.`,
    ],
    [() => revokeToken(storage, UNKNOWN), `There is no token with the id "${UNKNOWN}".`],
  ]
  for (const [attempt, message] of cases) await t.rejects(attempt(), { message })
  t.strictSame((await allTokens(storage)).tokens, [])
})

t.test('a token from the command line works at a running server until it is revoked there', async (t) => {
  const DATABASE_URL = await databaseFor(t)
  const run = (...args: string[]) => dateline(t, ['token', ...args], { DATABASE_URL })
  const server = await startServer(t, DATABASE_URL)
  const made = await run('create', '--role', 'viewer', '--name', 'Desk', '--expires', '2999-01-01')
  const headers = { authorization: `Bearer ${made.stdout.trim()}` }
  const status = async () => (await fetch(`${server.address}/v1/articles?at=latest`, { headers })).status
  t.equal(await status(), 200)
  const id = /token_\w{26}/.exec((await run('list')).stdout)?.[0] ?? ''
  t.strictSame((await run('revoke', id)).stdout, 'The token is revoked.\n')
  t.equal(await status(), 401)
  server.child.kill('SIGTERM')
  t.equal((await server.ended).code, 0)
  const storage = await openStorage(DATABASE_URL)
  t.teardown(() => storage.close())
  const { tokens } = await allTokens(storage)
  t.match(tokens, [{ id, created_by: 'command-line', expires_at: Date.parse('2999-01-01') }])
  t.not(tokens[0]?.last_used_at, null, 'the server wrote its last use before it stopped')
  const lines = await storage.read(({ db }) =>
    db.selectFrom('audit').select(['id', 'action', 'token_id', 'document_id']).orderBy('id').execute(),
  )
  const by = { token_id: 'command-line', document_id: id }
  t.strictSame(lines, [
    { id: 1, action: 'create-token', ...by },
    { id: 2, action: 'revoke-token', ...by },
  ])
})
