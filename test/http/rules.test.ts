import t, { type Test } from 'tap'
import { type Answer, start } from '../support/dateline.ts'

/** What an operator can ask of writers. */
const anyVersion = { headers: { 'if-match': '*' } }

const missing = [
  {
    header: 'if-match',
    code: 'required',
    detail: 'is required here: send the ETag of the version that your change was made from.',
  },
]

function assertMissing(t: Test, { status, body }: Answer, what: string): void {
  t.equal(status, 428, what)
  t.equal(body.type, '/problems/if_match_missing', what)
}

t.test('with REQUIRE_IF_MATCH a change without If-Match is 428, and nothing is saved', async (t) => {
  const { post, patch, put, delete: withdraw, get } = await start(t, { REQUIRE_IF_MATCH: true })
  const { body: before } = await post('/v1/articles?publish=now', { headline: 'Story' })
  const refused = await patch('/v1/articles/story', { headline: 'Changed' })
  assertMissing(t, refused, 'PATCH')
  t.strictSame(refused.body.errors, missing)
  t.equal(refused.body.detail, `If-Match ${missing[0]?.detail}`)
  assertMissing(t, await put('/v1/articles/story', { headline: 'Changed' }), 'PUT')
  assertMissing(t, await withdraw('/v1/articles/story'), 'DELETE')
  assertMissing(t, await withdraw('/v1/articles/story?purge=true', { as: 'admin' }), 'purge')
  assertMissing(t, await post('/v1/articles/story/withdraw'), 'withdraw')
  assertMissing(t, await post('/v1/articles/story/publish'), 'publish')
  assertMissing(t, await post('/v1/articles/story/restore', { version: 1 }), 'restore')
  const { hasUnpublishedChanges, ...story } = before
  t.strictSame((await get('/v1/articles/story')).body, story)
})

t.test('with REQUIRE_IF_MATCH a change with a tag is saved, and so is one of any version', async (t) => {
  const { post, patch, put } = await start(t, { REQUIRE_IF_MATCH: true })
  const { headers } = await post('/v1/articles', { headline: 'Story' })
  const withTag = { headers: { 'if-match': String(headers.etag) } }
  t.equal((await patch('/v1/articles/story', { kind: 'analysis' }, withTag)).body.version, 2)
  t.equal((await patch('/v1/articles/story', { kind: 'opinion' }, withTag)).status, 412)
  t.equal((await patch('/v1/articles/story', { kind: 'opinion' }, anyVersion)).body.version, 3)
  t.equal((await put('/v1/articles/story', { headline: 'Story' }, anyVersion)).body.version, 4)
})

t.test('with REQUIRE_IF_MATCH what is new needs no tag', async (t) => {
  const { post, put } = await start(t, { REQUIRE_IF_MATCH: true })
  t.equal((await post('/v1/people', { name: 'Somebody' })).status, 201)
  t.equal((await put('/v1/people/somebody-else', { name: 'Somebody Else' })).status, 201)
  assertMissing(t, await put('/v1/people/somebody-else', { name: 'Changed' }), 'and it does from then on')
})

t.test('with REQUIRE_IF_MATCH an operation of a batch needs its own', async (t) => {
  const { post } = await start(t, { REQUIRE_IF_MATCH: true })
  await post('/v1/people', { name: 'Ann Lee' })
  const change = { do: 'update', type: 'person', id: 'ann-lee', content: { role: 'Mayor' } }
  const refused = await post('/v1/batch', { operations: [change] })
  assertMissing(t, refused, 'an update')
  t.equal(refused.body.errors[0].pointer, '/operations/0')
  t.equal((await post('/v1/batch', { operations: [{ ...change, ifMatch: '"1"' }] })).status, 200)
  const made = { do: 'create', type: 'person', name: 'made', content: { name: 'Bo Ek' } }
  const published = { do: 'publish', type: 'person', id: '$made' }
  t.equal((await post('/v1/batch', { operations: [made, published] })).status, 200)
})

t.test('with REQUIRE_CHANGE_NOTE a change of what readers rely on must be explained', async (t) => {
  const { post, patch, put } = await start(t, { REQUIRE_CHANGE_NOTE: true })
  await post('/v1/articles?publish=now', { headline: 'Story', body: 'One.' })
  const refused = await patch('/v1/articles/story', { headline: 'Other', body: 'Two.' })
  t.equal(refused.status, 422)
  t.match(refused.body, {
    type: '/problems/correction_missing',
    detail:
      'This changes the headline, body of what is live. Say so to readers with "correction": {"kind": "correction", "text": "…"}, or add ?minor=true.',
    errors: [
      { pointer: '/headline', code: 'required', detail: 'is changed, so correction is required.' },
      { pointer: '/body', code: 'required', detail: 'is changed, so correction is required.' },
    ],
  })
  t.equal((await patch('/v1/articles/story?publish=no', { body: 'Two.' })).status, 422, 'in private too')
  t.equal((await put('/v1/articles/story', { headline: 'Story', body: 'Two.' })).status, 422)
  t.equal((await patch('/v1/articles/story', { kind: 'analysis' })).status, 200, 'other fields are free')
  const slip = await patch('/v1/articles/story?minor=true', { body: 'One!' })
  t.strictSame([slip.status, slip.body.corrections], [200, []])
  const correction = { kind: 'correction', text: 'It was two.' }
  const explained = await patch('/v1/articles/story', { body: 'Two.', correction })
  t.match(explained.body.corrections, [{ ...correction, at: explained.body.updatedAt }])
})

t.test('with REQUIRE_CHANGE_NOTE what is not live needs no explanation', async (t) => {
  const { post, patch, delete: withdraw } = await start(t, { REQUIRE_CHANGE_NOTE: true })
  await post('/v1/articles', { headline: 'Story', body: 'One.' })
  t.equal((await patch('/v1/articles/story', { body: 'Two.' })).status, 200, 'a draft')
  await post('/v1/articles/story/publish?at=2026-06-01')
  t.equal((await patch('/v1/articles/story', { body: 'Three.' })).status, 200, 'what is scheduled')
  await post('/v1/articles/story/publish?at=never')
  await post('/v1/articles/story/publish')
  t.equal((await patch('/v1/articles/story', { body: 'Four.' })).status, 422)
  await withdraw('/v1/articles/story')
  t.equal((await patch('/v1/articles/story', { body: 'Four.' })).status, 200, 'what was withdrawn')
})
