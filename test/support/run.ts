import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { postgresUrl } from './database.ts'
import { makeTemplate } from './template.ts'

/**
 * `npm test`: the suite on SQLite, and once more on PostgreSQL where a server answers. Arguments go on to
 * the test runner. `TEST_POSTGRES=required` makes a server that does not answer a failure.
 */
const passedOn = process.argv.slice(2)

/** What never opens a database is tested once; modules that are compiled already are not compiled by each file. */
const WITHOUT_DATABASE = ['test/feeds/**', 'test/intake/**', 'test/bench.test.ts', 'test/layout.test.ts']
const again = ['--disable-coverage', ...WITHOUT_DATABASE.map((glob) => `--exclude=${glob}`)]
const compiled = { NODE_COMPILE_CACHE: join('node_modules', '.cache', 'compiled') }

const onSqlite = await runSuite('sqlite', undefined)
const onPostgres = (await answers())
  ? await runSuite('postgres', postgresUrl(), again, compiled)
  : withoutPostgres()
process.exitCode = onSqlite || onPostgres

async function runSuite(
  database: string,
  server: string | undefined,
  options: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<number> {
  console.log(`# The suite on ${database}`)
  const template = await makeTemplate(server)
  const { status } = spawnSync('tap', [...options, ...passedOn], {
    stdio: 'inherit',
    env: { ...process.env, ...environment, TEST_DATABASE: database, TEST_TEMPLATE: template.url },
  })
  await template.remove()
  return status ?? 1
}

function withoutPostgres(): number {
  const isRequired = process.env.TEST_POSTGRES === 'required'
  console.log(
    `# PostgreSQL was NOT tested: no server answers at ${postgresUrl()}. Start one there, or name another in TEST_POSTGRES_URL.`,
  )
  return isRequired ? 1 : 0
}

async function answers(): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgresUrl(), connectionTimeoutMillis: 3_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
