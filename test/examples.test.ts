import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { root } from './process/command.ts'
import { ADMIN_TOKEN, serve } from './process/server.ts'
import { databaseFor } from './support/database.ts'
import { STORY } from './support/dateline.ts'

const skip = spawnSync('curl', ['--version']).status === 0 ? false : 'there is no curl'

t.test('the list prints every article, page by page, and those that a filter lets through', async (t) => {
  const { address, post } = await serve(t, await databaseFor(t))
  await post('/v1/articles?publish=2020-10-14', { headline: 'Older', slug: 'older', tags: ['wales'] })
  await post('/v1/articles?publish=2020-10-13', { headline: 'Oldest', slug: 'oldest', tags: ['wales'] })
  const seeded = `2020-10-15  Russia never considered Turkey as a strategic ally, says Lavrov  /v1/articles/${STORY}`
  const [older, oldest] = ['2020-10-14  Older  /v1/articles/older', '2020-10-13  Oldest  /v1/articles/oldest']
  const lines = async (...options: string[]) => {
    const { code, stdout } = await run('node', [
      'docs/examples/page-list.ts',
      `--server=${address}`,
      ...options,
    ])
    return [code, stdout.trimEnd().split('\n')]
  }
  t.strictSame(await lines('--limit=1'), [0, [seeded, older, oldest]])
  t.strictSame(await lines('--tag=wales'), [0, [older, oldest]])
  t.strictSame(await lines('--person=sergey-lavrov'), [0, [seeded]])
  const refused = await run('node', ['docs/examples/page-list.ts', `--server=${address}`, '--limit=1000'])
  t.equal(refused.code, 1)
  t.match(refused.stderr, 'limit: must be a whole number from 1 to 100')
})

t.test('the pages are one for each article with all that belongs to it, and an index', async (t) => {
  const { address, post } = await serve(t, await databaseFor(t))
  await post('/v1/articles?publish=now', {
    headline: 'A < B & C',
    slug: 'a',
    body: '*Up* <script>x</script>',
  })
  await post('/v1/articles?publish=no', { headline: 'Hidden' })
  const out = await folder(t)
  const { code, stdout } = await run('node', [
    'docs/examples/static-pages.ts',
    `--server=${address}`,
    `--out=${out}`,
  ])
  t.strictSame([code, stdout], [0, `Wrote 3 pages to ${out}.\n`])
  t.strictSame((await readdir(out)).sort(), ['a.html', 'index.html', `${STORY}.html`])
  const page = (name: string) => readFile(join(out, name), 'utf8')
  t.match(await page('index.html'), '<a href="a.html">A &#60; B &#38; C</a>')
  const [a, story] = [await page('a.html'), await page(`${STORY}.html`)]
  t.match(a, '<h1>A &#60; B &#38; C</h1>')
  t.match(a, '<p><em>Up</em> &lt;script&gt;x&lt;/script&gt;</p>')
  t.match(story, '<html lang="en">')
  t.match(story, '<li>“Such a partnership has a strategic nature in many areas.” Sergey Lavrov</li>')
  t.match(story, '<li>Turkey asks Russia to press Armenia to abide by truce</li>')
})

t.test(
  'the script takes a story from its draft to its correction, and refuses a stale one',
  { skip },
  async (t) => {
    const { address, get } = await serve(t, await databaseFor(t))
    const here = await folder(t)
    const write = async (name: string, content: object) => {
      await writeFile(join(here, name), JSON.stringify(content))
      return join(here, name)
    }
    const edit = async (...words: string[]) => {
      const env = { PATH: process.env.PATH, API: `${address}/v1`, TOKEN: ADMIN_TOKEN }
      const { code, stdout } = await run('sh', ['docs/examples/edit.sh', ...words], env)
      return { code, answer: JSON.parse(stdout) }
    }
    const story = await write('story.json', { headline: 'Bridge reopens', body: 'On Monday.', quotes: [] })
    t.match(await edit('draft', 'bridge', story), { code: 0, answer: { version: 1, status: 'draft' } })
    t.equal((await get('/v1/articles/bridge')).status, 404)
    t.match(await edit('preview', 'bridge'), { code: 0, answer: { body: 'On Monday.', quotes: [] } })
    t.match(await edit('publish', 'bridge'), { code: 0, answer: { version: 2, status: 'live' } })
    const correction = { kind: 'correction', text: 'It said Monday.' }
    const change = await write('change.json', { body: 'On Tuesday.', correction })
    const corrected = { version: 3, body: 'On Tuesday.', corrections: [correction] }
    t.match(await edit('correct', 'bridge', '2', change), { code: 0, answer: corrected })
    t.match((await get('/v1/articles/bridge')).body, corrected)
    t.match(await edit('correct', 'bridge', '2', change), {
      code: 22,
      answer: { type: '/problems/stale_version' },
    })
    const { code, stderr } = await run('sh', ['docs/examples/edit.sh', 'publsh', 'bridge'], {
      TOKEN: ADMIN_TOKEN,
    })
    t.equal(code, 2)
    t.match(stderr, 'docs/examples/edit.sh publish my-story')
  },
)

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(program: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const file = program === 'node' ? process.execPath : program
  return new Promise((done) => {
    execFile(file, words, { cwd: root, env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

async function folder(t: Test): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'dateline-'))
  t.teardown(() => rm(path, { recursive: true, force: true }))
  return path
}
