import type { Person, Quote, RelatedLink, Story } from '../../src/feeds/story.ts'

/** A story of which nothing is known but that it is there, and what a test says of it. */
export function story(given: Partial<Story> = {}): Story {
  return {
    id: 'article_01h455vb4pex5vsknk084sn02q',
    slug: 'a-story',
    version: 3,
    createdAt: '2020-10-15T14:00:00.000Z',
    publishedAt: '2020-10-15T14:07:00.000Z',
    updatedAt: '2020-10-16T08:30:00.000Z',
    headline: 'A story',
    kind: 'news',
    standfirst: null,
    body: '',
    language: null,
    place: null,
    byline: null,
    source: null,
    image: null,
    tags: [],
    canonicalUrl: null,
    people: [],
    corrections: [],
    wordCount: 0,
    quotes: [],
    relatedLinks: [],
    ...given,
  }
}

export function person(given: Partial<Person> = {}): Person {
  const nothing = {
    aliases: [],
    role: null,
    affiliation: null,
    country: null,
    description: null,
    sameAs: [],
    image: null,
  }
  return { id: 'person_01h455vb4pex5vsknk084sn02q', slug: 'anna', name: 'Anna', ...nothing, ...given }
}

export function quote(given: Partial<Quote> = {}): Quote {
  const nothing = {
    speakerId: null,
    speaker: null,
    role: null,
    saidOn: null,
    setting: null,
    via: null,
    original: null,
  }
  return { id: 'quote_01h455vb4pex5vsknk084sn02q', position: 1, text: 'Words.', ...nothing, ...given }
}

export function relatedLink(given: Partial<RelatedLink> = {}): RelatedLink {
  const nothing = { url: null, targetArticleId: null }
  return {
    id: 'link_01h455vb4pex5vsknk084sn02q',
    kind: 'read',
    title: 'More',
    position: 1,
    ...nothing,
    ...given,
  }
}
