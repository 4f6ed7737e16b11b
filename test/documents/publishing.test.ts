import t, { type Test } from 'tap'
import { assertProblem, type Expected } from '../http/problem.ts'
import { type Dateline, START, start } from '../support/dateline.ts'

const MINUTE = 60_000
const STORM = '/v1/articles/storm'
const viewer = { as: 'viewer' } as const
const writer = { as: 'writer' } as const

/** The instant at which a write stands after `go`, as answers give it. */
const minute = (count: number) => new Date(START + count * MINUTE).toISOString()

t.setTimeout(3 * MINUTE) // many databases are made here, which takes a while on PostgreSQL

t.test('a schedule is made, moved in both directions and cancelled, one version each', async (t) => {
  const dateline = await withStorm(t, '')
  const publish = async (at: string) => (await dateline.post(`${STORM}/publish?at=${at}`)).body
  t.match(await publish(minute(20)), { version: 2, status: 'scheduled', publishedAt: minute(20) })
  t.strictSame(await shown(dateline, STORM, [19, 20]), [null, 2])
  t.match(await publish(minute(30)), { version: 3, status: 'scheduled', publishedAt: minute(30) })
  t.strictSame(await shown(dateline, STORM, [20, 29, 30]), [null, null, 3])
  t.match(await publish(minute(10)), { version: 4, status: 'scheduled', updatedAt: minute(10) })
  t.strictSame(await shown(dateline, STORM, [9, 10, 20, 30]), [null, 4, 4, 4])
  t.match(await publish(minute(10)), { version: 4, notices: [{ code: 'unchanged' }] })
  const draft = await publish('never')
  t.match(draft, { version: 5, status: 'draft', publishedAt: null, hasUnpublishedChanges: true })
  t.match(await publish('never'), { version: 5, notices: [{ code: 'unchanged' }] })
  go(dateline, 40)
  t.equal((await dateline.get(STORM)).status, 404)
  t.match(await publish(minute(40)), { version: 6, status: 'live', publishedAt: minute(40) })
})

t.test('a change that names another instant moves the schedule along', async (t) => {
  const dateline = await withStorm(t, `?publish=${minute(10)}`)
  const moved = await dateline.patch(`${STORM}?publish=${minute(20)}`, { body: 'Wind.' })
  t.match(moved.body, { version: 2, status: 'scheduled', publishedAt: minute(20) })
  t.strictSame(await shown(dateline, STORM, [10, 19, 20]), [null, null, 2])
  t.match((await dateline.patch(STORM, { body: 'Hail.' })).body, { version: 3, updatedAt: minute(20) })
  t.match((await dateline.patch(`${STORM}?publish=no`, { body: 'Snow.' })).body, { status: 'draft' })
  t.strictSame(await shown(dateline, STORM, [10, 19, 20]), [null, null, 3])
  dateline.clock.now = START + 20 * MINUTE
  t.match((await dateline.get(STORM)).body, { version: 3, body: 'Hail.' })
  t.match((await dateline.get(`${STORM}?at=latest`, viewer)).body, { version: 4, body: 'Snow.' })
  await dateline.post(`${STORM}/publish`)
  t.match((await dateline.get(STORM)).body, { body: 'Snow.', publishedAt: minute(20) })
})

t.test('a cancelled schedule takes the parts along, and what was live goes on', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const live = await quote(dateline, 'Heard.')
  await dateline.patch(`/v1/quotes/${live}?publish=no`, { text: 'Reheard.' })
  const fresh = await quote(dateline, 'Unheard.', '?publish=no')
  await dateline.post(`${STORM}/withdraw?at=${minute(30)}`)
  await dateline.patch(`${STORM}?publish=${minute(10)}`, { body: 'Wind.' })
  const paths = [STORM, `/v1/quotes/${live}`, `/v1/quotes/${fresh}`]
  const all = () => Promise.all(paths.map((path) => shown(dateline, path, [9, 10, 29, 30])))
  t.strictSame(await all(), [
    [2, 3, 3, null],
    [1, 3, 3, null],
    [null, 2, 2, null],
  ])
  t.match((await dateline.post(`${STORM}/publish?at=never`)).body, { version: 4, status: 'draft' })
  t.strictSame(await all(), [
    [2, 2, 2, null],
    [1, 1, 1, null],
    [null, null, null, null],
  ])
  const saved = await dateline.get(`${STORM}?at=latest&include=quotes`, viewer)
  t.match(saved.body, { body: 'Wind.', quotes: [{ text: 'Reheard.' }, { text: 'Unheard.' }] })
})

