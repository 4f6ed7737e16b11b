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
    .regex(/^sqlite:./, 'must be sqlite:<path>')
    .default('sqlite:data/dateline.db'),
  SEED: z.enum(['auto', 'never'], 'must be auto or never').default('auto'),
  ADMIN_TOKEN: z.string().min(24, 'must have at least 24 characters').optional(),
  CORS_ORIGIN: z
    .string()
    .min(1)
    .transform((list) => (list === '*' ? '*' : list.split(',').map((origin) => origin.trim())))
    .refine(
      (origins) => origins === '*' || origins.every(isOrigin),
      'must be * or a list of origins such as https://example.org,https://www.example.org',
    )
    .default('*'),
  TRUST_PROXY: z
    .string()
    .min(1)
    .transform((list) => list.split(',').map((address) => address.trim()))
    .refine(
      (list) => list.every((address) => /^[\da-f.:]+(\/\d{1,3})?$/i.test(address)),
      'must be a list of addresses or networks such as 10.0.0.2,192.168.0.0/16',
    )
    .optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a level such as info')
    .default('info'),
})

export type Config = Readonly<z.output<typeof schema>>

/**
 * @param env variables as in `process.env`; an empty one counts as absent
 * @throws Error with one line for each variable that is wrong
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return Object.freeze(result.data)
  const lines = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  throw new Error(lines.join('\n'))
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
