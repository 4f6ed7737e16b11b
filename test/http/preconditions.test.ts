import t from 'tap'
import { STORY, start } from '../support/dateline.ts'
import { assertProblem } from './problem.ts'

const PERSON = '/v1/people/sergey-lavrov'
const FORM =
  'must be the ETag of a document, such as "7-k3Jh", or its version in quotation marks, such as "7".'

function ifMatch(value: string) {
  return { headers: { 'if-match': value } }
}

t.test('If-Match with the newest version in any form lets a change pass', async (t) => {
  const dateline = await start(t, { seeded: true })
  const forms: ((version: number, tag: string) => string)[] = [
    (_, tag) => tag,
    (_, tag) => `W/${tag}`,
    (version) => `"${version}"`,
    (version) => `W/"${version}"`,
    (version) => `"${version}-anything"`,
    (version) => `"99", "${version}"`,
    (version) => `"${version}","99"`,
    () => '*',
  ]
  for (const [index, form] of forms.entries()) {
    const { body, headers } = await dateline.get(PERSON)
    const value = form(body.version, String(headers.etag))
    t.match(
      await dateline.patch(PERSON, { role: `Role ${index}` }, ifMatch(value)),
      { status: 200, body: { version: index + 2 } },
      value,
    )
  }
})

t.test('the tag of every form of a document will do for If-Match', async (t) => {
  const dateline = await start(t, { seeded: true })
  const url = `/v1/articles/${STORY}`
  const reads = [url, `${url}?include=quotes.speaker`, `${url}?at=latest`]
  for (const [index, read] of reads.entries()) {
    const { headers } = await dateline.get(read, { as: 'editor' })
    const answer = await dateline.patch(url, { byline: `Author ${index}` }, ifMatch(String(headers.etag)))
    t.equal(answer.status, 200, read)
  }
  const { headers } = await dateline.patch(url, { byline: 'An author' })
  const next = await dateline.patch(url, { byline: 'Another one' }, ifMatch(String(headers.etag)))
  t.equal(next.status, 200, 'the tag of a write’s answer')
})

t.test('a stale If-Match is refused with 412 by every write, and nothing is saved', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.patch(PERSON, { role: 'Minister' })
  const before = await dateline.get(PERSON)
  const writes = [
    () => dateline.patch(PERSON, { role: 'A' }, ifMatch('"1"')),
    () => dateline.patch(`${PERSON}?publish=no`, { role: 'A' }, ifMatch('W/"1-x", "3"')),
    () => dateline.delete(PERSON, ifMatch('"1"')),
  ]
  for (const write of writes) {
    const answer = await write()
    t.match(answer.body.detail, /version is 2\b/)
    t.match(answer, { status: 412, body: { type: '/problems/stale_version', current: /^"2/ } })
    assertProblem(t, answer, {
      status: 412,
      code: 'stale_version',
      detail: answer.body.detail,
      instance: answer.body.instance,
      extensions: Object.fromEntries(
        Object.entries(answer.body).filter(([name]) => !STANDARD.includes(name)),
      ),
    })
  }
  for (const action of ['publish', 'withdraw']) {
    const instance = `${PERSON}/${action}`
    t.match(await dateline.post(instance, undefined, ifMatch('"1"')), { status: 412, body: { instance } })
  }
  t.strictSame((await dateline.get(PERSON)).body, before.body)
})

const STANDARD = ['type', 'title', 'status', 'detail', 'instance', 'requestId']

t.test('a 412 gives the current tag, with which the change can be sent again', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.patch(`${PERSON}?publish=no`, { role: 'Minister' })
  const refused = await dateline.patch(PERSON, { country: 'RU' }, ifMatch('"1"'))
  t.equal(refused.status, 412)
  t.equal((await dateline.patch(PERSON, { country: 'RU' }, ifMatch(refused.body.current))).status, 200)
})

t.test('a 412 names the fields that changed since', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.patch(PERSON, { role: 'Minister' })
  await dateline.patch(PERSON, { affiliation: 'Nobody' })
  const { body } = await dateline.patch(PERSON, { country: 'RU' }, ifMatch('"1"'))
  const extensions = Object.entries(body).filter(([name]) => !STANDARD.includes(name))
  const said = JSON.stringify(extensions)
  t.match(said, /"\/?role"/)
  t.match(said, /"\/?affiliation"/)
  t.notMatch(said, /"\/?(country|name|description)"/)
})

t.test('an If-Match that cannot be understood is 400, and nothing is saved', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const value of ['', 'x', '"x"', '"1" "2"', '"-1"', '1.0', '"1",', '"*"', '"1", *'])
    for (const [method, instance] of [
      ['PATCH', PERSON],
      ['DELETE', PERSON],
      ['POST', `${PERSON}/withdraw`],
    ] as const) {
      const answer = await dateline.send({
        method,
        url: instance,
        headers: { authorization: `Bearer ${dateline.tokens.editor}`, 'if-match': value },
        ...(method === 'PATCH' ? { payload: { role: 'A' } } : {}),
      })
      assertProblem(
        t,
        answer,
        {
          status: 400,
          code: 'invalid_header',
          detail: `If-Match ${FORM}`,
          instance,
          errors: [{ header: 'if-match', code: 'malformed', detail: FORM }],
        },
        `${method} ${value}`,
      )
    }
  t.match(await dateline.get(PERSON), { status: 200, body: { version: 1 } })
})

t.test('a tag of a list is not understood as one of a document', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { headers } = await dateline.get('/v1/people')
  t.equal((await dateline.patch(PERSON, { role: 'A' }, ifMatch(String(headers.etag)))).status, 400)
})

t.test('If-Match on what does not exist is 404', async (t) => {
  const dateline = await start(t)
  for (const value of ['*', '"1"'])
    t.equal((await dateline.patch('/v1/people/nobody', { role: 'A' }, ifMatch(value))).status, 404)
})

t.test('of two changes with the same If-Match one is saved and the other refused', async (t) => {
  const dateline = await start(t, { seeded: true })
  const roles = ['A', 'B', 'C', 'D']
  const answers = await Promise.all(roles.map((role) => dateline.patch(PERSON, { role }, ifMatch('"1"'))))
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 412, 412, 412])
  const winner = answers.findIndex(({ status }) => status === 200)
  t.match((await dateline.get(PERSON)).body, { version: 2, role: roles[winner] })
})
