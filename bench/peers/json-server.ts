import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './peer.ts'

/** It keeps everything in memory and knows neither drafts nor a schema. Of parts of parts it knows nothing. */
export const jsonServer: Peer = {
  name: 'json-server',
  packages: { 'json-server': '0.17.4' },
  async fill(folder, { people, articles, quotes, links }) {
    const ofArticles = ({ article, speaker, ...item }: Readonly<Record<string, unknown>>) => ({
      ...item,
      articleId: article,
      ...(speaker ? { personId: speaker } : {}),
    })
    const database = { people, articles, quotes: quotes.map(ofArticles), links: links.map(ofArticles) }
    writeFileSync(join(folder, 'db.json'), JSON.stringify(database))
  },
  program: (folder, port) => ({
    words: ['node_modules/json-server/lib/cli/bin.js', '--quiet', '--port', String(port), 'db.json'],
    folder,
    env: {},
  }),
  list: '/articles?_sort=publishedOn&_order=desc&_page=1&_limit=20',
  async articles(address) {
    const all: { id: string }[] = JSON.parse(await (await fetch(`${address}/articles`)).text())
    return all.map(({ id }) => `/articles/${id}?_embed=quotes&_embed=links`)
  },
}
