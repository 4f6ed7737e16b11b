import t from 'tap'
import {
  type Intent,
  isSettled,
  type Newest,
  type Status,
  type Step,
  statusOf,
  step,
  type Timeline,
  waiting,
} from '../../src/documents/lifecycle.ts'
import { DatelineError } from '../../src/errors.ts'
import { FOREVER } from '../../src/storage/clock.ts'

/**
 * The present is 100. A document that is live has been so since 50; what is scheduled waits for 150; an
 * end lies at 200. `both` is live with a scheduled edit above; `…Edited` has an unpublished edit on top.
 */
const NOW = 100
const [SINCE, THEN, END] = [50, 150, 200]

const newest = (version: number, publishedAt: number | null, rest: Partial<Newest> = {}): Newest => ({
  version,
  publishedAt,
  expiresAt: null,
  withdrawn: false,
  ...rest,
})
const from = (version: number, from: number, to = FOREVER) => ({ version, from, to })

const absent: Timeline = {}
const draft: Timeline = { newest: newest(1, null) }
const live: Timeline = { newest: newest(1, SINCE), live: from(1, SINCE) }
const until: Timeline = { newest: newest(1, SINCE, { expiresAt: END }), live: from(1, SINCE, END) }
const liveEdited: Timeline = { newest: newest(2, SINCE), live: from(1, SINCE) }
const untilEdited: Timeline = { ...until, newest: newest(2, SINCE, { expiresAt: END }) }
const scheduled: Timeline = { newest: newest(1, THEN), planned: from(1, THEN) }
const slotUntil: Timeline = {
  newest: newest(1, THEN, { expiresAt: END }),
  planned: from(1, THEN, END),
}
const scheduledEdited: Timeline = { newest: newest(2, THEN), planned: from(1, THEN) }
const both: Timeline = {
  newest: newest(2, SINCE),
  live: from(1, SINCE, THEN),
  planned: from(2, THEN),
}
const bothUntil: Timeline = {
  newest: newest(2, SINCE, { expiresAt: END }),
  live: from(1, SINCE, THEN),
  planned: from(2, THEN, END),
}
const bothEdited: Timeline = { ...both, newest: newest(3, SINCE) }
const withdrawn: Timeline = { newest: newest(2, SINCE, { withdrawn: true }) }
const withdrawnDraft: Timeline = { newest: newest(2, null, { withdrawn: true }) }
const expired: Timeline = { newest: newest(1, SINCE, { expiresAt: 80 }) }

const keep: Intent = { kind: 'keep' }
const save: Intent = { kind: 'draft' }
const publish = (at: number): Intent => ({ kind: 'publish', at })
const amend: Intent = { kind: 'amend' }
const carry = (version: number): Intent => ({ kind: 'carry', version })
const unschedule: Intent = { kind: 'unschedule' }
const withdraw = (at: number): Intent => ({ kind: 'withdraw', at })

