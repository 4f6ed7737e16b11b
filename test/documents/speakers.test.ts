import t from 'tap'
import { type Dateline, START, start } from '../support/dateline.ts'

/** Who speaks, and who is named, is shown where that person is live; elsewhere there is the id alone. */
const STORY = '/v1/articles/story?include=quotes.speaker,people'
const MINUTE = 60_000
const ahead = (minutes: number) => new Date(START + minutes * MINUTE).toISOString()

t.test('a speaker who is live is given whole', async (t) => {
  const { dateline, id } = await withSpeaker(t)
  t.match(await seen(dateline), { speakerId: id, speaker: { id, name: 'A B' }, personId: id, person: { id } })
})

t.test('a speaker who is a draft is given by id only, and goes with no article', async (t) => {
  const { dateline, id } = await withSpeaker(t, '?publish=no')
  t.strictSame(await seen(dateline), { speakerId: id, speaker: null, personId: id, person: null })
  await dateline.patch('/v1/articles/story?publish=now', { standfirst: 'edited' })
  t.strictSame(await seen(dateline), { speakerId: id, speaker: null, personId: id, person: null })
  t.equal((await dateline.get(`/v1/people/${id}/quotes`)).status, 404)
  t.equal((await dateline.get(`/v1/people/${id}/articles`)).status, 404)
})

t.test('a speaker who is scheduled appears when the clock passes', async (t) => {
  const { dateline, id } = await withSpeaker(t, `?publish=${ahead(10)}`)
  dateline.clock.now = START + 10 * MINUTE - 1
  t.strictSame(await seen(dateline), { speakerId: id, speaker: null, personId: id, person: null })
  dateline.clock.advance(1)
  t.match(await seen(dateline), { speaker: { id, publishedAt: ahead(10) }, person: { id } })
})

t.test('a speaker who is withdrawn is given by id only, in the past as well', async (t) => {
  const { dateline, id } = await withSpeaker(t)
  const then = dateline.clock.now
  dateline.clock.advance(MINUTE)
  await dateline.delete(`/v1/people/${id}`)
  const nobody = { speakerId: id, speaker: null, personId: id, person: null }
  t.strictSame(await seen(dateline), nobody)
  t.strictSame(await seen(dateline, then), nobody)
  const asViewer = { speaker: { id, name: 'A B' }, person: { id, name: 'A B' } }
  t.match(await seen(dateline, then, 'viewer'), asViewer)
  t.strictSame(await seen(dateline, undefined, 'viewer'), nobody)
})

t.test('at a past instant a speaker says what was said of them then', async (t) => {
  const { dateline, id } = await withSpeaker(t)
  const then = dateline.clock.now
  dateline.clock.advance(MINUTE)
  await dateline.patch(`/v1/people/${id}`, { name: 'C D' })
  t.match(await seen(dateline), { speaker: { name: 'C D', version: 2 }, person: { name: 'C D' } })
  t.match(await seen(dateline, then), { speaker: { name: 'A B', version: 1 }, person: { name: 'A B' } })
})

t.test('at an instant before a speaker was live there is the id alone', async (t) => {
  const { dateline, id } = await withSpeaker(t, '?publish=no')
  const then = dateline.clock.now
  dateline.clock.advance(MINUTE)
  await dateline.post(`/v1/people/${id}/publish`)
  t.match(await seen(dateline), { speaker: { id }, person: { id } })
  t.strictSame(await seen(dateline, then), { speakerId: id, speaker: null, personId: id, person: null })
})

t.test('an unattributed quote has no speaker', async (t) => {
  const { dateline } = await withSpeaker(t)
  const { id } = (await dateline.get('/v1/quotes')).body.data[0]
  await dateline.patch(`/v1/quotes/${id}`, { speakerId: null })
  t.match(await seen(dateline), { speakerId: null, speaker: null })
})

/** A live article that names a person, with a quote of theirs, one second after the start. */
async function withSpeaker(t: Parameters<typeof start>[0], query = '') {
  const dateline = await start(t)
  const { body: person } = await dateline.post(`/v1/people${query}`, { slug: 'a-b', name: 'A B' })
  const people = [{ personId: 'a-b', as: 'subject' }]
  const story = { slug: 'story', headline: 'Story', people }
  const { body: article } = await dateline.post('/v1/articles?publish=now', story)
  await dateline.post('/v1/quotes', { articleId: article.id, speakerId: person.id, text: 'Words' })
  dateline.clock.advance(1000)
  const id: string = person.id
  return { dateline, id }
}

/** The speaker of the quote and the person named, as the story gives them. */
async function seen(dateline: Dateline, at?: number, as?: 'viewer') {
  const when = at === undefined ? '' : `&at=${new Date(at).toISOString()}`
  const { body } = await dateline.get(STORY + when, { as })
  const { speakerId, speaker } = body.quotes[0]
  const { personId, person } = body.people[0]
  return { speakerId, speaker, personId, person }
}