t.test('a withdrawal at an instant takes all of it away then, and can be moved and taken back', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const said = `/v1/quotes/${await quote(dateline, 'Heard.')}`
  const withdraw = async (at: string) => (await dateline.post(`${STORM}/withdraw?at=${at}`)).body
  t.match(await withdraw(minute(20)), { version: 2, status: 'live', hasUnpublishedChanges: false })
  t.match(await withdraw(minute(20)), { version: 2, notices: [{ code: 'unchanged' }] })
  t.strictSame(await shown(dateline, STORM, [19, 20]), [2, null])
  t.match(await withdraw(minute(30)), { version: 3, status: 'live' })
  t.strictSame(await shown(dateline, STORM, [29, 30]), [3, null])
  t.match(await withdraw('never'), { version: 4, status: 'live', notices: [{ code: 'end_cancelled' }] })
  t.match(await withdraw('never'), { version: 4, notices: [{ code: 'unchanged' }] })
  t.strictSame(await shown(dateline, STORM, [30, 5_000_000]), [4, 4])
  const { body } = await dateline.delete(`${STORM}?at=${minute(10)}`)
  t.match(body, { version: 5, status: 'live', publishedAt: minute(1) })
  dateline.clock.now = START + 10 * MINUTE - 1
  t.equal((await dateline.get(STORM)).status, 200)
  t.equal((await dateline.get(said)).status, 200)
  dateline.clock.now = START + 10 * MINUTE
  for (const url of [STORM, `${STORM}?at=${minute(5)}`, `${STORM}/quotes`, said, `${said}?at=${minute(5)}`])
    t.equal((await dateline.get(url)).status, 410, url)
  t.strictSame((await dateline.get('/v1/quotes?count=true')).body.page.total, 0)
  t.match((await dateline.get(`${STORM}?at=latest`, viewer)).body, { version: 5, status: 'withdrawn' })
})

t.test('there is no withdrawal in the past, and none at an instant of what is not public', async (t) => {
  const dateline = await withStorm(t, '')
  const url = (at: string) => `${STORM}/withdraw?at=${at}`
  const neither =
    'Only what is live or scheduled can be withdrawn at a later instant; this document is neither.'
  const refuse = async (at: string, detail: string) =>
    assertProblem(t, await dateline.post(url(at)), {
      status: 409,
      code: 'not_live',
      detail,
      instance: url(at),
    })
  await refuse(minute(20), neither)
  await dateline.post(`${STORM}/publish?at=${minute(10)}`)
  const before = `This document goes live at ${minute(10)} and can be withdrawn at a later instant than that. POST …/publish?at=never cancels the schedule.`
  await refuse(minute(9), before)
  await refuse(minute(10), before)
  t.equal((await dateline.post(url(new Date(START + 10 * MINUTE + 1).toISOString()))).status, 200)
  await dateline.delete(STORM)
  await refuse(minute(20), neither)
  await dateline.post(`${STORM}/publish`)
  const detail = `${minute(1)} is past, and the past cannot be rewritten. Leave it out to withdraw now.`
  for (const [method, path] of [
    ['post', url(minute(1))],
    ['delete', `${STORM}?at=${minute(1)}`],
  ] as const)
    assertProblem(t, await (method === 'post' ? dateline.post(path) : dateline.delete(path)), {
      status: 400,
      code: 'invalid_query',
      detail: `at ${detail}`,
      instance: path,
      errors: [{ parameter: 'at', code: 'not_allowed', detail }],
    })
  t.match((await dateline.get(`${STORM}?at=latest`, viewer)).body, { version: 5, status: 'live' })
})

