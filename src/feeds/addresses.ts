import { TypeID } from 'typeid-js'
import type { Story } from './story.ts'

/** The name of a site that has no other: its host. */
export function nameOf(site: string): string {
  return new URL(site).host
}

/**
 * A name for the article that is the same wherever the server is: the UUID in its id (RFC 9562). Any 128 bits can be
 * that of an article which was imported with its id.
 */
export function urnOf({ id }: Pick<Story, 'id'>): string {
  const hex = Buffer.from(TypeID.fromString(id).toUUIDBytes()).toString('hex')
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
}

/** Where the article is read: at the address that it says is its own, or as a page of this server. */
export function pageOf(site: string, { canonicalUrl, slug }: Pick<Story, 'canonicalUrl' | 'slug'>): string {
  return canonicalUrl ?? `${site}/v1/articles/${slug}.html`
}
