import { parseJsonFeed } from 'feedsmith'
import t from 'tap'
import { jsonFeed } from '../../src/feeds/json-feed.ts'
import { bridge, feed, HOSTILE, hostile, plain } from './newsroom.ts'

t.test('a JSON Feed says everything that a story has, and leaves out what it has not', async (t) => {
  t.strictSame(JSON.parse(jsonFeed(feed)), {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: 'https://cms.example.org/',
    feed_url: feed.self,
    description: 'The newest articles of cms.example.org.',
    language: 'en-GB',
    items: [
      {
        id: 'urn:uuid:01890a5d-ac96-774b-bcce-b302099a8058',
        url: 'https://cms.example.org/v1/articles/bridge-reopens.html',
        title: 'Bridge & road reopen',
        content_html:
          '<p>It "opens" on <em>Tuesday</em>.</p>\n<p><strong>Correction, 2026-01-03:</strong> It said &lt;Monday&gt;.</p>\n',
        summary: 'After <four> years.',
        image: 'https://post.example/bridge.jpg',
        date_published: '2026-01-02T06:00:00.000Z',
        date_modified: '2026-01-03T07:30:00.000Z',
        authors: [{ name: 'Ann Lee' }],
        tags: ['bridges', 'wales'],
        language: 'en-GB',
      },
      {
        id: 'urn:uuid:01890a5d-ac96-774b-bcce-b302099a8059',
        url: 'https://www.example.org/plain?from=feed&x',
        title: 'Plain',
        content_text: 'Plain',
        date_published: '2026-01-01T06:00:00.000Z',
        date_modified: '2026-01-01T06:00:00.000Z',
        language: 'en-GB',
      },
    ],
  })
})

t.test('a reader of JSON Feed finds in it what was put in', async (t) => {
  const read = parseJsonFeed(jsonFeed({ ...feed, items: [hostile, plain] }))
  t.match(read, { title: feed.title, items: [{ title: HOSTILE }, { title: plain.headline }] })
  t.notMatch(read.items?.[0]?.content_html, /<script/)
})

t.test('the byline stands for authors that are not named, and those who are hidden are not', async (t) => {
  const hidden = { personId: 'person_01h455vb4pex5vsknk084sn02q', as: 'author', person: null }
  const [item] = parseJsonFeed(jsonFeed({ ...feed, items: [{ ...bridge, people: [hidden] }] })).items ?? []
  t.strictSame(item?.authors, [{ name: 'By the desk' }])
})

t.test('the name of a story is made of any id that an article can have', async (t) => {
  const items = [{ ...plain, id: 'article_00000000000000000000000007' }]
  const [item] = JSON.parse(jsonFeed({ ...feed, items })).items
  t.equal(item.id, 'urn:uuid:00000000-0000-0000-0000-000000000007')
})
