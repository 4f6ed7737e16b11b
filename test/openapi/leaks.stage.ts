import assert from 'node:assert/strict'
import { hashToken } from '../../src/http/auth.ts'
import type { Planting } from './leaks.planting.ts'

/**
 * A newsroom in which everything that can be hidden is: drafts, embargoes, unpublished edits, what was
 * withdrawn, what is over, what was erased. It is played in two parts: what the public sees or has seen,
 * and then what it must not even notice.
 */

export const EMBARGO = '2031-03-03T03:03:03.303Z'
const ENDING = '2032-02-02T02:02:02.202Z'
/** For what is cancelled before, and would be public by now. */
const CANCELLED = '2026-01-01T00:30:00Z'
const TOKEN_ENDING = '2033-01-01T01:01:01.101Z'
const ADDRESS = '203.0.113.77'

const live = { for: 'public', publish: 'now' } as const
/** Shown once, and then withdrawn. */
const gone = { for: 'drafts', publish: 'now', standing: 'gone' } as const
const erased = { for: 'nobody', publish: 'now', standing: 'gone' } as const
const draft = { for: 'drafts', publish: 'no' } as const
const embargoed = { for: 'drafts', publish: EMBARGO } as const
const alone = { without: ['people', 'speaker'] } as const

export async function playHistory(stage: Planting): Promise<void> {
  await publishAll(stage)
  await reviseInPublic(stage)
  await stage.plant(
    stage.turn('withdraw', 'article', 'withdrawn'),
    stage.turn('withdraw', 'quote', 'retired-quote'),
    stage.turn('withdraw', 'link', 'retired-link'),
    stage.turn('withdraw', 'person', 'retired'),
    stage.turn('publish', 'article', 'cancelled', { at: 'never' }),
    stage.turn('publish', 'article', 'planned', { at: 'never' }),
    stage.turn('withdraw', 'article', 'expired', { at: '2026-01-01T01:00:00Z' }),
    stage.turn('withdraw', 'article', 'ending', { at: ENDING }),
  )
  stage.dateline.clock.advance(2 * 60 * 60 * 1000)
  await erase(stage, '/v1/articles', 'erased')
  await erase(stage, '/v1/people', 'forgotten')
}

async function publishAll(stage: Planting): Promise<void> {
  const said = (speaker: string) => ({
    with: { articleId: stage.id('open'), speakerId: stage.id(speaker) },
    without: ['speaker'],
  })
  const under = (rest: object = {}) => ({ with: { articleId: stage.id('open'), ...rest }, ...alone })
  const { create } = bound(stage)
  await stage.plant(
    create('person', 'speaker', live),
    create('person', 'quiet', draft),
    create('person', 'retired', gone),
    create('person', 'forgotten', erased),
    create('article', 'archive', { ...live, ...alone, publish: '2020-10-15T14:07:00Z' }),
    create('article', 'open', live),
    create('article', 'planned', { ...live, ...alone }),
    create('article', 'ending', { ...live, ...alone }),
    create('article', 'withdrawn', { ...gone, ...alone }),
    create('article', 'expired', { ...gone, ...alone }),
    create('article', 'erased', { ...erased, ...alone }),
    create('article', 'target', { ...draft, ...alone }),
    create('article', 'cancelled', { ...draft, ...alone, publish: CANCELLED }),
    create('quote', 'said-by-quiet', { ...live, ...said('quiet') }),
    create('quote', 'said-by-retired', { ...live, ...said('retired') }),
    create('quote', 'said-by-forgotten', { ...live, ...said('forgotten') }),
    create('quote', 'retired-quote', { ...gone, ...said('speaker') }),
    create('link', 'retired-link', { ...gone, ...under() }),
    create('link', 'to-target', { ...live, ...under({ targetArticleId: stage.id('target') }) }),
  )
}

/** With drafts between what was published, and a change of what is live before others that wait. */
async function reviseInPublic(stage: Planting): Promise<void> {
  const { update } = bound(stage)
  const all = (story: string, options: Parameters<typeof update>[2]) =>
    (['quote', 'link', 'person'] as const).map((type) => update(type, `${story} ${type}`, options))
  await stage.plant(
    ...all('open', draft),
    update('article', 'open', draft),
    update('article', 'withdrawn', draft),
    update('article', 'planned', { ...draft, publish: CANCELLED }),
    update('article', 'erased', { ...draft, for: 'nobody' }),
  )
  await stage.plant(
    ...all('open', live),
    update('article', 'open', live),
    update('article', 'withdrawn', gone),
    update('article', 'erased', erased),
    update('article', 'archive', {
      ...live,
      with: { correction: { kind: 'correction', text: stage.words.plant('archive correction', 'public') } },
    }),
  )
  await stage.plant(update('article', 'archive', embargoed))
  await stage.plant(update('article', 'archive', draft))
  const { operation, options } = update('article', 'archive', { for: 'public' })
  await stage.plant({ operation: { ...operation, base: 'live' }, options })
}

export async function playInSecret(stage: Planting): Promise<void> {
  await createHidden(stage)
  await reviseInSecret(stage)
  await erase(stage, '/v1/articles', 'shredded')
  await nothingSaved(stage)
  await issueTokens(stage)
  watch(stage)
}

