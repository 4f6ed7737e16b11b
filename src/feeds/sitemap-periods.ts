/**
 * How the pages of a site are shared out among sitemaps: by the month of their publication, a month with
 * too many by days, a day with too many in parts. What is old stays in the file that it was in.
 */

/**
 * The protocol allows 50,000 pages and 50 MB in a file. So few keep within both, whatever the addresses
 * are (2,048 characters, at worst five bytes each), and no answer is large. A month that is divided has at
 * least 161 pages for each of its files, so the 50,000 files that an index may list are enough for 8 million.
 */
export const MOST_PAGES = 5_000

/** What was published on a day, in UTC, and is live. */
export interface Day {
  /** Its beginning, in milliseconds since 1970. */
  readonly at: number
  readonly pages: number
  /** The last change of any of them. */
  readonly changed: number
}

/** A sitemap: `2026-11`, `2026-11-25`, or `2026-11-25.2` for a second part. */
export interface Part {
  readonly name: string
  readonly changed: number
}

/** @param days in their order */
export function partsOf(days: readonly Day[]): Part[] {
  const months = Map.groupBy(days, ({ at }) => dateOf(at).slice(0, '2026-11'.length))
  return [...months].flatMap(([month, within]) => {
    const pages = within.reduce((sum, day) => sum + day.pages, 0)
    const changed = Math.max(...within.map((day) => day.changed))
    return pages <= MOST_PAGES ? [{ name: month, changed }] : within.flatMap(partsOfDay)
  })
}

function partsOfDay({ at, pages, changed }: Day): Part[] {
  const date = dateOf(at)
  return Array.from({ length: Math.ceil(pages / MOST_PAGES) }, (_, index) => ({
    name: index === 0 ? date : `${date}.${index + 1}`,
    changed,
  }))
}

/** What a sitemap lists: the pages published in `[from, to)`, without the first ones. */
export interface Period {
  readonly from: number
  readonly to: number
  readonly skipped: number
}

/** @returns undefined for what is no name of a sitemap */
export function periodOf(name: string): Period | undefined {
  const [, month = '', day, part] = /^(\d{4}-\d\d)(-\d\d(?:\.([2-9]|[1-9]\d{1,3}))?)?$/.exec(name) ?? []
  const start = new Date(`${month}${day?.slice(0, 3) ?? '-01'}T00:00:00Z`)
  if (Number.isNaN(start.valueOf()) || !name.startsWith(dateOf(start.valueOf()).slice(0, day ? 10 : 7)))
    return undefined
  const end = new Date(start)
  if (day) end.setUTCDate(end.getUTCDate() + 1)
  else end.setUTCMonth(end.getUTCMonth() + 1)
  const skipped = part === undefined ? 0 : (Number(part) - 1) * MOST_PAGES
  return { from: start.valueOf(), to: end.valueOf(), skipped }
}

function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, '2026-11-25'.length)
}
