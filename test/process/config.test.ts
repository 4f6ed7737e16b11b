import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { databaseFor } from '../support/dateline.ts'
import { dateline, launch } from './command.ts'

t.setTimeout(120_000)

t.test('without variables everything has its standard', async (t) => {
  const standard = {
    HOST: '127.0.0.1',
    PORT: 3000,
    DATABASE_URL: 'sqlite:data/dateline.db',
    SEED: 'auto',
    CORS_ORIGIN: '*',
    WORKERS: 1,
    REQUIRE_IF_MATCH: false,
    REQUIRE_CHANGE_NOTE: false,
    LOG_LEVEL: 'info',
  }
  t.strictSame({ ...readConfig({}) }, standard)
  t.strictSame({ ...readConfig({ PORT: '', HOST: '', ADMIN_TOKEN: '', OTHER: 'x' }) }, standard)
  t.ok(Object.isFrozen(readConfig({})))
})

t.test('what the server asks of writers is switched by true and false', async (t) => {
  const { REQUIRE_IF_MATCH, REQUIRE_CHANGE_NOTE } = readConfig({
    REQUIRE_IF_MATCH: 'true',
    REQUIRE_CHANGE_NOTE: 'false',
  })
  t.strictSame([REQUIRE_IF_MATCH, REQUIRE_CHANGE_NOTE], [true, false])
})

t.test('lists of origins and proxies are read', async (t) => {
  const { CORS_ORIGIN, TRUST_PROXY } = readConfig({
    CORS_ORIGIN: 'https://example.org, http://localhost:8080',
    TRUST_PROXY: '10.0.0.2, 192.168.0.0/16,::1',
  })
  t.strictSame(CORS_ORIGIN, ['https://example.org', 'http://localhost:8080'])
  t.strictSame(TRUST_PROXY, ['10.0.0.2', '192.168.0.0/16', '::1'])
})

t.test('processes are counted, or there is one for each core', async (t) => {
  t.strictSame(
    ['1', '12', 'auto'].map((WORKERS) => readConfig({ WORKERS }).WORKERS),
    [1, 12, availableParallelism()],
  )
})

t.test('the public address has no slash at its end', async (t) => {
  t.equal(readConfig({ PUBLIC_URL: 'https://example.org/cms/' }).PUBLIC_URL, 'https://example.org/cms')
})

const origins =
  'CORS_ORIGIN must be * or a list of origins such as https://example.org,https://www.example.org'
const proxies = 'TRUST_PROXY must be a list of addresses or networks such as 10.0.0.2,192.168.0.0/16'
const addresses = 'PUBLIC_URL must be an address such as https://cms.example.org, without a query'
const wrong = [
  ['PORT', ['x', '-1', '65536', '3000.5', '0x10', ' 3000'], 'PORT must be a port number from 0 to 65535'],
  [
    'DATABASE_URL',
    ['mysql://a', 'sqlite:', 'data.db', '/data.db'],
    'DATABASE_URL must be sqlite:<path> or postgres://…',
  ],
  ['SEED', ['yes', 'AUTO', 'always'], 'SEED must be auto or never'],
  ['ADMIN_TOKEN', ['x', 'twenty-three-characters'], 'ADMIN_TOKEN must have at least 24 characters'],
  ['CORS_ORIGIN', ['example.org', 'https://example.org/', 'https://a.example,*', ' '], origins],
  ['PUBLIC_URL', ['cms.example.org', 'ftp://a.example', 'https://a.example/?x', 'https://'], addresses],
  ['TRUST_PROXY', ['true', 'localhost', '10.0.0.1,', '10.0.0.1/x'], proxies],
  [
    'WORKERS',
    ['0', '-2', '1.5', '100', 'many'],
    'WORKERS must be a number of processes from 1 to 99, or auto',
  ],
  ['REQUIRE_IF_MATCH', ['1', 'yes', 'TRUE'], 'REQUIRE_IF_MATCH must be true or false'],
  ['REQUIRE_CHANGE_NOTE', ['0', 'no', 'False'], 'REQUIRE_CHANGE_NOTE must be true or false'],
  ['LOG_LEVEL', ['loud', 'INFO', '30'], 'LOG_LEVEL must be a level such as info'],
] as const

t.test('a variable that is wrong is named in one line that says why', async (t) => {
  for (const [name, values, line] of wrong)
    for (const value of values)
      t.throws(() => readConfig({ [name]: value }), { message: line }, `${name}=${value}`)
})

t.test('wrong variables stop the start with one line each, and make no database', async (t) => {
  const variables = Object.fromEntries(wrong.map(([name, [value]]) => [name, value]))
  const { code, stdout, stderr } = await dateline(t, ['serve'], variables)
  t.equal(code, 1)
  t.equal(stdout, '')
  t.equal(stderr, wrong.map(([, , line]) => `${line}\n`).join(''))
})

t.test(
  'a value that turns out to be wrong stops the start with one line that names the variable',
  async (t) => {
    const DATABASE_URL = await databaseFor(t)
    const cases: Record<string, string>[] = [
      { HOST: '203.0.113.1' },
      { DATABASE_URL: 'sqlite:/dev/null/dateline.db' },
      { DATABASE_URL: 'sqlite:/dev' },
      { TRUST_PROXY: '3' },
      { TRUST_PROXY: '10.0.0.1/64' },
      { ADMIN_TOKEN: 'a pass phrase of several words' },
    ]
    for (const variables of cases) {
      const [[name, value] = []] = Object.entries(variables)
      const { code, stderr } = await startOrGiveUp(t, { DATABASE_URL, PORT: '0', ...variables })
      t.equal(code, 1, `${name}=${value} stops the start`)
      t.match(stderr, new RegExp(`^[^\\n]*\\b${name}\\b[^\\n]+\\n$`), `${name}=${value}`)
    }
  },
)

t.test('a port that is taken stops the start with one line that names it', async (t) => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  t.teardown(() => taken.close())
  const address = taken.address()
  const PORT = String(typeof address === 'object' ? address?.port : '')
  const { code, stderr } = await dateline(t, ['serve'], { DATABASE_URL: await databaseFor(t), PORT })
  t.equal(code, 1)
  t.match(stderr, new RegExp(`^[^\\n]*\\b${PORT}\\b[^\\n]*\\n$`))
})

/** Starts the server; one that comes up in spite of its variables is told to stop. */
async function startOrGiveUp(t: Test, variables: NodeJS.ProcessEnv) {
  const { until, child, ended } = launch(t, process.execPath, ['src/dateline.js', 'serve'], variables)
  await until(/listening at/).then(
    () => child.kill('SIGTERM'),
    () => {},
  )
  return ended
}
