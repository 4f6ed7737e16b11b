import type { Trx } from '../storage/transaction.ts'
import { type ContentType, collectionName } from './content-type.ts'
import { listParts } from './list.ts'
import type { Moment } from './moment.ts'
import type { Document } from './rows.ts'

/** The parts, of one type, of a document that was written, as they are at a moment. */
export type PartsAt = (part: ContentType, moment: Moment) => Promise<readonly Document[]>

/**
 * Reads the parts for all who ask once, and not at all where they are known: what is expanded has them, and
 * what is new has no others.
 *
 * @param expanded the moment of the expansions
 */
export function partsOfWritten(trx: Trx, document: Document, expanded: Moment, isNew: boolean): PartsAt {
  const read = new Map<string, Promise<readonly Document[]>>()
  return async (part, moment) => {
    const shown = document[collectionName(part)] as readonly Document[] | undefined // by `expand`
    if (shown && moment.at === expanded.at) return shown
    if (isNew) return []
    const key = `${part.type} ${moment.at}`
    const parts = read.get(key) ?? listParts(trx, part, [document.id], moment)
    read.set(key, parts)
    return parts
  }
}
