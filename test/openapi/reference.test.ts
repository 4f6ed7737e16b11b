import { createHash } from 'node:crypto'
import t from 'tap'
import { type Dateline, start } from '../support/dateline.ts'

t.test('/docs leads to a page that brings everything along', async (t) => {
  const dateline = await start(t)
  const { url, answer } = await follow(dateline, '/docs')
  t.equal(answer.status, 200)
  t.match(answer.headers['content-type'], /^text\/html\b/)
  const links = [...answer.text.matchAll(/\b(?:src|href)\s*=\s*["']?([^"'\s>]+)/gi)].map(([, link]) =>
    String(link),
  )
  t.ok(links.length > 0, 'it has a script at least')
  for (const link of links) {
    const target = new URL(link, `http://dateline.test${url}`)
    t.equal(target.host, 'dateline.test', `${link} is here`)
    t.equal((await dateline.get(target.pathname)).status, 200, link)
  }
})

t.test('the first requests for the page and the document may come at once', async (t) => {
  const { get } = await start(t)
  const paths = ['/docs/', '/docs/js/scalar.js', '/openapi.json']
  const answers = await Promise.all([...paths, ...paths].map((path) => get(path)))
  for (const { status } of answers) t.equal(status, 200)
  const texts = answers.map(({ text }) => text)
  t.ok(texts.slice(3).every((text, index) => text === texts[index]))
})

t.test('the page at /docs reads the document of this server', async (t) => {
  const { answer } = await follow(await start(t), '/docs')
  t.match(answer.text, /"url": ?"\/openapi\.json"/)
  t.notMatch(answer.text, /https?:\/\//, 'no address of another server is in it')
})

t.test('the page at /docs has a policy that keeps everything from elsewhere out', async (t) => {
  const { answer } = await follow(await start(t), '/docs')
  const policy = String(answer.headers['content-security-policy'])
  const directives = Object.fromEntries(
    policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  )
  const scripts = [...answer.text.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  const hashes = scripts.map(([, script = '']) => `'sha256-${sha256(script)}'`)
  t.strictSame(directives['default-src'], ["'self'"])
  t.strictSame(directives['script-src'], ["'self'", ...hashes], 'an inline script is named by its hash')
  t.strictSame(directives['connect-src'], ["'self'"])
  t.notMatch(policy, /https?:|\*|unsafe-eval/)
})

t.test('/ leads a browser to /docs', async (t) => {
  const { get } = await start(t)
  const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
  const { status, headers, text } = await get('/', { headers: { accept } })
  t.equal(status, 302)
  t.equal(headers.location, '/docs')
  t.equal(headers.vary, 'accept')
  t.equal(text, '')
})

t.test('/ gives curl an index whose links all answer', async (t) => {
  const dateline = await start(t)
  const { status, headers, body } = await dateline.get('/', { headers: { accept: '*/*' } })
  t.equal(status, 200)
  t.equal(headers.vary, 'accept')
  t.strictSame(body, {
    name: 'Dateline',
    links: {
      articles: '/v1/articles',
      quotes: '/v1/quotes',
      people: '/v1/people',
      relatedLinks: '/v1/related-links',
      search: '/v1/search',
      tags: '/v1/tags',
      feed: '/feeds/articles.atom',
      sitemap: '/sitemap.xml',
      openapi: '/openapi.json',
      reference: '/docs',
      problems: '/problems',
      health: '/health/ready',
    },
  })
  for (const link of Object.values<string>(body.links)) {
    const url = link === body.links.search ? `${link}?q=words` : link
    t.equal((await follow(dateline, url)).answer.status, 200, link)
  }
})

/** Gets an address as curl -L does. */
async function follow({ get }: Dateline, url: string) {
  const answer = await get(url)
  if (answer.status < 300 || answer.status > 399) return { url, answer }
  const next = new URL(String(answer.headers.location), `http://dateline.test${url}`).pathname
  return { url: next, answer: await get(next) }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
