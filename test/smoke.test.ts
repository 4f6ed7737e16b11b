import t from 'tap'
import { START, STORY, start } from './support/dateline.ts'

t.test('the seeded story comes whole in one answer', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { status, body } = await dateline.get(
    `/v1/articles/${STORY}?include=quotes.speaker,relatedLinks,people`,
  )
  t.equal(status, 200)
  t.equal(body.quotes.length, 2)
  t.equal(body.quotes[0].speaker.name, 'Sergey Lavrov')
  t.equal(START, dateline.clock.now)
  t.equal((await dateline.post('/v1/articles', { headline: 'x' })).status, 201)
  t.equal((await dateline.get('/v1/articles?limit=1&count=true')).status, 200)
})
