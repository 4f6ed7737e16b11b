import { branch, leaf, xmlDocument } from './xml.ts'

/** A page, or a file that lists pages. */
export interface Listed {
  readonly address: string
  /** When it changed last. */
  readonly updatedAt: string
}

export interface News extends Listed {
  readonly headline: string
  /** A BCP 47 tag. */
  readonly language: string | null
  readonly publishedAt: string
}

const SITEMAPS = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const NEWS = 'http://www.google.com/schemas/sitemap-news/0.9'

/** A sitemap (sitemaps.org, 0.9). */
export function sitemap(pages: readonly Listed[]): string {
  return xmlDocument(branch('urlset', pages.map(url), { xmlns: SITEMAPS }))
}

/** What lists the sitemaps. */
export function sitemapIndex(sitemaps: readonly Listed[]): string {
  const entries = sitemaps.map((each) => branch('sitemap', located(each)))
  return xmlDocument(branch('sitemapindex', entries, { xmlns: SITEMAPS }))
}

/** @param publication the name of the site */
export function newsSitemap(publication: string, pages: readonly News[]): string {
  const entries = pages.map((page) => branch('url', [...located(page), news(publication, page)]))
  return xmlDocument(branch('urlset', entries, { xmlns: SITEMAPS, 'xmlns:news': NEWS }))
}

function url(page: Listed): string {
  return branch('url', located(page))
}

function located({ address, updatedAt }: Listed): string[] {
  return [leaf('loc', address), leaf('lastmod', updatedAt)]
}

function news(publication: string, { headline, language, publishedAt }: News): string {
  const from = [leaf('news:name', publication), leaf('news:language', inIso639(language))]
  return branch('news:news', [
    branch('news:publication', from),
    leaf('news:publication_date', publishedAt),
    leaf('news:title', headline),
  ])
}

/** The codes that news sitemaps know: ISO 639 alone, Chinese with its script said by a place, `und` for none. */
function inIso639(language: string | null): string {
  const [code = '', ...rest] = (language ?? 'und').toLowerCase().split('-')
  if (code !== 'zh') return /^[a-z]{2,3}$/.test(code) ? code : 'und'
  return rest.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-tw' : 'zh-cn'
}
