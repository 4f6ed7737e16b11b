import { Readable } from 'node:stream'
import { parseSitemap, parseSitemapIndex } from 'sitemap'
import t from 'tap'
import { newsSitemap, sitemap, sitemapIndex } from '../../src/feeds/sitemap.ts'

const page = { address: 'https://example.org/?a=1&b=<2>', updatedAt: '2026-01-03T07:30:00.000Z' }

t.test('a sitemap lists pages with their last change', async (t) => {
  const text = sitemap([page])
  t.equal(
    text,
    `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url>
<loc>https://example.org/?a=1&amp;b=&lt;2&gt;</loc>
<lastmod>2026-01-03T07:30:00.000Z</lastmod>
</url>
</urlset>
`,
  )
  t.match(await parseSitemap(Readable.from([text])), [{ url: page.address, lastmod: page.updatedAt }])
})

t.test('an index lists sitemaps with their last change', async (t) => {
  const text = sitemapIndex([page])
  t.match(await parseSitemapIndex(Readable.from([text])), [{ url: page.address, lastmod: page.updatedAt }])
})

t.test('a news sitemap gives languages as news sitemaps know them', async (t) => {
  const languages = ['en-GB', 'zh-Hant', 'zh', 'i-klingon', null]
  const news = languages.map((language) => ({
    ...page,
    headline: 'Bridge & road\u0000 reopen',
    language,
    publishedAt: '2026-01-02T06:00:00.000Z',
  }))
  const read = await parseSitemap(Readable.from([newsSitemap('example.org', news)]))
  t.strictSame(
    read.map((each) => each.news),
    ['en', 'zh-tw', 'zh-cn', 'und', 'und'].map((language) => ({
      publication: { name: 'example.org', language },
      publication_date: '2026-01-02T06:00:00.000Z',
      title: 'Bridge & road reopen',
    })),
  )
})
