import { XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed } from 'feedsmith'
import Parser from 'rss-parser'
import t from 'tap'
import { atom } from '../../src/feeds/atom.ts'
import { bridge, feed, HOSTILE, hostile, plain, TAMED } from './newsroom.ts'

t.test('a feed in Atom says everything that a story has', async (t) => {
  t.equal(
    atom(feed),
    `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<id>https://cms.example.org/feeds/articles.rss?tag=bridges&amp;person=ann-lee</id>
<title>cms.example.org · bridges · Ann Lee</title>
<updated>2026-01-03T07:30:00.000Z</updated>
<link rel="self" type="application/atom+xml" href="https://cms.example.org/feeds/articles.rss?tag=bridges&amp;person=ann-lee"/>
<link rel="alternate" href="https://cms.example.org/"/>
<author>
<name>cms.example.org</name>
</author>
<generator>Dateline</generator>
<entry xml:lang="en-GB">
<id>urn:uuid:01890a5d-ac96-774b-bcce-b302099a8058</id>
<title>Bridge &amp; road reopen</title>
<published>2026-01-02T06:00:00.000Z</published>
<updated>2026-01-03T07:30:00.000Z</updated>
<link rel="alternate" href="https://cms.example.org/v1/articles/bridge-reopens.html"/>
<link rel="enclosure" href="https://post.example/bridge.jpg"/>
<link rel="via" title="The Bridgend Post" href="https://post.example/?a=1&amp;b=2"/>
<author>
<name>Ann Lee</name>
</author>
<category term="bridges"/>
<category term="wales"/>
<summary>After &lt;four&gt; years.</summary>
<content type="html" xml:base="https://cms.example.org/v1/articles/bridge-reopens.html">&lt;p&gt;It &quot;opens&quot; on &lt;em&gt;Tuesday&lt;/em&gt;.&lt;/p&gt;
&lt;p&gt;&lt;strong&gt;Correction, 2026-01-03:&lt;/strong&gt; It said &amp;lt;Monday&amp;gt;.&lt;/p&gt;
</content>
</entry>
<entry xml:lang="en-GB">
<id>urn:uuid:01890a5d-ac96-774b-bcce-b302099a8059</id>
<title>Plain</title>
<published>2026-01-01T06:00:00.000Z</published>
<updated>2026-01-01T06:00:00.000Z</updated>
<link rel="alternate" href="https://www.example.org/plain?from=feed&amp;x"/>
</entry>
</feed>
`,
  )
})

t.test('two readers of Atom find in it what was put in', async (t) => {
  const text = atom(feed)
  t.match(parseAtomFeed(text), {
    title: { value: feed.title },
    updated: bridge.updatedAt,
    entries: [
      {
        id: 'urn:uuid:01890a5d-ac96-774b-bcce-b302099a8058',
        summary: { value: bridge.standfirst },
        authors: [{ name: 'Ann Lee' }],
        categories: [{ term: 'bridges' }, { term: 'wales' }],
        updated: bridge.updatedAt,
      },
      { title: { value: plain.headline }, links: [{ href: plain.canonicalUrl }] },
    ],
  })
  const { items } = await new Parser().parseString(text)
  t.match(items, [
    { title: bridge.headline, isoDate: bridge.publishedAt, author: 'Ann Lee' },
    { title: plain.headline, link: plain.canonicalUrl },
  ])
})

t.test('whatever an editor pastes, the feed stays XML and runs nothing', async (t) => {
  const text = atom({ ...feed, title: HOSTILE, items: [hostile] })
  t.equal(XMLValidator.validate(text), true)
  t.notMatch(text, /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
  const { title, items } = await new Parser().parseString(text)
  t.equal(title, TAMED)
  t.match(items, [{ title: TAMED, author: TAMED, summary: TAMED }])
  t.notMatch(items[0]?.content, /<script/)
})

t.test('an empty feed has not changed since time began', async (t) => {
  t.match(parseAtomFeed(atom({ ...feed, items: [] })), { updated: '1970-01-01T00:00:00.000Z' })
})
