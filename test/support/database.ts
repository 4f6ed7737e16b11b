import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Test } from 'tap'

/** The server on which tests make their databases; without it they run on SQLite. */
export const server = process.env.TEST_DATABASE === 'postgres' ? postgresUrl() : undefined

/** The name of the database that this run of the suite is about. */
export const engine = server === undefined ? 'sqlite' : 'postgres'

/** Where a PostgreSQL server for tests is expected. */
export function postgresUrl(): string {
  return process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
}

/** The address of a database that is empty, belongs to this test alone, and is gone when the test ends. */
export async function databaseFor(t: Test): Promise<string> {
  return server === undefined ? sqliteDatabase(t) : postgresDatabase(t, server)
}

export async function sqliteDatabase(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return `sqlite:${join(folder, 'test.db')}`
}

export async function postgresDatabase(t: Test, url: string, from = ''): Promise<string> {
  const name = `dateline_test_${randomBytes(8).toString('hex')}`
  await administer(url, `create database ${name}${from}`)
  t.teardown(() => administer(url, `drop database if exists ${name} with (force)`))
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** Runs statements on a server, on a connection of its own. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
