import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { launch, root } from '../process/command.ts'
import { serve } from '../process/server.ts'
import { assertSteps, stepsIn } from '../support/console.ts'
import { databaseFor, engine } from '../support/database.ts'

const hasCurl = spawnSync('curl', ['--version']).status === 0
const skip = engine !== 'sqlite' ? 'done on SQLite' : hasCurl ? false : 'there is no curl'

/**
 * Prism stands before the server and holds every request and every answer against the document. With
 * `--errors` it answers a violation itself, and the step of the tour gets that instead of what it shows.
 */
for (const pages of [
  ['README.md', 'docs/editing.md'],
  ['docs/search.md', 'docs/quotes.md'],
  ['docs/intake.md'],
])
  t.test(`a proxy that validates finds nothing wrong in the curl lines of ${pages}`, { skip }, async (t) => {
    const { address } = await serve(t, await databaseFor(t))
    const prism = join(root, 'node_modules/.bin/prism')
    const words = ['proxy', './openapi/openapi.json', address, '--errors', '--port', '0']
    const proxy = launch(t, process.execPath, [prism, ...words], {})
    const [, listening = ''] = await proxy.until(/Prism is listening on (http:\/\/127\.0\.0\.1:\d+)/)
    for (const page of pages) await assertSteps(t, stepsIn(readFileSync(join(root, page), 'utf8')), listening)
    t.notMatch(proxy.output.stdout + proxy.output.stderr, /violation/i)
  })
