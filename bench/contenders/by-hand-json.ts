export type Row = Readonly<Record<string, unknown>>

/** An article as JSON, from its row. */
export function itemOf(row: Row) {
  return {
    ...head(row, 'article', true),
    headline: row.headline,
    kind: row.kind,
    standfirst: row.standfirst,
    body: row.body,
    language: row.language,
    place: row.place,
    byline: row.byline,
    source: json(row.source),
    image: json(row.image),
    tags: json(row.tags),
    canonicalUrl: row.canonical_url,
    people: json(row.people) as { personId: string; as: string }[], // as the schema of articles has them
    wordCount: row.word_count,
    corrections: json(row.corrections),
  }
}

/** @param anchor where its words stand in the body */
export function quoteOf(row: Row, anchor: unknown) {
  return {
    ...head(row, 'quote', false),
    articleId: row.article_id,
    position: row.position,
    speakerId: row.speaker_id,
    text: row.text,
    role: row.role,
    saidOn: row.said_on,
    setting: row.setting,
    via: row.via,
    original: json(row.original),
    anchor,
  }
}

export function linkOf(row: Row) {
  return {
    ...head(row, 'link', false),
    articleId: row.article_id,
    kind: row.kind,
    title: row.title,
    url: row.url,
    targetArticleId: row.target_article_id,
    position: row.position,
  }
}

export function personOf(row: Row) {
  return {
    ...head(row, 'person', true),
    name: row.name,
    aliases: json(row.aliases),
    role: row.role,
    affiliation: row.affiliation,
    country: row.country,
    description: row.description,
    sameAs: json(row.same_as),
    image: json(row.image),
  }
}

function head(row: Row, type: string, hasSlug: boolean) {
  return {
    id: row.document_id,
    type,
    ...(hasSlug ? { slug: row.slug } : {}),
    version: row.version,
    status: 'live',
    createdAt: instant(row.created_at),
    publishedAt: instant(row.published_at),
    updatedAt: instant(row.live_from),
  }
}

function instant(milliseconds: unknown): string {
  return new Date(Number(milliseconds)).toISOString()
}

function json(text: unknown): unknown {
  return text === null ? null : JSON.parse(String(text))
}
