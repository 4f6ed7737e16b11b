import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { peers, STORIES } from './contenders.ts'
import { storiesOf } from './stories.ts'

/**
 * Installs the peers in a folder, each in one of its own, and fills them: `install.ts <folder>`. Dateline and
 * Fastify are installed beside them as they are without what is for development, to see how large they are.
 */
const folder = resolve(process.argv[2] ?? '')
if (!process.argv[2]) throw new Error('Which folder?')
const project = new URL('../../', import.meta.url)
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', project), 'utf8'))

for (const { name, packages, overrides = {} } of peers) {
  write(name, packages, overrides)
  npm(name, 'install')
}
write('Fastify', { fastify: dependencies.fastify })
npm('Fastify', 'install')
mkdirSync(join(folder, 'Dateline'), { recursive: true })
for (const file of ['package.json', 'package-lock.json', '.npmrc'])
  copyFileSync(new URL(file, project), join(folder, 'Dateline', file))
npm('Dateline', 'ci', '--omit=dev')

for (const peer of peers) {
  const began = performance.now()
  await peer.fill(join(folder, peer.name), storiesOf(STORIES))
  console.log(`${peer.name}: filled in ${Math.round((performance.now() - began) / 1000)} s`)
}

function write(name: string, packages: object, overrides: object = {}): void {
  mkdirSync(join(folder, name), { recursive: true })
  const content = { name: 'peer', version: '0.0.0', private: true, dependencies: packages, overrides }
  writeFileSync(join(folder, name, 'package.json'), JSON.stringify(content))
}

function npm(name: string, ...words: string[]): void {
  const began = performance.now()
  execFileSync('npm', [...words, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: join(folder, name),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  console.log(`${name}: installed in ${Math.round((performance.now() - began) / 1000)} s`)
}
