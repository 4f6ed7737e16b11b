import { createHash } from 'node:crypto'
import { HtmlValidate } from 'html-validate'
import t from 'tap'
import { html, type Reading } from '../../src/feeds/html.ts'
import { policy } from '../../src/feeds/page-style.ts'
import type { Story } from '../../src/feeds/story.ts'
import { person, quote, relatedLink, story } from './stories.ts'

const reading: Reading = {
  base: 'https://cms.example.org',
  forms: [{ mediaType: 'text/markdown', name: 'Markdown', href: '/v1/articles/a-story.md' }],
  status: 'live',
  at: null,
}

const evil = `</script></style><b onclick="x">&amp;'`

const full = story({
  kind: 'analysis',
  headline: 'The words of Anna',
  standfirst: 'It is told.',
  body: '# A heading\n\n“Words,” she said, “and *more*.”\n\n- a list\n\n```\ncode\n```\n\n![A map](https://example.org/map.png)',
  language: 'en',
  place: 'Oslo',
  byline: 'By Bo Berg',
  source: { name: 'The Paper', url: 'https://example.org/paper' },
  image: { url: 'https://example.org/a.jpg', caption: 'A square', credit: 'Cleo' },
  tags: ['norway', 'middle-east'],
  canonicalUrl: 'https://example.org/story?a=1&b=2',
  people: [
    {
      personId: 'person_1',
      as: 'subject',
      person: person({ role: 'Mayor', sameAs: ['https://example.org/anna'] }),
    },
    { personId: 'person_2', as: 'mentioned', person: null },
  ],
  corrections: [{ kind: 'clarification', text: 'It was Oslo.', at: '2020-10-16T08:30:00.000Z' }],
  quotes: [
    quote({
      speaker: person(),
      text: 'Words and more.',
      role: 'Mayor',
      saidOn: '2020-10',
      setting: 'A speech',
      via: 'X',
    }),
    quote({ text: 'Not in the text.', original: { text: 'Ikke.', language: 'nb' } }),
  ],
  relatedLinks: [
    relatedLink({ kind: 'watch', title: 'The speech', url: 'https://example.org/video' }),
    relatedLink({ title: 'The city', targetArticleId: 'article_2' }),
    relatedLink({ title: 'A paper' }),
  ],
})

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'long-title': 'off', // a headline is as long as its editor wants it
    'no-trailing-whitespace': 'off', // the code of a body may have it
    'void-style': 'off', // a body is fit for XML, too
  },
})

t.test('a page is valid HTML', async (t) => {
  const stories = {
    full,
    bare: story(),
    turkish: story({ ...full, language: 'tr' }),
    arabic: story({ ...full, language: 'ar-EG' }),
    unkept: story({
      image: { url: null, caption: 'A square', credit: null },
      source: { name: 'The Paper', url: null },
    }),
    evil: everyTextAs(evil),
  }
  for (const [name, each] of Object.entries(stories))
    for (const other of [
      reading,
      { ...reading, at: '2020-10-15T14:07:00.000Z' },
      { ...reading, status: 'draft' },
    ]) {
      const { results } = await validator.validateString(html(each, other))
      const faults = results.flatMap(({ messages }) =>
        messages.map((fault) => `${fault.line}: ${fault.message}`),
      )
      t.strictSame(faults, [], name)
    }
})

t.test('no text of a story is more than text', async (t) => {
  const page = html(everyTextAs(evil), reading)
  t.equal(page.split('<script').length, 2)
  t.equal(page.split('</script').length, 2)
  t.equal(page.split('</style').length, 2)
  t.notMatch(page, /<b |onclick="/)
  t.equal(data(page).headline, evil)
})

t.test('the policy of a page allows its style and nothing that runs', async (t) => {
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(html(full, reading)) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  t.equal(
    policy,
    `default-src 'none'; style-src 'sha256-${hash}'; img-src http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
  t.notMatch(html(full, reading), /\sstyle=|\son\w+=/)
})

t.test('a quote leads to its place in the text, and one that is not there to none', async (t) => {
  const page = html(full, reading)
  t.strictSame(linksOf(page, '<aside', '</aside>'), ['#:~:text=Words&amp;text=and%20more.'])
})

t.test('a page speaks the language of its story, in its direction', async (t) => {
  const opening = (language: string | null) => /<html[^>]*>/.exec(html(story({ language }), reading))?.[0]
  t.equal(opening('tr'), '<html lang="tr" dir="ltr">')
  t.equal(opening('fa'), '<html lang="fa" dir="rtl">')
  t.equal(opening('az-Arab'), '<html lang="az-Arab" dir="rtl">')
  t.equal(opening(null), '<html lang="en" dir="ltr">')
  const dates = (language: string) => />([^<]*)<\/time>/.exec(html(story({ language }), reading))?.[1]
  t.equal(dates('en'), '15 October 2020 at 14:07 UTC')
  t.equal(dates('tr'), '15 Ekim 2020 14:07 UTC')
  t.equal(dates('qaa'), '15 October 2020 at 14:07 UTC')
})

t.test('a page says what it is when it is not the present', async (t) => {
  const said = (other: Partial<Reading>) =>
    /<p class="notice"[^>]*>(.*?)<\/p>/
      .exec(html(story(), { ...reading, ...other }))?.[1]
      ?.replace(/<[^>]*>/g, '')
  t.equal(said({}), undefined)
  t.equal(said({ status: 'draft', at: '2020-10-15T14:07:00.000Z' }), 'A draft. Readers do not see this.')
  t.equal(said({ status: 'scheduled' }), 'Readers see this from 16 October 2020 at 08:30 UTC.')
  t.equal(
    said({ at: '2020-11-01T00:00:00.000Z' }),
    'As of 1 November 2020 at 00:00 UTC. Read it as it is now.',
  )
})

t.test('a page names its address and its other forms', async (t) => {
  const links = (page: string) => page.match(/<link [^>]*>/g)
  t.strictSame(links(html(full, reading)), [
    '<link rel="canonical" href="https://example.org/story?a=1&amp;b=2">',
    '<link rel="alternate" type="text/markdown" href="/v1/articles/a-story.md">',
  ])
  t.equal(
    links(html(story(), reading))?.[0],
    '<link rel="canonical" href="https://cms.example.org/v1/articles/a-story">',
  )
})

t.test('a page has the story as JSON-LD, without the text that it shows anyway', async (t) => {
  const { '@type': type, hasPart, articleBody } = data(html(full, reading))
  t.equal(type, 'AnalysisNewsArticle')
  t.equal(hasPart.length, 2)
  t.equal(articleBody, undefined)
})

/** A story in which every text says this. */
function everyTextAs(text: string): Story {
  const kept = [
    'id',
    'slug',
    'kind',
    'createdAt',
    'publishedAt',
    'updatedAt',
    'language',
    'at',
    'saidOn',
    'as',
  ]
  const json = JSON.stringify({ ...full, body: text }, (key, value) =>
    typeof value !== 'string' || kept.includes(key) || /^https:/.test(value) ? value : text,
  )
  return JSON.parse(json)
}

function data(page: string) {
  return JSON.parse(/<script type="application\/ld\+json">(.*)<\/script>/.exec(page)?.[1] ?? 'null')
}

function linksOf(page: string, from: string, to: string): string[] {
  const part = page.slice(page.indexOf(from), page.indexOf(to))
  return [...part.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)
}
