import t, { type Test } from 'tap'
import { type Notice, noticeCodes } from '../../src/documents/notices.ts'
import { type Answer, type Dateline, START, start } from '../support/dateline.ts'

const MINUTE = 60_000
const writer = { as: 'writer' } as const
const minute = (count: number) => new Date(START + count * MINUTE).toISOString()

/** What is done to an article of the headline Storm that is live in its first version, at this address. */
type Work = (dateline: Dateline, storm: string) => Promise<Answer>

interface Case {
  readonly fact: string
  readonly work: Work
  /** All that the answer tells; of ids their types alone, and of the article's slug `storm`. */
  readonly told: readonly Notice[]
}

const unchanged = (version: number): Notice => ({
  code: 'unchanged',
  detail: `It was like this already: version ${version} of this article stays its newest.`,
})
const notPublished = (version: number): Notice => ({
  code: 'not_published',
  detail: `Version ${version} is saved and not published; version 1 stays live. POST …/publish publishes it.`,
  liveVersion: 1,
})
const cancelled: Notice = {
  code: 'schedule_cancelled',
  detail: `The publication of version 2 at ${minute(10)} is cancelled.`,
  cancelledVersion: 2,
  publishAt: minute(10),
}
const scheduledDiffers = (version: number): Notice => ({
  code: 'scheduled_version_differs',
  detail: `Version ${version} goes live at ${minute(10)} and does not have this change.`,
  scheduledVersion: version,
  publishAt: minute(10),
})
const unpublishedDiffers = (version: number): Notice => ({
  code: 'unpublished_version_differs',
  detail: `Version ${version} is not published and does not have this change: publishing it as it is takes the change back.`,
  unpublishedVersion: version,
})
const endCancelled: Notice = {
  code: 'end_cancelled',
  detail: `The withdrawal that was set for ${minute(30)} is cancelled.`,
  withdrawAt: minute(30),
}
const joined = (live: string): Notice => ({
  code: 'joined_schedule',
  detail: `Version 3 takes the place of version 2 and goes live at ${minute(10)}.${live}`,
  publishAt: minute(10),
})
const moved: Notice = {
  code: 'quotes_moved',
  detail:
    'The words of these quotes are in the body nearly, and not as they are quoted: compare their anchors.',
  ids: ['quote_…'],
}
const lost: Notice = {
  code: 'quotes_lost',
  detail: 'The words of these quotes are not in the body.',
  ids: ['quote_…'],
}
const linked: Notice = {
  code: 'linked_to_existing',
  detail: 'The person "ann" is there already: it was linked, and not changed.',
  id: 'person_…',
}

const paste = ({ send, tokens }: Dateline, payload: string) => {
  const headers = { authorization: `Bearer ${tokens.editor}`, 'content-type': 'text/plain' }
  return send({ method: 'POST', url: '/v1/articles', headers, payload })
}

const schedule: Work = ({ patch }, storm) => patch(`${storm}?publish=${minute(10)}`, { body: 'Wind.' })

