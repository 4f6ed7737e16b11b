import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Peer, start } from './peer.ts'
import { type Model, models } from './strapi-models.ts'

/** Its models are files, which are written here; `strapi-bootstrap.cjs` fills it when it starts for the first time. */
export const strapi: Peer = {
  name: 'Strapi',
  packages: {
    '@strapi/strapi': '5.54.0',
    '@strapi/plugin-users-permissions': '5.54.0',
    'better-sqlite3': '13.2.0', // version 12 breaks off on Node 24.21
    react: '^18.0.0',
    'react-dom': '^18.0.0',
    'react-router-dom': '^6.0.0',
    'styled-components': '^6.0.0',
  },
  async fill(folder, stories) {
    for (const part of ['src', 'config', '.tmp']) rmSync(join(folder, part), { recursive: true, force: true })
    for (const [path, content] of [...configuration(), ...Object.entries(models).flatMap(filesOf)])
      write(join(folder, path), content)
    write(join(folder, 'stories.json'), JSON.stringify(stories))
    copyFileSync(new URL('strapi-bootstrap.cjs', import.meta.url), join(folder, 'src/index.js'))
    mkdirSync(join(folder, '.tmp'))
    mkdirSync(join(folder, 'public/uploads'), { recursive: true })
    const server = await start((port) => strapi.program(folder, port), strapi.list)
    await server.stop()
  },
  program: (folder) => ({
    words: ['node_modules/@strapi/strapi/bin/strapi.js', 'start'],
    folder,
    env: { STRAPI_TELEMETRY_DISABLED: 'true', STRAPI_DISABLE_UPDATE_NOTIFICATION: 'true' },
  }),
  list: '/api/articles?sort=publishedOn:desc&pagination[pageSize]=20&pagination[withCount]=false',
  async articles(address) {
    const { data }: { data: { documentId: string }[] } = JSON.parse(
      await (await fetch(`${address}/api/articles?pagination[pageSize]=100`)).text(),
    )
    const parts =
      'populate[quotes][sort]=position&populate[quotes][populate]=speaker&populate[links][sort]=position'
    return data.map(({ documentId }) => `/api/articles/${documentId}?${parts}`)
  },
}

function configuration(): [path: string, content: string][] {
  const database = {
    connection: { client: 'sqlite', connection: { filename: '.tmp/data.db' }, useNullAsDefault: true },
  }
  const secret = 'a-secret-of-the-bench-0123456789'
  const admin = {
    serveAdminPanel: false,
    auth: { secret },
    apiToken: { salt: secret },
    transfer: { token: { salt: secret } },
    secrets: { encryptionKey: secret },
  }
  const server = `{ host: process.env.HOST, port: Number(process.env.PORT), app: { keys: ['${secret}'] } }`
  const middlewares = ['errors', 'security', 'cors', 'query', 'body', 'session', 'favicon', 'public']
  const exported = (value: unknown) => `module.exports = ${JSON.stringify(value)}\n`
  return [
    ['config/database.js', exported(database)],
    ['config/admin.js', exported(admin)],
    ['config/server.js', `module.exports = ${server}\n`],
    ['config/plugins.js', exported({ 'users-permissions': { config: { jwtSecret: secret } } })],
    ['config/middlewares.js', exported(middlewares.map((name) => `strapi::${name}`))],
  ]
}

function filesOf([name, { plural, hasDrafts, attributes }]: [string, Model]): [
  path: string,
  content: string,
][] {
  const schema = {
    kind: 'collectionType',
    collectionName: plural,
    info: { singularName: name, pluralName: plural, displayName: name },
    options: { draftAndPublish: hasDrafts },
    attributes,
  }
  const made = ['Router', 'Controller', 'Service'].map((what): [string, string] => [
    `src/api/${name}/${what === 'Router' ? 'route' : what.toLowerCase()}s/${name}.js`,
    `module.exports = require('@strapi/strapi').factories.createCore${what}('api::${name}.${name}')\n`,
  ])
  return [[`src/api/${name}/content-types/${name}/schema.json`, JSON.stringify(schema)], ...made]
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