const steps: readonly (readonly [fact: string, Timeline, Intent, step: string])[] = [
  ['a new document that is not published has no window', absent, save, 'v1'],
  ['a new document that is published opens a window', absent, publish(NOW), 'v1 100- since 100'],
  ['a new document can be scheduled', absent, publish(THEN), 'v1 150- since 150'],
  ['a new document can be dated back', absent, publish(20), 'v1 20- since 20'],

  ['an edit of a draft is a draft', draft, keep, 'v2'],
  ['an edit of what is live is live at once', live, keep, 'v2 100- since 50, v1 to 100'],
  ['an edit keeps the end', until, keep, 'v2 100-200 since 50 ends 200, v1 to 100'],
  ['an edit of an unpublished edit is one', liveEdited, keep, 'v3 since 50'],
  ['an edit of what is scheduled takes its slot', scheduled, keep, 'v2 150- since 150, v1 to 150'],
  ['an edit in its slot keeps the end', slotUntil, keep, 'v2 150-200 since 150 ends 200, v1 to 150'],
  ['an edit in its slot leaves what is live', both, keep, 'v3 150- since 50, v2 to 150'],
  ['an edit of a draft above a scheduled version is one', scheduledEdited, keep, 'v3 since 150'],
  ['an edit of what is withdrawn leaves it withdrawn', withdrawn, keep, 'v3 since 50 withdrawn'],
  ['an edit of what has expired is not live', expired, keep, 'v2 since 50'],

  ['a private edit leaves what is live', live, save, 'v2 since 50'],
  ['a private edit leaves what is scheduled', scheduled, save, 'v2 since 150'],
  ['a private edit leaves both', both, save, 'v3 since 50'],

  ['a draft is published now', draft, publish(NOW), 'v2 100- since 100'],
  ['publishing closes the window before', liveEdited, publish(NOW), 'v3 100- since 50, v1 to 100'],
  ['publishing keeps the end', untilEdited, publish(NOW), 'v3 100-200 since 50 ends 200, v1 to 100'],
  ['what was withdrawn is published again', withdrawn, publish(NOW), 'v3 100- since 50'],
  ['what has expired is published again', expired, publish(NOW), 'v2 100- since 50'],
  ['a withdrawn draft was never published before', withdrawnDraft, publish(NOW), 'v3 100- since 100'],

  ['a draft is scheduled', draft, publish(THEN), 'v2 150- since 150'],
  ['an edit is scheduled', liveEdited, publish(THEN), 'v3 150- since 50, v1 to 150'],
  [
    'an edit is scheduled before the end',
    untilEdited,
    publish(THEN),
    'v3 150-200 since 50 ends 200, v1 to 150',
  ],
  ['a schedule is moved on', scheduled, publish(180), 'v2 180- since 180, v1 to 150'],
  ['a schedule is moved nearer', scheduled, publish(120), 'v2 120- since 120, v1 to 150'],
  ['what is live stays until then', both, publish(180), 'v3 180- since 50, v1 to 180, v2 to 150'],
  ['a draft takes the slot', bothEdited, publish(120), 'v4 120- since 50, v1 to 120, v2 to 150'],

  ['a first publication is dated back', draft, publish(20), 'v2 20- since 20'],
  ['a withdrawn draft can be dated back', withdrawnDraft, publish(20), 'v3 20- since 20'],

  ['a draft is withdrawn', draft, withdraw(NOW), 'v2 withdrawn'],
  ['a withdrawal ends the window', live, withdraw(NOW), 'v2 since 50 withdrawn, v1 to 100'],
  ['a withdrawal takes the edit along', liveEdited, withdraw(NOW), 'v3 since 50 withdrawn, v1 to 100'],
  ['a withdrawal cancels a schedule', scheduled, withdraw(NOW), 'v2 withdrawn, v1 to 150'],
  ['a withdrawal ends both', both, withdraw(NOW), 'v3 since 50 withdrawn, v1 to 100, v2 to 150'],

  ['what is live is given an end', live, withdraw(END), 'v2 100-200 since 50 ends 200, v1 to 100'],
  ['an end is moved', until, withdraw(180), 'v2 100-180 since 50 ends 180, v1 to 100'],
  ['an end leaves the edit the newest', liveEdited, withdraw(END), 'v3 since 50 ends 200, v1 to 200'],
  ['what is scheduled is given an end', scheduled, withdraw(END), 'v2 150-200 since 150 ends 200, v1 to 150'],
  [
    'an end is that of the scheduled version',
    both,
    withdraw(END),
    'v3 150-200 since 50 ends 200, v1 to 150, v2 to 150',
  ],

  ['an amendment replaces what is live', liveEdited, amend, 'v3 100- since 50, v1 to 100'],
  ['an amendment keeps the end', untilEdited, amend, 'v3 100-200 since 50 ends 200, v1 to 100'],
  ['an amendment ends where the slot begins', both, amend, 'v3 100-150 since 50, v1 to 100'],
  ['an unpublished edit is carried unpublished', liveEdited, carry(2), 'v3 since 50'],
  ['what is carried keeps the end', untilEdited, carry(2), 'v3 since 50 ends 200'],
  ['a scheduled version is carried in its slot', both, carry(2), 'v3 150- since 50, v2 to 150'],
  ['what is carried ends as before', bothUntil, carry(2), 'v3 150-200 since 50 ends 200, v2 to 150'],
  ['the slot is that of the scheduled version', bothEdited, carry(2), 'v4 150- since 50, v2 to 150'],
  ['the edit above it has none', bothEdited, carry(3), 'v4 since 50'],

  ['a cancelled schedule leaves a draft', scheduled, unschedule, 'v2, v1 to 150'],
  ['without the schedule what is live goes on', both, unschedule, 'v3 since 50, v1 goes on, v2 to 150'],
  ['without the schedule the end stays', bothUntil, unschedule, 'v3 since 50 ends 200, v1 to 200, v2 to 150'],
]

for (const [fact, timeline, intent, expected] of steps)
  t.test(fact, async (t) => t.equal(inWords(step(timeline, intent, NOW)), expected))

const neither =
  'Only what is live or scheduled can be withdrawn at a later instant; this document is neither.'
const notLive = 'No version of this document is live, so base=live has nothing to change.'
const published =
  'This document was first published at 1970-01-01T00:00:00.050Z, and the past cannot be rewritten: only a first publication may be dated back. Use publish=now or a future instant.'