/** For every code what it is told for, with its whole text. */
const cases: Readonly<Record<Notice['code'], readonly Case[]>> = {
  unchanged: [
    {
      fact: 'a change to what is there already',
      work: ({ patch }, storm) => patch(storm, { headline: 'Storm' }),
      told: [unchanged(1)],
    },
    {
      fact: 'a publication of what is live',
      work: ({ post }, storm) => post(`${storm}/publish`),
      told: [unchanged(1)],
    },
    {
      fact: 'a change with base=live to what is live already',
      work: async ({ patch }, storm) => {
        await patch(`${storm}?publish=no`, { body: 'Wind.' })
        return patch(`${storm}?base=live`, { headline: 'Storm' })
      },
      told: [{ ...unchanged(1), detail: 'It was like this already: version 1 of this article stays live.' }],
    },
  ],
  not_published: [
    {
      fact: 'a writer’s change of what is live',
      work: ({ patch }, storm) => patch(storm, { body: 'Wind.' }, writer),
      told: [notPublished(2)],
    },
    {
      fact: 'a change of what is not published yet',
      work: async ({ patch }, storm) => {
        await patch(`${storm}?publish=no`, { body: 'Wind.' })
        return patch(storm, { body: 'Hail.' })
      },
      told: [notPublished(3)],
    },
  ],
  joined_schedule: [
    {
      fact: 'a change of what is scheduled, beside what is live',
      work: async (dateline, storm) => {
        await schedule(dateline, storm)
        return dateline.patch(storm, { body: 'Hail.' })
      },
      told: [joined(' ?base=live changes what is live now instead.')],
    },
    {
      fact: 'an earlier version that is restored into the slot of one that was never live',
      work: async ({ post }) => {
        const { id } = (await post('/v1/articles', { headline: 'Flood' })).body
        await post(`/v1/articles/${id}/publish?at=${minute(10)}`)
        await post('/v1/batch', {
          operations: [{ do: 'update', type: 'article', id, content: { body: 'Water.' } }],
        })
        return post(`/v1/articles/${id}/restore`, { version: 1 })
      },
      told: [
        {
          code: 'joined_schedule',
          detail: `Version 4 takes the place of version 3 and goes live at ${minute(10)}.`,
          publishAt: minute(10),
        },
      ],
    },
  ],
  scheduled_version_differs: [
    {
      fact: 'a change with base=live beside what is scheduled',
      work: async (dateline, storm) => {
        await schedule(dateline, storm)
        return dateline.patch(`${storm}?base=live`, { byline: 'A. Writer' })
      },
      told: [scheduledDiffers(4)],
    },
    {
      fact: 'every further change of that, and both where an edit waits as well',
      work: async (dateline, storm) => {
        await schedule(dateline, storm)
        await dateline.patch(`${storm}?base=live`, { byline: 'A. Writer' })
        await dateline.patch(`${storm}?publish=no`, { body: 'Hail.' })
        return dateline.patch(`${storm}?base=live`, { byline: 'B. Writer' })
      },
      told: [scheduledDiffers(7), unpublishedDiffers(8)],
    },
    {
      fact: 'the scheduled version alone, where the edit has the same change',
      work: async (dateline, storm) => {
        await schedule(dateline, storm)
        await dateline.patch(`${storm}?publish=no`, { byline: 'A. Writer' })
        return dateline.patch(`${storm}?base=live`, { byline: 'A. Writer' })
      },
      told: [scheduledDiffers(5)],
    },
  ],
  unpublished_version_differs: [
    {
      fact: 'a change with base=live beside a private edit',
      work: async ({ patch }, storm) => {
        await patch(`${storm}?publish=no`, { body: 'Wind.' })
        return patch(`${storm}?base=live`, { byline: 'A. Writer' })
      },
      told: [unpublishedDiffers(4)],
    },
  ],
  schedule_cancelled: [
    {
      fact: 'a schedule that is cancelled',
      work: async (dateline, storm) => {
        await schedule(dateline, storm)
        return dateline.post(`${storm}/publish?at=never`)
      },
      told: [notPublished(3), cancelled],
    },
    {
      fact: 'a withdrawal of what has something scheduled and an end',
      work: async (dateline, storm) => {
        await schedule(dateline, storm)
        await dateline.post(`${storm}/withdraw?at=${minute(30)}`)
        return dateline.delete(storm)
      },
      told: [
        {
          ...cancelled,
          detail: `The publication of version 3 at ${minute(10)} is cancelled.`,
          cancelledVersion: 3,
        },
        endCancelled,
      ],
    },
  ],
  end_cancelled: [
    {
      fact: 'an end that is taken back',
      work: async ({ post }, storm) => {
        await post(`${storm}/withdraw?at=${minute(30)}`)
        return post(`${storm}/withdraw?at=never`)
      },
      told: [endCancelled],
    },
  ],
  old_slug_redirects: [
    {
      fact: 'another slug',
      work: ({ patch }, storm) => patch(storm, { slug: `${storm.split('/').at(-1)}-new` }),
      told: [
        {
          code: 'old_slug_redirects',
          detail:
            'The address /v1/articles/storm leads to /v1/articles/storm-new from when this version is live.',
          oldSlug: 'storm',
        },
      ],
    },
    {
      fact: 'another slug of what is live, beside an edit',
      work: async ({ patch }, storm) => {
        await patch(`${storm}?publish=no`, { body: 'Wind.' })
        return patch(`${storm}?base=live`, { slug: `${storm.split('/').at(-1)}-new` })
      },
      told: [
        unpublishedDiffers(4),
        {
          code: 'old_slug_redirects',
          detail:
            'The address /v1/articles/storm leads to /v1/articles/storm-new from when this version is live.',
          oldSlug: 'storm',
        },
      ],
    },
  ],
  reference_not_live: [
    {
      fact: 'references to a person who is not live when the article is, told once',
      work: ({ clock, put }, storm) => {
        clock.now = START + MINUTE - 1 // the write stands at the first minute
        const quotes = [{ text: 'Rain.', speaker: 'zoe' }]
        return put(storm, { headline: 'Storm and Zoe', people: [{ personId: 'zoe' }], quotes })
      },
      told: [
        {
          code: 'reference_not_live',
          detail: `The person "person_…" is not live at ${minute(1)}, so readers get its id alone. POST /v1/people/person_…/publish publishes it.`,
          id: 'person_…',
        },
      ],
    },
  ],
  linked_to_existing: [
    {
      fact: 'a speaker who is known',
      work: ({ post }) =>
        post('/v1/articles', { headline: 'Flood', quotes: [{ text: 'Rain.', speaker: { name: 'Ann' } }] }),
      told: [linked],
    },
  ],
  part_kept: [
    {
      fact: 'a private edit that leaves out what is published',
      work: async ({ post, put }, storm) => {
        await post('/v1/quotes', { articleId: storm.split('/').at(-1), text: 'Rain.' })
        return put(`${storm}?publish=no`, { headline: 'Storm', body: 'Wind.', quotes: [] })
      },
      told: [
        {
          code: 'part_kept',
          detail:
            'The quote "quote_…" is published and this change is not, so it stays. DELETE withdraws it.',
          id: 'quote_…',
        },
        notPublished(2),
      ],
    },
  ],
  quotes_moved: [
    {
      fact: 'quotes whose words an edit of the body changes',
      work: async ({ post, patch }, storm) => {
        await patch(storm, { body: '“The rain has come,” he said. “The wind is gone.”' })
        for (const text of ['The rain has come.', 'The wind is gone.'])
          await post('/v1/quotes', { articleId: storm.split('/').at(-1), text })
        return patch(storm, { body: '“The rain has not come,” he said. “The wind is gone.”' })
      },
      told: [moved],
    },
    {
      fact: 'a quote that is changed itself, in what is live',
      work: async ({ post, patch }, storm) => {
        await patch(storm, { body: '“The rain has come,” he said.' })
        const articleId = storm.split('/').at(-1)
        const { body } = await post('/v1/quotes', { articleId, text: 'The rain has come.' })
        return patch(`/v1/quotes/${body.id}?base=live`, { text: 'The rain had come.' })
      },
      told: [moved],
    },
  ],
  quotes_lost: [
    {
      fact: 'a new quote that is not in the body',
      work: async ({ post, patch }, storm) => {
        await patch(storm, { body: 'Wind.' })
        return post('/v1/quotes', { articleId: storm.split('/').at(-1), text: 'Rain.' })
      },
      told: [lost],
    },
    {
      fact: 'a quote that goes with the body',
      work: async ({ put }, storm) => {
        await put(storm, { headline: 'Storm', body: '“Rain.”', quotes: [{ text: 'Rain.' }] })
        return put(storm, { headline: 'Storm' })
      },
      told: [lost],
    },
    {
      fact: 'one that is lost and one that is moved',
      work: ({ put }, storm) => {
        const quotes = [{ text: 'Rain.' }, { text: 'The wind is gone.' }]
        return put(storm, { headline: 'Storm', body: '“The wind had gone.”', quotes })
      },
      told: [lost, moved],
    },
  ],
  pasted_before: [
    {
      fact: 'a text that is pasted again',
      work: async (dateline) => {
        await paste(dateline, 'Heat in the hills\n\nThe sun burns.')
        return paste(dateline, 'Heat in the hills\n\nThe sun burns.')
      },
      told: [
        {
          code: 'pasted_before',
          detail:
            'The same text was pasted before, and made /v1/articles/heat-in-the-hills?at=latest (draft). Keep one of the two.',
          id: 'article_…',
        },
      ],
    },
  ],
  same_headline: [
    {
      fact: 'a text with the headline of an article that is there',
      work: async (dateline) => {
        await dateline.post('/v1/articles?publish=now', { headline: 'Frost in May' })
        return paste(dateline, 'Frost in May\n\nIt freezes.')
      },
      told: [
        {
          code: 'same_headline',
          detail: 'The same headline is that of /v1/articles/frost-in-may (live). Keep one of the two.',
          id: 'article_…',
        },
      ],
    },
  ],
}

