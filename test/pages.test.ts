import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import t from 'tap'
import { ADMIN_TOKEN, serve } from './process/server.ts'
import { databaseFor } from './support/database.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const [, console = ''] = /```console\n([\s\S]*?)```/.exec(readme) ?? []

const skip = spawnSync('curl', ['--version']).status === 0 ? false : 'there is no curl'

t.test('the curl lines of the README give the answers that it shows', { skip }, async (t) => {
  const { address } = await serve(t, await databaseFor(t))
  const here = (text: string) => text.replaceAll('localhost:3000', address.replace('http://', ''))
  const [, ...blocks] = console.split(/^\$ /m)
  t.equal(blocks.filter((block) => block.startsWith('curl ')).length, 5)
  let variables = ''
  for (const block of blocks) {
    const [command = '', ...shown] = block.trimEnd().split('\n')
    if (shown.length === 0) {
      variables += `${here(command)}; `
      continue
    }
    const env = { ...process.env, TOKEN: ADMIN_TOKEN }
    const { stdout } = await promisify(execFile)('bash', ['-c', variables + here(command)], { env })
    t.match(stdout, shortened(shown.join('')), command)
  }
})

/** Text in which `…` stands for anything. */
function shortened(shown: string): RegExp {
  const parts = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*?')}\\s*$`)
}
