import { type FastifyInstance, fastify } from 'fastify'

/**
 * An app that answers nobody. The server takes plugins only before it starts; what one of them makes for a few
 * requests is made in an app beside it, so that the plugin is loaded when the first of them comes.
 */
export function appAside(): FastifyInstance {
  return fastify({
    routerOptions: { ignoreTrailingSlash: true },
    exposeHeadRoutes: false,
    ...withoutCompilers,
  })
}

/** Where none are named, Fastify loads its own: ajv, and what writes JSON. `validation.ts` sets those of the server. */
export const withoutCompilers = {
  schemaController: { compilersFactory: { buildValidator: unused, buildSerializer: unused } },
}

function unused(): never {
  throw new Error('The compilers of schemas are not set.')
}