t.test('every notice is told where it should be, with its whole text', async (t) => {
  t.strictSame(Object.keys(cases), [...noticeCodes])
  const dateline = await newsroom(t)
  for (const [code, [...all]] of Object.entries(cases)) {
    t.ok(all.length > 0, code)
    for (const [index, { fact, work, told }] of all.entries()) {
      const slug = `storm-${code.replaceAll('_', '-')}-${index}`
      await dateline.post('/v1/articles?publish=now', { headline: 'Storm', slug })
      const { body } = await work(dateline, `/v1/articles/${slug}`)
      t.ok(
        told.some((notice) => notice.code === code),
        fact,
      )
      t.strictSame(nameless(body.notices, slug), told, `${code}: ${fact}`)
    }
  }
})

t.test('nothing is told where there is nothing to know, and never to a reader', async (t) => {
  const dateline = await newsroom(t)
  const { post, patch, put } = dateline
  const storm = '/v1/articles/storm'
  const requests: (() => Promise<Answer>)[] = [
    () => post('/v1/articles', { headline: 'Storm', quotes: [{ text: 'Rain.', speaker: 'ann' }] }),
    () => patch(storm, { body: 'Wind.' }, writer),
    () => post(`${storm}/publish?at=${minute(10)}`),
    () => post(`${storm}/publish?at=${minute(20)}`),
    () => patch(`${storm}?publish=${minute(5)}`, { body: 'Hail.' }),
    () => post(`${storm}/withdraw?at=${minute(30)}`),
    () => post(`${storm}/withdraw?at=${minute(40)}`),
  ]
  for (const [index, send] of requests.entries()) {
    const { status, body } = await send()
    t.ok(status < 300, `${index}`)
    t.notOk('notices' in body, `${index}: ${JSON.stringify(body.notices)}`)
  }
  dateline.clock.now = START + 6 * MINUTE
  for (const send of [
    () => patch(storm, { body: 'Snow.' }),
    () => put(storm, { headline: 'Storm', slug: 'storm' }),
    () => post(`${storm}/restore`, { version: 2 }),
    () => patch(`${storm}?base=live`, { body: 'Sun.' }),
    () => patch(`${storm}?base=live`, { correction: { kind: 'update', text: 'It is over.' } }),
    () => dateline.get(storm),
    () => dateline.get(`${storm}?at=latest&include=quotes.speaker,people`, { as: 'viewer' }),
  ])
    t.notOk('notices' in (await send()).body)
  const minimal = { headers: { prefer: 'return=minimal' } }
  t.match(await patch(storm, { body: 'Sun.' }, minimal), { status: 204, text: '' })
})

/** With Ann, who is live, and Zoe, who is not. */
async function newsroom(t: Test): Promise<Dateline> {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Ann' })
  await dateline.post('/v1/people?publish=no', { name: 'Zoe' })
  return dateline
}

function nameless(notices: unknown, slug: string): unknown {
  const text = JSON.stringify(notices ?? null)
  return JSON.parse(text.replaceAll(slug, 'storm').replace(/(article|quote|person)_\w{26}/g, '$1_…'))
}