t.test('an end carries over to what is published before it, and to nothing after it', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  await dateline.post(`${STORM}/withdraw?at=${minute(30)}`)
  await dateline.patch(STORM, { body: 'Wind.' })
  t.strictSame(await shown(dateline, STORM, [29, 30]), [3, null], 'a change of what is live')
  await dateline.patch(STORM, { body: 'Hail.' }, writer)
  await dateline.post(`${STORM}/publish`)
  t.strictSame(await shown(dateline, STORM, [29, 30]), [5, null], 'an edit that is published')
  await dateline.post(`${STORM}/restore`, { version: 1 })
  t.strictSame(await shown(dateline, STORM, [29, 30]), [6, null], 'a restored version')
  await dateline.patch(`${STORM}?publish=${minute(20)}`, { body: 'Snow.' })
  t.strictSame(await shown(dateline, STORM, [19, 20, 29, 30]), [6, 7, 7, null], 'what is scheduled before it')
  await dateline.patch(`${STORM}?base=live`, { byline: 'A. Writer' })
  t.strictSame(await shown(dateline, STORM, [19, 20, 29, 30]), [8, 9, 9, null], 'what is changed beside that')
  go(dateline, 40)
  await dateline.patch(STORM, { body: 'Sun.' })
  await dateline.post(`${STORM}/publish`)
  t.strictSame(await shown(dateline, STORM, [41, 50, 5_000_000]), [11, 11, 11], 'what is published after it')
  await dateline.post(`${STORM}/withdraw?at=${minute(60)}`)
  await dateline.delete(STORM)
  await dateline.post(`${STORM}/publish`)
  t.strictSame(await shown(dateline, STORM, [60]), [14], 'a withdrawal at once takes the end away')
})

t.test('base=live changes what is live, and the edit that waits stays unseen, and the newest', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  await dateline.patch(`${STORM}?publish=no`, { body: 'Secret.', slug: 'secret' })
  await dateline.post(`${STORM}/withdraw?at=${minute(30)}`)
  const waiting = (await dateline.get(`${STORM}/versions/3`, viewer)).headers.location
  t.equal(waiting, '/v1/articles/secret/versions/3')
  go(dateline, 2)
  const { status, body, headers } = await dateline.patch(`${STORM}?base=live`, { headline: 'Strom' })
  t.equal(status, 200)
  t.match(body, { version: 4, status: 'live', headline: 'Strom', body: 'Rain.', updatedAt: minute(2) })
  const { hasUnpublishedChanges, notices: _, ...seen } = body
  t.equal(hasUnpublishedChanges, true)
  t.strictSame((await dateline.get(STORM)).body, seen, 'readers get what the answer shows')
  t.equal((await dateline.get(STORM, viewer)).headers.etag, headers.etag)
  t.strictSame(await shown(dateline, STORM, [29, 30]), [4, null], 'the end stays')
  t.equal((await dateline.get('/v1/articles/secret')).status, 404)
  const newest = (await dateline.get('/v1/articles/secret?at=latest', viewer)).body
  t.match(newest, { version: 5, status: 'draft', headline: 'Storm', body: 'Secret.', slug: 'secret' })
  const { data } = (await dateline.get('/v1/articles/secret/versions', viewer)).body
  t.match(data, [
    { version: 5, action: 'carry', liveFrom: null, liveTo: null, savedAt: minute(2) },
    { version: 4, action: 'save', liveFrom: minute(2), liveTo: minute(30), savedAt: minute(2) },
    { version: 3, action: 'expire', liveFrom: null },
    { version: 2, action: 'save', liveFrom: null },
    { version: 1, action: 'create', liveFrom: minute(1), liveTo: minute(2) },
  ])
  const audit = (await dateline.get(`/v1/audit?document=${body.id}&limit=2`, { as: 'admin' })).body.data
  t.match(audit, [
    { action: 'carry', version: 5 },
    { action: 'save', version: 4 },
  ])
  t.match((await dateline.patch(STORM, { byline: 'A. Writer' })).body, { version: 6, body: 'Secret.' })
  t.match((await dateline.get(STORM)).body, { version: 4, body: 'Rain.' })
  t.match((await dateline.post(`${STORM}/publish`)).body, { version: 7, status: 'live', body: 'Secret.' })
  t.strictSame(await shown(dateline, '/v1/articles/secret', [29, 30]), [7, null], 'the end stays still')
})

