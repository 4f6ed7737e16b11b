import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { seed } from '../../src/content/seed.ts'
import { hashToken } from '../../src/http/auth.ts'
import { openApiDocument } from '../../src/http/openapi.ts'
import { openStorage } from '../../src/storage/open.ts'
import { engine, sqliteDatabase } from '../support/database.ts'
import { databaseFor, STORY, start } from '../support/dateline.ts'
import { filesOf } from '../support/files.ts'
import { call, startServer } from '../support/server-process.ts'
import { dateline, type Ended } from './command.ts'

t.setTimeout(120_000)

/** Everything in a table of a database that nobody else uses. */
async function readTable(url: string, table: 'tokens' | 'slugs' | 'documents') {
  const storage = await openStorage(url)
  const rows = await storage.read(({ db }) => db.selectFrom(table).selectAll().execute())
  await storage.close()
  return rows
}

t.test('token create prints a token and nothing else, and stores its hash', async (t) => {
  const DATABASE_URL = await databaseFor(t)
  const args = ['token', 'create', '--role', 'editor', '--name', 'the foreign desk']
  const { code, stdout, stderr } = await dateline(t, args, { DATABASE_URL })
  t.equal(code, 0)
  t.equal(stderr, '')
  t.match(stdout, /^dateline_[\w-]{43}\n$/)
  t.match(await readTable(DATABASE_URL, 'tokens'), [
    { name: 'the foreign desk', role: 'editor', hash: hashToken(stdout.trim()) },
  ])
})

t.test('a role that does not exist is refused with the ones that do, and nothing is stored', async (t) => {
  const DATABASE_URL = await sqliteDatabase(t)
  const { code, stdout, stderr } = await dateline(t, ['token', 'create', '--role', 'boss', '--name', 'me'], {
    DATABASE_URL,
  })
  t.equal(code, 1)
  t.equal(stdout, '')
  t.equal(
    stderr,
    "error: option '--role <role>' argument 'boss' is invalid. Allowed choices are viewer, writer, editor, admin.\n",
  )
  t.notOk(existsSync(DATABASE_URL.replace('sqlite:', '')))
})

t.test('what a command needs and was not given is named', async (t) => {
  const cases = [
    [['token', 'create', '--name', 'me'], "error: required option '--role <role>' not specified\n"],
    [['token', 'create', '--role', 'viewer'], "error: required option '--name <name>' not specified\n"],
    [['serv'], "error: unknown command 'serv'\n(Did you mean serve?)\n"],
    [['export'], "error: missing required argument 'folder'\n"],
    [['import'], "error: missing required argument 'files or folders'\n"],
    [['seed', '--force'], "error: unknown option '--force'\n"],
  ] as const
  const ended = await Promise.all(cases.map(([args]) => dateline(t, args)))
  for (const [index, { code, stdout, stderr }] of ended.entries()) {
    t.equal(code, 1)
    t.equal(stdout, '')
    t.equal(stderr, cases[index]?.[1])
  }
})

t.test('migrate makes the database and brings it up to date, without a seed', async (t) => {
  const DATABASE_URL = await databaseFor(t)
  for (let run = 0; run < 2; run += 1)
    t.match(await dateline(t, ['migrate'], { DATABASE_URL }), {
      code: 0,
      stdout: /^The database is up to date\.\n$/,
      stderr: /^$/,
    })
  t.strictSame(await readTable(DATABASE_URL, 'documents'), [])
})

t.test('seed adds what is missing, says how much, and then nothing', async (t) => {
  const DATABASE_URL = await databaseFor(t)
  t.match(await dateline(t, ['seed'], { DATABASE_URL }), {
    code: 0,
    stdout: /^Added 8 documents\.\n$/,
    stderr: /^$/,
  })
  const before = await readTable(DATABASE_URL, 'documents')
  t.match(await dateline(t, ['seed'], { DATABASE_URL }), {
    code: 0,
    stdout: /^Everything in seed\/ is there already\.\n$/,
  })
  t.strictSame(await readTable(DATABASE_URL, 'documents'), before)
  const slugs = (await readTable(DATABASE_URL, 'slugs')).map((row) => ('slug' in row ? row.slug : ''))
  t.strictSame(slugs.sort(), ['ilham-aliyev', 'khalifa-haftar', STORY, 'sergey-lavrov'])
})

