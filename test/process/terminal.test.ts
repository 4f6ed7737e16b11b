import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { databaseFor, STORY } from '../support/dateline.ts'
import { launch } from './command.ts'

t.setTimeout(120_000)

const execute = promisify(execFile)

function missing(): string | false {
  const hasScript = /util-linux/.test(spawnSync('script', ['--version']).stdout?.toString() ?? '')
  const [, major, minor] =
    /^curl (\d+)\.(\d+)/.exec(spawnSync('curl', ['--version']).stdout?.toString() ?? '') ?? []
  if (!hasScript) return 'there is no script of util-linux, which gives a process a terminal'
  if (!major || Number(major) * 1000 + Number(minor) < 7082) return 'there is no curl that knows --json'
  return false
}

const skip = missing()

/** Starts the server on a terminal of its own and waits for the last line of its welcome. */
async function startOnTerminal(t: Test, database: string, last: RegExp, env: NodeJS.ProcessEnv = {}) {
  const command = `exec '${process.execPath}' src/dateline.js serve`
  const variables = { PORT: '0', DATABASE_URL: database, TERM: 'xterm', ...env }
  const running = launch(t, 'script', ['-qec', command, '/dev/null'], variables)
  await running.until(last)
  const screen = running.output.stdout.replaceAll('\r\n', '\n')
  /** As Ctrl-C does it. @returns how the server ended */
  const stop = async () => {
    running.child.stdin?.write('\x03')
    return (await running.ended).code
  }
  return { screen, stop, output: running.output }
}

const PATCH = /curl -s -X PATCH .*\r?\n/

t.test(
  'on a terminal it says where it is, shows the token once, and gives three lines',
  { skip },
  async (t) => {
    const { screen, stop } = await startOnTerminal(t, await databaseFor(t), PATCH)
    const [, address] = /Dateline +(http:\/\/127\.0\.0\.1:\d+)\n/.exec(screen) ?? []
    t.ok(address, screen)
    t.ok(screen.includes(`Reference    ${address}/docs\n`), 'the reference page')
    t.match(screen, /Token {8}dateline_[\w-]{43}\n/)
    t.equal(screen.match(/^curl /gm)?.length, 3)
    t.equal((await fetch(`${address}/docs`)).status, 200)
    t.equal(await stop(), 0)
  },
)

t.test('the three lines work as they are pasted', { skip }, async (t) => {
  const { screen, stop } = await startOnTerminal(t, await databaseFor(t), PATCH)
  const lines = screen.split('\n').filter((line) => line.startsWith('curl '))
  const [story, quote, article] = await paste(lines)
  t.match(story, {
    slug: STORY,
    quotes: [{ speaker: { name: 'Sergey Lavrov' } }, { speaker: { name: 'Sergey Lavrov' } }],
    relatedLinks: [{ kind: String }, { kind: String }],
    people: [{ person: { slug: String } }, { person: { slug: String } }, { person: { slug: String } }],
  })
  t.match(quote, { type: 'quote', status: 'live', articleId: story.id, speakerId: story.quotes[0].speakerId })
  t.match(article, { type: 'article', status: 'live', version: 2, id: story.id })
  t.not(article.headline, story.headline)
  const [again] = await paste(lines.slice(0, 1))
  t.equal(again.headline, article.headline, 'the reader sees the correction')
  t.equal(again.quotes.length, 3, 'and the quote')
  t.equal(await stop(), 0)
})

// biome-ignore lint/suspicious/noExplicitAny: answers of several shapes, of which the test looks at a few members
async function paste(lines: readonly string[]): Promise<any[]> {
  const answers = []
  for (const line of lines) {
    const { stdout } = await execute('bash', ['-c', line])
    answers.push(JSON.parse(stdout))
  }
  return answers
}

t.test('the second start shows no token, and says how to make one', { skip }, async (t) => {
  const database = await databaseFor(t)
  const first = await startOnTerminal(t, database, PATCH)
  const [token = ''] = /dateline_[\w-]{43}/.exec(first.screen) ?? []
  t.equal(await first.stop(), 0)
  const second = await startOnTerminal(t, database, /dateline token create .*\r?\n/)
  t.notMatch(second.screen, /dateline_[\w-]{43}/)
  const [, address] = /Dateline +(http:\S+)/.exec(second.screen) ?? []
  const headers = { authorization: `Bearer ${token}` }
  t.equal(
    (await fetch(`${address}/v1/articles?at=latest`, { headers })).status,
    200,
    'the first one works on',
  )
  t.equal(await second.stop(), 0)
})

t.test('with ADMIN_TOKEN no token is made, and the one that is set is not shown', { skip }, async (t) => {
  const ADMIN_TOKEN = 'a-token-that-is-set-by-hand'
  const { output, stop } = await startOnTerminal(t, await databaseFor(t), PATCH, { ADMIN_TOKEN })
  t.notMatch(output.stdout, /dateline_[\w-]{43}/)
  t.notOk(output.stdout.includes(ADMIN_TOKEN))
  t.equal(await stop(), 0)
})