t.test('base=live leaves the schedule alone, and a private edit too', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  await dateline.patch(`${STORM}?publish=${minute(10)}`, { body: 'Wind.' })
  await dateline.patch(`${STORM}?publish=no`, { body: 'Secret.' })
  const { body } = await dateline.patch(`${STORM}?base=live`, { headline: 'Strom' })
  t.match(body, { version: 4, status: 'live', headline: 'Strom', body: 'Rain.' })
  const codes = body.notices.map(({ code }: { code: string }) => code)
  t.strictSame(codes, ['scheduled_version_differs', 'unpublished_version_differs'])
  t.strictSame(await shown(dateline, STORM, [9, 10]), [4, 5])
  t.match((await dateline.get(`${STORM}?at=latest`, viewer)).body, { version: 6, body: 'Secret.' })
  t.match((await dateline.get(`${STORM}/versions/2`, viewer)).body, { liveFrom: null, liveTo: null })
  const same = (await dateline.patch(`${STORM}?base=live`, { headline: 'Strom' })).body
  t.match(same, { version: 4, status: 'live', notices: [{ code: 'unchanged' }] })
  dateline.clock.now = START + 10 * MINUTE
  t.match((await dateline.get(STORM)).body, { version: 5, headline: 'Storm', body: 'Wind.' })
  go(dateline, 11)
  const again = (await dateline.patch(`${STORM}?base=live`, { headline: 'Strom' })).body
  t.match(again, { version: 7, status: 'live', headline: 'Strom', body: 'Wind.' })
  t.match((await dateline.post(`${STORM}/publish`)).body, { version: 9, headline: 'Storm', body: 'Secret.' })
})

t.test('readers are not told that a version that went live by the clock had been carried', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  await dateline.patch(`${STORM}?publish=${minute(10)}`, { body: 'Wind.' })
  go(dateline, 2)
  await dateline.patch(`${STORM}?base=live`, { headline: 'Strom' })
  const live = { version: 3, action: 'save', liveFrom: minute(2), liveTo: null }
  t.match((await dateline.get(`${STORM}/versions`)).body.data, [live, { version: 1 }])
  dateline.clock.now = START + 10 * MINUTE
  t.match((await dateline.get(`${STORM}/versions`)).body.data, [
    { version: 4, action: 'publish', liveFrom: minute(10), liveTo: null },
    { ...live, liveTo: minute(10) },
    { version: 1, action: 'create' },
  ])
})

t.test('a schedule that is cancelled beside a change of what is live leaves the change live', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  await dateline.patch(`${STORM}?publish=${minute(10)}`, { body: 'Wind.' })
  await dateline.patch(`${STORM}?base=live`, { headline: 'Strom' })
  const { body } = await dateline.post(`${STORM}/publish?at=never`)
  t.match(body, { version: 5, status: 'draft', headline: 'Storm', body: 'Wind.' })
  t.strictSame(await shown(dateline, STORM, [9, 10, 5_000_000]), [3, 3, 3])
  for (const version of [2, 4]) {
    const cancelled = (await dateline.get(`${STORM}/versions/${version}`, viewer)).body
    t.match(cancelled, { liveFrom: null, liveTo: null, content: { body: 'Wind.' } })
  }
})

t.test('base=live takes the number of what is live, or of what is newest', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  await dateline.patch(`${STORM}?publish=no`, { body: 'Secret.' })
  const url = `${STORM}?base=live`
  const amend = (place: string, version: number) =>
    dateline.patch(url, { place }, { headers: { 'if-match': `"${version}"` } })
  t.match((await amend('Oslo', 1)).body, { version: 3, place: 'Oslo' })
  t.match((await amend('Bergen', 4)).body, { version: 5, place: 'Bergen' })
  t.match((await amend('Tromsø', 5)).body, { version: 7, place: 'Tromsø' })
  const was = (place: string | null) => ({ pointer: '/place', was: place, now: 'Tromsø' })
  for (const [version, changed] of [
    [1, [was(null)]],
    [2, [{ pointer: '/body', was: 'Secret.', now: 'Rain.' }, was(null)]],
    [3, [was('Oslo')]],
    [9, [{ pointer: '/body', was: 'Secret.', now: 'Rain.' }, was(null)]],
  ] as const)
    assertProblem(
      t,
      await amend('Moss', version),
      {
        status: 412,
        code: 'stale_version',
        detail:
          'Somebody saved this article in the meantime: its live version is 7. Read it, make your change again and send If-Match: "7".',
        instance: url,
        extensions: { current: '"7"', changed: version === 9 ? [] : changed },
      },
      `version ${version}`,
    )
  const operation = { do: 'update', type: 'article', id: 'storm', base: 'live', content: { place: 'Moss' } }
  const batch = async (ifMatch: string) =>
    (await dateline.post('/v1/batch', { operations: [{ ...operation, ifMatch }] })).body
  t.match(await batch('"6"'), { status: 412, current: '"7"' })
  t.match(await batch('"7"'), { results: [{ status: 200, document: { version: 9, status: 'live' } }] })
  t.match((await dateline.get(`${STORM}?at=latest`, viewer)).body, { version: 10, body: 'Secret.' })
})

