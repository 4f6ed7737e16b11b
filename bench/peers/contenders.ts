import { fileURLToPath } from 'node:url'
import { coldAddresses, LIST, walk } from '../addresses.ts'
import { DATELINE, type Server, TOKEN } from '../measure/processes.ts'
import { cachingDirectus, directus } from './directus.ts'
import { jsonServer } from './json-server.ts'
import { type Peer, start } from './peer.ts'
import { strapi } from './strapi.ts'

/** How many articles each of the peers has. */
export const STORIES = 40
export const peers: readonly Peer[] = [jsonServer, directus, strapi]
export const FASTIFY = 'Fastify, ready buffers'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const PARTS = 'include=quotes.speaker,relatedLinks'

export interface Contender {
  readonly name: string
  /** Where it has been installed, in the folder of all. */
  readonly folder: string
  start(): Promise<Server>
  readonly list: string
  articles(address: string): Promise<string[]>
  /** Paths of each read that are other ones each time. */
  readonly once?: (address: string) => Promise<Record<'article' | 'list', (number: number) => string>>
}

export function datelineOn(newsroom: string, stories: number): Contender {
  const env = { DATABASE_URL: `sqlite:${newsroom}`, ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'warn', SEED: 'never' }
  return {
    name: 'Dateline',
    folder: 'Dateline',
    start: () => start(() => ({ words: DATELINE, folder: PROJECT, env }), LIST),
    list: LIST,
    articles: async () =>
      Array.from({ length: STORIES }, (_, index) => `/v1/articles/story-${index + 1}?${PARTS}`),
    async once(address) {
      const addresses = coldAddresses(stories, await walk(address, stories))
      return {
        article: (number) => `${addresses['an article'](number)}?${PARTS}`,
        list: addresses['a list of 20'],
      }
    },
  }
}

/** It has the answers of Dateline that it is given, and takes them at its start. */
export function fastifyWith(dateline: Contender, address: string, paths: readonly string[]): Contender {
  const words = ['bench/peers/fastify-buffers.ts', address, ...paths]
  return {
    ...{ name: FASTIFY, folder: 'Fastify', list: LIST, articles: dateline.articles },
    start: () => start(() => ({ words, folder: PROJECT, env: {} }), LIST),
  }
}

export function peersIn(folder: string): Contender[] {
  return [jsonServer, directus, cachingDirectus, strapi].map((peer) => {
    const name = peer === cachingDirectus ? directus.name : peer.name
    return {
      ...peer,
      folder: name,
      start: () => start((port) => peer.program(`${folder}/${name}`, port), peer.list),
    }
  })
}

/** @throws Error when an answer lacks what is compared; of speakers, json-server knows no more than the id */
export async function assertSaysAll({ name, list, articles }: Contender, { address }: Server): Promise<void> {
  const text = async (path = '') => (await fetch(address + path)).text()
  const [one, many] = [await text((await articles(address))[0]), await text(list)]
  const speaker = name === jsonServer.name ? '"sergey-lavrov"' : '"Government of Russia"'
  const missing = ['Number 1.', 'It is not a secret that', 'abide by truce"', speaker].filter(
    (words) => !one.includes(words),
  )
  if (missing.length > 0) throw new Error(`${name}: its article lacks ${missing.join(', ')}: ${one}`)
  if (many.match(/"standfirst"/g)?.length !== 20) throw new Error(`${name}: its list is not of 20: ${many}`)
}
