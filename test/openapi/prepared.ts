import type { Dateline } from '../support/dateline.ts'

/** Documents in every state, for requests to be about: ids of parts, slugs of the others. */
export interface Prepared {
  readonly article: string
  readonly articleId: string
  readonly draftArticle: string
  readonly scheduledArticle: string
  readonly withdrawnArticle: string
  readonly oldSlug: string
  readonly person: string
  readonly personId: string
  readonly quote: string
  readonly draftQuote: string
  readonly link: string
  readonly draftLink: string
  readonly token: string
  /** Made from a text. */
  readonly pasted: string
}

const NEXT_YEAR = '2027-01-01T00:00:00Z'

let sets = 0

/** Saves a new set of documents beside those that are there. Two batches, because readers see what is between them. */
export async function prepare({ post, send, tokens }: Dateline): Promise<Prepared> {
  sets += 1
  const batch = async (...operations: unknown[]) =>
    (await post('/v1/batch', { operations })).body.results.map((each: { document: unknown }) => each.document)
  const [person, live, draft, scheduled, withdrawn] = await batch(
    { do: 'create', type: 'person', name: 'person', content: { name: `Prepared Person ${sets}` } },
    story('now', parts),
    story('no', parts),
    story(NEXT_YEAR),
    story('now'),
  )
  const [renamed] = await batch(
    { do: 'update', type: 'article', id: live.id, content: { slug: `${live.slug}-renamed` } },
    { do: 'withdraw', type: 'article', id: withdrawn.id },
  )
  const token = await post('/v1/tokens', { name: `Prepared ${sets}`, role: 'viewer' }, { as: 'admin' })
  const pasted = await send({
    method: 'POST',
    url: '/v1/articles',
    headers: { authorization: `Bearer ${tokens.editor}`, 'content-type': 'text/plain' },
    payload: `Prepared paste ${sets}\n\n“More words,” said Ada Okafor.`,
  })
  return {
    article: renamed.slug,
    articleId: live.id,
    draftArticle: draft.slug,
    scheduledArticle: scheduled.slug,
    withdrawnArticle: withdrawn.slug,
    oldSlug: live.slug,
    person: person.slug,
    personId: person.id,
    quote: live.quotes[0].id,
    draftQuote: draft.quotes[0].id,
    link: live.relatedLinks[0].id,
    draftLink: draft.relatedLinks[0].id,
    token: token.body.id,
    pasted: pasted.body.slug,
  }
}

const parts = {
  quotes: [{ speakerId: '$person', text: 'more words' }],
  relatedLinks: [{ title: 'Read on' }],
}

function story(publish: string, parts: object = {}) {
  const people = [{ personId: '$person' }]
  const content = { headline: `Prepared story ${sets}`, body: 'Words, and more words.', people, ...parts }
  return { do: 'create', type: 'article', publish, content }
}

/** The prepared document that a request to this path can be about. */
export function keyFor(path: string): string {
  if (path.endsWith('/source')) return '~pasted~'
  if (path.startsWith('/v1/articles')) return '~article~'
  if (path.startsWith('/v1/people')) return '~person~'
  return path.startsWith('/v1/quotes') ? '~draftQuote~' : '~draftLink~'
}

/** Puts the prepared documents where a text names them: `/v1/articles/~draftArticle~`. */
export function fillIn(text: string, prepared: Prepared): string {
  return text.replace(/~(\w+)~/g, (whole, name: string) =>
    name in prepared ? prepared[name as keyof Prepared] : whole,
  ) // `in` says that it is one
}
