import type { FastifyInstance } from 'fastify'
import type { Storage } from '../storage/open.ts'
import type { Rules } from './commit.ts'
import type { ContentType, Relation } from './content-type.ts'
import type { Forms } from './forms.ts'
import { historyRoutes } from './history-routes.ts'
import { listBelow, readingRoutes } from './reading-routes.ts'
import { publishingRoutes, savingRoutes } from './writing-routes.ts'

/** Every route that a content type has. `types` are all of them: those that refer to it are listed below it. */
export function documentRoutes(
  app: FastifyInstance,
  storage: Storage,
  rules: Rules,
  type: ContentType,
  types: readonly ContentType[],
  forms: Forms | undefined,
): void {
  readingRoutes(app, storage, type, forms)
  for (const { other, by } of referringTypes(type, types)) listBelow(app, storage, type, other, by)
  historyRoutes(app, storage, type)
  savingRoutes(app, storage, rules, type, forms)
  publishingRoutes(app, storage, rules, type)
}

/** The types that refer to this one, each once: as its parts if it has them, else by its first reference. */
function referringTypes(
  type: ContentType,
  types: readonly ContentType[],
): { other: ContentType; by: Relation }[] {
  return types.flatMap((other) => {
    const references = other.relations.filter(({ kind, target }) => kind !== 'many' && target === type)
    const by = references.find(({ field }) => field === other.parent?.field) ?? references[0]
    return by ? [{ other, by }] : []
  })
}
