import { expand, parseInclude } from '../documents/include.ts'
import { type ListPosition, list } from '../documents/list.ts'
import type { Document } from '../documents/rows.ts'
import type { Anchor } from '../intake/anchor.ts'
import type { Progress, Storage } from '../storage/open.ts'
import { typeAt } from './index.ts'

/** A quote whose words are not in the body of its article. */
export interface LostQuote {
  readonly article: string
  readonly id: string
  readonly text: string
}

const AT_ONCE = 100
const articles = typeAt('articles')

/**
 * Looks for the words of every quote in the newest version of its article, withdrawn ones left out.
 *
 * @param progress is told how many articles were looked at, and how many there are
 */
export async function findLostQuotes(
  storage: Storage,
  progress: Progress,
): Promise<{ quotes: number; lost: LostQuote[] }> {
  const found = { quotes: 0, lost: [] as LostQuote[] }
  let from: ListPosition | undefined
  for (let done = 0; ; ) {
    const page = await readPage(storage, from)
    for (const document of page.documents) {
      const quotes = document.quotes as readonly (Document & { anchor: Anchor; text: string })[] // expanded
      found.quotes += quotes.length
      for (const { id, text, anchor } of quotes)
        if (anchor.state === 'lost') found.lost.push({ article: String(document.slug), id, text })
    }
    done += page.documents.length
    progress(done, Math.max(done, page.total ?? 0))
    if (!page.next) return found
    from = page.next
  }
}

function readPage({ read }: Storage, from: ListPosition | undefined) {
  return read(async (trx) => {
    const moment = { at: 'latest', now: trx.now, drafts: true } as const
    const page = await list(trx, articles, { moment, limit: AT_ONCE, from, count: true })
    await expand(trx, page.documents, parseInclude(articles, 'quotes'), moment)
    return page
  })
}
