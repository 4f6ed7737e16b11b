import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { serve } from './process/server.ts'
import { assertSteps, stepsIn } from './support/console.ts'
import { databaseFor } from './support/database.ts'

const skip = spawnSync('curl', ['--version']).status === 0 ? false : 'there is no curl'
t.setTimeout(180_000) // every line starts a shell, which takes a while on a busy machine

const pages = {
  'README.md': 5,
  'docs/editing.md': 20,
  'docs/queries.md': 7,
  'docs/search.md': 5,
  'docs/quotes.md': 2,
  'docs/intake.md': 1,
  'docs/forms.md': 5,
}

for (const [page, least] of Object.entries(pages))
  t.test(`the curl lines of ${page} give the answers that it shows`, { skip }, async (t) => {
    const steps = stepsIn(readFileSync(new URL(`../${page}`, import.meta.url), 'utf8'))
    t.ok(steps.filter(({ command }) => command.startsWith('curl ')).length >= least)
    const { address } = await serve(t, await databaseFor(t))
    await assertSteps(t, steps, address)
  })
