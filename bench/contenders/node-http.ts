import { createServer } from 'node:http'
import { answersOf } from './answers.ts'

/** The floor: Node's own server, with every answer ready as a buffer. `node-http.ts <address> <path>…` */
const [address = '', ...paths] = process.argv.slice(2)
const answers = await answersOf(address, paths)

createServer(({ url = '/', headers }, response) => {
  const answer = answers.get(url)
  if (!answer) return response.end('ok')
  if (headers['if-none-match'] !== answer.headers.etag)
    return response.writeHead(200, answer.headers).end(answer.body)
  const { 'content-length': _, 'content-type': __, ...kept } = answer.headers
  return response.writeHead(304, kept).end()
}).listen(Number(process.env.PORT), '127.0.0.1')
