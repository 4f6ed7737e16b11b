import t from 'tap'
import { STORY, start } from '../support/dateline.ts'
import { assertProblem, wrongParameter } from './problem.ts'

const AT =
  'must be an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15, or latest.'
const WHEN =
  'must be an instant with its zone, such as 2026-12-24T06:00:00Z, or a date such as 2026-12-24, or never.'
const PUBLISH =
  'must be now, no, or an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15.'

t.test('every way to write an instant reads the same one', async (t) => {
  const dateline = await start(t, { seeded: true })
  const published = [
    '2020-10-15T14:07:00Z',
    '2020-10-15T14:07:00.000Z',
    '2020-10-15T14:07:00.000999Z',
    '2020-10-15T14:07Z',
    '2020-10-15t14:07:00z',
    '2020-10-15T17:07:00%2B03:00',
    '2020-10-15T17:07:00+03:00',
    '2020-10-15T17:07:00%2b03:00',
    '2020-10-15T10:07:00-04:00',
    '2020-10-16',
  ]
  for (const at of published) t.equal((await dateline.get(`/v1/articles/${STORY}?at=${at}`)).status, 200, at)
  const before = ['2020-10-15T14:06:59.999Z', '2020-10-15T17:06:59+03:00', '2020-10-15', '0001-01-01']
  for (const at of before) t.equal((await dateline.get(`/v1/articles/${STORY}?at=${at}`)).status, 404, at)
})

t.test('at= that is no instant is 400', async (t) => {
  const dateline = await start(t, { seeded: true })
  const wrong = [
    '',
    'now',
    'LATEST',
    'latest%20',
    'soon',
    '2020',
    '2020-10',
    '15.10.2020',
    '2020-10-15T14:07:00',
  ]
  wrong.push(
    '2020-02-30',
    '2021-02-29T00:00:00Z',
    '2020-13-01',
    '2020-10-15T24:00:00Z',
    '2020-10-15T14:60:00Z',
  )
  wrong.push(
    '2020-10-15T14:07:61Z',
    '2020-10-15T14:07:00+25:00',
    '1602770820000',
    '-0001-01-01',
    '10000-01-01',
  )
  wrong.push('0000-01-01', '%00', '2020-10-15T14:07:00Z;', '2020-10-15T14:07:00+0300', '2020-10-15%0A')
  for (const path of ['/v1/articles', `/v1/articles/${STORY}`, '/v1/people/sergey-lavrov/articles'])
    for (const value of wrong) {
      const instance = `${path}?at=${value}`
      assertProblem(
        t,
        await dateline.get(instance),
        wrongParameter('at', 'malformed', AT, instance),
        instance,
      )
    }
})

t.test('an instant of a write that is none is 400, and nothing is written', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const value of ['', 'soon', 'true', 'latest', '2026-02-30']) {
    const published = `/v1/articles?publish=${value}`
    const answer = await dateline.post(published, { headline: 'A' })
    assertProblem(t, answer, wrongParameter('publish', 'malformed', PUBLISH, published), published)
    for (const action of ['publish', 'withdraw']) {
      const instance = `/v1/articles/${STORY}/${action}?at=${value}`
      assertProblem(
        t,
        await dateline.post(instance),
        wrongParameter('at', 'malformed', WHEN, instance),
        instance,
      )
    }
  }
  const { body } = await dateline.get('/v1/articles?at=latest&count=true', { as: 'editor' })
  t.equal(body.page.total, 1)
  t.equal(body.data[0].version, 1)
})
