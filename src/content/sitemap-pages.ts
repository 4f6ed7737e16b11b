import { type SqlBool, sql } from 'kysely'
import type { ContentType } from '../documents/content-type.ts'
import { formatInstant } from '../documents/instants.ts'
import { type RowQuery, selectRows } from '../documents/rows.ts'
import { visible } from '../documents/visibility.ts'
import { pageOf } from '../feeds/addresses.ts'
import type { Listed, News } from '../feeds/sitemap.ts'
import { type Day, MOST_PAGES, type Period } from '../feeds/sitemap-periods.ts'
import type { Trx } from '../storage/transaction.ts'

/** The articles that are live now, for the sitemaps: in each case one statement on the index of the lists. */

const DAY = 86_400_000

/** The days from the year 1 to 1970: with them added, a division rounds down for every instant. */
const DAYS_BEFORE = 719_162

/**
 * On which days something was published, and how much of it is live. It reads the index from end to end,
 * 0.2 s for a million versions. What is live is asked in a `case`, because as a plain condition it can lead
 * a planner to an index that does not hold all that is selected, and to five times that.
 */
export async function readDays(trx: Trx, articles: ContentType): Promise<Day[]> {
  const day = sql<number>`(v.published_at + ${sql.lit(DAYS_BEFORE * DAY)}) / ${sql.lit(DAY)}`
  const rows = await selectRows(trx, articles)
    .clearSelect()
    .select([day.as('day'), sql<number>`count(*)`.as('pages'), sql<number>`max(v.live_from)`.as('changed')])
    .where('v.published_at', '<=', trx.now)
    .where(sql<SqlBool>`case when ${isLive(trx, articles)} then 1 else 0 end = 1`)
    .groupBy(day)
    .orderBy(day)
    .execute()
  return rows.map(({ day, pages, changed }) => ({ at: (day - DAYS_BEFORE) * DAY, pages, changed }))
}

/** What one sitemap lists, in the order of publication. */
export async function readPages(
  trx: Trx,
  articles: ContentType,
  { from, to, skipped }: Period,
  site: string,
): Promise<Listed[]> {
  const rows = await live(trx, articles)
    .clearSelect()
    .select(columns)
    .where('v.published_at', '>=', from)
    .where('v.published_at', '<', to)
    .orderBy('v.published_at')
    .orderBy('v.document_id')
    .limit(sql.lit(MOST_PAGES))
    .offset(skipped)
    .execute()
  return rows.map((row) => toPage(site, row))
}

/** As many as a news sitemap may list (it takes what is two days old), the newest first. */
export async function readNews(trx: Trx, articles: ContentType, site: string): Promise<News[]> {
  const rows = await live(trx, articles)
    .clearSelect()
    .select([
      ...columns,
      sql<string>`v.headline`.as('headline'),
      sql<string | null>`v.language`.as('language'),
      sql<number>`v.published_at`.as('published'),
    ])
    .where('v.published_at', '>=', trx.now - 2 * DAY)
    .orderBy('v.published_at', 'desc')
    .orderBy('v.document_id', 'desc')
    .limit(sql.lit(1000))
    .execute()
  return rows.map(({ headline, language, published, ...row }) => ({
    ...toPage(site, row),
    headline,
    language,
    publishedAt: formatInstant(published),
  }))
}

const columns = [
  sql<string>`v.slug`.as('slug'),
  sql<string | null>`v.canonical_url`.as('canonicalUrl'),
  sql<number>`v.live_from`.as('changed'),
] as const

function live(trx: Trx, articles: ContentType): RowQuery {
  return selectRows(trx, articles).where(isLive(trx, articles))
}

function isLive({ now }: Trx, articles: ContentType) {
  return visible(articles, { at: now, now, drafts: false })
}

function toPage(
  site: string,
  { changed, ...row }: { slug: string; canonicalUrl: string | null; changed: number },
): Listed {
  return { address: pageOf(site, row), updatedAt: formatInstant(changed) }
}
