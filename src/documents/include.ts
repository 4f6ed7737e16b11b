import { LRUCache } from 'lru-cache'
import { DatelineError, type ErrorItem } from '../errors.ts'
import { suggestion } from '../http/suggestion.ts'
import type { Trx } from '../storage/transaction.ts'
import { addCompared, compareWith } from './compared.ts'
import type { ContentType, Relation } from './content-type.ts'
import type { Content } from './definition.ts'
import { listByIds, listParts } from './list.ts'
import type { Moment } from './moment.ts'
import type { Document } from './rows.ts'

/** Relations to expand, and below each the ones to expand there. */
export type IncludeTree = ReadonlyMap<Relation, IncludeTree>

const DEEPEST = 3

/** Every path of relations that can be expanded. */
export function pathsFrom({ relations }: ContentType, depth = DEEPEST, from?: Relation): string[] {
  if (depth === 0) return []
  return relations
    .filter((relation) => !leadsBack(from, relation))
    .flatMap((relation) => [
      relation.name,
      ...pathsFrom(relation.target, depth - 1, relation).map((path) => `${relation.name}.${path}`),
    ])
}

/** From the parts of a document to that document, which is there already. */
function leadsBack(from: Relation | undefined, { field, target }: Relation): boolean {
  return from?.kind === 'many' && field === from.field && target.children.includes(from.target)
}

const NOTHING: IncludeTree = new Map()
/** How many texts are remembered: a site asks for the same ones again and again. */
const MOST_TEXTS = 100

const trees = new WeakMap<ContentType, LRUCache<string, IncludeTree>>()

/**
 * Reads `include=quotes.speaker,relatedLinks`.
 *
 * @throws DatelineError `invalid_query` with every name that the type does not have
 */
export function parseInclude(type: ContentType, text: string | undefined): IncludeTree {
  if (text === undefined) return NOTHING
  const known = trees.get(type) ?? new LRUCache<string, IncludeTree>({ max: MOST_TEXTS })
  trees.set(type, known)
  const found = known.get(text)
  if (found) return found
  const tree = readInclude(type, text)
  known.set(text, tree)
  return tree
}

function readInclude(type: ContentType, text: string): IncludeTree {
  const tree = new Map<Relation, IncludeTree>()
  const paths = text.split(',')
  const items = paths.flatMap((path, index) =>
    paths.indexOf(path) < index
      ? [{ parameter: 'include', code: 'repeated' as const, detail: `"${path}" is given more than once.` }]
      : plant(tree, type, path.split('.'), path),
  )
  if (items.length > 0)
    throw new DatelineError('invalid_query', items.map(({ detail }) => detail).join(' '), { items })
  return tree
}

function plant(root: IncludeTree, type: ContentType, names: readonly string[], path: string): ErrorItem[] {
  if (names.length > DEEPEST)
    return [{ parameter: 'include', code: 'too_long', detail: `"${path}" goes more than ${DEEPEST} deep.` }]
  let tree = root as Map<Relation, IncludeTree>
  let at = type
  let from: Relation | undefined
  for (const name of names) {
    const relation = at.relations.find((candidate) => candidate.name === name)
    if (!relation) return [unknownName(at, name, from)]
    if (leadsBack(from, relation))
      return [
        { parameter: 'include', code: 'not_allowed', detail: `"${path}" leads back to what it comes from.` },
      ]
    from = relation
    const below = tree.get(relation) ?? new Map<Relation, IncludeTree>()
    tree.set(relation, below)
    tree = below as Map<Relation, IncludeTree>
    at = relation.target
  }
  return []
}

function unknownName(type: ContentType, name: string, from: Relation | undefined): ErrorItem {
  const known = type.relations.filter((relation) => !leadsBack(from, relation)).map(({ name }) => name)
  const meant = suggestion(name, known)
  const rest = known.length > 0 ? ` It can include ${known.join(', ')}.` : ' It can include nothing.'
  return {
    parameter: 'include',
    code: 'unknown',
    detail: `"${name}" is no relation of ${type.type}.${meant}${rest}`,
  }
}

/**
 * Documents by their ids that some relation leads to and nothing is expanded in; null for what is not there.
 * Another relation that leads to one of them reads it no second time.
 */
type Leaves = Map<ContentType, Map<string, Document | null>>

/** Puts the related documents into these, in place: one statement for each relation in the tree, at most. */
export async function expand(
  trx: Trx,
  documents: readonly Content[],
  tree: IncludeTree,
  moment: Moment,
  leaves: Leaves = new Map(),
): Promise<void> {
  const ownFirst = [...tree].sort(([a], [b]) => Number(a.kind === 'many') - Number(b.kind === 'many'))
  for (const [relation, below] of ownFirst) {
    const related =
      relation.kind === 'many'
        ? await addParts(trx, documents, relation, moment)
        : await addReferred(trx, documents, relation, moment, below.size === 0 ? leaves : new Map())
    if (below.size > 0) await expand(trx, related, below, moment, leaves)
  }
}

async function addParts(
  trx: Trx,
  documents: readonly Content[],
  relation: Relation,
  moment: Moment,
): Promise<Document[]> {
  const parts = await listParts(trx, relation.target, idsIn(documents, 'id'), moment)
  compareWith(relation.target, parts, documents)
  const byParent = Map.groupBy(parts, (part) => part[relation.field])
  for (const document of documents) document[relation.name] = byParent.get(document.id) ?? []
  return parts
}

/** @returns the documents that had to be read */
async function addReferred(
  trx: Trx,
  documents: readonly Content[],
  relation: Exclude<Relation, { kind: 'many' }>,
  moment: Moment,
  leaves: Leaves,
): Promise<Document[]> {
  const { target, field } = relation
  const { holders, key, as } =
    relation.kind === 'one'
      ? { holders: documents, key: field, as: relation.name }
      : { holders: documents.flatMap((document) => document[field] as Content[]), ...relation } // checked by the type's schema
  const known = leaves.get(target) ?? new Map<string, Document | null>()
  leaves.set(target, known)
  const missing = idsIn(holders, key).filter((id) => !known.has(id))
  const read = missing.length === 0 ? [] : await listByIds(trx, target, missing, moment)
  await addCompared(trx, target, read, moment)
  for (const id of missing) known.set(id, null)
  for (const document of read) known.set(document.id, document)
  for (const holder of holders) holder[as] = known.get(String(holder[key])) ?? null
  return read
}

function idsIn(holders: readonly Content[], key: string): string[] {
  const ids = holders.map((holder) => holder[key]).filter((id) => typeof id === 'string')
  return [...new Set(ids)]
}
