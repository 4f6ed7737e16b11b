import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Test } from 'tap'

/** A PostgreSQL server of the test's own, which it may kill. */
export interface PostgresServer {
  readonly url: string
  start(): Promise<void>
  /** As a crash of the machine's process would: at once, without a word. */
  kill(): Promise<void>
}

/** Where the server's programs are, if they are on this machine. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

export async function startPostgres(t: Test, programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-postgres-'))
  const owner = unprivileged()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const { status, stderr } = spawnSync(
    join(programs, 'initdb'),
    ['--auth=trust', '--username=postgres', '--no-sync', '--encoding=UTF8', '--locale=C', '-D', data],
    { ...owner, cwd: folder, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`)
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let server: ChildProcess | undefined
  const start = async () => {
    const options = [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      folder,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=60',
    ]
    server = spawn(join(programs, 'postgres'), options, { ...owner, cwd: folder, stdio: 'ignore' })
    await answering(url)
  }
  const kill = async () => {
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server?.kill('SIGKILL')
    await ended
    await childrenGone(data)
  }
  await start()
  t.teardown(async () => {
    await kill()
    rmSync(folder, { recursive: true, force: true })
  })
  return { url, start, kill }
}

/** The server refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** After a crash the port is open long before the server has replayed its log. */
async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    const client = new pg.Client(url)
    client.on('error', () => {})
    const isThere = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => {})
    if (isThere) return
    await pause(50)
  }
  throw new Error('PostgreSQL did not start.')
}

/** The server's own children notice its death by themselves, and hold the data until then. */
async function childrenGone(data: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (spawnSync('pgrep', ['-f', data]).status !== 0) return
    await pause(20)
  }
}