t.test('openapi prints the document that the server serves, and touches no database', async (t) => {
  const { app } = await start(t)
  const DATABASE_URL = await sqliteDatabase(t)
  const { code, stdout, stderr } = await dateline(t, ['openapi'], { DATABASE_URL })
  t.equal(code, 0)
  t.equal(stderr, '')
  t.strictSame(JSON.parse(stdout), await openApiDocument(app))
  t.notOk(existsSync(DATABASE_URL.replace('sqlite:', '')))
})

t.test('scrub takes what was deleted out of the files, while a server has them open', async (t) => {
  const DATABASE_URL = await databaseFor(t)
  const storage = await openStorage(DATABASE_URL)
  t.teardown(() => storage.close())
  const files = await filesOf(storage)
  if (typeof files === 'string') return t.comment(files)
  const row = { type: 'person', slug: 'zqdeleted', document_id: 'person_1' }
  await storage.write(async ({ db }) => {
    await db
      .insertInto('documents')
      .values({ id: 'person_1', type: 'person', latest_version: 1, created_at: 1 })
      .execute()
    await db.insertInto('slugs').values(row).execute()
  })
  await storage.write(({ db }) => db.deleteFrom('slugs').execute())
  if (engine === 'postgres') await storage.write(({ db }) => sql`checkpoint`.execute(db))
  t.ok((await files.read()).includes('zqdeleted'), 'it was there')
  t.match(await dateline(t, ['scrub'], { DATABASE_URL }), {
    code: 0,
    stdout: /^The files hold nothing that was deleted\. Logs, archives and backups are not touched\.\n$/,
    stderr: /^$/,
  })
  t.notOk((await files.read()).includes('zqdeleted'))
})

t.test(
  'export writes files that import takes back, into the same database and into an empty one',
  async (t) => {
    const [full, empty] = [await databaseFor(t), await databaseFor(t)]
    const [first, second] = [t.testdir(), join(t.testdir({ second: {} }), 'second')]
    await dateline(t, ['seed'], { DATABASE_URL: full })
    t.match(await dateline(t, ['export', first], { DATABASE_URL: full }), {
      code: 0,
      stdout: /^4 files: 4 written, 0 as before, 0 removed\.\n$/,
      stderr: /^$/,
    })
    const counts = [
      [['import', first], full, '0 made, 0 changed, 4 unchanged, 0 failed.'],
      [
        ['import', '--dry-run', first],
        empty,
        '4 made, 0 changed, 0 unchanged, 0 failed. Nothing was saved: this was a dry run.',
      ],
      [['import', first], empty, '4 made, 0 changed, 0 unchanged, 0 failed.'],
    ] as const
    for (const [args, DATABASE_URL, told] of counts)
      t.strictSame(rest(await dateline(t, args, { DATABASE_URL })), [0, `4 files: ${told}\n`, ''])
    await dateline(t, ['export', second], { DATABASE_URL: empty })
    for (const file of ['.dateline-export', `articles/${STORY}.md`, 'people/sergey-lavrov.json'])
      t.equal(await readFile(join(second, file), 'utf8'), await readFile(join(first, file), 'utf8'), file)
  },
)

t.test('an option of import that is wrong is told before anything is read', async (t) => {
  const DATABASE_URL = await sqliteDatabase(t)
  const wrong = {
    furniture: 'must have 1 to 200 characters for each line.',
    timezone: 'must be the name of a time zone such as Europe/London.',
    language: 'must be a BCP 47 language tag such as en, tr or pt-BR.',
    publish: 'must be now, no or an instant such as 2026-01-31T08:00:00Z.',
  }
  for (const [name, told] of Object.entries(wrong)) {
    const ended = await dateline(t, ['import', 'a.txt', `--${name}`, '!|'], { DATABASE_URL })
    t.strictSame(rest(ended), [1, '', `--${name} ${told}\n`])
  }
  t.notOk(existsSync(DATABASE_URL.replace('sqlite:', '')))
})

