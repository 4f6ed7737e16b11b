/**
 * An article as the API answers it, with its parts and people expanded: what every form of it and every
 * feed is made from. Instants are RFC 3339 in UTC.
 */
export interface Story {
  readonly id: string
  readonly slug: string
  readonly version: number
  readonly createdAt: string
  readonly publishedAt: string | null
  readonly updatedAt: string
  readonly headline: string
  readonly kind: string
  readonly standfirst: string | null
  /** CommonMark. */
  readonly body: string
  readonly language: string | null
  readonly place: string | null
  readonly byline: string | null
  readonly source: { readonly name: string; readonly url: string | null } | null
  readonly image: Picture | null
  readonly tags: readonly string[]
  readonly canonicalUrl: string | null
  readonly people: readonly Mention[]
  readonly corrections: readonly Correction[]
  readonly wordCount: number
  readonly quotes: readonly Quote[]
  readonly relatedLinks: readonly RelatedLink[]
}

export interface Mention {
  readonly personId: string
  readonly as: string
  /** Null where the reader sees no such person at this moment. */
  readonly person: Person | null
}

export interface Person {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly role: string | null
  readonly aliases: readonly string[]
  readonly affiliation: string | null
  readonly country: string | null
  readonly description: string | null
  readonly sameAs: readonly string[]
  readonly image: Picture | null
}

export interface Quote {
  readonly id: string
  readonly position: number
  readonly speakerId: string | null
  readonly speaker: Person | null
  readonly text: string
  readonly role: string | null
  readonly saidOn: string | null
  readonly setting: string | null
  readonly via: string | null
  readonly original: { readonly text: string; readonly language: string | null } | null
}

export interface RelatedLink {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly url: string | null
  readonly targetArticleId: string | null
  readonly position: number
}

export interface Picture {
  readonly url: string | null
  readonly caption: string | null
  readonly credit: string | null
}

export interface Correction {
  readonly kind: string
  readonly text: string
  readonly at: string | null
}
