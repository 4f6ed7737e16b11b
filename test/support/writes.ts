import type { Role } from '../../src/http/auth.ts'
import type { Answer, Dateline } from './dateline.ts'

/** A request that writes documents. `~quote~` in it stands for the key of what `makes: 'quote'` has made. */
export interface Write {
  /** The operation's id in the OpenAPI document. */
  readonly operation: string
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly url: string
  readonly body?: unknown
  readonly as?: Role
  readonly makes?: string
}

/** A request of every kind that writes documents, in an order in which each changes something on an empty database. */
export const everyWrite: readonly Write[] = [
  ...lifeOf(
    'Person',
    '/v1/people',
    'anna',
    { name: 'Anna' },
    { name: 'Anna Keller', slug: 'keller' },
    '?at=2027-01-01',
  ),
  { operation: 'replacePerson', method: 'PUT', url: '/v1/people/bo', body: { name: 'Bo' } },
  { operation: 'replacePerson', method: 'PUT', url: '/v1/people/bo?publish=no', body: { name: 'Bo Berg' } },
  {
    operation: 'createArticle',
    method: 'POST',
    url: '/v1/articles?publish=2027-01-01',
    body: {
      headline: 'Story',
      people: [{ person: 'bo', as: 'author' }, { person: { name: 'Cleo' } }],
      quotes: [{ text: 'One.', speaker: { name: 'Dan' } }],
      relatedLinks: [{ title: 'More' }],
    },
  },
  { operation: 'publishArticle', method: 'POST', url: '/v1/articles/story/publish?at=never' },
  { operation: 'publishArticle', method: 'POST', url: '/v1/articles/story/publish' },
  ...partOf('Quote', '/v1/quotes', { text: 'Two.', speaker: { name: 'Eve' } }, { text: 'Two!' }),
  ...partOf('RelatedLink', '/v1/related-links', { title: 'Elsewhere' }, { url: 'https://example.org/' }),
  {
    operation: 'updateArticle',
    method: 'PATCH',
    url: '/v1/articles/story',
    body: { headline: 'Stories', correction: { kind: 'correction', text: 'There are two.' } },
  },
  {
    operation: 'updateArticle',
    method: 'PATCH',
    url: '/v1/articles/story?publish=2027-01-01',
    body: { byline: 'F' },
  },
  {
    operation: 'updateArticle',
    method: 'PATCH',
    url: '/v1/articles/story?base=live',
    body: { place: 'Oslo' },
  },
  {
    operation: 'replaceArticle',
    method: 'PUT',
    url: '/v1/articles/story?publish=no',
    body: { headline: 'Replaced', slug: 'replaced', quotes: [{ text: 'Three.', speaker: { name: 'Gil' } }] },
  },
  {
    operation: 'restoreArticle',
    method: 'POST',
    url: '/v1/articles/story/restore?publish=no',
    body: { version: 1 },
  },
  { operation: 'withdrawArticle', method: 'POST', url: '/v1/articles/story/withdraw?at=2028-01-01' },
  { operation: 'withdrawArticle', method: 'POST', url: '/v1/articles/story/withdraw' },
  { operation: 'deleteArticle', method: 'DELETE', url: '/v1/articles/story?purge=true', as: 'admin' },
  {
    operation: 'doBatch',
    method: 'POST',
    url: '/v1/batch',
    body: {
      operations: [
        {
          do: 'create',
          type: 'article',
          name: 'a',
          content: { headline: 'Draft', people: [{ person: 'bo' }] },
        },
        { do: 'publish', type: 'article', id: '$a' },
        { do: 'withdraw', type: 'person', id: 'bo' },
      ],
    },
  },
  { operation: 'deleteArticle', method: 'DELETE', url: '/v1/articles/draft' },
]

/** Sends a write, and remembers in `keys` what it has made. */
export async function play(
  dateline: Dateline,
  { method, url, body, as = 'editor', makes }: Write,
  keys: Map<string, string>,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const path = url.replace(/~(\w+)~/g, (_, name: string) => keys.get(name) ?? '')
  const answer = await dateline.send({
    method,
    url: query ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path,
    headers: {
      authorization: `Bearer ${dateline.tokens[as]}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  })
  const key = /\/([^/?]+)(\?|$)/.exec(String(answer.headers.location))?.[1]
  if (makes !== undefined && key !== undefined) keys.set(makes, key)
  return answer
}

/** An answer's body with the same words for ids and instants in every database and at every time. */
export function anonymous(body: unknown): unknown {
  const text = JSON.stringify(body ?? null)
  const ids = [...new Set(text.match(/[a-z]+_[0-9a-hjkmnp-tv-z]{26}/g))]
  const named = ids.reduce((rest, id, index) => rest.replaceAll(id, `#${index}`), text)
  return JSON.parse(named.replace(/2026-01-01T\d\d:\d\d:\d\d\.\d{3}Z/g, 'instant'))
}

function lifeOf(name: string, path: string, key: string, content: object, change: object, at = ''): Write[] {
  const url = `${path}/${key}`
  return [
    { operation: `create${name}`, method: 'POST', url: `${path}?publish=no`, body: content, makes: name },
    { operation: `publish${name}`, method: 'POST', url: `${url}/publish` },
    { operation: `update${name}`, method: 'PATCH', url, body: change },
    { operation: `restore${name}`, method: 'POST', url: `${url}/restore`, body: { version: 1 } },
    { operation: `withdraw${name}`, method: 'POST', url: `${url}/withdraw` },
    { operation: `publish${name}`, method: 'POST', url: `${url}/publish${at}` },
    { operation: `delete${name}`, method: 'DELETE', url },
  ]
}

function partOf(name: string, path: string, content: object, change: object): Write[] {
  return lifeOf(name, path, `~${name}~`, { articleId: 'story', ...content }, change)
}