t.test('a part whose article is withdrawn is amended unseen, beside its edit', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const said = `/v1/quotes/${await quote(dateline, 'Rain.')}`
  await dateline.patch(`${said}?publish=no`, { text: 'Secret.' })
  await dateline.delete(STORM)
  const { body } = await dateline.patch(`${said}?base=live`, { role: 'Mayor' })
  t.match(body, { version: 3, status: 'withdrawn', text: 'Rain.', role: 'Mayor' })
  t.equal((await dateline.get(said)).status, 410)
})

t.test('an end that is set leaves a private edit unseen, and the newest', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  await dateline.patch(`${STORM}?publish=no`, { body: 'Secret.' })
  const { body } = await dateline.post(`${STORM}/withdraw?at=${minute(30)}`)
  t.match(body, { version: 3, status: 'draft', body: 'Secret.', hasUnpublishedChanges: true })
  t.strictSame(await shown(dateline, STORM, [29, 30]), [1, null])
  t.match((await dateline.get(STORM)).body, { version: 1, body: 'Rain.' })
  await dateline.post(`${STORM}/withdraw?at=never`)
  t.strictSame(await shown(dateline, STORM, [29, 30]), [1, 1])
  t.match((await dateline.post(`${STORM}/publish`)).body, { status: 'live', body: 'Secret.' })
})

t.test('base=live needs something live, the scope to publish, and no other instant', async (t) => {
  const dateline = await withStorm(t, '')
  const url = `${STORM}?base=live`
  const notLive: Expected = {
    status: 409,
    code: 'not_live',
    detail: 'No version of this document is live, so base=live has nothing to change.',
    instance: url,
  }
  const refuse = async (state: string) => {
    assertProblem(t, await dateline.patch(url, { body: 'Wind.' }), notLive, state)
    assertProblem(t, await dateline.patch(url, {}), notLive, `${state}, and no change`)
  }
  await refuse('a draft')
  await dateline.post(`${STORM}/publish?at=${minute(10)}`)
  await refuse('scheduled')
  go(dateline, 10)
  await dateline.post(`${STORM}/withdraw?at=${minute(20)}`)
  const newest = (await dateline.get(`${STORM}?at=latest`, viewer)).body
  assertProblem(t, await dateline.patch(url, { body: 'Wind.' }, writer), {
    status: 403,
    code: 'scope_missing',
    detail: 'The token does not have the scope publish. Use one whose role has it.',
    instance: url,
    extensions: { scope: 'publish' },
  })
  for (const publish of ['now', 'no', minute(15)]) {
    const detail =
      'cannot be given with base=live, which changes at once what is live. Leave one of them out.'
    assertProblem(t, await dateline.patch(`${url}&publish=${publish}`, { body: 'Wind.' }), {
      status: 400,
      code: 'invalid_query',
      detail: `publish ${detail}`,
      instance: `${url}&publish=${publish}`,
      errors: [{ parameter: 'publish', code: 'not_allowed', detail }],
    })
  }
  t.equal((await dateline.patch(`${STORM}?base=newest`, { body: 'Wind.' })).status, 400)
  t.equal((await dateline.put(url, { headline: 'Storm' })).status, 400)
  t.equal((await dateline.post(`${STORM}/restore?base=live`, { version: 1 })).status, 400)
  t.strictSame((await dateline.get(`${STORM}?at=latest`, viewer)).body, newest)
  go(dateline, 20)
  await refuse('expired')
  await dateline.delete(STORM)
  await refuse('withdrawn')
})