async function createHidden(stage: Planting): Promise<void> {
  const { create, update } = bound(stage)
  const under = { with: { articleId: stage.id('open') } }
  await stage.plant(
    create('article', 'draft', draft),
    create('article', 'embargoed', embargoed),
    create('article', 'dropped', { ...draft, ...alone }),
    create('article', 'unset', { ...embargoed, ...alone }),
    create('article', 'shredded', { ...draft, ...alone, for: 'nobody' }),
    create('quote', 'draft-quote', { ...draft, ...under }),
    create('quote', 'embargoed-quote', { ...embargoed, ...under, ...alone }),
    create('link', 'draft-link', { ...draft, ...under }),
    create('link', 'embargoed-link', { ...embargoed, ...under }),
    create('person', 'embargoed-person', embargoed),
  )
  await stage.plant(update('article', 'shredded', { ...draft, for: 'nobody' }))
}

async function reviseInSecret(stage: Planting): Promise<void> {
  const { update, turn } = bound(stage)
  const corrected = (name: string) => ({
    with: { correction: { kind: 'retraction', text: stage.words.plant(`${name} correction`, 'drafts') } },
  })
  const parts = ['quote', 'link', 'person'] as const
  await stage.plant(
    ...parts.map((type) => update(type, `open ${type}`, draft)),
    update('article', 'open', { ...draft, ...corrected('open') }),
    update('quote', 'planned quote', embargoed),
    update('link', 'planned link', embargoed),
    update('person', 'speaker', embargoed),
    update('article', 'planned', { ...embargoed, ...corrected('planned') }),
    update('article', 'draft', draft),
  )
  await stage.plant(
    update('article', 'open', draft),
    turn('withdraw', 'article', 'dropped'),
    turn('publish', 'article', 'unset', { at: 'never' }),
  )
  await stage.plant(turn('restore', 'article', 'open', { version: 2 }))
}

/** What is tried or refused is nowhere. */
async function nothingSaved({ words, dateline }: Planting): Promise<void> {
  const word = (label: string) => words.plant(label, 'nobody')
  const bodies = [
    { headline: word('what was only tried') },
    { headline: word('what was refused'), kind: 'none' },
  ]
  const tried = await dateline.post('/v1/articles?dryRun=true', bodies[0])
  const refused = await dateline.post('/v1/articles', bodies[1])
  assert.deepEqual([tried.status, refused.status], [200, 422])
  words.prove(JSON.stringify(bodies))
}

async function issueTokens({ words, dateline, tokens }: Planting): Promise<void> {
  for (const [role, secret] of Object.entries(dateline.tokens)) {
    words.mark(secret, `the secret of ${role}`, 'nobody')
    words.mark(hashToken(secret), `the hash of ${role}`, 'nobody')
    words.prove(`${secret} ${hashToken(secret)}`)
  }
  for (const name of ['a token', 'a revoked token']) {
    const body = { name: words.plant(name, 'admin'), role: 'editor', expiresAt: TOKEN_ENDING }
    const created = await dateline.send({
      method: 'POST',
      url: '/v1/tokens',
      remoteAddress: ADDRESS,
      headers: { authorization: `Bearer ${dateline.tokens.admin}` },
      payload: body,
    })
    assert.equal(created.status, 201, created.text)
    tokens.push(created.body.id)
    words.mark(created.body.secret, `the secret of ${name}`, 'nobody')
    words.mark(created.body.id, `the id of ${name}`, 'admin')
    words.prove(created.text)
    if (name === 'a revoked token') await dateline.delete(`/v1/tokens/${created.body.id}`, { as: 'admin' })
  }
}

/** The ids of what is hidden, unless something that is live refers to it; and what is not yet. */
function watch(stage: Planting): void {
  const { words, documents, id } = stage
  const referred = ['target', 'quiet', 'retired', 'forgotten'].map((name) => id.call(stage, name))
  for (const { id, standing } of documents)
    if (standing !== 'live' && !referred.includes(id)) words.mark(id, 'the id of what is hidden', 'drafts')
  for (const name of ['erased', 'erased quote', 'erased link', 'shredded', 'shredded quote'])
    words.mark(stage.id(name), `the id of ${name}`, 'admin')
  for (const instant of [EMBARGO, ENDING]) words.mark(instant, 'an instant to come', 'drafts')
  words.mark(TOKEN_ENDING, 'the end of a token', 'admin')
  words.mark(ADDRESS, 'where a write came from', 'admin')
}

/** Everything that it says is read before, so that it was there. */
async function erase(stage: Planting, path: string, name: string): Promise<void> {
  const { dateline, words, documents, versions } = stage
  const paths = { article: 'articles', quote: 'quotes', link: 'related-links', person: 'people' }
  const ids = new Set([stage.id(name), ...['quote', 'link'].map((part) => stage.id(`${name} ${part}`))])
  for (const { id, type } of documents.filter((each) => ids.has(each.id)))
    for (let version = versions.get(id) ?? 0; version > 0; version -= 1) {
      const address = `/v1/${paths[type as keyof typeof paths]}/${id}/versions/${version}` // all types have one
      words.prove((await dateline.get(address, { as: 'viewer' })).text)
    }
  const { status, text } = await dateline.delete(`${path}/${stage.id(name)}?purge=true`, { as: 'admin' })
  assert.equal(status, 204, text)
}

function bound(stage: Planting) {
  return { create: stage.create.bind(stage), update: stage.update.bind(stage), turn: stage.turn.bind(stage) }
}
