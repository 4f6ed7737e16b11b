import type { ContentType } from '../documents/content-type.ts'
import type { Content } from '../documents/definition.ts'
import type { Document } from '../documents/rows.ts'
import { markdownToKeep } from '../feeds/markdown.ts'
import { storyOf } from './article-forms.ts'
import { publishLine, publishLinesOfParts } from './publish-line.ts'

/** A type of which each document is a file of its own in a folder that an editor keeps: `articles/a-slug.md`. */
export interface Kept {
  readonly path: string
  readonly extension: string
  /** What is shown of a document, as in the parameter `include`. */
  readonly include: string | undefined
  render(type: ContentType, document: Document): string
}

/** In the order in which they are read: who speaks comes before what they say. */
export const keptTypes: readonly Kept[] = [
  { path: 'people', extension: 'json', include: undefined, render: json },
  { path: 'articles', extension: 'md', include: 'quotes.speaker,relatedLinks,people', render: article },
]

/** The content in the order of the definition, without what is null or empty: absent means the same. */
function json({ fields }: ContentType, document: Document): string {
  const given = Object.keys(fields).map((field) => [field, document[field]] as const)
  const content = given.filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
  const { id, slug } = document
  const kept: Content = { id, publish: publishLine(document), slug, ...Object.fromEntries(content) }
  return `${JSON.stringify(kept, null, 2)}\n`
}

function article(type: ContentType, document: Document): string {
  const parts = type.relations.flatMap(({ kind, name }) => (kind === 'many' ? partsIn(document, name) : []))
  const ofParts = publishLinesOfParts(document, parts)
  return markdownToKeep(storyOf(document), { publish: publishLine(document), ofParts })
}

function partsIn(document: Document, name: string): readonly Document[] {
  return document[name] as readonly Document[] // an expansion
}
