import { parseArgs } from 'node:util'
import { createClient } from '../../openapi/client.ts'

/**
 * Lists articles, page by page, with a typed client: `node examples/page-list.ts [--server http://localhost:3000]
 * [--tag middle-east] [--person sergey-lavrov] [--limit 20]`
 */
const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://localhost:3000' },
    tag: { type: 'string' },
    person: { type: 'string' },
    limit: { type: 'string', default: '20' },
  },
})

const client = createClient(values.server)
const filters = {
  ...(values.tag === undefined ? {} : { 'tags.has': values.tag }),
  ...(values.person === undefined ? {} : { person: values.person }),
}

const shown: ('slug' | 'headline' | 'publishedAt')[] = ['slug', 'headline', 'publishedAt']

async function read(cursor: string | null) {
  const query = {
    ...filters,
    fields: shown,
    limit: Number(values.limit),
    ...(cursor === null ? {} : { cursor }),
  }
  const { data, error } = await client.GET('/v1/articles', { params: { query } })
  if (error) throw new Error(error.detail)
  return data
}

let cursor: string | null = null
do {
  const { data, page } = await read(cursor)
  for (const { publishedAt, headline, slug } of data)
    console.log(`${publishedAt?.slice(0, 10)}  ${headline}  /v1/articles/${slug}`)
  cursor = page.next
} while (cursor !== null)
