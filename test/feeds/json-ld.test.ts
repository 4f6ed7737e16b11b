import jsonld from 'jsonld'
import t from 'tap'
import { jsonLd } from '../../src/feeds/json-ld.ts'
import { person, quote, relatedLink, story } from './stories.ts'

const BASE = 'https://cms.example.org'

const anna = person({
  role: 'Mayor',
  affiliation: 'City of Oslo',
  country: 'NO',
  description: 'Elected twice.',
  sameAs: ['https://www.wikidata.org/wiki/Q1'],
  image: { url: 'https://example.org/anna.jpg', caption: 'Anna', credit: null },
})

const full = story({
  kind: 'analysis',
  standfirst: 'It is told.',
  body: '“Words,” she said, “*and* more.”\n\nThe end.',
  language: 'en',
  place: 'Oslo',
  byline: 'By Bo Berg',
  source: { name: 'The Paper', url: 'https://example.org/paper' },
  image: { url: 'https://example.org/a.jpg', caption: 'A square', credit: 'Cleo' },
  tags: ['norway', 'cities'],
  canonicalUrl: 'https://example.org/story',
  people: [
    { personId: 'person_2', as: 'author', person: person({ id: 'person_2', slug: 'bo', name: 'Bo Berg' }) },
    { personId: anna.id, as: 'subject', person: anna },
    { personId: 'person_3', as: 'mentioned', person: null },
  ],
  corrections: [{ kind: 'clarification', text: 'It was Oslo.', at: '2020-10-16T08:30:00.000Z' }],
  wordCount: 7,
  quotes: [
    quote({
      speakerId: anna.id,
      speaker: anna,
      text: 'Words and more.',
      role: 'Mayor of Oslo',
      saidOn: '2020-10',
      setting: 'A speech',
      via: 'The Paper',
      original: { text: 'Ord og mer.', language: 'nb' },
    }),
    quote({ id: 'quote_2', speakerId: 'person_4', text: 'More.' }),
    quote({ id: 'quote_3', text: 'Nobody said this.' }),
  ],
  relatedLinks: [
    relatedLink({ kind: 'watch', title: 'The speech', url: 'https://example.org/video' }),
    relatedLink({ kind: 'background', title: 'The city', targetArticleId: 'article_2' }),
    relatedLink({ kind: 'source', title: 'A paper' }),
  ],
})

t.test('an article is told in the words of schema.org', async (t) => {
  t.strictSame(jsonLd(full, BASE), {
    '@context': 'https://schema.org',
    '@type': 'AnalysisNewsArticle',
    '@id': 'https://cms.example.org/v1/articles/a-story',
    identifier: 'article_01h455vb4pex5vsknk084sn02q',
    version: 3,
    url: 'https://example.org/story',
    mainEntityOfPage: 'https://example.org/story',
    headline: 'A story',
    description: 'It is told.',
    genre: 'analysis',
    inLanguage: 'en',
    dateline: 'Oslo',
    datePublished: '2020-10-15T14:07:00.000Z',
    dateModified: '2020-10-16T08:30:00.000Z',
    author: [{ '@type': 'Person', '@id': `${BASE}/v1/people/bo`, name: 'Bo Berg', identifier: 'person_2' }],
    creditText: 'By Bo Berg',
    isBasedOn: {
      '@type': 'CreativeWork',
      url: 'https://example.org/paper',
      publisher: { '@type': 'Organization', name: 'The Paper' },
    },
    image: {
      '@type': 'ImageObject',
      url: 'https://example.org/a.jpg',
      caption: 'A square',
      creditText: 'Cleo',
    },
    keywords: ['norway', 'cities'],
    about: [
      {
        '@type': 'Person',
        '@id': `${BASE}/v1/people/anna`,
        name: 'Anna',
        identifier: anna.id,
        jobTitle: 'Mayor',
        affiliation: { '@type': 'Organization', name: 'City of Oslo' },
        description: 'Elected twice.',
        sameAs: ['https://www.wikidata.org/wiki/Q1'],
        image: { '@type': 'ImageObject', url: 'https://example.org/anna.jpg', caption: 'Anna' },
      },
    ],
    mentions: [{ '@type': 'Person', identifier: 'person_3' }],
    hasPart: [
      {
        '@type': 'Quotation',
        '@id': `${BASE}/v1/quotes/quote_01h455vb4pex5vsknk084sn02q`,
        text: 'Words and more.',
        creator: { '@type': 'Person', '@id': `${BASE}/v1/people/anna`, name: 'Anna' },
        creditText: 'Anna, Mayor of Oslo',
        dateCreated: '2020-10',
        recordedAt: { '@type': 'Event', name: 'A speech' },
        citation: 'The Paper',
        translationOfWork: { '@type': 'Quotation', text: 'Ord og mer.', inLanguage: 'nb' },
      },
      {
        '@type': 'Quotation',
        '@id': `${BASE}/v1/quotes/quote_2`,
        text: 'More.',
        creator: { '@type': 'Person', identifier: 'person_4' },
      },
      { '@type': 'Quotation', '@id': `${BASE}/v1/quotes/quote_3`, text: 'Nobody said this.' },
    ],
    citation: [
      { '@type': 'VideoObject', name: 'The speech', url: 'https://example.org/video' },
      { '@type': 'BackgroundNewsArticle', name: 'The city', url: `${BASE}/v1/articles/article_2` },
      { '@type': 'CreativeWork', name: 'A paper' },
    ],
    correction: [
      {
        '@type': 'CorrectionComment',
        genre: 'clarification',
        text: 'It was Oslo.',
        datePublished: '2020-10-16T08:30:00.000Z',
      },
    ],
    wordCount: 7,
    articleBody: '“Words,” she said, “and more.”\nThe end.',
  })
})

