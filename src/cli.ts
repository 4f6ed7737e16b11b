#!/usr/bin/env node
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import type { ImportGiven } from './content/portable-command.ts'
import { type Role, roles } from './http/auth.ts'
import type { Progress, Storage } from './storage/open.ts'

/** Each command loads what it needs, so that `--help` and small ones do not wait for all of it. */
const program = new Command('dateline').description(
  'A headless CMS for newsrooms. The environment configures it: see the README.',
)

program
  .command('serve')
  .description('Run the server. It migrates the database first, and seeds a new one.')
  .action(async () => (await import('./main.ts')).serve())

program
  .command('migrate')
  .description('Bring the database up to date, and make it where there is none.')
  .action(() => withStorage(async () => console.log('The database is up to date.')))

program
  .command('seed')
  .description('Add what is in seed/ and not yet in the database.')
  .action(() =>
    withStorage(async (storage) => {
      const { seed } = await import('./content/seed.ts')
      const added = await seed(storage)
      console.log(added === 0 ? 'Everything in seed/ is there already.' : `Added ${added} documents.`)
    }),
  )

program
  .command('openapi')
  .description('Print the OpenAPI document.')
  .action(async () => {
    const [{ buildApp }, { readConfig }, { openApiDocument }, { openStorage }] = await Promise.all([
      import('./app.ts'),
      import('./config.ts'),
      import('./http/openapi.ts'),
      import('./storage/open.ts'),
    ])
    const folder = await mkdtemp(join(tmpdir(), 'dateline-'))
    const storage = await openStorage(`sqlite:${join(folder, 'empty.db')}`)
    const app = await buildApp(storage, readConfig({}))
    await app.ready()
    console.log(JSON.stringify(await openApiDocument(app), null, 2))
    await app.close()
    await storage.close()
    await rm(folder, { recursive: true })
  })

program
  .command('copy')
  .description(
    'Move everything to another, empty database. An interrupted copy goes on where it was. Stop the servers first.',
  )
  .requiredOption('--from <url>', 'sqlite:<path> or postgres://…')
  .requiredOption('--to <url>', 'sqlite:<path> or postgres://…')
  .action(async ({ from, to }: { from: string; to: string }) => {
    const { copyDatabase } = await import('./storage/copy.ts')
    const report = await showing('rows', (progress) => copyDatabase(from, to, progress))
    console.log(
      `Copied ${report.rows} rows in ${report.tables} tables. Both sides are the same: sha256 ${report.checksum}`,
    )
  })

program
  .command('export')
  .description(
    'Write the newest version of everything that is not withdrawn into a folder, as files to keep in git. See docs/portable.md.',
  )
  .argument('<folder>', 'made where there is none; files of documents that are gone are removed from it')
  .action((folder: string) =>
    withStorage(async (storage) => {
      const [{ exportFolder }, { toldOfExport }] = await Promise.all([
        import('./content/export-folder.ts'),
        import('./content/portable-command.ts'),
      ])
      const report = await showing('documents', (progress) => exportFolder(storage, folder, progress))
      for (const line of toldOfExport(report)) console.log(line)
    }),
  )

program
  .command('import')
  .description(
    'Bring in files: what an export made, articles in Markdown (.md), stories as text (.txt) or HTML (.html), and people (.json). See docs/portable.md.',
  )
  .argument('<files or folders...>')
  .option('--dry-run', 'say what would be done, and do nothing')
  .option('--publish <when>', 'new articles and people whose files do not say: now, no or an instant')
  .option('--timezone <name>', 'of texts: the zone of times that name none; absent: UTC')
  .option('--language <tag>', 'of texts, such as en; absent: as it is recognised')
  .option(
    '--furniture <lines>',
    'of texts: lines of their site that are no part of any story, separated by |',
  )
  .option('--source <name>', 'of texts: the name or the address of where they were published first')
  .action(
    async (paths: string[], { dryRun: isDry = false, ...given }: ImportGiven & { dryRun?: boolean }) => {
      const [{ importFiles }, { importOptions, toldOfImport }] = await Promise.all([
        import('./content/import-files.ts'),
        import('./content/portable-command.ts'),
      ])
      const options = { ...importOptions(given), isDry }
      await withStorage(async (storage) => {
        const report = await showing('files', (progress) => importFiles(storage, paths, options, progress))
        for (const { path, reason } of report.failed) console.error(`${path}: ${reason}`)
        console.log(toldOfImport(report, isDry))
        if (report.failed.length > 0) process.exitCode = 1
      })
    },
  )