t.test('publish=now over a scheduled version is refused, and nothing is saved', async (t) => {
  const dateline = await withStorm(t, `?publish=${minute(10)}`)
  const ways =
    'To move the schedule, POST …/publish?at=<instant>. To cancel it, POST …/publish?at=never; then publish.'
  const problem: Omit<Expected, 'instance'> = {
    status: 409,
    code: 'already_scheduled',
    detail: `Version 1 of this document is scheduled for ${minute(10)}. ${ways}`,
    extensions: { scheduled: { version: 1, publishAt: minute(10) } },
  }
  const newest = (await dateline.get(`${STORM}?at=latest`, viewer)).body
  for (const [path, send] of everyWayToPublish(dateline))
    assertProblem(t, await send(), { ...problem, instance: path }, path)
  const operations = [{ do: 'publish', type: 'article', id: 'storm' }]
  const batch = await dateline.post('/v1/batch', { operations })
  t.match(batch.body, { type: '/problems/already_scheduled', detail: `/operations/0: ${problem.detail}` })
  t.strictSame((await dateline.get(`${STORM}?at=latest`, viewer)).body, newest)
  go(dateline, 10)
  await dateline.patch(STORM, { body: 'Wind.' })
  await dateline.patch(`${STORM}?publish=${minute(30)}`, { body: 'Hail.' })
  const beside = 'To change at once what is live and keep the schedule, send a PATCH with ?base=live.'
  assertProblem(t, await dateline.post(`${STORM}/publish`), {
    ...problem,
    detail: `Version 3 of this document is scheduled for ${minute(30)}. ${beside} ${ways}`,
    instance: `${STORM}/publish`,
    extensions: { scheduled: { version: 3, publishAt: minute(30) } },
  })
  await dateline.post(`${STORM}/publish?at=never`)
  t.match((await dateline.post(`${STORM}/publish`)).body, { version: 5, status: 'live', body: 'Hail.' })
})

t.test('a withdrawal at once cancels what is scheduled, and nothing comes up later', async (t) => {
  const dateline = await withStorm(t, '?publish=now')
  const said = `/v1/quotes/${await quote(dateline, 'Unheard.', '?publish=no')}`
  await dateline.patch(`${STORM}?publish=${minute(10)}`, { body: 'Wind.' })
  const { body } = await dateline.delete(STORM)
  t.match(body, { version: 3, status: 'withdrawn', hasUnpublishedChanges: false })
  t.strictSame(await shown(dateline, STORM, [9, 10, 20]), [null, null, null])
  t.strictSame(await shown(dateline, said, [9, 10, 20]), [null, null, null])
  go(dateline, 11)
  t.match((await dateline.delete(STORM)).body, { version: 3, notices: [{ code: 'unchanged' }] })
  t.match((await dateline.patch(STORM, { byline: 'A. Writer' })).body, { version: 4, status: 'withdrawn' })
  const again = (await dateline.post(`${STORM}/publish`)).body
  t.match(again, { version: 5, status: 'live', body: 'Wind.', publishedAt: minute(1) })
  t.equal((await dateline.get(said)).status, 200)
})

t.test('an edit at the very instant of the schedule takes its place', async (t) => {
  const dateline = await withStorm(t, `?publish=${minute(10)}`)
  go(dateline, 10)
  const { body } = await dateline.patch(STORM, { body: 'Wind.' })
  t.match(body, { version: 2, status: 'live', publishedAt: minute(10), updatedAt: minute(10) })
  t.match((await dateline.get(`${STORM}?at=${minute(10)}`)).body, { version: 2, body: 'Wind.' })
  const { data } = (await dateline.get(`${STORM}/versions`)).body
  t.strictSame(data, [{ version: 2, action: 'save', liveFrom: minute(10), liveTo: null }])
  t.equal((await dateline.get(`${STORM}/versions/1`)).status, 404)
})