t.test('what is not known is left out', async (t) => {
  const caption = { url: null, caption: 'A square that was not kept', credit: null }
  t.strictSame(jsonLd(story({ image: caption }), BASE), {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': `${BASE}/v1/articles/a-story`,
    identifier: 'article_01h455vb4pex5vsknk084sn02q',
    version: 3,
    url: `${BASE}/v1/articles/a-story`,
    mainEntityOfPage: `${BASE}/v1/articles/a-story`,
    headline: 'A story',
    genre: 'news',
    datePublished: '2020-10-15T14:07:00.000Z',
    dateModified: '2020-10-16T08:30:00.000Z',
    wordCount: 0,
  })
})

t.test('every kind of article has its type', async (t) => {
  const types = ['news', 'opinion', 'analysis', 'interview', 'explainer', 'live'].map(
    (kind) => jsonLd(story({ kind }), BASE)['@type'],
  )
  t.strictSame(types, [
    'NewsArticle',
    'OpinionNewsArticle',
    'AnalysisNewsArticle',
    'NewsArticle',
    'BackgroundNewsArticle',
    ['NewsArticle', 'LiveBlogPosting'],
  ])
})

t.test('a JSON-LD processor takes all of it and drops nothing', async (t) => {
  const [node, ...others] = await expand(jsonLd(full, BASE))
  t.strictSame(others, [])
  t.strictSame(node?.['@type'], [`${SCHEMA}AnalysisNewsArticle`])
  t.strictSame(node?.[`${SCHEMA}url`], [{ '@id': 'https://example.org/story' }])
  const [said] = Object(node)[`${SCHEMA}hasPart`] as jsonld.NodeObject[] // in expanded form every value is a list of nodes
  t.strictSame(said?.[`${SCHEMA}creator`], [
    {
      '@id': `${BASE}/v1/people/anna`,
      '@type': [`${SCHEMA}Person`],
      [`${SCHEMA}name`]: [{ '@value': 'Anna' }],
    },
  ])
  await t.rejects(
    expand({ ...jsonLd(full, BASE), spokenBy: 'Anna' }),
    'a term that schema.org lacks is noticed',
  )
})

const SCHEMA = 'http://schema.org/'

/** The types and properties that are used, as schema.org's own context has them: addresses are nodes, dates are typed. */
const words = [
  ...[
    'NewsArticle',
    'OpinionNewsArticle',
    'AnalysisNewsArticle',
    'BackgroundNewsArticle',
    'LiveBlogPosting',
    'Article',
  ],
  ...[
    'CreativeWork',
    'VideoObject',
    'AudioObject',
    'ImageObject',
    'Organization',
    'Person',
    'Quotation',
    'Event',
  ],
  ...[
    'CorrectionComment',
    'identifier',
    'version',
    'headline',
    'description',
    'genre',
    'inLanguage',
    'dateline',
  ],
  ...[
    'author',
    'creditText',
    'publisher',
    'name',
    'image',
    'caption',
    'keywords',
    'about',
    'mentions',
    'jobTitle',
  ],
  ...[
    'affiliation',
    'hasPart',
    'text',
    'creator',
    'recordedAt',
    'citation',
    'translationOfWork',
    'correction',
  ],
  ...['wordCount', 'articleBody'],
]
const addresses = ['url', 'mainEntityOfPage', 'isBasedOn', 'sameAs']
const dates = { datePublished: 'DateTime', dateModified: 'DateTime', dateCreated: 'Date' }

const context = {
  ...Object.fromEntries(words.map((word) => [word, `${SCHEMA}${word}`])),
  ...Object.fromEntries(addresses.map((word) => [word, { '@id': `${SCHEMA}${word}`, '@type': '@id' }])),
  ...Object.fromEntries(
    Object.entries(dates).map(([word, type]) => [
      word,
      { '@id': `${SCHEMA}${word}`, '@type': `${SCHEMA}${type}` },
    ]),
  ),
}

/** In safe mode a term that the context does not have is an error. */
function expand(document: object): Promise<jsonld.NodeObject[]> {
  const options = {
    safe: true,
    documentLoader: async (url: string) => {
      if (url !== 'https://schema.org') throw new Error(`${url} is not to be fetched.`)
      return { documentUrl: url, document: { '@context': context } }
    },
  }
  return jsonld.expand(document as jsonld.JsonLdDocument, options) as Promise<jsonld.NodeObject[]> // lists of nodes
}
