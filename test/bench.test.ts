import { readFileSync } from 'node:fs'
import t from 'tap'
import { median, quantile } from '../bench/measure/statistics.ts'
import { replaceBetween } from '../bench/report/page.ts'
import { bars, lines } from '../bench/report/svg.ts'
import { table } from '../bench/report/table.ts'

t.test('a median and a quantile are of the sorted values', async (t) => {
  t.equal(median([9, 1, 5]), 5)
  t.equal(median([4, 1, 9, 6]), 5)
  t.equal(quantile([3, 1, 2, 4], 0.5), 2)
  t.equal(
    quantile(
      Array.from({ length: 1000 }, (_, index) => index),
      0.99,
    ),
    989,
  )
  t.ok(Number.isNaN(median([])))
})

t.test(
  'a table has its numbers to the right, with three digits, and a dash for what is not known',
  async (t) => {
    const text = table(['what', 'ms'], [['a', 1.23456], ['b', 12345.6], ['c', Number.NaN]]) // biome-ignore format: as it is written
    t.equal(text, '| what | ms |\n| --- | ---: |\n| a | 1.23 |\n| b | 12346 |\n| c | – |')
  },
)

t.test('docs/performance.md has a place for each table, and keeps what is around it', async (t) => {
  const page = readFileSync(new URL('../docs/performance.md', import.meta.url), 'utf8')
  for (const name of ['machine', 'starts', 'reads', 'memory', 'writes', 'workers', 'databases', 'sizes'])
    t.match(replaceBetween(page, name, 'new'), `<!-- bench:${name} -->\nnew\n<!-- /bench:${name} -->\n`)
  t.equal(
    replaceBetween('a <!-- bench:b -->c<!-- /bench:b --> d', 'b', 'e'),
    'a <!-- bench:b -->\ne\n<!-- /bench:b --> d',
  )
  t.throws(() => replaceBetween('a', 'b', 'c'), /no place for b/)
})

t.test('plots draw what is given and escape its names', async (t) => {
  const drawn = bars('A & B', [
    { name: 'half <x>', value: 50, isOurs: true },
    { name: 'whole', value: 100, isOurs: false },
  ])
  const [half = 0, whole = 0] = [...drawn.matchAll(/<rect x="\d+" y="\d+" width="([\d.]+)"/g)].map(
    ([, width]) => Number(width),
  )
  t.equal(whole, 2 * half)
  t.notMatch(drawn, /A & B|<x>/)
  const points = [[1_000, 1], [10_000, 10], [100_000, 100]] as const // biome-ignore format: as it is written
  const [, first, second, third] =
    /points="([\d.]+),[\d.]+ ([\d.]+),[\d.]+ ([\d.]+)/.exec(lines('L', [{ name: 'l', points }], 'ms')) ?? []
  t.equal(Number(third) - Number(second), Number(second) - Number(first), 'ten times as much is as far')
})
