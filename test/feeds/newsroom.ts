import type { Feed, Item } from '../../src/feeds/feed.ts'
import type { Person } from '../../src/feeds/story.ts'

/** Stories as the API answers them, and the feed of a site that has them. */
export const author: Person = {
  id: 'person_01h455vb4pex5vsknk084sn02q',
  slug: 'ann-lee',
  name: 'Ann Lee',
  aliases: [],
  role: null,
  affiliation: null,
  country: null,
  description: null,
  sameAs: [],
  image: null,
}

/** Has everything that a feed can tell. */
export const bridge: Item = {
  id: 'article_01h455vb4pex5vsknk084sn02r',
  slug: 'bridge-reopens',
  version: 3,
  createdAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-02T06:00:00.000Z',
  updatedAt: '2026-01-03T07:30:00.000Z',
  headline: 'Bridge & road reopen',
  kind: 'news',
  standfirst: 'After <four> years.',
  body: 'It "opens" on *Tuesday*.',
  language: 'en-GB',
  place: 'Bridgend',
  byline: 'By the desk',
  source: { name: 'The Bridgend Post', url: 'https://post.example/?a=1&b=2' },
  image: { url: 'https://post.example/bridge.jpg', caption: 'The bridge', credit: 'A. Lee' },
  tags: ['bridges', 'wales'],
  canonicalUrl: null,
  people: [
    { personId: author.id, as: 'author', person: author },
    { personId: author.id, as: 'subject', person: author },
  ],
  corrections: [{ kind: 'correction', text: 'It said <Monday>.', at: '2026-01-03T07:30:00.000Z' }],
  wordCount: 4,
}

/** Has nothing that it can do without, and an address of its own elsewhere. */
export const plain: Item = {
  ...bridge,
  id: 'article_01h455vb4pex5vsknk084sn02s',
  slug: 'plain',
  publishedAt: '2026-01-01T06:00:00.000Z',
  updatedAt: '2026-01-01T06:00:00.000Z',
  headline: 'Plain',
  standfirst: null,
  body: '',
  byline: null,
  source: null,
  image: null,
  tags: [],
  canonicalUrl: 'https://www.example.org/plain?from=feed&x',
  people: [],
  corrections: [],
  wordCount: 0,
}

export const feed: Feed = {
  site: 'https://cms.example.org',
  self: 'https://cms.example.org/feeds/articles.rss?tag=bridges&person=ann-lee',
  title: 'cms.example.org · bridges · Ann Lee',
  items: [bridge, plain],
}

/** What editors paste, and XML cannot hold or takes for its own. */
export const HOSTILE =
  'a\u0000b\u0008c\u001bd\ufffee\ud800f ]]> <![CDATA[ <script>alert(1)</script> &amp; \u{1f600} "\'\nz'

export const hostile: Item = {
  ...bridge,
  headline: HOSTILE,
  standfirst: HOSTILE,
  body: HOSTILE,
  byline: HOSTILE,
  people: [],
  corrections: [{ kind: 'correction', text: HOSTILE, at: null }],
  source: { name: HOSTILE, url: 'https://post.example/' },
  image: { url: 'https://post.example/bridge.jpg', caption: HOSTILE, credit: HOSTILE },
}

/** As it comes out of a reader: without what is no character of XML. */
export const TAMED = 'abcdef ]]> <![CDATA[ <script>alert(1)</script> &amp; \u{1f600} "\'\nz'
