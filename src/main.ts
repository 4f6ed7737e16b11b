import cluster from 'node:cluster'
import { flushCompileCache } from 'node:module'
import { type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions, fastify } from 'fastify'
import { createFirstToken, hasTokens } from './access/tokens.ts'
import { buildApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { seedIfNew } from './content/seed.ts'
import { openStorage, type Storage } from './storage/open.ts'
import { welcome } from './welcome.ts'
import { asWorker, runWorkers } from './workers.ts'

/** How long a stop may take, in milliseconds, before what is still open is cut off. */
const STOP_WITHIN = 8_000

/** Runs the server until it is told to stop: storage, then content, then the app, then the port. */
export async function serve(config: Config = readConfig()): Promise<void> {
  if (cluster.isWorker) return asWorker(() => open(config).then((storage) => answer(config, storage)))
  const storage = await open(config)
  const isTerminal = process.stdout.isTTY === true
  const seeded = config.SEED === 'auto' && (await seedIfNew(storage))
  const token = isTerminal && !config.ADMIN_TOKEN ? await createFirstToken(storage) : undefined
  const isMute = await lacksToken(storage, config)
  const start = config.WORKERS > 1 ? answerTogether : answer
  const { address, log } = await start(config, storage)
  if (isTerminal) process.stdout.write(welcome(address, { seeded, token }))
  else if (isMute)
    log.warn(
      'nobody can write: there is no token. Make one with: dateline token create --role editor --name <whose>',
    )
}

interface Answering {
  readonly address: string
  readonly log: FastifyBaseLogger
}

function open({ DATABASE_URL: url }: Config): Promise<Storage> {
  return openStorage(url).catch(blaming(`DATABASE_URL ${withoutPassword(url)}`))
}

async function answer(config: Config, storage: Storage): Promise<Answering> {
  const app = await buildApp(storage, config, await logging(config))
  app.addHook('onClose', () => storage.close())
  stopOnSignal(
    () => app.close(),
    () => app.server.closeAllConnections(),
  )
  const address = await listen(app, config)
  flushCompileCache() // what a start needs is kept for the next one now, and no longer held in memory
  return { address, log: app.log }
}

/** Processes that share the port and the database; this one only looks after them. */
async function answerTogether(config: Config, storage: Storage): Promise<Answering> {
  await storage.close()
  const { log } = fastify({ logger: (await logging(config)) ?? false })
  flushCompileCache()
  return { address: await runWorkers(config.WORKERS, log), log }
}

async function listen(app: FastifyInstance, { HOST: host, PORT: port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port, listenTextResolver: (at) => `listening at ${at}` })
  } catch (error) {
    await app.close() // its connections to the database would keep the process alive
    return blaming(`HOST ${host}, PORT ${port}`)(error as Error) // Node rejects with nothing else
  }
}

async function logging({ LOG_LEVEL: level }: Config): Promise<FastifyServerOptions['logger']> {
  if (!process.stdout.isTTY) return { level }
  const { default: pretty } = await import('pino-pretty')
  const stream = pretty({ ignore: 'pid,hostname,reqId', translateTime: 'SYS:HH:MM:ss', singleLine: true })
  return { level, stream }
}

async function lacksToken(storage: Storage, { ADMIN_TOKEN }: Config): Promise<boolean> {
  return ADMIN_TOKEN === undefined && !(await hasTokens(storage))
}

/** Requests in flight are finished, new ones refused; a second signal does not make it faster. */
function stopOnSignal(close: () => Promise<unknown>, cutOff: () => void): void {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    setTimeout(cutOff, STOP_WITHIN).unref()
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** Says which variable a failed start is about. */
function blaming(variables: string): (cause: Error) => never {
  return (cause) => {
    throw new Error(`${variables}: ${cause.message || String((cause as NodeJS.ErrnoException).code)}`, {
      cause,
    }) // some of Node's have only a code
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//…@')
}
