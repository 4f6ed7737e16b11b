import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import pretty from 'pino-pretty'
import { createFirstToken, hasTokens } from './access/tokens.ts'
import { buildApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { seedIfNew } from './content/seed.ts'
import { openStorage, type Storage } from './storage/open.ts'
import { welcome } from './welcome.ts'

/** How long a stop may take, in milliseconds, before what is still open is cut off. */
const STOP_WITHIN = 8_000

/** Runs the server until it is told to stop: storage, then content, then the app, then the port. */
export async function serve(config: Config = readConfig()): Promise<void> {
  const isTerminal = process.stdout.isTTY === true
  const storage = await openStorage(config.DATABASE_URL).catch(
    blaming(`DATABASE_URL ${withoutPassword(config.DATABASE_URL)}`),
  )
  const app = await buildApp(storage, config, logging(config, isTerminal))
  const seeded = config.SEED === 'auto' && (await seedIfNew(storage))
  const token = isTerminal && !config.ADMIN_TOKEN ? await createFirstToken(storage) : undefined
  app.addHook('onClose', () => storage.close())
  stopOnSignal(
    () => app.close(),
    () => app.server.closeAllConnections(),
  )
  const address = await listen(app, config)
  if (isTerminal) process.stdout.write(welcome(address, { seeded, token }))
  else if (await lacksToken(storage, config))
    app.log.warn(
      'nobody can write: there is no token. Make one with: dateline token create --role editor --name <whose>',
    )
}

async function listen(app: FastifyInstance, { HOST: host, PORT: port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port, listenTextResolver: (at) => `listening at ${at}` })
  } catch (error) {
    await app.close() // its connections to the database would keep the process alive
    return blaming(`HOST ${host}, PORT ${port}`)(error as Error) // Node rejects with nothing else
  }
}

function logging({ LOG_LEVEL: level }: Config, isTerminal: boolean): FastifyServerOptions['logger'] {
  return isTerminal
    ? {
        level,
        stream: pretty({ ignore: 'pid,hostname,reqId', translateTime: 'SYS:HH:MM:ss', singleLine: true }),
      }
    : { level }
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
