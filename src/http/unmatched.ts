import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import createRouter, { type HTTPMethod } from 'find-my-way'
import { DatelineError } from '../errors.ts'
import { guessAddress } from './guesses.ts'
import { sendProblem } from './problems.ts'

const METHODS: readonly HTTPMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Answers what no route takes: 405 with `Allow` where the address exists for other methods, else 404.
 * Fastify's router does not tell the two apart, so the addresses are kept in one of our own.
 */
export function answerUnmatched(app: FastifyInstance): void {
  const router = createRouter({ ignoreTrailingSlash: true })
  const known = new Set<string>()
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) {
      if (url === '*' || known.has(`${each} ${url}`)) continue
      known.add(`${each} ${url}`)
      router.on(each as HTTPMethod, url, () => {}) // Fastify's methods are the router's
    }
  })
  const methodsAt = (path: string) => METHODS.filter((method) => router.find(method, path))
  const nothingAt = (path: string) => {
    const lists = [...known].flatMap((each) => /^GET (\/v1\/[\w-]+)$/.exec(each)?.[1] ?? [])
    const meant = guessAddress(path, lists, (address) => methodsAt(address).length > 0)
    const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
    return new DatelineError(
      'unknown_address',
      `There is nothing at ${path}.${hint} GET / lists where to start.`,
    )
  }
  const answer = (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0] ?? '/'
    const allowed = methodsAt(path)
    if (allowed.length === 0) return sendProblem(request, reply, nothingAt(path))
    reply.header('allow', allowed.join(', '))
    return sendProblem(
      request,
      reply,
      new DatelineError(
        'method_not_allowed',
        `${request.method} is not possible at ${path}; ${allowed.join(', ')} ${allowed.length > 1 ? 'are' : 'is'}.`,
      ),
    )
  }
  app.setNotFoundHandler(answer)
  // Fastify fails on a QUERY without a Content-Type before it looks for a route, and we have none for it.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'QUERY') answer(request, reply)
    else done()
  })
}