t.test('only a first publication is dated back', async (t) => {
  const dateline = await withStorm(t, '')
  const past = '2020-10-15T14:07:00.000Z'
  await dateline.post(`${STORM}/publish?at=${minute(10)}`)
  await dateline.post(`${STORM}/publish?at=never`)
  t.match((await dateline.post(`${STORM}/publish?at=${past}`)).body, { status: 'live', publishedAt: past })
  const detail = `This document was first published at ${past}, and the past cannot be rewritten: only a first publication may be dated back. Use publish=now or a future instant.`
  const problem: Omit<Expected, 'instance'> = { status: 409, code: 'already_published', detail }
  await dateline.patch(STORM, { body: 'Wind.' }, writer)
  const later = '2021-01-01T00:00:00Z'
  for (const [url, send] of everyWayToPublish(dateline, later))
    assertProblem(t, await send(), { ...problem, instance: url }, url)
  t.match((await dateline.get(STORM)).body, { version: 4, body: 'Rain.' })
  await dateline.delete(STORM)
  t.match((await dateline.post(`${STORM}/publish?at=${later}`)).body, { status: 409, detail })
  t.match((await dateline.post(`${STORM}/publish`)).body, { status: 'live', publishedAt: past })
})

t.test('what changes who sees something needs the scope, and a writer takes back only drafts', async (t) => {
  const dateline = await withStorm(t, `?publish=${minute(10)}`)
  const refused: [string, number][] = []
  const tell = async (url: string) => {
    for (const as of [undefined, 'viewer', 'writer'] as const) {
      const headers = as ? { authorization: `Bearer ${dateline.tokens[as]}` } : {}
      const { status } = await dateline.send({ method: 'POST', url, headers })
      refused.push([`${as} ${url.slice(STORM.length)}`, status])
    }
  }
  for (const action of [
    'publish',
    `publish?at=${minute(20)}`,
    'publish?at=never',
    'withdraw',
    'withdraw?at=never',
  ])
    await tell(`${STORM}/${action}`)
  for (const [who, status] of refused) t.equal(status, who.startsWith('undefined') ? 401 : 403, who)
  t.equal((await dateline.patch(`${STORM}?publish=${minute(5)}`, {}, writer)).status, 403)
  t.equal((await dateline.delete(STORM, writer)).status, 403)
  t.match((await dateline.get(`${STORM}?at=latest`, viewer)).body, { version: 1, status: 'scheduled' })
  await dateline.post(`${STORM}/publish?at=never`)
  t.match((await dateline.delete(STORM, writer)).body, { version: 3, status: 'withdrawn', publishedAt: null })
  t.equal((await dateline.get(STORM)).status, 404)
})

/** Every request that publishes at once, or at an instant that is past. */
function everyWayToPublish(dateline: Dateline, at?: string) {
  const [query, when] = at === undefined ? ['', 'now'] : [`?at=${at}`, at]
  const ways = [
    [`${STORM}/publish${query}`, (url: string) => dateline.post(url)],
    [`${STORM}?publish=${when}`, (url: string) => dateline.patch(url, { body: 'Fog.' })],
    [`${STORM}?publish=${when}`, (url: string) => dateline.put(url, { headline: 'Fog' })],
    [`${STORM}/restore?publish=${when}`, (url: string) => dateline.post(url, { version: 1 })],
  ] as const
  return ways.map(([url, send]) => [url, () => send(url)] as const)
}

/** A story that was saved in the first minute. */
async function withStorm(t: Test, query: string): Promise<Dateline> {
  const dateline = await start(t)
  go(dateline, 1)
  await dateline.post(`/v1/articles${query}`, { headline: 'Storm', body: 'Rain.' })
  return dateline
}

async function quote(dateline: Dateline, text: string, query = ''): Promise<string> {
  return (await dateline.post(`/v1/quotes${query}`, { articleId: 'storm', text })).body.id
}

/** The next write stands at this minute exactly. */
function go({ clock }: Dateline, count: number): void {
  clock.now = START + count * MINUTE - 1
}

/** The version that is live in each of these minutes as things stand, or null. */
async function shown(dateline: Dateline, path: string, minutes: readonly number[]) {
  const found: (number | null)[] = []
  for (const count of minutes) {
    const { status, body } = await dateline.get(`${path}?at=${minute(count)}`, viewer)
    found.push(status === 200 ? body.version : null)
  }
  return found
}