program
  .command('scrub')
  .description(
    'Write the database anew without anything that was deleted, so that no word of what was purged stays in its files. Tables are locked meanwhile.',
  )
  .action(() =>
    withStorage(async (storage) => {
      await showing('steps', (progress) => storage.rewrite(progress))
      console.log('The files hold nothing that was deleted. Logs, archives and backups are not touched.')
    }),
  )

program
  .command('check')
  .description(
    'Look for the words of every quote in its article, and list those that are not there. Ends with 1 if there are any.',
  )
  .action(() =>
    withStorage(async (storage) => {
      const { findLostQuotes } = await import('./content/lost-quotes.ts')
      const { quotes, lost } = await showing('articles', (progress) => findLostQuotes(storage, progress))
      for (const { article, id, text } of lost) console.log(`${article}  ${id}  ${onOneLine(text)}`)
      console.log(`${quotes} quotes, ${lost.length} of them without their words in the article.`)
      if (lost.length > 0) process.exitCode = 1
    }),
  )

const token = program.command('token').description('Manage the tokens that writers send.')

token
  .command('create')
  .description('Make a token and print it. It cannot be shown again.')
  .addOption(new Option('--role <role>', 'what it may do').choices(Object.keys(roles)).makeOptionMandatory())
  .requiredOption('--name <name>', 'whose it is, or what for')
  .option('--expires <instant>', 'when it ends, such as 2099-12-31T00:00:00Z')
  .action(({ role, name, expires }: { role: Role; name: string; expires?: string }) =>
    withStorage(async (storage) => {
      const { createToken } = await import('./access/tokens.ts')
      console.log(await createToken(storage, { role, name, expiresAt: expires }))
    }),
  )

token
  .command('list')
  .description('List the tokens, the newest first. Their secrets are not stored.')
  .action(() =>
    withStorage(async (storage) => {
      const [{ allTokens }, { tokenTable }] = await Promise.all([
        import('./access/tokens.ts'),
        import('./access/token-table.ts'),
      ])
      const { tokens, now } = await allTokens(storage)
      console.log(tokenTable(tokens, now))
    }),
  )

token
  .command('revoke')
  .description('End a token. It is refused from this moment on.')
  .argument('<id>', 'such as token_01h455vb4pex5vsknk084sn02q')
  .action((id: string) =>
    withStorage(async (storage) => {
      const { revokeToken } = await import('./access/tokens.ts')
      const { isNew } = await revokeToken(storage, id)
      console.log(isNew ? 'The token is revoked.' : 'The token was revoked before.')
    }),
  )

/** Shows a bar on a terminal for as long as the work takes. */
async function showing<Result>(
  things: string,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const { SingleBar } = await import('cli-progress')
  const format = `{bar} {percentage} % | {value} of {total} ${things} | {eta_formatted} left`
  const bar = new SingleBar({ format, noTTYOutput: false })
  bar.start(1, 0)
  return work((done, total) => {
    bar.setTotal(total)
    bar.update(done)
  }).finally(() => bar.stop())
}

function onOneLine(text: string): string {
  const points = [...text.replace(/\s+/g, ' ')]
  return points.length <= 80 ? points.join('') : `${points.slice(0, 79).join('')}…`
}

async function withStorage(work: (storage: Storage) => Promise<void>): Promise<void> {
  const [{ openStorage }, { readConfig }] = await Promise.all([
    import('./storage/open.ts'),
    import('./config.ts'),
  ])
  const storage = await openStorage(readConfig().DATABASE_URL)
  try {
    await work(storage)
  } finally {
    await storage.close()
  }
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
