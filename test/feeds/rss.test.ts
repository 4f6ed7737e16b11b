import { XMLValidator } from 'fast-xml-parser'
import { parseRssFeed } from 'feedsmith'
import Parser from 'rss-parser'
import t from 'tap'
import { rss } from '../../src/feeds/rss.ts'
import { bridge, feed, HOSTILE, hostile, plain, TAMED } from './newsroom.ts'

t.test('a feed in RSS says everything that a story has', async (t) => {
  t.equal(
    rss(feed),
    `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>cms.example.org · bridges · Ann Lee</title>
<link>https://cms.example.org/</link>
<description>The newest articles of cms.example.org.</description>
<atom:link rel="self" type="application/rss+xml" href="https://cms.example.org/feeds/articles.rss?tag=bridges&amp;person=ann-lee"/>
<language>en-GB</language>
<lastBuildDate>Sat, 03 Jan 2026 07:30:00 GMT</lastBuildDate>
<generator>Dateline</generator>
<item>
<title>Bridge &amp; road reopen</title>
<link>https://cms.example.org/v1/articles/bridge-reopens.html</link>
<guid isPermaLink="false">urn:uuid:01890a5d-ac96-774b-bcce-b302099a8058</guid>
<pubDate>Fri, 02 Jan 2026 06:00:00 GMT</pubDate>
<atom:updated>2026-01-03T07:30:00.000Z</atom:updated>
<dc:creator>Ann Lee</dc:creator>
<category>bridges</category>
<category>wales</category>
<description>After &amp;lt;four&amp;gt; years.</description>
<content:encoded>&lt;p&gt;It &quot;opens&quot; on &lt;em&gt;Tuesday&lt;/em&gt;.&lt;/p&gt;
&lt;p&gt;&lt;strong&gt;Correction, 2026-01-03:&lt;/strong&gt; It said &amp;lt;Monday&amp;gt;.&lt;/p&gt;
</content:encoded>
<media:content url="https://post.example/bridge.jpg" medium="image">
<media:description>The bridge</media:description>
<media:credit>A. Lee</media:credit>
</media:content>
<source url="https://post.example/?a=1&amp;b=2">The Bridgend Post</source>
</item>
<item>
<title>Plain</title>
<link>https://www.example.org/plain?from=feed&amp;x</link>
<guid isPermaLink="false">urn:uuid:01890a5d-ac96-774b-bcce-b302099a8059</guid>
<pubDate>Thu, 01 Jan 2026 06:00:00 GMT</pubDate>
<atom:updated>2026-01-01T06:00:00.000Z</atom:updated>
</item>
</channel>
</rss>
`,
  )
})

t.test('two readers of RSS find in it what was put in', async (t) => {
  const text = rss(feed)
  t.match(parseRssFeed(text), {
    title: feed.title,
    language: 'en-GB',
    atom: { links: [{ rel: 'self', href: feed.self }] },
    items: [
      {
        title: bridge.headline,
        guid: { value: 'urn:uuid:01890a5d-ac96-774b-bcce-b302099a8058', isPermaLink: false },
        categories: [{ name: 'bridges' }, { name: 'wales' }],
        source: { title: 'The Bridgend Post', url: 'https://post.example/?a=1&b=2' },
        dc: { creators: ['Ann Lee'] },
        media: { contents: [{ url: 'https://post.example/bridge.jpg', medium: 'image' }] },
      },
      { title: plain.headline, link: plain.canonicalUrl },
    ],
  })
  const read = await new Parser().parseString(text)
  t.equal(read.feedUrl, feed.self)
  t.match(read.items, [
    { title: bridge.headline, isoDate: bridge.publishedAt, creator: 'Ann Lee', categories: bridge.tags },
    { title: plain.headline, isoDate: plain.publishedAt },
  ])
})

t.test('whatever an editor pastes, the feed stays XML and runs nothing', async (t) => {
  const text = rss({ ...feed, title: HOSTILE, items: [hostile] })
  t.equal(XMLValidator.validate(text), true)
  t.notMatch(text, /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
  const { title, items } = await new Parser().parseString(text)
  t.equal(title, TAMED)
  t.equal(items[0]?.title, TAMED)
  t.equal(items[0]?.creator, TAMED)
  t.notMatch(items[0]?.['content:encoded'], /<script/)
})

t.test('an empty feed is one, and never says when it was made', async (t) => {
  const text = rss({ ...feed, items: [] })
  t.notMatch(text, 'lastBuildDate')
  t.strictSame((await new Parser().parseString(text)).items, [])
})

t.test('a feed in several languages claims none', async (t) => {
  t.equal(parseRssFeed(rss({ ...feed, items: [bridge, { ...plain, language: 'cy' }] })).language, undefined)
  t.equal(parseRssFeed(rss({ ...feed, items: [bridge, { ...plain, language: null }] })).language, undefined)
})

t.test('a body that is too long for a feed is left at its standfirst', async (t) => {
  const [item] = parseRssFeed(rss({ ...feed, items: [{ ...bridge, body: 'x'.repeat(100_001) }] })).items ?? []
  t.strictSame([item?.description, item?.content], ['After &lt;four&gt; years.', undefined])
})
