import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { z } from 'zod'

/**
 * The only reader of the environment. Every variable has a default that suits a laptop; one that is
 * wrong stops the start with a line that says which and why.
 */
const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
    .default(3000),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:|postgres(ql)?:\/\/)./, 'must be sqlite:<path> or postgres://…')
    .default('sqlite:data/dateline.db'),
  SEED: z.enum(['auto', 'never'], 'must be auto or never').default('auto'),
  ADMIN_TOKEN: z
    .string()
    .min(24, 'must have at least 24 characters')
    .regex(/^[\x21-\x7e]*$/, 'must have only ASCII characters and no blanks')
    .optional(),
  CORS_ORIGIN: z
    .string()
    .min(1)
    .transform((list) => (list === '*' ? '*' : list.split(',').map((origin) => origin.trim())))
    .refine(
      (origins) => origins === '*' || origins.every(isOrigin),
      'must be * or a list of origins such as https://example.org,https://www.example.org',
    )
    .default('*'),
  PUBLIC_URL: z
    .string()
    .refine(isPublicUrl, 'must be an address such as https://cms.example.org, without a query')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TRUST_PROXY: z
    .string()
    .min(1)
    .transform((list) => list.split(',').map((address) => address.trim()))
    .refine(
      (list) => list.every(isNetwork),
      'must be a list of addresses or networks such as 10.0.0.2,192.168.0.0/16',
    )
    .optional(),
  WORKERS: z
    .string()
    .regex(/^(auto|[1-9]\d?)$/, 'must be a number of processes from 1 to 99, or auto')
    .transform((text) => (text === 'auto' ? availableParallelism() : Number(text)))
    .default(1),
  REQUIRE_IF_MATCH: flag(),
  REQUIRE_CHANGE_NOTE: flag(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a level such as info')
    .default('info'),
})

function flag() {
  return z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true')
}

export type Config = Readonly<z.output<typeof schema>>

/**
 * @param env variables as in `process.env`; an empty one counts as absent
 * @throws Error with one line for each variable that is wrong
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return Object.freeze(result.data)
  const faults = Map.groupBy(result.error.issues, ({ path }) => path.join('.'))
  const lines = [...faults].map(([name, [first]]) => `${name} ${first?.message}`)
  throw new Error(lines.join('\n'))
}

/** An address, or a network in CIDR notation. */
function isNetwork(text: string): boolean {
  const [address = '', length] = text.split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return bits > 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits))
}

function isPublicUrl(text: string): boolean {
  return /^https?:\/\/[^\s?#@]+$/.test(text) && URL.canParse(text)
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
