export interface Model {
  readonly plural: string
  /** Its items are drafts until they are published; Strapi calls that draft and publish. */
  readonly hasDrafts: boolean
  readonly attributes: Readonly<Record<string, object>>
}

const text = { type: 'string' }
const long = { type: 'text' }
const number = { type: 'integer' }
const json = { type: 'json' }
const key = { type: 'string', required: true, unique: true }
const relation = (kind: string, to: string, end: object = {}) => ({
  type: 'relation',
  relation: kind,
  target: `api::${to}.${to}`,
  ...end,
})

export const models: Readonly<Record<string, Model>> = {
  person: {
    plural: 'people',
    hasDrafts: false,
    attributes: { key, name: text, role: text, affiliation: text, country: text },
  },
  article: {
    plural: 'articles',
    hasDrafts: true,
    attributes: {
      key,
      headline: text,
      kind: text,
      standfirst: long,
      body: long,
      language: text,
      image: json,
      tags: json,
      people: json,
      publishedOn: { type: 'datetime' },
      quotes: relation('oneToMany', 'quote', { mappedBy: 'article' }),
      links: relation('oneToMany', 'link', { mappedBy: 'article' }),
    },
  },
  quote: {
    plural: 'quotes',
    hasDrafts: true,
    attributes: {
      key,
      position: number,
      text: long,
      role: text,
      saidOn: { type: 'date' },
      setting: text,
      via: text,
      article: relation('manyToOne', 'article', { inversedBy: 'quotes' }),
      speaker: relation('manyToOne', 'person'),
    },
  },
  link: {
    plural: 'links',
    hasDrafts: true,
    attributes: {
      key,
      position: number,
      kind: text,
      title: text,
      url: text,
      article: relation('manyToOne', 'article', { inversedBy: 'links' }),
    },
  },
}
