import { readdir, readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import t from 'tap'
import ts from 'typescript'
import { content } from '../src/content/index.ts'
import { collectionName } from '../src/documents/content-type.ts'

/**
 * The dependency rule: content → documents → storage, `access` beside content, and `http` knows none of
 * them. For each folder of src, what its files may import besides the files of the folder itself and packages.
 */
const rules: Readonly<Record<string, readonly string[]>> = {
  storage: ['errors.ts', 'config.ts'],
  http: ['errors.ts', 'config.ts'],
  documents: ['errors.ts', 'http', 'storage'],
  content: ['errors.ts', 'http', 'storage', 'documents', 'feeds', 'intake'],
  feeds: ['errors.ts'],
  intake: ['errors.ts'],
  access: ['errors.ts', 'http', 'storage', 'documents'],
}

/** The files that put everything together; whoever imports one of them would import everything. */
const assembly = ['app.ts', 'main.ts', 'cli.ts']

const root = new URL('../src/', import.meta.url)
const files = (await readdir(root, { recursive: true })).filter((path) => path.endsWith('.ts')).sort()
const sources = await Promise.all(
  files.map(async (path) => ({ path, text: await readFile(new URL(path, root), 'utf8') })),
)

t.test('every folder of src has its rule', async (t) => {
  const folders = new Set(files.filter((path) => path.includes('/')).map(top))
  t.strictSame([...folders].sort(), Object.keys(rules).sort())
})

t.test('no file imports what its folder may not know', async (t) => {
  const wrong = sources.flatMap(({ path, text }) =>
    importsOf(path, text)
      .filter((imported) => !isAllowed(path, imported))
      .map((imported) => `${path} imports ${imported}`),
  )
  t.strictSame(wrong, [])
})

t.test('the rule refuses what it is there to refuse', async (t) => {
  const refused: [string, string][] = [
    ['storage/open.ts', `import type { Config } from '../documents/list.ts'`],
    ['storage/open.ts', `export * from '../http/etag.ts'`],
    ['http/etag.ts', `const storage = await import('../storage/open.ts')`],
    ['http/etag.ts', `import '../content/index.ts'`],
    ['documents/list.ts', `import { content } from '../content/index.ts'`],
    ['documents/list.ts', `import { readConfig } from '../config.ts'`],
    ['documents/list.ts', `import { createToken } from '../access/tokens.ts'`],
    ['access/tokens.ts', `import { content } from '../content/index.ts'`],
    ['content/people.ts', `import { buildApp } from '../app.ts'`],
    ['errors.ts', `import { problem } from './http/problems.ts'`],
    ['config.ts', `import { errorCodes } from './errors.ts'`],
    ['access/tokens.ts', `import { serve } from '../main.ts'`],
    ['storage/open.ts', `import up from '../../migrations/0001-foundation.ts'`],
  ]
  for (const [path, text] of refused) {
    const imports = importsOf(path, text)
    t.equal(imports.length, 1)
    t.notOk(
      imports.every((imported) => isAllowed(path, imported)),
      `${path}: ${text}`,
    )
  }
})

t.test('only config.ts reads the environment', async (t) => {
  const readers = sources.filter(({ text }) => /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\s*\[/.test(text))
  t.strictSame(
    readers.map(({ path }) => path),
    ['config.ts'],
  )
  const importers = sources.filter(({ text }) => /['"](node:)?process['"]/.test(text))
  t.strictSame(
    importers.map(({ path }) => path),
    [],
  )
})

t.test('no code below content/ asks for a content type by its name', async (t) => {
  const names = content.flatMap((type) => [
    type.type,
    type.name,
    type.path,
    type.table,
    collectionName(type),
    `/v1/${type.path}`,
    `${type.type}_`,
  ])
  const headers = ['link'] // RFC 8288's header has the name of a type of ours
  const forbidden = new Set(names.filter((name) => !headers.includes(name)))
  const found = literalsBelowContent().filter(({ text }) => forbidden.has(text))
  t.strictSame(found, [])
})

t.test('no text below content/ tells of a content type', async (t) => {
  const names = content.flatMap(({ type, path }) => [type, path, path.replace(/-/g, ' ')])
  const words = [...new Set(names.flatMap((name) => [name, `${name}s`]))].filter(
    (name) => !/^links?$/.test(name),
  )
  const pattern = new RegExp(`\\b(${words.join('|')})\\b`, 'i')
  const found = literalsBelowContent().filter(({ text }) => pattern.test(text))
  t.strictSame(found, [])
})

function isAllowed(path: string, imported: string): boolean {
  if (imported.startsWith('..') || assembly.includes(imported)) return assembly.includes(path)
  if (path === 'errors.ts' || path === 'config.ts') return false
  const allowed = rules[top(path)]
  return !allowed || top(imported) === top(path) || allowed.includes(top(imported))
}

/** The files of ours that a file imports in any way, as paths below src. */
function importsOf(path: string, text: string): string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(path), name))
}

/** The folder of a file, or the file itself where it lies directly in src. */
function top(path: string): string {
  return path.split('/')[0] ?? path
}

function literalsBelowContent(): { path: string; text: string }[] {
  return sources
    .filter(({ path }) => ['documents', 'http', 'storage'].includes(top(path)))
    .flatMap(({ path, text }) => literalsOf(text).map((literal) => ({ path, text: literal })))
}

/** The string literals of a source, and the fixed parts of its templates, without the names of imports. */
function literalsOf(text: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest))
  return found
}
