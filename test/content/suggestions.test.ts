import t from 'tap'
import { start } from '../support/dateline.ts'

const viewer = { as: 'viewer' } as const
const body = `“We have found the money,” Transport Minister Ada Okafor said. 😀

“Nobody will be *left* on the quay,” she added.

“It was about time.”`

t.test('quotations in the body that no quote covers are offered with their likely speakers', async (t) => {
  const { get, post } = await start(t)
  const { body: okafor } = await post('/v1/people', { name: 'Ada Okafor' })
  const quotes = [{ text: 'We have found the money' }]
  await post('/v1/articles', { headline: 'Ferry stays', body, quotes })
  const { status, body: found } = await get('/v1/articles/ferry-stays/suggestions', viewer)
  t.equal(status, 200)
  const speaker = { name: 'Ada Okafor', personId: okafor.id }
  t.match(found.data, [
    { text: 'Nobody will be *left* on the quay', speaker, confidence: 'medium' },
    { text: 'It was about time.', speaker, confidence: 'low', rule: 'last-speaker' },
  ])
  t.equal(found.data.length, 2)
  const points = [...body]
  for (const { parts } of found.data)
    for (const { exact, start, end } of parts) t.equal(points.slice(start, end).join(''), exact)
})

t.test('one that is posted as it is offered is tied to its words, and offered no more', async (t) => {
  const { get, post } = await start(t)
  const { body: article } = await post('/v1/articles', {
    headline: 'Ferry stays',
    body: body.replaceAll('\n', '\r\n'),
  })
  const url = '/v1/articles/ferry-stays/suggestions'
  const offered = (await get(url, viewer)).body.data
  t.equal(offered.length, 3)
  for (const { text, parts } of offered) {
    const { body: quote } = await post('/v1/quotes', { articleId: article.id, text })
    t.equal(quote.anchor.state, 'exact', text)
    t.equal(quote.anchor.parts[0].start, parts[0].start, text)
  }
  t.strictSame((await get(url, viewer)).body.data, [])
})

t.test('nobody without a token gets any', async (t) => {
  const { get, post } = await start(t)
  await post('/v1/articles?publish=now', { headline: 'Ferry stays', body })
  t.equal((await get('/v1/articles/ferry-stays/suggestions')).status, 401)
  t.equal((await get('/v1/articles/nowhere/suggestions', viewer)).status, 404)
})
