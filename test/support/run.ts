import { spawnSync } from 'node:child_process'
import pg from 'pg'
import { postgresUrl } from './database.ts'

/**
 * `npm test`: the suite on SQLite, and once more on PostgreSQL where a server answers. Arguments go on to
 * the test runner. `TEST_POSTGRES=required` makes a server that does not answer a failure.
 */
const passedOn = process.argv.slice(2)

const onSqlite = runSuite('sqlite', [])
const onPostgres = (await answers()) ? runSuite('postgres', ['--disable-coverage']) : withoutPostgres()
process.exitCode = onSqlite || onPostgres

function runSuite(database: string, options: readonly string[]): number {
  console.log(`# The suite on ${database}`)
  const { status } = spawnSync('tap', [...options, ...passedOn], {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE: database },
  })
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
