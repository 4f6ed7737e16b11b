import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import MarkdownIt from 'markdown-it'
import { createClient } from '../../openapi/client.ts'
import type { components } from '../../openapi/types.ts'

/**
 * Builds a site of static pages, one for each live article and an index, with one request for every hundred
 * articles: `node examples/static-pages.ts [--server http://localhost:3000] [--out site]`
 */
type Article = components['schemas']['Article']

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://localhost:3000' },
    out: { type: 'string', default: 'site' },
  },
})

const client = createClient(values.server)
const markdown = new MarkdownIt('commonmark', { html: false }) // raw HTML in a body is shown as text

const include: ('quotes.speaker' | 'relatedLinks' | 'people')[] = ['quotes.speaker', 'relatedLinks', 'people']

async function readArticles(cursor: string | null = null): Promise<Article[]> {
  const query = { include, limit: 100, ...(cursor === null ? {} : { cursor }) }
  const { data, error } = await client.GET('/v1/articles', { params: { query } })
  if (error) throw new Error(error.detail)
  const articles = data.data as Article[] // whole, where `fields` does not narrow them
  return data.page.next === null ? articles : [...articles, ...(await readArticles(data.page.next))]
}

function articlePage(article: Article): string {
  const { headline, standfirst, byline, publishedAt, body, corrections, people } = article
  const quotes = article.quotes ?? []
  const links = article.relatedLinks ?? []
  return page(article.language, headline, [
    `<h1>${asText(headline)}</h1>`,
    standfirst && `<p><strong>${asText(standfirst)}</strong></p>`,
    `<p><time datetime="${publishedAt}">${publishedAt?.slice(0, 10)}</time> ${asText(byline ?? '')}</p>`,
    ...corrections.map(({ kind, text }) => `<p><em>${asText(kind)}: ${asText(text)}</em></p>`),
    markdown.render(body),
    list('Who said what', quotes, ({ text, speaker }) => `“${asText(text)}” ${asText(speaker?.name ?? '')}`),
    list('People', people, ({ person }) => asText([person?.name, person?.role].filter(Boolean).join(', '))),
    list('Related', links, ({ title, url }) =>
      url ? `<a href="${asText(url)}">${asText(title)}</a>` : asText(title),
    ),
  ])
}

function indexPage(articles: readonly Article[]): string {
  return page(null, 'Articles', [
    '<h1>Articles</h1>',
    list('', articles, ({ slug, headline }) => `<a href="${slug}.html">${asText(headline)}</a>`),
  ])
}

function list<Entry>(title: string, entries: readonly Entry[], toHtml: (entry: Entry) => string): string {
  if (entries.length === 0) return ''
  const items = entries.map((entry) => `<li>${toHtml(entry)}</li>`).join('\n')
  return `${title && `<h2>${title}</h2>\n`}<ul>\n${items}\n</ul>`
}

function page(language: string | null, title: string, parts: readonly (string | null)[]): string {
  const head = `<meta charset="utf-8"><title>${asText(title)}</title>`
  const lang = language === null ? '' : ` lang="${asText(language)}"`
  return `<!doctype html>\n<html${lang}>\n<head>${head}</head>\n<body>\n${parts.filter(Boolean).join('\n')}\n</body>\n</html>\n`
}

function asText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const articles = await readArticles()
await mkdir(values.out, { recursive: true })
for (const article of articles)
  await writeFile(join(values.out, `${article.slug}.html`), articlePage(article))
await writeFile(join(values.out, 'index.html'), indexPage(articles))
console.log(`Wrote ${articles.length + 1} pages to ${values.out}.`)
