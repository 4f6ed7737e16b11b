import type { FastifyRequest } from 'fastify'

/**
 * The address of this server for those who read an answer elsewhere: in feeds, sitemaps and JSON-LD, where
 * relative links lead nowhere.
 *
 * @param configured `PUBLIC_URL`; where it is absent, the client's own word for the server is taken
 * @returns an address without a slash at its end
 */
export function publicUrl({ protocol, host }: FastifyRequest, configured: string | undefined): string {
  if (configured !== undefined) return configured
  const asked = `${protocol}://${host}`
  return URL.canParse(asked) ? new URL(asked).origin : 'http://localhost'
}
