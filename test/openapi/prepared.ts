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
}

const NEXT_YEAR = '2027-01-01T00:00:00Z'

let sets = 0

/** Saves a new set of documents beside those that are there. */
export async function prepare({ post, patch, delete: withdraw }: Dateline): Promise<Prepared> {
  sets += 1
  const create = async (path: string, body: unknown) => (await post(`/v1/${path}`, body)).body
  const person = await create('people', { name: `Prepared Person ${sets}` })
  const people = [{ personId: person.id }]
  const story = (query: string) =>
    create(`articles${query}`, { headline: `Prepared story ${sets}`, body: 'Words, and more words.', people })
  const [live, draft, scheduled, withdrawn] = [
    await story('?publish=now'),
    await story(''),
    await story(`?publish=${NEXT_YEAR}`),
    await story('?publish=now'),
  ]
  const quote = (articleId: string) =>
    create('quotes', { articleId, speakerId: person.slug, text: 'more words' })
  const link = (articleId: string) => create('related-links', { articleId, title: 'Read on' })
  const parts = [await quote(live.id), await quote(draft.id), await link(live.id), await link(draft.id)]
  await withdraw(`/v1/articles/${withdrawn.slug}`)
  const renamed = await patch(`/v1/articles/${live.slug}`, { slug: `${live.slug}-renamed` })
  return {
    article: renamed.body.slug,
    articleId: live.id,
    draftArticle: draft.slug,
    scheduledArticle: scheduled.slug,
    withdrawnArticle: withdrawn.slug,
    oldSlug: live.slug,
    person: person.slug,
    personId: person.id,
    quote: parts[0].id,
    draftQuote: parts[1].id,
    link: parts[2].id,
    draftLink: parts[3].id,
  }
}

/** Puts the prepared documents where a text names them: `/v1/articles/~draftArticle~`. */
export function fillIn(text: string, prepared: Prepared): string {
  return text.replace(/~(\w+)~/g, (whole, name: string) =>
    name in prepared ? prepared[name as keyof Prepared] : whole,
  ) // `in` says that it is one
}
