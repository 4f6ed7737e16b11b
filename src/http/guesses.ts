import { suggestion } from './suggestion.ts'

/** What other APIs call a parameter, what it may be here, and what is to be known of that. */
const guesses: readonly (readonly [readonly string[], readonly string[], string?])[] = [
  [['search', 'query', 'text', 'keyword', 'keywords', 's'], ['q']],
  [
    ['tag', 'category', 'topic', 'section'],
    ['tags.has', 'tag'],
  ],
  [
    ['page', 'offset', 'skip', 'start', 'after', 'before', 'page_token', 'pageToken', 'next'],
    ['cursor'],
    '`page.next` of an answer is the cursor of its next page',
  ],
  [['per_page', 'perPage', 'page_size', 'pageSize', 'size', 'first', 'max', 'rows'], ['limit']],
  [
    ['sort_by', 'sortBy', 'order', 'order_by', 'orderBy', 'ordering'],
    ['sort'],
    'A minus before the field puts the newest or greatest first',
  ],
  [['expand', 'embed', 'populate', 'with', 'relations'], ['include']],
  [['select', 'only', 'columns', 'field'], ['fields']],
  [['since', 'from', 'date_from', 'start_date', 'published_after'], ['publishedAt.gte']],
  [['until', 'to', 'date_to', 'end_date', 'published_before'], ['publishedAt.lt']],
  [['lang', 'locale'], ['language']],
  [
    ['status', 'state', 'draft', 'drafts', 'preview'],
    ['at'],
    '`at=latest` reads drafts as well, with a token',
  ],
]

/** What the parameters of some schemas are called elsewhere: the names of other APIs, and ours. */
const own = new WeakMap<object, Readonly<Record<string, string>>>()

/** Makes the names under which the parameters of a schema are known elsewhere lead to them. */
export function alsoCalled<Schema extends object>(
  schema: Schema,
  names: Readonly<Record<string, string>>,
): Schema {
  own.set(schema, names)
  return schema
}

/**
 * What a parameter that is not known may have been meant for: by what it is called elsewhere, else by its letters.
 *
 * @param known those of the schema
 */
export function guess(given: string, known: readonly string[], schema: object): string {
  const names = own.get(schema) ?? {}
  const [, common = [], more] = guesses.find(([others]) => others.includes(given)) ?? []
  const name = Object.hasOwn(names, given) ? names[given] : common.find((each) => known.includes(each))
  if (name === undefined) return suggestion(given, known)
  return ` Did you mean "${name}"?${more ? ` ${more}.` : ''}`
}

/**
 * The address that one which leads nowhere may stand for: `/v1/links` for `/v1/related-links`, `/articles/x` for
 * `/v1/articles/x`.
 *
 * @param lists the addresses of what there is, without anything that varies
 * @param leads whether something is at an address
 */
export function guessAddress(
  given: string,
  lists: readonly string[],
  leads: (address: string) => boolean,
): string | undefined {
  const segments = given.split('/').filter(Boolean)
  const [word = '', ...rest] = /^(?:v\d|api)$/i.test(segments[0] ?? '') ? segments.slice(1) : segments
  const ends = lists.map((address) => address.slice(address.lastIndexOf('/') + 1))
  const asked = word.toLowerCase()
  const isPart = (end: string) => end.split('-').includes(asked)
  const [, near] = /"(.+)"/.exec(suggestion(asked, ends)) ?? []
  const end = ends.find((each) => each === asked) ?? ends.find(isPart) ?? near
  const found = end && lists[ends.indexOf(end)]
  const address = found && [found, ...rest].join('/')
  return address && leads(address) ? address : undefined
}
