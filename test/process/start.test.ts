import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { databaseFor } from '../support/database.ts'
import { serve } from './server.ts'

t.setTimeout(120_000)

t.test('what Node has compiled is kept as soon as the server answers', async (t) => {
  const folder = t.testdir()
  const first = await serve(t, await databaseFor(t), { NODE_COMPILE_CACHE: folder })
  t.equal((await first.get('/v1/articles')).status, 200)
  first.child.kill('SIGKILL') // so it is not what Node does at its end
  await first.ended
  const kept = await filesIn(folder)
  t.ok(kept.length > 100, `${kept.length} files`)

  const second = await serve(t, await databaseFor(t), { NODE_COMPILE_CACHE: folder })
  t.equal((await second.get('/v1/articles')).status, 200)
  t.strictSame(await filesIn(folder), kept, 'the next start finds all that it needs')
})

t.test('a server starts where nothing can be kept', async (t) => {
  const { get, output } = await serve(t, await databaseFor(t), { NODE_COMPILE_CACHE: '/dev/null/compiled' })
  t.equal((await get('/v1/articles')).status, 200)
  t.equal(output.stderr, '')
})

t.test('a server starts with what was kept and is damaged', async (t) => {
  const folder = t.testdir()
  const env = { NODE_COMPILE_CACHE: folder }
  const first = await serve(t, await databaseFor(t), env)
  first.child.kill('SIGTERM')
  await first.ended
  for (const file of await filesIn(folder)) await writeFile(file, 'This is no code.')
  const { get, output } = await serve(t, await databaseFor(t), env)
  t.equal((await get('/v1/articles')).status, 200)
  t.equal(output.stderr, '')
})

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}
