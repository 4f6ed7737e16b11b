import { addressIn, attribute } from './html-attributes.ts'

/** What the head of a page says of its story: when it was published, and its picture. */
export class PageHead {
  published: string | null = null
  picture: string | null = null

  meta(attributes: string): void {
    const name =
      attribute(attributes, 'property') ?? attribute(attributes, 'name') ?? attribute(attributes, 'itemprop')
    if (name === 'og:image') this.picture ??= addressIn(attributes, 'content') ?? null
    if (PUBLISHED.test(name ?? '')) this.published ??= attribute(attributes, 'content') ?? null
  }

  /** @param data of a `<script type="application/ld+json">` */
  linkedData(data: string): void {
    this.published ??= /"datePublished"\s*:\s*"([^"]{8,40})"/.exec(data)?.[1] ?? null
  }
}

const PUBLISHED =
  /^(?:article:published_time|og:article:published_time|datePublished|dc\.date\.issued|parsely-pub-date)$/i
