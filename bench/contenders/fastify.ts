import { fastify } from 'fastify'
import { answersOf } from './answers.ts'

/** Fastify, with every answer ready as a buffer. `fastify.ts <address> <path>…` */
const [address = '', ...paths] = process.argv.slice(2)
const answers = await answersOf(address, paths)

const app = fastify()
app.get('/health/ready', async () => 'ok')
app.get('/v1/articles', (request, reply) => void send(request.url, reply))
app.get('/v1/articles/:slug', (request, reply) => void send(request.url, reply))
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })

function send(url: string, reply: { headers(values: object): { send(body: unknown): unknown } }): void {
  const answer = answers.get(url)
  reply.headers(answer?.headers ?? {}).send(answer?.body)
}
