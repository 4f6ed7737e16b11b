import t from 'tap'
import { FOREVER } from '../../src/storage/clock.ts'
import { idsOf, publishedBefore } from '../../src/storage/word-ids.ts'

const MINUTE = 60_000
const MORNING = Date.parse('2026-01-01T08:00:00Z')

t.test('what is published in a later minute has lesser ids, all of them exact', async (t) => {
  const instants = [
    ...['1871-03-18', '1969-12-31'].map(Date.parse),
    ...[0, MORNING, MORNING + MINUTE],
    ...['2090-01-01', '2150-01-01'].map(Date.parse),
    null,
  ]
  const blocks = instants.map(idsOf)
  for (const [index, [after, before]] of blocks.entries()) {
    t.ok(after < before && Number.isSafeInteger(before - 1), `${instants[index]}`)
    t.ok(index === 0 || after <= (blocks[index - 1]?.[0] ?? 0), 'it is not behind what was earlier')
  }
  t.strictSame(idsOf(MORNING), idsOf(MORNING + MINUTE - 1), 'a minute has one block')
  t.equal(idsOf(MORNING)[0], idsOf(MORNING + MINUTE)[1], 'blocks are side by side')
})

t.test('what has a greater id was published before', async (t) => {
  const [after] = idsOf(MORNING)
  t.equal(publishedBefore(after + 1), MORNING + MINUTE)
  t.equal(publishedBefore(idsOf(Date.parse('1871-03-18'))[0] + 1), MINUTE, 'long ago all is in one block')
  t.equal(publishedBefore(idsOf(Date.parse('2150-01-01'))[0] + 1), FOREVER, 'far away nothing can be told')
  t.equal(publishedBefore(idsOf(null)[0] + 1), FOREVER)
})
