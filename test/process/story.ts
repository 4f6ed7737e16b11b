/** A write of many documents, and the words by which all of it can be found again, one for each version. */
export interface Story {
  readonly mark: string
  readonly path: string
  readonly status: number
  readonly body: unknown
  readonly words: readonly string[]
}

/** An article with its parts and those who speak in it, in one body. */
export function nestedStory(mark: string): Story {
  const body = {
    headline: `${mark}: headline`,
    quotes: [
      { text: `${mark}: quote 1`, speaker: { name: `${mark}: speaker 1` } },
      { text: `${mark}: quote 2`, speaker: { name: `${mark}: speaker 2` } },
      { text: `${mark}: quote 3`, speaker: { name: `${mark}: speaker 1` } },
    ],
    relatedLinks: [{ title: `${mark}: link 1` }, { title: `${mark}: link 2` }],
    people: [{ person: { name: `${mark}: subject` }, as: 'subject' }],
  }
  const parts = ['quote 1', 'quote 2', 'quote 3', 'speaker 1', 'speaker 2', 'link 1', 'link 2', 'subject']
  const words = ['headline', ...parts].map((word) => `${mark}: ${word}`)
  return { mark, path: '/v1/articles?publish=now', status: 201, body, words }
}

const QUOTES = 30

/** The same by a batch, in which a draft is revised and then published with its parts: more than one version each. */
export function batchedStory(mark: string): Story {
  const quotes = Array.from({ length: QUOTES }, (_, index) => `${mark}: quote ${index + 1}`)
  const [headline, revised, speaker] = [`${mark}: headline`, `${mark}: revised`, `${mark}: speaker`]
  const operations = [
    { do: 'create', type: 'person', name: 'speaker', content: { name: speaker } },
    {
      do: 'create',
      type: 'article',
      name: 'story',
      content: { headline, people: [{ personId: '$speaker' }] },
    },
    ...quotes.map((text) => ({
      do: 'create',
      type: 'quote',
      content: { articleId: '$story', speakerId: '$speaker', text },
    })),
    { do: 'update', type: 'article', id: '$story', content: { headline: revised } },
    { do: 'publish', type: 'article', id: '$story' },
  ]
  const words = [speaker, headline, revised, revised, ...quotes, ...quotes]
  return { mark, path: '/v1/batch', status: 200, body: { operations }, words }
}
