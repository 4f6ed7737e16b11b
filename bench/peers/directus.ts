import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { TOKEN } from '../measure/processes.ts'
import { type Peer, start } from './peer.ts'
import type { Item } from './stories.ts'

const CLI = 'node_modules/directus/cli.js'
const env = {
  DB_CLIENT: 'sqlite3',
  DB_FILENAME: './data.db',
  SECRET: 'a-secret-of-the-bench-0123456789',
  ADMIN_EMAIL: 'admin@example.com',
  ADMIN_PASSWORD: TOKEN,
  ADMIN_TOKEN: TOKEN,
  TELEMETRY: 'false',
  LOG_LEVEL: 'warn',
  PRESSURE_LIMITER_ENABLED: 'false', // it would turn requests away when it is asked as fast as it answers
}

/** Fields by their types; `article` and `speaker` are relations beside. */
const collections = {
  people: { name: 'string', role: 'string', affiliation: 'string', country: 'string' },
  articles: {
    headline: 'string',
    kind: 'string',
    standfirst: 'text',
    body: 'text',
    language: 'string',
    image: 'json',
    tags: 'json',
    people: 'json',
    publishedOn: 'timestamp',
  },
  quotes: {
    position: 'integer',
    text: 'text',
    role: 'string',
    saidOn: 'date',
    setting: 'string',
    via: 'string',
  },
  links: { position: 'integer', kind: 'string', title: 'string', url: 'string' },
}
const own = ['id', ...Object.keys(collections.articles)].join()

/** Modelled as its editor would do it, through its API. */
export const directus: Peer = {
  name: 'Directus',
  packages: { directus: '12.4.0' },
  overrides: { 'isolated-vm': '6.2.0' }, // the one that it asks for does not compile for Node 24
  async fill(folder, { people, articles, quotes, links }) {
    rmSync(join(folder, 'data.db'), { force: true })
    const { PATH } = process.env
    execFileSync(process.execPath, [CLI, 'bootstrap'], {
      cwd: folder,
      env: { PATH, ...env },
      stdio: 'ignore',
    })
    const server = await start((port) => directus.program(folder, port), '/server/ping')
    const post = poster(server.address)
    for (const [collection, fields] of Object.entries(collections))
      await post('/collections', collectionOf(collection, fields))
    await relate(post, 'quotes', 'article', 'articles', 'quotes')
    await relate(post, 'links', 'article', 'articles', 'links')
    await relate(post, 'quotes', 'speaker', 'people', null)
    await letEverybodyRead(server.address, post)
    for (const [collection, items] of Object.entries({ people, articles, quotes, links }))
      await post(`/items/${collection}`, items)
    await server.stop()
  },
  program: (folder) => ({ words: [CLI, 'start'], folder, env }),
  list: `/items/articles?sort=-publishedOn&limit=20&fields=${own}`,
  async articles(address) {
    const answer = await fetch(`${address}/items/articles?limit=-1&fields=id`)
    const { data }: { data: Item[] } = JSON.parse(await answer.text())
    const parts = 'quotes.*,quotes.speaker.*,links.*&deep[quotes][_sort]=position&deep[links][_sort]=position'
    return data.map(({ id }) => `/items/articles/${id}?fields=${own},${parts}`)
  },
}

/** The same with its own cache of answers. */
export const cachingDirectus: Peer = {
  ...directus,
  name: 'Directus, its cache on',
  program: (folder) => ({
    words: [CLI, 'start'],
    folder,
    env: { ...env, CACHE_ENABLED: 'true', CACHE_AUTO_PURGE: 'true', CACHE_TTL: '30m' },
  }),
}

type Post = (path: string, body: object) => Promise<void>

function poster(address: string): Post {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  return async (path, body) => {
    const response = await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  }
}

function collectionOf(collection: string, fields: Readonly<Record<string, string>>): object {
  const key = { field: 'id', type: 'string', schema: { is_primary_key: true }, meta: {} }
  const others = Object.entries(fields).map(([field, type]) => {
    const special = type === 'json' ? { special: ['cast-json'] } : {}
    return { field, type, schema: {}, meta: special }
  })
  return { collection, schema: {}, meta: {}, fields: [key, ...others] }
}

/** @param back the field of the other side that lists these, if it has one */
async function relate(post: Post, from: string, field: string, to: string, back: string | null) {
  await post(`/fields/${from}`, { field, type: 'string', schema: {}, meta: { special: ['m2o'] } })
  if (back)
    await post(`/fields/${to}`, { field: back, type: 'alias', schema: null, meta: { special: ['o2m'] } })
  const relation = { collection: from, field, related_collection: to, schema: {}, meta: { one_field: back } }
  await post('/relations', relation)
}

/** All of it: rules that tell items apart, such as drafts, are for those who have bought a license. */
async function letEverybodyRead(address: string, post: Post): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const answer = await fetch(`${address}/policies?filter[icon][_eq]=public`, { headers })
  const { data }: { data: Item[] } = JSON.parse(await answer.text())
  const policy = data[0]?.id
  for (const collection of Object.keys(collections))
    await post('/permissions', { policy, collection, action: 'read', fields: ['*'] })
}