t.test('import tells of each file that fails in a line, saves the others, and ends with 1', async (t) => {
  const DATABASE_URL = await databaseFor(t)
  const text = 'Bridge closes\n\n3 March 2021 at 4:15 pm\n\n“We are sorry,” Mayor Ann Lee said on Tuesday.\n'
  const folder = t.testdir({ 'a.txt': text, 'b.json': '{}', 'c.md': '---\nheadline: C\n---\n' })
  const options = [
    '--publish',
    'now',
    '--timezone',
    'Europe/Oslo',
    '--language',
    'en',
    '--source',
    'The Post',
  ]
  t.strictSame(rest(await dateline(t, ['import', folder, ...options], { DATABASE_URL })), [
    1,
    '3 files: 2 made, 0 changed, 0 unchanged, 1 failed.\n',
    `${join(folder, 'b.json')}: /name: is required: a string.\n`,
  ])
  const storage = await openStorage(DATABASE_URL)
  t.teardown(() => storage.close())
  const articles = await storage.read(({ db }) =>
    db.selectFrom('article_versions').select(['slug', 'published_at', 'saved_by']).orderBy('slug').execute(),
  )
  t.match(articles, [
    { slug: 'a', published_at: Date.parse('2021-03-03T15:15:00Z'), saved_by: 'import' },
    { slug: 'c', published_at: Number, saved_by: 'import' },
  ])
})

function rest({ code, stdout, stderr }: Ended) {
  return [code, stdout, stderr]
}

t.test('every command explains itself with --help, and does nothing else', async (t) => {
  const DATABASE_URL = await sqliteDatabase(t)
  const commands = [
    [],
    ['serve'],
    ['migrate'],
    ['seed'],
    ['check'],
    ['export'],
    ['import'],
    ['copy'],
    ['scrub'],
    ['openapi'],
    ['token'],
    ['token', 'create'],
  ]
  for (const command of commands) {
    const { code, stdout, stderr } = await dateline(t, [...command, '--help'], {
      DATABASE_URL,
      PORT: 'wrong',
    })
    const name = ['dateline', ...command].join(' ')
    t.equal(code, 0, name)
    t.equal(stderr, '', name)
    t.ok(stdout.startsWith(`Usage: ${name} `), stdout)
    t.match(stdout, /\n\n[A-Z].+\.\n/s, `${name}: a sentence about it`)
  }
  t.notOk(existsSync(DATABASE_URL.replace('sqlite:', '')))
})

t.test('dateline without a command lists them', async (t) => {
  const { code, stdout, stderr } = await dateline(t, [])
  t.equal(code, 1)
  for (const name of ['serve', 'migrate', 'seed', 'export', 'import', 'openapi', 'token'])
    t.match(stdout + stderr, new RegExp(`^ {2}${name}\\b`, 'm'))
})

t.test('a command on a database from a newer version fails with one line', async (t) => {
  const DATABASE_URL = await databaseFor(t)
  const storage = await openStorage(DATABASE_URL)
  await storage.write(async ({ db }) => {
    const row = { name: '9999-later', timestamp: '2030-01-01T00:00:00.000Z' }
    await db
      .insertInto('kysely_migration' as 'slugs')
      .values(row as never)
      .execute() // the migrator's own table
  })
  await storage.close()
  for (const command of ['serve', 'seed'])
    t.match(await dateline(t, [command], { DATABASE_URL, PORT: '0' }), {
      code: 1,
      stdout: /^$/,
      stderr:
        /^[^\n]*The database is newer than this version of Dateline: it has 9999-later\. Run the newer version\.\n$/,
    })
})

t.test('check lists the quotes whose words are not in their article, and ends with 1', async (t) => {
  const DATABASE_URL = await databaseFor(t)
  const storage = await openStorage(DATABASE_URL)
  await seed(storage)
  await storage.close()
  const sound = await dateline(t, ['check'], { DATABASE_URL })
  t.strictSame([sound.code, sound.stdout], [0, '2 quotes, 0 of them without their words in the article.\n'])
  const { address } = await startServer(t, DATABASE_URL)
  const { body } = await call(address, 'POST', '/v1/quotes', { articleId: STORY, text: 'Nobody said this' })
  const { code, stdout } = await dateline(t, ['check'], { DATABASE_URL })
  t.equal(code, 1)
  t.equal(
    stdout,
    `${STORY}  ${body.id}  Nobody said this\n3 quotes, 1 of them without their words in the article.\n`,
  )
})
