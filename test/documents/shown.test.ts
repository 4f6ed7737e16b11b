import t from 'tap'
import { z } from 'zod'
import { content } from '../../src/content/index.ts'
import { parseInclude, pathsFrom } from '../../src/documents/include.ts'
import { renderersFor, shownSchema } from '../../src/documents/shown.ts'
import { STORY, start } from '../support/dateline.ts'

const SHAPES = content.flatMap((type) =>
  [undefined, pathsFrom(type).join()].flatMap((include) => ({ type, include: include || undefined })),
)

for (const { type, include } of SHAPES)
  t.test(`the schema of a GET of a ${type.type} with ${include ?? 'nothing'} in it has an end`, async (t) => {
    for (const isSelected of [false, true]) {
      const schema = shownSchema(type, parseInclude(type, include), isSelected)
      t.doesNotThrow(() => z.compile(schema, { strict: true }))
    }
  })

t.test('what a GET shows is what the schema of all documents has of it, in the same order', async (t) => {
  const { get } = await start(t, { seeded: true })
  for (const { type, include } of SHAPES) {
    const { body } = await get(`/v1/${type.path}${include ? `?include=${include}` : ''}`)
    t.ok(body.data.length > 0, type.path)
    t.equal(JSON.stringify(type.schemas.page.parse(body)), JSON.stringify(body))
  }
})

t.test('what is not declared is left out, and what breaks the schema is refused', async (t) => {
  const { get } = await start(t, { seeded: true })
  const { body } = await get(`/v1/articles/${STORY}`)
  const [articles] = content
  if (!articles) throw new Error('There are articles.')
  const { one } = renderersFor(articles, new Map(), false)
  t.equal(one({ ...body, saved_by: 'someone', quotes: [] }), JSON.stringify(body))
  for (const broken of [{ headline: 1 }, { status: 'secret' }, { version: 0 }, { slug: undefined }])
    t.throws(() => one({ ...body, ...broken }), { message: 'The answer breaks its schema.' })
})
