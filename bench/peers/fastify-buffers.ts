import { fastify } from 'fastify'

/** Fastify, with answers of Dateline ready as buffers, not compressed. `fastify-buffers.ts <address> <path>…` */
const [address = '', ...paths] = process.argv.slice(2)
const answers = new Map<string, { type: string; body: Buffer }>()
for (const path of paths) {
  const response = await fetch(address + path, { headers: { 'accept-encoding': 'identity' } })
  const type = response.headers.get('content-type') ?? ''
  answers.set(path, { type, body: Buffer.from(await response.arrayBuffer()) })
}

const app = fastify()
app.get('/*', (request, reply) => {
  const answer = answers.get(request.url)
  reply.header('content-type', answer?.type).send(answer?.body)
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
