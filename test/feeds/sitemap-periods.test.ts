import t from 'tap'
import { type Day, MOST_PAGES, partsOf, periodOf } from '../../src/feeds/sitemap-periods.ts'

const on = (date: string, pages: number, changed = 0): Day => ({
  at: Date.parse(`${date}T00:00:00Z`),
  pages,
  changed,
})

t.test('a month is one sitemap while it fits into one, and changed when its last page did', async (t) => {
  const days = [on('2026-10-31', 1, 9), on('2026-11-01', MOST_PAGES - 1, 7), on('2026-11-30', 1, 8)]
  t.strictSame(partsOf(days), [
    { name: '2026-10', changed: 9 },
    { name: '2026-11', changed: 8 },
  ])
})

t.test('a month with more pages is divided by days, and a day in parts', async (t) => {
  const days = [
    on('2026-11-01', 1, 7),
    on('2026-11-02', MOST_PAGES, 8),
    on('2026-11-03', 2 * MOST_PAGES + 1, 9),
  ]
  t.strictSame(partsOf(days), [
    { name: '2026-11-01', changed: 7 },
    { name: '2026-11-02', changed: 8 },
    { name: '2026-11-03', changed: 9 },
    { name: '2026-11-03.2', changed: 9 },
    { name: '2026-11-03.3', changed: 9 },
  ])
})

t.test('a site with nothing on it has no sitemaps', async (t) => t.strictSame(partsOf([]), []))

t.test('the name of a sitemap says from when to when, and how many are in the parts before it', async (t) => {
  const read = (name: string) => {
    const period = periodOf(name)
    return period && [new Date(period.from).toJSON(), new Date(period.to).toJSON(), period.skipped]
  }
  t.strictSame(read('2026-12'), ['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', 0])
  t.strictSame(read('2028-02-29'), ['2028-02-29T00:00:00.000Z', '2028-03-01T00:00:00.000Z', 0])
  t.strictSame(read('0099-12-31.3'), ['0099-12-31T00:00:00.000Z', '0100-01-01T00:00:00.000Z', 2 * MOST_PAGES])
})

t.test('every other name is none', async (t) => {
  const names = ['', '2026', '2026-00', '2026-13', '2026-02-29', '2026-11-31', '2026-11.2', '2026-11-25.1']
  for (const name of [
    ...names,
    '2026-11-25.0',
    '2026-11-25.02',
    '2026-11-25.10000',
    '2026-11-25T00',
    ' 2026-11',
  ])
    t.equal(periodOf(name), undefined, name)
})

t.test('every part of what is shared out is found again under its name', async (t) => {
  const days = [
    on('0001-01-01', 3),
    on('1969-12-31', MOST_PAGES + 1),
    on('1970-01-01', 1),
    on('9999-12-31', 1),
  ]
  for (const { name } of partsOf(days)) t.ok(periodOf(name), name)
})