const refusals: readonly (readonly [fact: string, Timeline, Intent, DatelineError])[] = [
  ...Object.entries({ live, liveEdited, both, withdrawn, expired }).map(
    ([name, timeline]) =>
      [
        `a second publication is not dated back: ${name}`,
        timeline,
        publish(NOW - 1),
        new DatelineError('already_published', published),
      ] as const, // a row of the table
  ),
  ...Object.entries({ draft, withdrawn, withdrawnDraft, expired }).map(
    ([name, timeline]) =>
      [
        `there is nothing to withdraw later: ${name}`,
        timeline,
        withdraw(END),
        new DatelineError('not_live', neither),
      ] as const, // a row of the table
  ),
  ...Object.entries({ draft, scheduled, scheduledEdited, withdrawn, expired }).map(
    ([name, timeline]) =>
      [
        `there is nothing to amend: ${name}`,
        timeline,
        amend,
        new DatelineError('not_live', notLive),
      ] as const, // a row of the table
  ),
]

for (const [fact, timeline, intent, { code, message }] of refusals)
  t.test(fact, async (t) => t.throws(() => step(timeline, intent, NOW), { code, message }))

const statuses: readonly (readonly [Status, Record<string, Timeline>])[] = [
  ['draft', { absent, draft, liveEdited, scheduledEdited, bothEdited }],
  ['scheduled', { scheduled, slotUntil, both }],
  ['live', { live, until }],
  ['withdrawn', { withdrawn, withdrawnDraft, expired }],
]

for (const [status, timelines] of statuses)
  for (const [name, timeline] of Object.entries(timelines))
    t.test(`the newest version is ${status}: ${name}`, async (t) => t.equal(statusOf(timeline, NOW), status))

const waits: readonly (readonly [fact: string, Timeline, versions: number[]])[] = [
  ['nothing waits beside what is live', live, []],
  ['an unpublished edit waits', liveEdited, [2]],
  ['a scheduled version waits', both, [2]],
  ['a scheduled version waits, and then the edit above it', bothEdited, [2, 3]],
]

for (const [fact, timeline, versions] of waits)
  t.test(fact, async (t) => t.strictSame(waiting(timeline), versions))

t.test('an edit knows of the window that waits, and not of one that it takes or ends', async (t) => {
  for (const [timeline, intent, awaits] of [
    [both, save, THEN],
    [bothEdited, withdraw(END), THEN],
    [both, keep, null],
    [bothEdited, publish(120), null],
    [bothEdited, withdraw(NOW), null],
    [both, unschedule, null],
    [liveEdited, save, null],
  ] as const)
    t.equal(step(timeline, intent, NOW).awaits, awaits, JSON.stringify(intent))
})

const settled: readonly (readonly [fact: string, Timeline, Intent, boolean])[] = [
  ['saving the same draft again changes nothing', draft, keep, true],
  ['saving the same again changes nothing of what is live', live, keep, true],
  ['saving the same privately changes nothing of what is live', live, save, true],
  ['publishing what is live changes nothing', live, publish(NOW), true],
  ['publishing a draft changes something', draft, publish(NOW), false],
  ['publishing an unpublished edit changes something', liveEdited, publish(NOW), false],
  ['publishing what is withdrawn changes something', withdrawn, publish(NOW), false],
  ['scheduling for the same instant changes nothing', scheduled, publish(THEN), true],
  ['scheduling for another instant changes something', scheduled, publish(THEN + 1), false],
  ['dating back what has been live for less is no repetition', live, publish(20), false],
  ['publishing at the instant of its publication changes nothing', live, publish(SINCE), true],
  ['cancelling a schedule changes something', both, unschedule, false],
  ['cancelling no schedule changes nothing', liveEdited, unschedule, true],
  ['withdrawing what is withdrawn changes nothing', withdrawn, withdraw(NOW), true],
  ['withdrawing what has expired changes nothing', expired, withdraw(NOW), true],
  ['withdrawing a draft changes something', draft, withdraw(NOW), false],
  ['withdrawing what is live changes something', live, withdraw(NOW), false],
  ['withdrawing what is scheduled changes something', scheduled, withdraw(NOW), false],
]

for (const [fact, timeline, intent, expected] of settled)
  t.test(fact, async (t) => t.equal(isSettled(timeline, intent, NOW), expected))

/** `v3 100-200 since 50 ends 200, v1 to 100`: the new version and its window, and the windows it ends. */
function inWords({ version, from, to, publishedAt, expiresAt, withdrawn, closings }: Step): string {
  const words = [`v${version}`]
  if (from !== null) words.push(`${from}-${to === FOREVER ? '' : to}`)
  if (publishedAt !== null) words.push(`since ${publishedAt}`)
  if (expiresAt !== null && expiresAt > NOW) words.push(`ends ${expiresAt}`)
  if (withdrawn) words.push('withdrawn')
  const ends = [...closings].sort((one, other) => one.version - other.version)
  return [
    words.join(' '),
    ...ends.map(({ version, to }) => `v${version} ${to === FOREVER ? 'goes on' : `to ${to}`}`),
  ].join(', ')
}
