import { z } from 'zod'
import { rendererOf } from '../http/validation.ts'
import type { ContentType, Relation } from './content-type.ts'
import type { IncludeTree } from './include.ts'
import { page } from './schemas.ts'

/**
 * How answers to GETs are rendered. The schemas of documents lead back to each other without an end; of a
 * document with what a request includes there is a schema that ends, and zod makes one fast function of it.
 * There are a few dozen of them: includes go three deep.
 */
type Render = (answer: unknown) => string

interface Renderers {
  readonly one: Render
  readonly page: Render
}

const renderers = new WeakMap<ContentType, Map<string, Renderers>>()

/** @param isSelected true where the answer has no more than the fields that were asked for */
export function renderersFor(type: ContentType, tree: IncludeTree, isSelected: boolean): Renderers {
  const known = renderers.get(type) ?? new Map<string, Renderers>()
  renderers.set(type, known)
  const key = `${isSelected} ${nameOf(tree)}`
  const found = known.get(key) ?? make(shownSchema(type, tree, isSelected))
  known.set(key, found)
  return found
}

/** A document as a GET shows it, with what it includes and nothing that could be included besides. */
export function shownSchema(type: ContentType, tree: IncludeTree, isSelected: boolean): z.ZodObject {
  const document = documentWith(type, tree)
  return isSelected ? document.partial().required({ id: true, type: true }) : document
}

function make(document: z.ZodObject): Renderers {
  return { one: rendererOf(document), page: rendererOf(z.object({ data: z.array(document), page })) }
}

const names = new WeakMap<IncludeTree, string>()

/** The same for the same relations in any order. */
function nameOf(tree: IncludeTree): string {
  const known = names.get(tree)
  if (known !== undefined) return known
  const parts = [...tree].map(([{ name }, below]) => `${name}(${nameOf(below)})`)
  const name = parts.sort().join()
  names.set(tree, name)
  return name
}

function documentWith({ schemas, relations }: ContentType, tree: IncludeTree): z.ZodObject {
  const shape: Record<string, z.core.SomeType> = { ...schemas.document.shape }
  for (const relation of relations) {
    const { name, kind, target } = relation
    const below = tree.get(relation)
    const included = below && documentWith(target, below)
    if (kind === 'each') shape[relation.field] = listWith(relation, shape[relation.field], included)
    else if (included) shape[name] = kind === 'many' ? z.array(included) : included.nullable()
    else delete shape[name]
  }
  return z.object(shape)
}

/** A list of references, with the documents beside them or without. */
function listWith(
  { as }: Extract<Relation, { kind: 'each' }>,
  list: z.core.SomeType | undefined,
  included: z.ZodObject | undefined,
): z.ZodType {
  const { [as]: _, ...shape } = (list as z.ZodArray<z.ZodObject>).element.shape // as `schemas.ts` makes it
  return z.array(z.object(included ? { ...shape, [as]: included.nullable() } : shape))
}
