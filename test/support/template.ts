import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '../../src/storage/open.ts'
import { administer } from './database.ts'

/** A database with its tables and nothing in them, of which tests get copies: migrations take ten times as long. */
export interface Template {
  readonly url: string
  remove(): Promise<void>
}

/** @param server where it is made; a file when absent */
export async function makeTemplate(server: string | undefined): Promise<Template> {
  const template = server === undefined ? await inFile() : await onServer(server)
  await (await openStorage(template.url)).close()
  return template
}

/** @param url of the new file */
export function copyTemplate(template: string, url: string): Promise<void> {
  return copyFile(pathOf(template), pathOf(url))
}

async function inFile(): Promise<Template> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-template-'))
  return { url: `sqlite:${join(folder, 'template.db')}`, remove: () => rm(folder, { recursive: true }) }
}

async function onServer(server: string): Promise<Template> {
  const url = new URL(server)
  url.pathname = `dateline_template_${randomBytes(8).toString('hex')}`
  const name = url.pathname.slice(1)
  await administer(server, `create database ${name}`)
  return { url: url.href, remove: () => administer(server, `drop database if exists ${name} with (force)`) }
}

function pathOf(url: string): string {
  return url.replace(/^sqlite:/, '')
}
