import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type Ended, launch, root } from '../process/command.ts'
import { engine } from '../support/database.ts'

/** They come from the document alone, so that one run of the suite is enough. */
const skip = engine === 'sqlite' ? false : 'done on SQLite'

const DOCUMENT = './openapi/openapi.json'

t.test('openapi/types.ts is what openapi-typescript makes of the document', { skip }, async (t) => {
  const { code, stdout } = await run(t, 'openapi-typescript', [DOCUMENT, '--default-non-nullable=false'])
  t.equal(code, 0)
  const isSame = (await readFile(join(root, 'openapi/types.ts'), 'utf8')) === stdout
  t.ok(isSame, 'openapi/types.ts is out of date: run `npm run openapi`')
})

t.test('@hey-api/openapi-ts makes a client of the document that compiles', { skip }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const made = await run(t, 'openapi-ts', ['-i', DOCUMENT, '-o', join(folder, 'client'), '--no-log-file'])
  t.equal(made.code, 0, made.stdout + made.stderr)
  await writeFile(join(folder, 'use.ts'), use)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }))
  const { code, stdout } = await run(t, 'tsc6', ['-p', folder])
  t.strictSame([code, stdout], [0, ''])
})

/** Takes a few types of it at their word: a client of `any` would compile as well. */
const use = `import { createArticle, getArticle } from './client/index.ts'

export async function headlineOf(id: string): Promise<string | undefined> {
  const { data, error } = await getArticle({ path: { id }, query: { include: ['quotes.speaker'] } })
  if (error) throw new Error(error.detail)
  return data?.headline
}

export const draft = createArticle({ body: { headline: 'A headline' }, query: { publish: 'no' } })

// @ts-expect-error a headline is required
export const refused = createArticle({ body: {} })
`

const compilerOptions = {
  noEmit: true,
  strict: true,
  module: 'esnext',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  target: 'esnext',
  lib: ['esnext', 'dom', 'dom.iterable'],
  types: [],
}

/** A program of ours on this Node, with nobody to call. */
function run(t: Test, program: string, words: readonly string[]): Promise<Ended> {
  const script = join(root, 'node_modules/.bin', program)
  return launch(t, process.execPath, [script, ...words], { HTTPS_PROXY: 'http://127.0.0.1:9' }).ended
}
