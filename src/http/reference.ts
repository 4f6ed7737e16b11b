import { createHash } from 'node:crypto'
import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import { appAside } from './aside.ts'

const PAGE = '/docs/'
const SCRIPT = '/docs/js/scalar.js'

/**
 * The reference page at `/docs`, with nothing from elsewhere: its script is served from here, and a
 * content security policy keeps it so. The page has one inline script, which the policy names by hash.
 */
export async function referencePage(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onSend', async (_, reply, payload) => {
      if (String(reply.getHeader('content-type')).startsWith('text/html') && typeof payload === 'string')
        reply.header('content-security-policy', policyFor(payload))
      return payload
    })
    let page: ReturnType<typeof loadPage> | undefined
    for (const url of [PAGE, SCRIPT])
      scope.get(url, { schema: { hide: true } }, async function (request, reply) {
        page ??= loadPage()
        return (await page).get(url)?.call(this, request, reply)
      })
  })
}

/** The page's handlers, by their addresses. Its script is 5 MB, which servers hold that have been asked for it. */
async function loadPage(): Promise<ReadonlyMap<string, RouteHandlerMethod>> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const handlers = new Map<string, RouteHandlerMethod>()
  const app = appAside()
  app.addHook('onRoute', ({ url, handler }) => void handlers.set(url, handler))
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      title: 'Dateline',
      pageTitle: 'Dateline: reference',
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: 'never',
      hideClientButton: true,
      agent: { disabled: true },
    },
  })
  return handlers
}

function policyFor(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  const hashes = inline.map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
